"""What is kept between requests is what a fresh query would give, whoever changes the rows and however."""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from django.apps import apps
from django.db import connection, transaction

from nhipcau.apps.audit import editions
from nhipcau.apps.audit.editions import Kept
from nhipcau.apps.audit.models import Edition
from nhipcau.apps.orgs.models import HomeProvince, Organisation

Other = psycopg.Connection[Any]
ADD = "insert into orgs_organisation (realm, created_at) values ('agency', now())"


@pytest.fixture
def kept() -> Kept[int]:
    """Of a table that has its triggers."""
    return Kept(Organisation)


class Counted:
    """How many organisations there are, and how often that was asked of the database."""

    def __init__(self, kept: Kept[int]) -> None:
        self.kept, self.asked = kept, 0

    def made(self) -> int:
        self.asked += 1
        return Organisation.objects.count()

    def __call__(self, key: object = "") -> int:
        with transaction.atomic():
            return self.kept.get(key, self.made)


@pytest.fixture
def count(kept: Kept[int], transactional_db: None) -> Counted:
    return Counted(kept)


@pytest.fixture
def other(owner: Other) -> Iterator[Other]:
    """Somebody else's connection, in transactions."""
    owner.autocommit = False
    yield owner
    owner.rollback()
    owner.autocommit = True


def test_nothing_changed_so_nothing_is_asked_again(count: Counted) -> None:
    assert [count(), count(), count("other key"), count("other key")] == [0] * 4
    assert count.asked == 2


def test_a_change_counts_when_it_is_committed(count: Counted, other: Other) -> None:
    assert count() == 0
    other.execute(ADD)
    assert (count(), count.asked) == (0, 1)
    other.commit()
    assert (count(), count(), count.asked) == (1, 1, 2)


def test_a_late_commit_of_an_early_change_is_seen(count: Counted, owner: Other) -> None:
    """Numbers given at the time of writing would not show it: the later writer's is the higher one."""
    with psycopg.connect(owner.info.dsn, password=owner.info.password) as early:
        early.execute(ADD)
        owner.execute(ADD)
        assert count() == 1
        early.commit()
        assert count() == 2


def test_who_changed_it_sees_it_and_keeps_nothing_of_what_may_be_rolled_back(count: Counted) -> None:
    assert count() == 0
    with pytest.raises(RuntimeError), transaction.atomic():
        Organisation.objects.create(realm="agency")
        assert count() == 1
        raise RuntimeError
    assert (count(), count.asked) == (0, 2)


def test_a_savepoint_that_is_rolled_back_leaves_no_trace(count: Counted) -> None:
    with transaction.atomic():
        with pytest.raises(RuntimeError), transaction.atomic():
            Organisation.objects.create(realm="agency")
            raise RuntimeError
        assert count() == 0
        Organisation.objects.create(realm="agency")
        assert count() == 1
    assert (count(), count()) == (1, 1)


@pytest.mark.parametrize(
    "statement",
    [
        ADD,
        "update orgs_organisation set realm = 'partner'",
        "delete from orgs_organisation",
        "truncate orgs_organisation cascade",
    ],
)
def test_every_kind_of_statement_leaves_a_mark(count: Counted, owner: Other, statement: str) -> None:
    owner.execute(ADD)
    count()
    owner.execute(statement)
    assert count() == owner.execute("select count(*) from orgs_organisation").fetchone()[0]  # type: ignore[index]
    assert count.asked == 2


def test_a_transaction_leaves_one_mark_a_table_however_much_it_changes(count: Counted, owner: Other) -> None:
    before = Edition.objects.filter(table="orgs_organisation").count()
    with owner.transaction():
        for _time in range(5):
            owner.execute(ADD)
    assert Edition.objects.filter(table="orgs_organisation").count() == before + 1


def test_the_sweep_leaves_one_mark_and_no_stale_value(count: Counted, owner: Other, other: Other) -> None:
    for _time in range(3):
        owner.execute(ADD)
        owner.commit()
    assert count() == 3
    other.execute(ADD)
    editions.sweep()
    assert Edition.objects.filter(table="orgs_organisation").count() == 1
    assert count() == 3
    other.commit()
    assert count() == 4


def test_no_more_is_kept_than_is_said(transactional_db: None) -> None:
    few: Kept[int] = Kept(Organisation, most=3)
    asked: list[int] = []
    for key in (1, 2, 3, 1, 4, 1, 2):
        few.get(key, lambda key=key: asked.append(key) or key)  # type: ignore[misc]
    assert asked == [1, 2, 3, 4, 2]


def test_several_are_read_in_one_query(count: Counted, owner: Other, django_assert_num_queries: Any) -> None:
    homes: Kept[int] = Kept(HomeProvince)
    assert (count(), homes.get("", HomeProvince.objects.count)) == (0, 0)
    with django_assert_num_queries(1):
        seen = editions.editions(count.kept, homes)
        assert (count.kept.get("", count.made, seen), homes.get("", HomeProvince.objects.count, seen)) == (
            0,
            0,
        )
    owner.execute(ADD)
    assert count() == 1


@pytest.mark.parametrize("seed", range(6))
def test_whatever_happens_in_whichever_order_it_is_what_is_there(
    count: Counted, owner: Other, seed: int
) -> None:
    """Three writers with transactions and savepoints, the sweep, and a reader after every step."""
    chance = random.Random(seed)  # no secret
    dsn, password = owner.info.dsn, owner.info.password
    writers = [psycopg.connect(dsn, password=password) for _each in range(3)]
    depth = [0] * len(writers)
    for _step in range(80):
        which = chance.randrange(len(writers))
        writer, step = (
            writers[which],
            chance.choice(["add", "add", "save", "back", "commit", "rollback", "sweep"]),
        )
        if step == "add":
            writer.execute(ADD)
        elif step == "save":
            depth[which] += 1
            writer.execute(f"savepoint s{depth[which]}")
        elif step == "back" and depth[which]:
            writer.execute(f"rollback to savepoint s{depth[which]}")
            depth[which] -= 1
        elif step in ("commit", "rollback"):
            getattr(writer, step)()
            depth[which] = 0
        elif step == "sweep":
            editions.sweep()
        assert count() == Organisation.objects.count()
    for writer in writers:
        writer.close()
    assert 0 < count.asked < 80


@pytest.mark.django_db
def test_the_triggers_are_on_what_is_kept_of_and_on_nothing_else() -> None:
    with connection.cursor() as cursor:
        cursor.execute("select tgrelid::regclass::text from pg_trigger where tgname = %s", [editions.TRIGGER])
        there = {table for (table,) in cursor.fetchall()}
    assert there == editions.tables()
    assert there <= {model._meta.db_table for model in apps.get_models()}
