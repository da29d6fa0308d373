"""A person from her records; found, read, entered, corrected."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from tests.cast import BEGINNING, Cast, SignedIn, make_organisation
from tests.permissions.world_of_registry import begin_registry, make_record, make_round

from nhipcau.apps.access.refusals import Refused
from nhipcau.apps.audit.models import Event
from nhipcau.apps.orgs.models import Lineage, OrganisationVersion
from nhipcau.apps.reference.models import Country
from nhipcau.apps.registry.actions import approve_round, correct_person, give_remit
from nhipcau.apps.registry.entering import enter
from nhipcau.apps.registry.forms.partial import PartialDateField, as_written
from nhipcau.apps.registry.models import Group, Membership, Person, Round, SourceRecord
from nhipcau.apps.registry.search import found_by


@pytest.fixture
def round(cast: Cast) -> Round:
    begin_registry()
    Country.objects.create(
        code="US", name="Hoa Kỳ", name_en="United States", aliases="Mỹ; USA", valid=(None, None), source="ISO"
    )
    return make_round(cast)


@pytest.fixture
def hoa(cast: Cast, round: Round) -> Person:
    return enter(
        make_record(cast, round, place=cast.commune, groups=[Group.MARRIED], phone="+1 714 555 0182")
    )


def said(person: Person, field: str) -> tuple[object, str]:
    each = person.derived[field]
    return each["value"], each["on"]


def test_each_value_comes_from_the_record_that_knows_best(cast: Cast, round: Round, hoa: Person) -> None:
    later = make_record(
        cast,
        round,
        name="HOA NGUYEN",
        birth="1962",
        country="CA",
        stated_on=date(2026, 7, 1),
        basis="unverified",
    )
    enter(later, hoa, by="officer")
    assert (hoa.name, said(hoa, "country")) == ("HOA NGUYEN", ("CA", "2026-07-01"))
    # A whole date of birth is not given up for a year.
    assert hoa.birth == "1962-05-30"
    by_herself = make_record(cast, round, name="Nguyễn Thị Hoa", country="US", basis="person")
    enter(by_herself, hoa, by="officer")
    assert (hoa.name, hoa.country, hoa.basis, hoa.records) == ("Nguyễn Thị Hoa", "US", "person", 3)


def test_a_record_that_says_nothing_of_a_field_takes_nothing_away(
    cast: Cast, round: Round, hoa: Person
) -> None:
    enter(make_record(cast, round, birth="", sex="", groups=[Group.WORKER]), hoa, by="officer")
    assert (hoa.birth, hoa.sex, hoa.groups) == ("1962-05-30", "F", ["married", "worker"])


def test_a_correction_is_believed_before_what_lists_say_later(cast: Cast, round: Round, hoa: Person) -> None:
    correct_person(
        hoa,
        {"birth": "1963"},
        basis="document",
        reason="Theo hộ chiếu",
        sender=cast.lead_agency,
        actor=cast.coordinator,
    )
    enter(make_record(cast, round, stated_on=date(2026, 9, 1)), hoa, by="officer")
    assert hoa.birth == "1963"
    assert SourceRecord.objects.filter(memberships__person=hoa).count() == 3
    event = Event.objects.filter(verb="registry.correct_person").latest("pk")
    assert event.data["fields"] == ["birth"]
    assert "'1963'" not in str(event.data)


@pytest.mark.parametrize(("values", "reason"), [({}, "Vì"), ({"birth": "1963"}, " ")])
def test_a_correction_says_something_and_why(
    cast: Cast, hoa: Person, values: dict[str, str], reason: str
) -> None:
    with pytest.raises(Refused):
        correct_person(
            hoa, values, basis="document", reason=reason, sender=cast.lead_agency, actor=cast.coordinator
        )


@pytest.mark.parametrize(
    "words",
    [
        "Nguyễn Thị Hoa",
        "hoa nguyen",
        "NGUY thi",
        "hoa 1962",
        "hoa mỹ",
        "hoa united",
        "nguyen cầu ngang",
        "7145550182",
        "hoa ket hon",
    ],
)
def test_a_person_is_found_however_it_is_written(hoa: Person, words: str) -> None:
    assert found_by(words) == [hoa.pk]


@pytest.mark.parametrize("words", ["hoa 1963", "hoan", "binh", "& | !", "'; drop"])
def test_what_does_not_fit_finds_nobody(hoa: Person, words: str) -> None:
    assert found_by(words) in ([], None)


def test_an_old_name_of_the_commune_finds_too(cast: Cast, round: Round) -> None:
    old = make_organisation("Xã Bình Mỹ", "commune")
    Lineage.objects.create(
        predecessor=old, successor=cast.commune, kind="merge", effective_on=date(2025, 7, 1)
    )
    person = enter(make_record(cast, round, place=cast.commune))
    assert found_by("hoa bình mỹ") == [person.pk]
    assert OrganisationVersion.objects.filter(organisation=cast.commune, name="Xã Bình Mỹ").count() == 0


def test_the_list_asks_a_fixed_number_of_questions(
    cast: Cast, hoa: Person, signed_in: SignedIn, django_assert_max_num_queries: object
) -> None:
    client = signed_in("coordinator")
    client.get("/people-abroad/")
    with django_assert_max_num_queries(22):  # type: ignore[operator]
        answer = client.get("/people-abroad/?q=hoa")
    assert answer.status_code == 200
    assert "Nguyễn Thị <mark>Hoa</mark>" in answer.content.decode()


def test_every_reading_of_a_page_is_recorded(cast: Cast, hoa: Person, signed_in: SignedIn) -> None:
    answer = signed_in("commune_officer").get(f"/people-abroad/{hoa.pk}/")
    assert "30/5/1962" in answer.content.decode()
    event = Event.objects.filter(verb="registry.read_person").get()
    assert (event.actor_id, event.subject_id) == (cast.commune_officer.pk, str(hoa.pk))


def test_who_was_joined_to_another_leads_there(
    cast: Cast, round: Round, hoa: Person, signed_in: SignedIn
) -> None:
    other = enter(make_record(cast, round, name="Hoa Nguyen"))
    Person.objects.filter(pk=other.pk).update(merged_into=hoa)
    answer = signed_in("coordinator").get(f"/people-abroad/{other.pk}/")
    assert (answer.status_code, answer.headers["Location"]) == (302, f"/people-abroad/{hoa.pk}/")


def entered(client: Client, round: Round, **more: str) -> object:
    return client.post(
        "/people-abroad/new/",
        {
            "source": f"round-{round.pk}",
            "name": "Hoa Thị Nguyễn",
            "birth": "1962",
            "basis": "relative",
            **more,
        },
    )


def test_who_may_be_the_same_is_shown_before_another_is_made(
    cast: Cast, round: Round, hoa: Person, signed_in: SignedIn
) -> None:
    client = signed_in("coordinator")
    first = entered(client, round)
    assert first.status_code == 422  # type: ignore[attr-defined]
    assert f"/people-abroad/{hoa.pk}/" in first.content.decode()  # type: ignore[attr-defined]
    begin_registry()
    assert Person.objects.count() == 1
    assert entered(client, round, another="1").status_code == 302  # type: ignore[attr-defined]
    begin_registry()
    assert Membership.objects.filter(by="first").count() == 2


def test_a_round_that_is_approved_takes_no_more(cast: Cast, round: Round, signed_in: SignedIn) -> None:
    approve_round(round, actor=cast.coordinator)
    with pytest.raises(Refused):
        approve_round(round, actor=cast.coordinator)
    assert entered(signed_in("coordinator"), round).status_code == 422  # type: ignore[attr-defined]


def test_a_right_that_holds_is_not_given_twice(cast: Cast, db: None) -> None:
    begin_registry()
    give = {"group": "worker", "basis": "Quyết định", "since": BEGINNING, "actor": cast.coordinator}
    give_remit(cast.department_b, **give)  # type: ignore[arg-type]
    with pytest.raises(Refused):
        give_remit(cast.department_b, **give)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("typed", "kept", "shown"),
    [
        ("1962", "1962", "1962"),
        ("5/1962", "1962-05", "5/1962"),
        ("30/05/1962", "1962-05-30", "30/5/1962"),
        ("5.6.1962", "1962-06-05", "05/6/1962"),
        ("30.5.1962", "1962-05-30", "30/5/1962"),
        ("", "", ""),
    ],
)
def test_a_date_is_kept_as_far_as_it_is_known(typed: str, kept: str, shown: str) -> None:
    assert PartialDateField(required=False).clean(typed) == kept
    assert as_written(kept) == shown


@pytest.mark.parametrize("typed", ["31/2/1962", "13/1962", "1/1/2999", "abc", "năm Nhâm Dần"])
def test_a_date_that_cannot_be_is_refused(typed: str) -> None:
    with pytest.raises(ValidationError):
        PartialDateField(required=False).clean(typed)
