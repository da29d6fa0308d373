"""A look at somebody out of scope: one person, for an hour, told, reviewed; the database lets no more."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pytest_django import Settings
from tests.cast import BEGINNING, Cast, SignedIn
from tests.permissions.world_of_registry import begin_registry, make_record, make_round

from nhipcau.apps.access.identity import set_identity
from nhipcau.apps.access.keyring import make_first_ring
from nhipcau.apps.access.refusals import Refused
from nhipcau.apps.accounts.models import User
from nhipcau.apps.audit.models import Event
from nhipcau.apps.notices.models import Notice
from nhipcau.apps.registry import numbers
from nhipcau.apps.registry.actions import look_up, name_data_officer, review_look_up
from nhipcau.apps.registry.entering import enter
from nhipcau.apps.registry.models import DataOfficer, LookUp, Membership, Person, SourceRecord
from nhipcau.apps.registry.reach import forget_reach
from nhipcau.apps.registry.waiting import decisions

PAGE = "/people-abroad/looks/new/"
NUMBER = "C1234567"


@pytest.fixture
def sign_in(cast: Cast) -> SignedIn:
    return SignedIn(cast)


@pytest.fixture
def student(cast: Cast, settings: Settings, tmp_path: Path) -> Person:
    """From elsewhere: nobody's but the keeper's. Another one has the same name."""
    settings.KEY_RING = tmp_path / "keys" / "ring"
    begin_registry()
    make_first_ring()
    round = make_round(cast)
    of = {"name": "Trần Văn Bình", "sex": "M", "phone": "+1 408 555 0123"}
    person = enter(make_record(cast, round, birth="1999-02-03", **of))
    enter(make_record(cast, round, birth="1951", name="Trần Văn Bình"))
    found = numbers.understood(NUMBER)
    assert isinstance(found, list)
    numbers.keep(SourceRecord.objects.get(birth="1999-02-03"), found)
    return person


def look(user: User, **said: str) -> Person | None:
    forget_reach(user)
    set_identity(user.pk)
    asked = {
        "name": "bình trần VĂN",
        "by": "year",
        "fact": "1999",
        "reason": "help",
        "words": "Gia đình đến hỏi, hồ sơ 12",
    }
    return look_up(**asked | said, actor=user)


def seen(user: User) -> set[int]:
    """What the database shows, whatever the pages ask."""
    set_identity(user.pk)
    return set(Person.objects.values_list("pk", flat=True))


@pytest.mark.parametrize(
    ("by", "fact"), [("year", "1999"), ("phone", "0014085550123"), ("number", "C 1234567")]
)
def test_the_whole_name_and_one_more_fact_show_one_person(
    cast: Cast, student: Person, by: str, fact: str
) -> None:
    assert seen(cast.commune_officer) == set()
    assert look(cast.commune_officer, by=by, fact=fact) == student
    assert seen(cast.commune_officer) == {student.pk}
    assert SourceRecord.objects.count() == Membership.objects.count() == 1
    assert seen(cast.officer) == set()


@pytest.mark.parametrize(
    "said",
    [
        {"fact": "1998"},
        {"name": "Trần Bình"},
        {"name": "Trần Văn Bin"},
        {"by": "phone", "fact": "4085550124"},
        {"by": "number", "fact": "C 7654321"},
    ],
)
def test_less_than_that_shows_nobody_and_keeps_nothing_of_what_was_asked(
    cast: Cast, student: Person, said: dict[str, str]
) -> None:
    assert look(cast.commune_officer, **said) is None
    assert seen(cast.commune_officer) == set()
    tried = LookUp.objects.get()
    assert (tried.person, tried.until) == (None, None)
    assert not Notice.objects.exists()


def test_two_who_fit_are_nobody(cast: Cast, student: Person) -> None:
    begin_registry()
    enter(make_record(cast, make_round(cast, name="Đợt khác"), name="Trần Văn Bình", birth="1999"))
    assert look(cast.commune_officer) is None


def test_it_is_over_after_the_hour(cast: Cast, student: Person) -> None:
    look(cast.commune_officer)
    begin_registry()
    then = timezone.now() - timedelta(minutes=61)
    LookUp.objects.update(made_at=then, until=then + timedelta(minutes=60))
    assert seen(cast.commune_officer) == set()
    forget_reach(cast.commune_officer)
    assert not Person.objects.visible_to(cast.commune_officer).exists()


def test_the_database_holds_the_hour(cast: Cast, student: Person) -> None:
    look(cast.commune_officer)
    begin_registry()
    with pytest.raises(Exception, match="registry_lookup_is_short"):
        LookUp.objects.update(until=timezone.now() + timedelta(hours=3))


def test_what_is_looked_up_is_only_read(cast: Cast, student: Person) -> None:
    look(cast.commune_officer)
    set_identity(cast.commune_officer.pk)
    assert Person.objects.update(name="Khác") == 0


def test_nobody_grants_a_look_to_another(cast: Cast, student: Person) -> None:
    set_identity(cast.officer.pk)
    now = timezone.now()
    with pytest.raises(Exception, match="row-level security"):
        LookUp.objects.create(
            user=cast.commune_officer, reason="help", words="x", by="year", person=student, made_at=now,
            until=now + timedelta(minutes=9), review_by=now,
        )  # fmt: skip


def test_tries_of_a_day_are_limited_found_or_not(cast: Cast, student: Person, settings: Settings) -> None:
    settings.LOOKUPS_A_DAY = 2
    look(cast.commune_officer, fact="1998")
    look(cast.commune_officer)
    with pytest.raises(Refused):
        look(cast.commune_officer)


def test_who_is_restricted_is_not_found(cast: Cast, student: Person) -> None:
    Person.objects.filter(pk=student.pk).update(restricted_at=timezone.now())
    assert look(cast.commune_officer) is None


def test_the_data_officer_is_told_at_once_else_the_keeper(cast: Cast, student: Person) -> None:
    look(cast.commune_officer)
    told = set(Notice.objects.values_list("recipient", flat=True))
    assert told == {cast.coordinator.pk, cast.second_coordinator.pk}
    set_identity(cast.coordinator.pk)
    name_data_officer(cast.leader, basis="QĐ", since=timezone.localdate(), actor=cast.coordinator)
    look(cast.officer)
    later = Notice.objects.exclude(recipient__in=told).values_list("recipient", flat=True)
    assert list(later) == [cast.leader.pk]


def test_the_data_officer_reviews_without_reading_people(cast: Cast, student: Person) -> None:
    look(cast.commune_officer)
    begin_registry()
    DataOfficer.objects.create(user=cast.leader, basis="QĐ", valid=(BEGINNING, None))
    set_identity(cast.leader.pk)
    forget_reach(cast.leader)
    assert len(list(decisions(cast.leader))) == 1
    assert seen(cast.leader) == set()
    found = review_look_up(LookUp.objects.get(), verdict="in_order", words="", actor=cast.leader)
    assert found.reviewed_by == cast.leader
    assert list(decisions(cast.leader)) == []


def test_misuse_ends_it_and_is_told(cast: Cast, student: Person) -> None:
    look(cast.commune_officer)
    set_identity(cast.coordinator.pk)
    with pytest.raises(Refused):
        review_look_up(LookUp.objects.get(), verdict="misuse", words=" ", actor=cast.coordinator)
    review_look_up(LookUp.objects.get(), verdict="misuse", words="Việc riêng", actor=cast.coordinator)
    assert LookUp.objects.get().until <= timezone.now()  # type: ignore[operator]
    assert Notice.objects.filter(recipient=cast.commune_officer, kind="registry.misuse").exists()


def test_every_step_is_in_the_record_without_what_was_asked(
    cast: Cast, student: Person, sign_in: SignedIn
) -> None:
    client = sign_in("commune_officer")
    said = {
        "name": "Trần Văn Bình",
        "by": "year",
        "fact": "1999",
        "reason": "help",
        "words": "Hồ sơ số 12 đến hỏi",
    }
    page = client.post(PAGE, said, follow=True)
    assert page.status_code == 200
    assert "Trần Văn Bình" in page.content.decode()
    begin_registry()
    events = Event.objects.filter(source="action", actor_id=cast.commune_officer.pk).order_by("pk")
    assert [each.verb for each in events] == ["registry.look_up", "registry.read_person"]
    assert events[1].data == {"looked_up": True}
    assert "Trần Văn Bình" not in str([each.data for each in Event.objects.all()]) + str(
        [e.reason for e in events]
    )


def test_lists_show_nobody_who_was_only_looked_up(cast: Cast, student: Person, sign_in: SignedIn) -> None:
    look(cast.commune_officer)
    assert "Trần Văn Bình" not in sign_in("commune_officer").get("/people-abroad/").content.decode()


def test_nobody_and_not_hers_read_the_same(cast: Cast, student: Person, sign_in: SignedIn) -> None:
    client = sign_in("commune_officer")
    said = {"by": "year", "reason": "help", "words": "Hồ sơ số 12 đến hỏi"}
    there = client.post(PAGE, said | {"name": "Trần Văn Bình", "fact": "1990"}).content.decode()
    not_there = client.post(PAGE, said | {"name": "Mai Ái Kỳ", "fact": "1990"}).content.decode()
    alert = 'role="alert"'
    assert alert in there
    assert there.split(alert)[1].split("</div>")[0] == not_there.split(alert)[1].split("</div>")[0]


def test_the_list_of_looks_asks_the_same_however_many(cast: Cast, student: Person, sign_in: SignedIn) -> None:
    look(cast.commune_officer)
    client = sign_in("coordinator")
    client.get("/people-abroad/looks/")

    with CaptureQueriesContext(connection) as few:
        client.get("/people-abroad/looks/")
    for fact in ("1", "2", "3"):
        look(cast.officer, fact=f"199{fact}")
    with CaptureQueriesContext(connection) as many:
        client.get("/people-abroad/looks/")
    assert len(many) == len(few)
