"""Synthetic people, as the benches load them; and searches that more fit than are shown."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from django.db import connection
from psycopg import sql
from tests.cast import BEGINNING, Cast, make_organisation
from tests.permissions.world_of_registry import begin_registry
from tools import load_people

from nhipcau.apps.access.identity import set_identity
from nhipcau.apps.orgs.models import OrganisationVersion
from nhipcau.apps.registry.entering import words_of_places
from nhipcau.apps.registry.models import Group, Membership, Person, Remit, RunningSource, SourceRecord
from nhipcau.core.text import fold

MANY = 400
ALL = 10_000


def make_land(cast: Cast) -> load_people.Land:
    begin_registry()
    source = RunningSource.objects.create(
        name=load_people.SOURCE, kind=RunningSource.Kind.ASSOCIATION, created_by=cast.coordinator
    )
    elsewhere = make_organisation("Xã Khác", OrganisationVersion.Kind.COMMUNE)
    places = [cast.commune.pk, elsewhere.pk]
    return load_people.Land(
        places, places, words_of_places(places), {}, source.pk, cast.lead_agency.pk, cast.coordinator.pk
    )


@pytest.fixture
def many(cast: Cast) -> load_people.Land:
    land = make_land(cast)
    load_people.add(MANY, land, seed=1)
    Remit.objects.create(
        organisation=cast.department_a, group=Group.WORKER, basis="Quyết định", valid=(BEGINNING, None)
    )
    begin_registry()
    return land


def test_each_synthetic_person_has_a_record_and_is_what_it_says(many: load_people.Land) -> None:
    people = {person.pk: person for person in Person.objects.all()}
    assert len(people) == SourceRecord.objects.count() == MANY
    for person_id, record_id in Membership.objects.values_list("person", "record"):
        record, person = SourceRecord.objects.get(pk=record_id), people[person_id]
        assert (person.name, person.birth, person.country) == (record.name, record.birth, record.country)
        assert (person.records, person.groups, person.derived["name"]["record"]) == (
            1, record.groups, record.pk,
        )  # fmt: skip
        assert person.name_sort
        assert person.place_id in many.own


def test_the_same_seed_gives_the_same_people_and_another_others(many: load_people.Land) -> None:
    one, again, other = ([row[0] for row in load_people.people(50, many, seed)] for seed in (1, 1, 2))
    assert one == again != other


def test_nobodys_synthetic_records_wait_for_linking(many: load_people.Land) -> None:
    with connection.cursor() as cursor:
        cursor.execute("select count(*) from registry_unlinked")
        assert cursor.fetchone() == (0,)


_EXPECTED = """
    create or replace function registry_expected(wanted tsquery) returns double precision
    language sql set search_path = public, pg_temp as 'select {}::double precision'
"""


@pytest.fixture(params=[0, 1_000_000_000], ids=["rare", "common"])
def thought(request: pytest.FixtureRequest, owner: psycopg.Connection[Any]) -> Iterator[None]:
    """PostgreSQL thinks words rare, or common: which way a search goes, must not change what it finds."""
    asked = "select pg_get_functiondef('registry_expected(tsquery)'::regprocedure)"
    written = owner.execute(asked).fetchone()
    assert written is not None
    owner.execute(sql.SQL(_EXPECTED).format(sql.Literal(request.param)))
    try:
        yield
    finally:
        owner.execute(written[0])


def search(query: str, most: int) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute("select id from registry_search(%s::tsquery, %s) as id", [query, most])
        return [pk for (pk,) in cursor.fetchall()]


@pytest.mark.parametrize("name", ["coordinator", "officer", "commune_officer", "outsider"])
def test_a_search_finds_the_same_whichever_way_it_goes(
    thought: None, cast: Cast, many: load_people.Land, name: str
) -> None:
    user = getattr(cast, name)
    set_identity(user.pk)
    hers = list(Person.objects.visible_to(user).order_by("name_sort", "pk"))
    assert bool(hers) == (name != "outsider")
    for words in (("nguyen",), ("nguyen", "thi"), ("le", "van"), ("xyzzy",)):
        fit = [
            each.pk for each in hers if set(words) <= set(fold(f"{each.name} {each.foreign_name}").split())
        ]
        query = " & ".join(f"'{word}'" for word in words)
        assert search(query, ALL) == fit
        few = search(query, 3)
        assert len(few) == min(3, len(fit))
        assert few == [pk for pk in fit if pk in few]
