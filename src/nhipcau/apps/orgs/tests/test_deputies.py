"""A deputy holds what the absent one holds, in that time only; nothing goes further."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.http import Http404
from django.test import Client
from django.utils import timezone, translation
from pytest_django import DjangoAssertNumQueries
from tests.cast import Cast, SignedIn, appoint, make_user

from nhipcau.apps.access.act import act
from nhipcau.apps.access.refusals import Refused
from nhipcau.apps.access.scope import scope_of
from nhipcau.apps.accounts.models import User
from nhipcau.apps.audit.models import Event
from nhipcau.apps.audit.sentences import actor_of
from nhipcau.apps.notices.models import Notice
from nhipcau.apps.orgs.actions import add_alias, end_deputy, give_deputy
from nhipcau.apps.orgs.actions import appoint as give_role
from nhipcau.apps.orgs.holders import holders
from nhipcau.apps.orgs.models import Appointment, Deputy, Organisation

DAY = timedelta(days=1)


def fresh(user: User) -> User:
    """As the next request finds her."""
    return User.objects.get(pk=user.pk)


def stands_in(absent: User, deputy: User, first: int, last: int) -> Deputy:
    """From so many days after today to so many: what an earlier action left."""
    today = timezone.localdate()
    period = (today + first * DAY, today + (last + 1) * DAY)
    return Deputy.objects.create(absent=absent, deputy=deputy, valid=period, reason="Nghỉ phép")


def give(absent: User, deputy: User, actor: User, first: int = 0, last: int = 5) -> Deputy:
    today = timezone.localdate()
    days = {"first_day": today + first * DAY, "last_day": today + last * DAY}
    return give_deputy(absent, deputy, **days, reason="Nghỉ phép", actor=actor)


@pytest.mark.parametrize(
    ("first", "last", "holds"),
    [(-9, -1, False), (-9, 0, True), (0, 0, True), (0, 9, True), (1, 9, False)],
    ids=["over", "last day", "one day", "first day", "before"],
)
def test_the_roles_are_held_in_that_time_only(cast: Cast, first: int, last: int, holds: bool) -> None:
    stands_in(cast.officer, cast.outsider, first, last)
    someone = fresh(cast.outsider)
    assert (cast.department_a.pk in scope_of(someone).organisations("officer")) is holds
    # Her own stays hers.
    assert cast.department_b.pk in scope_of(someone).organisations("officer")


def test_what_the_absent_one_does_not_hold_any_more_nobody_holds(cast: Cast) -> None:
    stands_in(cast.officer, cast.outsider, 0, 5)
    yesterday = timezone.localdate() - DAY
    Appointment.objects.filter(user=cast.officer).update(valid=(yesterday - DAY, yesterday))
    assert not scope_of(fresh(cast.outsider)).behalf


def test_of_a_locked_one_nobody_holds_anything(cast: Cast) -> None:
    stands_in(cast.officer, cast.outsider, 0, 5)
    User.objects.filter(pk=cast.officer.pk).update(is_active=False)
    assert not scope_of(fresh(cast.outsider)).behalf


def test_system_administration_never_goes_to_a_deputy(cast: Cast) -> None:
    appoint(cast.system_admin, "reader", cast.department_a)
    stands_in(cast.system_admin, cast.outsider, 0, 5)
    scope = scope_of(fresh(cast.outsider))
    assert not scope.has("system_admin")
    assert scope.has("reader")


def test_nothing_is_held_at_second_hand(cast: Cast) -> None:
    """Even if two rows were there, only appointments count."""
    stands_in(cast.officer, cast.outsider, 0, 5)
    stands_in(cast.outsider, cast.reader, 0, 5)
    assert cast.department_a.pk not in scope_of(fresh(cast.reader)).organisations("officer")


def test_who_is_away_cannot_stand_in_and_who_stands_in_gets_no_deputy(cast: Cast) -> None:
    colleague = make_user("dong", "Đồng Nghiệp")
    appoint(colleague, "officer", cast.department_a)
    third = make_user("ba", "Người Thứ Ba")
    appoint(third, "officer", cast.department_a)
    give(cast.officer, colleague, cast.officer)
    with pytest.raises(Refused):
        give(colleague, third, colleague, 3, 9)
    with pytest.raises(Refused):
        give(third, cast.officer, third, 5, 9)
    give(third, colleague, third)
    assert give(colleague, third, colleague, 6, 9)


def test_one_deputy_at_a_time(cast: Cast) -> None:
    appoint(cast.outsider, "officer", cast.department_a)
    appoint(cast.reader, "officer", cast.department_a)
    give(cast.officer, cast.outsider, cast.officer)
    with pytest.raises(Refused):
        give(cast.officer, cast.reader, cast.officer, 5, 6)
    assert give(cast.officer, cast.reader, cast.officer, 6, 7)
    with pytest.raises(IntegrityError), transaction.atomic():
        stands_in(cast.officer, cast.reader, 2, 3)


def test_one_names_a_colleague_the_coordinator_anyone(cast: Cast) -> None:
    with pytest.raises(Refused):
        give(cast.officer, cast.outsider, cast.officer)
    assert give(cast.officer, cast.outsider, cast.coordinator)


@pytest.mark.parametrize(
    ("absent", "actor"),
    [
        ("leader", "coordinator"),
        ("system_admin", "coordinator"),
        ("second_coordinator", "coordinator"),
        ("officer", "leader"),
        ("officer", "outsider"),
        ("commune_officer", "officer"),
    ],
)
def test_nobody_names_a_deputy_for_one_whose_roles_she_could_not_give(
    cast: Cast, absent: str, actor: str
) -> None:
    with pytest.raises(PermissionDenied):
        give(getattr(cast, absent), getattr(cast, actor), getattr(cast, actor))


def test_a_leader_names_her_own_deputy(cast: Cast) -> None:
    give(cast.leader, cast.coordinator, cast.leader)
    assert scope_of(fresh(cast.coordinator)).has("leader")


@pytest.mark.parametrize(("first", "last"), [(-1, 3), (3, 2), (0, 400)])
def test_a_period_that_makes_no_sense_is_refused(cast: Cast, first: int, last: int) -> None:
    with pytest.raises(Refused):
        give(cast.officer, cast.outsider, cast.coordinator, first, last)


def test_the_locked_and_those_without_a_role_do_not_stand_in(cast: Cast) -> None:
    for someone in (cast.leaver, make_user("khong", "Không Vai Trò"), cast.officer):
        with pytest.raises(Refused):
            give(cast.officer, someone, cast.coordinator)


def test_ended_early_nothing_is_held_from_that_moment(cast: Cast) -> None:
    row = give(cast.officer, cast.outsider, cast.coordinator)
    assert scope_of(fresh(cast.outsider)).behalf
    with pytest.raises(Refused):
        end_deputy(row, reason="", actor=fresh(cast.officer))
    end_deputy(row, reason="Về sớm", actor=fresh(cast.officer))
    assert not scope_of(fresh(cast.outsider)).behalf
    with pytest.raises(Refused):
        end_deputy(row, reason="Về sớm", actor=cast.coordinator)


def test_others_do_not_end_it(cast: Cast) -> None:
    row = give(cast.officer, cast.outsider, cast.coordinator)
    with pytest.raises(Http404):
        end_deputy(row, reason="x", actor=cast.commune_officer)


def test_both_are_told_and_who_named_her_is_not(cast: Cast) -> None:
    give(cast.officer, cast.outsider, cast.coordinator)
    told = set(Notice.objects.filter(kind="orgs.deputy").values_list("recipient", flat=True))
    assert told == {cast.officer.pk, cast.outsider.pk}


def test_messages_reach_the_deputy_too(cast: Cast) -> None:
    stands_in(cast.officer, cast.outsider, 0, 5)
    found = holders(("officer",), timezone.localdate(), [cast.department_a.pk])
    assert found == sorted([cast.officer, cast.outsider], key=lambda user: user.name_sort)


def test_what_is_done_with_the_roles_of_the_absent_one_says_so(cast: Cast) -> None:
    """What she could have done herself does not."""
    stands_in(cast.coordinator, cast.outsider, 0, 5)
    someone = fresh(cast.outsider)
    add_alias(cast.department_a, "Sở CT", actor=someone)
    event = Event.objects.filter(verb="orgs.add_alias").latest("pk")
    assert event.actor_id == someone.pk
    assert event.actor_label == "Võ Thị Bình, TM. Nguyễn Thị Điều Phối"
    assert event.data["on_behalf_of"] == [cast.coordinator.pk]
    with translation.override("vi"):
        assert actor_of(event) == "Võ Thị Bình thay mặt Nguyễn Thị Điều Phối"
    with act(someone, "orgs.give_deputy", Deputy, permission="create"):
        pass
    assert Event.objects.latest("pk").actor_label == "Võ Thị Bình"


def test_a_deputy_gives_no_more_than_the_absent_one_could(cast: Cast) -> None:
    stands_in(cast.coordinator, cast.outsider, 0, 5)
    someone, day = fresh(cast.outsider), date(2026, 1, 1)
    assert give_role(cast.reader, "officer", cast.department_b, valid_from=day, actor=someone)
    with pytest.raises(PermissionDenied):
        give_role(someone, "coordinator", cast.lead_agency, valid_from=day, actor=someone)


def test_a_scope_with_and_without_deputies_is_one_question(
    cast: Cast, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    stands_in(cast.officer, cast.outsider, 0, 5)
    stands_in(cast.commune_officer, cast.outsider, 0, 5)
    someone = fresh(cast.outsider)
    with django_assert_num_queries(1):
        assert len(scope_of(someone).behalf) == 2


@pytest.fixture
def colleague(cast: Cast) -> User:
    someone = make_user("dong", "Đồng Nghiệp")
    appoint(someone, "officer", cast.department_a)
    return someone


def test_by_page_a_colleague_is_named_and_her_pages_say_so(
    cast: Cast, signed_in: SignedIn, colleague: User
) -> None:
    client, today = signed_in("officer"), timezone.localdate()
    page = client.get("/organisations/deputies/").content.decode()
    assert "Đồng Nghiệp" in page
    assert "Võ Thị Bình" not in page
    wanted = {
        "deputy": colleague.pk,
        "first_day": f"{today:%d/%m/%Y}",
        "last_day": f"{today:%d/%m/%Y}",
        "reason": "Nghỉ phép",
    }
    assert client.post("/organisations/deputies/", wanted).status_code == 302
    hers = Client()
    hers.force_login(colleague, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert "Bạn đang làm thay" in hers.get("/").content.decode()
    row = Deputy.objects.get()
    hers.post(f"/organisations/deputies/{row.pk}/end/", {"reason": "Không nhận được"})
    assert "Bạn đang làm thay" not in hers.get("/").content.decode()


def test_a_coordinator_names_one_for_an_officer(cast: Cast, signed_in: SignedIn) -> None:
    today = timezone.localdate()
    wanted = {
        "absent": cast.officer.pk,
        "deputy": cast.outsider.pk,
        "first_day": f"{today:%d/%m/%Y}",
        "last_day": f"{today:%d/%m/%Y}",
        "reason": "Ốm",
    }
    assert signed_in("coordinator").post("/organisations/deputies/", wanted).status_code == 302
    wanted["absent"] = cast.leader.pk
    assert signed_in("coordinator").post("/organisations/deputies/", wanted).status_code == 422
    assert Deputy.objects.count() == 1


def test_an_organisation_is_still_seen_as_it_is(cast: Cast) -> None:
    stands_in(cast.officer, cast.outsider, 0, 5)
    assert Organisation.objects.visible_to(fresh(cast.outsider)).count() == Organisation.objects.count()
