"""A post inside the agency changes from a day on, and what held before stays."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils import timezone
from tests.cast import Cast

from nhipcau.apps.access.refusals import Refused
from nhipcau.apps.access.scope import scope_of
from nhipcau.apps.accounts.models import User
from nhipcau.apps.audit.models import Event
from nhipcau.apps.orgs.actions import appoint, change_post
from nhipcau.apps.orgs.models import Appointment

REASON = "Phân công lại"


def held(cast: Cast) -> Appointment:
    return Appointment.objects.get(user=cast.officer)


def test_the_old_post_ends_the_day_before_and_the_new_one_begins(cast: Cast) -> None:
    today = timezone.localdate()
    before = held(cast)
    now = change_post(before, "head", from_day=today, reason=REASON, actor=cast.coordinator)
    before.refresh_from_db()
    assert (before.valid.upper, before.post, before.ended_reason) == (today, "", REASON)
    assert (now.valid, now.post, now.role) == (DateRange(today, None), "head", before.role)
    scope = scope_of(User.objects.get(pk=cast.officer.pk))
    assert scope.may_as(cast.department_a.pk, "head")
    assert not scope.may_as(cast.department_a.pk, "clerk")
    event = Event.objects.get(verb="orgs.change_post")
    assert event.data["post"] == "head"


def test_from_its_first_day_on_the_appointment_itself_is_corrected(cast: Cast) -> None:
    today = timezone.localdate()
    made = appoint(cast.outsider, "officer", cast.department_a, valid_from=today, actor=cast.coordinator)
    now = change_post(made, "clerk", from_day=today, reason=REASON, actor=cast.coordinator)
    assert (now.pk, now.post, now.valid) == (made.pk, "clerk", DateRange(today, None))


def test_an_appointment_that_was_to_end_still_ends_on_its_day(cast: Cast) -> None:
    today = timezone.localdate()
    end = today + timedelta(days=30)
    Appointment.objects.filter(user=cast.officer).update(valid=DateRange(date(2025, 1, 1), end))
    now = change_post(held(cast), "clerk", from_day=today, reason=REASON, actor=cast.coordinator)
    assert now.valid == DateRange(today, end)


@pytest.mark.parametrize(("post", "days"), [("", 0), ("head", -4000), ("head", 40)])
def test_the_same_post_and_days_outside_the_appointment_are_refused(cast: Cast, post: str, days: int) -> None:
    today = timezone.localdate()
    end = today + timedelta(days=30)
    Appointment.objects.filter(user=cast.officer).update(valid=DateRange(date(2025, 1, 1), end))
    day = today + timedelta(days=days)
    with pytest.raises(Refused):
        change_post(held(cast), post, from_day=day, reason=REASON, actor=cast.coordinator)
    assert Appointment.objects.get(user=cast.officer).valid.upper == end


def test_who_carries_no_tasks_out_has_no_post(cast: Cast) -> None:
    theirs = Appointment.objects.get(user=cast.leader)
    with pytest.raises(Refused):
        change_post(theirs, "head", from_day=timezone.localdate(), reason="x", actor=cast.system_admin)


def test_nobody_changes_the_post_of_a_role_she_could_not_give(cast: Cast) -> None:
    theirs = Appointment.objects.get(user=cast.second_coordinator)
    with pytest.raises(PermissionDenied):
        change_post(theirs, "head", from_day=timezone.localdate(), reason="x", actor=cast.coordinator)
