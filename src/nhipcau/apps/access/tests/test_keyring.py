"""The instance's keys: made when it begins, never in silence when they were lost."""

from __future__ import annotations

import pytest
from django.db import connection
from django.utils.translation import override

from nhipcau.apps.access import keyring
from nhipcau.apps.access.keyring import (
    RingLost,
    key_ring,
    make_first_ring,
    new_rows,
    ring_file,
    sealed_column,
)
from nhipcau.apps.accounts.models import User
from nhipcau.core.sealing import RingMissing, SealedColumn, columns, declare


@pytest.fixture
def blank(settings, tmp_path):
    """An instance that has no keys yet."""
    settings.KEY_RING = tmp_path / "keys" / "ring.json"


@pytest.fixture
def table(db, monkeypatch):
    """A table with a column of sealed cells."""
    monkeypatch.setattr(columns, "_declared", {})
    with connection.cursor() as cursor:
        cursor.execute("create temporary table sealed_things (id bigint primary key, number bytea)")
    return declare(SealedColumn("sealed_things", "number"))


def test_the_first_start_makes_the_keys_and_later_ones_keep_them(blank, table):
    with pytest.raises(RingMissing):
        key_ring()
    assert make_first_ring() is True
    ids = key_ring().ids()
    assert make_first_ring() is False
    assert key_ring().ids() == ids


def test_lost_keys_are_not_replaced_by_new_ones(blank, table):
    with connection.cursor() as cursor:
        cursor.execute("insert into sealed_things values (1, %s)", [b"\x01sealed"])
    with override("en"), pytest.raises(RingLost, match="Put the file back"):
        make_first_ring()
    assert not ring_file().exists()


def test_a_column_of_a_model_is_declared_by_the_names_of_the_database(monkeypatch):
    monkeypatch.setattr(columns, "_declared", {})
    column = sealed_column(User, "full_name", index="email", kind_is="phone")
    assert column == SealedColumn("accounts_user", "full_name", "id", "email", "", "phone")
    assert columns.declared() == (column,)


@pytest.mark.django_db
def test_rows_have_their_ids_before_they_are_made(table):
    first = new_rows(User, 3)
    assert len({*first, *new_rows(User, 2)}) == 5
    user = User.objects.create(id=first[0], email="a@example.vn", full_name="Lê Thị Thử")
    assert user.pk == first[0]


def test_only_tables_that_are_there_are_gone_through(table):
    declare(SealedColumn("not_yet_migrated", "number"))
    assert keyring.sealed_tables() == [table]
