"""The last moment of a day and the first of the next: opening, due, late window, lock, more time."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from unittest import mock

import pytest
from django.utils import timezone
from tests.cast import Cast

from nhipcau.apps.reporting.actions import (
    ask_deferral,
    begin_draft,
    decide_deferral,
    return_submission,
    save_draft,
    send_submission,
)
from nhipcau.apps.reporting.actions.lock_period import lock_period
from nhipcau.apps.reporting.models import Obligation, Period, Standing, Submission
from nhipcau.apps.reporting.period_jobs import keep_periods
from nhipcau.apps.reporting.refusals import Refused
from nhipcau.apps.reporting.tests.reports import Reports, answers, make_period, make_reports
from nhipcau.core.workdays import VIETNAM, end_of

pytestmark = pytest.mark.django_db
TICK = timedelta(milliseconds=1)


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """The clock stands there."""
    with mock.patch("django.utils.timezone.now", return_value=moment.astimezone(UTC)):
        yield


@pytest.fixture
def found(cast: Cast) -> Reports:
    return make_reports(cast)


def sent_at(found: Reports, moment: datetime, words: str = "Đã làm") -> Obligation:
    """Drafted an hour before, sent at the moment. Raises Refused."""
    with at(moment - timedelta(hours=1)):
        draft = begin_draft(found.of_a, actor=found.cast.officer)
        draft = save_draft(draft, answers(found, words), revision=draft.revision, actor=found.cast.officer)
    with at(moment):
        send_submission(draft, revision=draft.revision, actor=found.cast.officer)
    return Obligation.objects.get(pk=found.of_a.pk)


def standing(row: Obligation, moment: datetime) -> tuple[str, str]:
    """As the database and as the row itself say it."""
    rows = Obligation.objects.filter(pk=row.pk)
    (said,) = [each for each in Standing if rows.in_standing(moment, each).exists()]
    return said, row.standing_now(moment)


def last_moment(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 23, 59, 59, 999_000, VIETNAM)


def test_the_end_of_a_day_is_its_last_millisecond_in_vietnam(found: Reports) -> None:
    due = found.period.due_at
    assert due == last_moment(found.period.due_on)
    assert (due + TICK).astimezone(VIETNAM).time().isoformat() == "00:00:00"
    assert (due + TICK).astimezone(UTC).hour == 17


@pytest.mark.parametrize(("past", "state"), [(-TICK, "planned"), (TICK * 0, "open")])
def test_a_period_opens_with_the_first_moment_of_its_day(found: Reports, past: timedelta, state: str) -> None:
    opens_on = timezone.localdate() + timedelta(days=3)
    planned = make_period(found.version, found.cast, state="planned", opens_on=opens_on, year=2029)
    Obligation.objects.create(period=planned, organisation=found.cast.department_a)
    with at(datetime(opens_on.year, opens_on.month, opens_on.day, tzinfo=VIETNAM) + past):
        keep_periods()
    assert Period.objects.get(pk=planned.pk).state == state


@pytest.mark.parametrize(
    ("past", "expected"), [(-TICK, "in_time"), (TICK * 0, "in_time"), (TICK, "late"), (TICK * 1000, "late")]
)
def test_a_report_is_in_time_until_the_last_millisecond(
    found: Reports, past: timedelta, expected: str
) -> None:
    row = sent_at(found, found.period.due_at + past)
    assert standing(row, found.period.due_at + timedelta(days=2)) == (expected, expected)
    sent = Submission.objects.get(obligation=row)
    assert (sent.sent_at, row.received_at) == (found.period.due_at + past,) * 2


@pytest.mark.parametrize(("past", "expected"), [(TICK * 0, Standing.NOT_DUE), (TICK, Standing.MISSING)])
def test_who_has_not_sent_is_missing_from_midnight_on(found: Reports, past: timedelta, expected: str) -> None:
    assert standing(found.of_a, found.period.due_at + past) == (expected, expected)


def test_the_late_window_closes_at_midnight(cast: Cast) -> None:
    last = end_of(timezone.localdate() + timedelta(days=13))
    found = make_reports(cast, late_until=last)
    with pytest.raises(Refused, match="locked"):
        sent_at(found, last + TICK)
    draft = Submission.objects.get(obligation=found.of_a)
    assert (draft.state, draft.received_number) == ("draft", "")
    row = sent_at(found, last)
    assert standing(row, last) == (Standing.LATE, Standing.LATE)


@pytest.mark.parametrize(("past", "taken"), [(TICK * 0, True), (TICK, False)])
def test_more_time_after_the_lock_lasts_to_the_end_of_its_day(
    found: Reports, past: timedelta, taken: bool
) -> None:
    cast, until = found.cast, found.period.due_on + timedelta(days=4)
    asked = ask_deferral(found.of_a, until, reason="Bão", actor=cast.officer)
    decide_deferral(asked, grant=True, reason="Có bão", actor=cast.coordinator)
    lock_period(found.period, revision=0, actor=cast.coordinator)
    if taken:
        row = sent_at(found, last_moment(until) + past)
        assert standing(row, last_moment(until)) == (Standing.IN_TIME, Standing.IN_TIME)
    else:
        with pytest.raises(Refused, match="locked"):
            sent_at(found, last_moment(until) + past)


@pytest.mark.parametrize(("past", "taken"), [(TICK * 0, True), (TICK, False)])
def test_a_returned_report_is_taken_after_the_lock_until_its_own_moment(
    found: Reports, past: timedelta, taken: bool
) -> None:
    cast = found.cast
    until = last_moment(found.period.due_on + timedelta(days=2))
    row = sent_at(found, found.period.due_at)
    with at(found.period.due_at + TICK):
        return_submission(row, reason="Thiếu số", version=1, until=until, actor=cast.coordinator)
        lock_period(found.period, revision=0, actor=cast.coordinator)
    if taken:
        again = sent_at(found, until + past, "Đã bổ sung")
        assert standing(again, until) == (Standing.IN_TIME, Standing.IN_TIME)
        return
    with pytest.raises(Refused, match="locked"):
        sent_at(found, until + past, "Đã bổ sung")
    assert Submission.objects.filter(obligation=row, sent_at__isnull=False).count() == 1
