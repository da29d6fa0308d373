"""Whose report is due is told in the daily mail on her days, and stands in her calendar."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils import timezone
from tests.cast import Cast

from nhipcau.apps.accounts.models import User
from nhipcau.apps.notices.registers import Reader
from nhipcau.apps.reporting.actions.allow_unit import allow_unit
from nhipcau.apps.reporting.actions.excuse_unit import excuse_unit
from nhipcau.apps.reporting.due_days import due_days, due_lines
from nhipcau.apps.reporting.models import FormVersion, Obligation, Period
from nhipcau.apps.reporting.tests.reports import make_period, make_version
from nhipcau.core.workdays import end_of

DAYS = (-30, -7, -1, 1, 7, 30)


@pytest.fixture
def version(cast: Cast) -> FormVersion:
    return make_version(cast)


def owed(cast: Cast, version: FormVersion, due_in: int) -> Obligation:
    period = make_period(version, cast, due_in=due_in)
    return Obligation.objects.create(period=period, organisation=cast.department_a)


def lines(user: User) -> list[str]:
    today = timezone.localdate()
    reader = Reader(user, today, today - timedelta(days=1), DAYS)
    return [line.text for line in due_lines([reader]).get(user.pk, [])]


def events(user: User) -> dict[str, tuple[date, bool, int]]:
    today = timezone.localdate()
    found = due_days(user, today - timedelta(days=400), today + timedelta(days=400))
    return {each.uid: (each.day, each.cancelled, each.sequence) for each in found}


@pytest.mark.parametrize(
    ("due_in", "told"), [(30, 1), (7, 1), (1, 1), (-1, 1), (-7, 1), (-30, 1), (8, 0), (0, 0)]
)
def test_a_unit_is_reminded_before_and_after(
    cast: Cast, version: FormVersion, due_in: int, told: int
) -> None:
    owed(cast, version, due_in)
    assert len(lines(cast.officer)) == told
    assert lines(cast.outsider) == []


def test_what_was_sent_or_is_not_open_is_not_reminded_of(cast: Cast, version: FormVersion) -> None:
    row = owed(cast, version, 7)
    Obligation.objects.filter(pk=row.pk).update(state="sent", received_at=timezone.now())
    assert lines(cast.officer) == []
    Obligation.objects.filter(pk=row.pk).update(state="waiting", received_at=None)
    Period.objects.filter(pk=row.period_id).update(state="planned")
    assert lines(cast.officer) == []


def test_more_time_moves_the_reminder_and_the_day_of_the_calendar(cast: Cast, version: FormVersion) -> None:
    row = owed(cast, version, 7)
    uid = f"report-{row.pk}"
    before = events(cast.officer)[uid]
    later = timezone.localdate() + timedelta(days=30)
    allow_unit(row, until=end_of(later), reason="Bão", version=0, actor=cast.coordinator)
    day, cancelled, sequence = events(cast.officer)[uid]
    assert (day, cancelled) == (later, False)
    assert sequence > before[2]
    assert len(lines(cast.officer)) == 1


def test_an_excused_report_is_cancelled_in_the_calendar(cast: Cast, version: FormVersion) -> None:
    row = owed(cast, version, 7)
    excuse_unit(row, reason="Không phát sinh", version=0, actor=cast.coordinator)
    assert events(cast.officer)[f"report-{row.pk}"][1] is True
    assert events(cast.outsider) == {}
