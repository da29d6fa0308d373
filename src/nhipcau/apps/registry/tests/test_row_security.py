"""The second wall: what the database shows to whom, whatever the pages ask for."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.db.utils import ProgrammingError
from tests.cast import BEGINNING, PEOPLE, Cast, appoint, make_organisation, make_user
from tests.permissions.world_of_registry import begin_registry, make_record, make_round

from nhipcau.apps.access.identity import set_identity
from nhipcau.apps.audit.models import Event
from nhipcau.apps.orgs.models import Deputy, Lineage
from nhipcau.apps.registry.actions import read_person
from nhipcau.apps.registry.entering import enter
from nhipcau.apps.registry.models import (
    Group,
    IdentityNumber,
    Membership,
    Person,
    Remit,
    Residence,
    SourceRecord,
)
from nhipcau.apps.registry.reach import reach_of

MODELS = (Person, Membership, SourceRecord, Residence, IdentityNumber)


@pytest.fixture
def people(cast: Cast) -> dict[str, Person]:
    """A worker of the commune, a student from elsewhere, one whom Sở B sent; Sở A works with workers."""
    begin_registry()
    round = make_round(cast)
    Remit.objects.create(
        organisation=cast.department_a, group=Group.WORKER, basis="Quyết định", valid=(BEGINNING, None)
    )
    made = {
        "worker": enter(make_record(cast, round, place=cast.commune, groups=[Group.WORKER])),
        "student": enter(make_record(cast, round, name="Trần Văn Bình", groups=[Group.STUDENT])),
        "of B": enter(make_record(cast, round, name="Lê Thị Cúc", sender=cast.department_b)),
    }
    for record in SourceRecord.objects.all():
        Residence.objects.create(record=record, country="US")
        IdentityNumber.objects.create(record=record, kind="passport", sealed=b"x", digest=b"y")
    return made


def shown(people: dict[str, Person]) -> dict[str, set[str]]:
    """What the database shows of each model to whoever the transaction acts for, by person."""
    names = {person.pk: key for key, person in people.items()}
    ways = {
        Person: "pk",
        Membership: "person",
        SourceRecord: "memberships__person",
        Residence: "record__memberships__person",
        IdentityNumber: "record__memberships__person",
    }
    return {
        model.__name__: {
            names.get(pk, "hidden") for pk in model.objects.order_by().values_list(way, flat=True)
        }
        for model, way in ways.items()
    }


EVERYBODY = {"worker", "student", "of B"}


def everywhere(*people: str) -> dict[str, set[str]]:
    return {model.__name__: set(people) for model in MODELS}


NOBODY = everywhere()


@pytest.mark.parametrize(
    ("name", "seen"),
    [
        ("coordinator", everywhere(*EVERYBODY)),
        ("officer", everywhere("worker") | {"IdentityNumber": set()}),
        ("commune_officer", everywhere("worker") | {"IdentityNumber": set()}),
        # What Sở B sent, without the person that it became.
        ("outsider", NOBODY | {"SourceRecord": {"hidden"}, "Residence": {"hidden"}}),
        ("leader", NOBODY),
        ("reader", NOBODY),
        ("system_admin", NOBODY),
        ("leaver", NOBODY),
    ],
)
def test_each_is_shown_what_is_hers(
    cast: Cast, people: dict[str, Person], name: str, seen: dict[str, set[str]]
) -> None:
    set_identity(getattr(cast, name).pk)
    assert shown(people) == seen


def test_nobody_is_shown_nothing(people: dict[str, Person]) -> None:
    set_identity(None)
    assert shown(people) == NOBODY


@pytest.mark.parametrize("name", PEOPLE)
def test_the_pages_ask_for_no_more_than_the_database_shows(
    cast: Cast, people: dict[str, Person], name: str
) -> None:
    user = getattr(cast, name)
    for model in (Person, Membership, SourceRecord):
        begin_registry()
        asked = set(model.objects.visible_to(user).values_list("pk", flat=True))
        set_identity(user.pk)
        assert asked == set(model.objects.values_list("pk", flat=True)), model


def test_who_stands_in_for_a_colleague_sees_what_she_sees(cast: Cast, people: dict[str, Person]) -> None:
    begin_registry()
    Deputy.objects.create(
        absent=cast.coordinator,
        deputy=cast.outsider,
        valid=(date(2020, 1, 1), date(2100, 1, 1)),
        reason="Nghỉ",
    )
    set_identity(cast.outsider.pk)
    assert shown(people)["Person"] == EVERYBODY


def test_a_named_keeper_takes_the_place_of_the_coordinators(cast: Cast, people: dict[str, Person]) -> None:
    Remit.objects.create(organisation=cast.department_b, basis="Kế hoạch", valid=(BEGINNING, None))
    set_identity(cast.outsider.pk)
    assert shown(people)["Person"] == EVERYBODY
    set_identity(cast.coordinator.pk)
    assert shown(people)["Person"] == set()


def test_a_commune_reads_the_people_of_what_went_into_it_whole(cast: Cast, people: dict[str, Person]) -> None:
    begin_registry()
    new = make_organisation("Xã Mới", "commune")
    officer = make_user("new", "Lê Thị Mới")
    appoint(officer, "commune_officer", new)
    edge = {"predecessor": cast.commune, "kind": "merge", "effective_on": date(2025, 7, 1)}
    Lineage.objects.create(successor=new, **edge)
    set_identity(officer.pk)
    assert shown(people)["Person"] == {"worker"}
    # Divided: nobody guesses to whose part each one belongs.
    begin_registry()
    Lineage.objects.create(successor=make_organisation("Xã Khác", "commune"), **edge)
    set_identity(officer.pk)
    assert shown(people)["Person"] == set()


def test_a_record_is_never_changed(people: dict[str, Person]) -> None:
    begin_registry()
    with pytest.raises(Exception, match="is never changed"):
        SourceRecord.objects.update(name="Khác")


def test_a_remit_that_ended_gives_nothing(cast: Cast, people: dict[str, Person]) -> None:
    Remit.objects.update(valid=(BEGINNING, date(2021, 1, 1)))
    assert reach_of(cast.officer).groups == ()


def test_the_serving_login_cannot_switch_it_off(people: dict[str, Person]) -> None:
    with pytest.raises(ProgrammingError), connection.cursor() as cursor:
        cursor.execute("alter table registry_person disable row level security")


def test_every_table_of_people_has_it(db: None) -> None:
    """Only what names nobody may do without."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select relname from pg_class where relname like 'registry\\_%%' and relkind = 'r'"
            " and not (relrowsecurity and relforcerowsecurity)"
        )
        without = {name for (name,) in cursor.fetchall()}
    assert without == {"registry_round", "registry_roundunit", "registry_runningsource", "registry_remit"}


def test_what_was_done_in_the_register_is_read_by_its_keeper_the_administrator_and_who_did_it(
    people: dict[str, Person], cast: Cast
) -> None:
    read_person(people["worker"], actor=cast.officer)
    done = Event.objects.about(people["worker"])
    readers = set()
    for name in (*PEOPLE, None):
        set_identity(getattr(cast, name).pk if name else None)
        if done.exists():
            readers.add(name)
    assert readers == {"coordinator", "second_coordinator", "system_admin", "officer"} & set(PEOPLE)
