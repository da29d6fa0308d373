from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nhipcau.core.workdays import Calendar, DueRule, Shift, deadlines, end_of, shifted, shipped_calendar

# A machine with much else to do is no fault of the code.
ANY_MACHINE = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])

SINCE = date(2026, 1, 1)
BEFORE, BY = DueRule("date", "2026-11-30", "before"), DueRule("date", "2026-11-30")
SATURDAY = DueRule("date", "2027-06-05")


@pytest.mark.parametrize(
    ("rule", "shift", "day"),
    [
        (BEFORE, Shift.NONE, date(2026, 11, 29)),
        (BEFORE, Shift.BEFORE, date(2026, 11, 27)),
        (BEFORE, Shift.AFTER, date(2026, 11, 30)),
        (BY, Shift.NONE, date(2026, 11, 30)),
        (BY, Shift.BEFORE, date(2026, 11, 30)),
        (BY, Shift.AFTER, date(2026, 11, 30)),
        (SATURDAY, Shift.NONE, date(2027, 6, 5)),
        (SATURDAY, Shift.BEFORE, date(2027, 6, 4)),
        (SATURDAY, Shift.AFTER, date(2027, 6, 7)),
        (DueRule("date", "2026-01-02"), Shift.BEFORE, date(2025, 12, 31)),
        (DueRule("date", "2026-01-02"), Shift.AFTER, date(2026, 1, 5)),
        (DueRule("date", "2026-01-10"), Shift.BEFORE, date(2026, 1, 10)),
        (DueRule("quarter", "2026-Q1", "before"), Shift.BEFORE, date(2025, 12, 31)),
    ],
)
def test_a_phrase_under_each_rule(rule: DueRule, shift: Shift, day: date) -> None:
    (found,) = deadlines(rule, shipped_calendar(), shift, since=SINCE)
    assert (found.day, found.shift, found.calendar) == (day, shift, 2)


def test_a_deadline_keeps_what_it_was_found_by() -> None:
    (found,) = deadlines(
        BEFORE,
        shipped_calendar(),
        Shift.BEFORE,
        since=SINCE,
        phrase="trước ngày 30/11/2026",
        rule_name="before-day",
    )
    assert (found.phrase, found.rule_name, found.rule) == ("trước ngày 30/11/2026", "before-day", BEFORE)
    assert (found.stated, found.day) == (date(2026, 11, 29), date(2026, 11, 27))
    assert found.instant.isoformat() == "2026-11-27T23:59:59.999000+07:00"


def test_the_last_moment_is_vietnams() -> None:
    assert end_of(date(2026, 11, 29)) == datetime(2026, 11, 29, 16, 59, 59, 999_000, tzinfo=UTC)


def test_an_earlier_calendar_gives_the_day_it_gave() -> None:
    rule = DueRule("date", "2026-01-02")
    old, new = (deadlines(rule, shipped_calendar(n), Shift.BEFORE, since=SINCE)[0] for n in (1, 2))
    assert (old.day, old.calendar) == (date(2026, 1, 2), 1)
    assert (new.day, new.calendar) == (date(2025, 12, 31), 2)


def test_half_years_and_quarters_come_again() -> None:
    quarterly = deadlines(DueRule("quarterly", "31"), Calendar(), since=date(2026, 2, 1), most=3)
    assert [found.day for found in quarterly] == [date(2026, 3, 31), date(2026, 6, 30), date(2026, 9, 30)]
    halves = deadlines(DueRule("halfyearly", "15", "before"), Calendar(), since=date(2026, 6, 15), most=2)
    assert [found.day for found in halves] == [date(2026, 12, 14), date(2027, 6, 14)]


@pytest.mark.parametrize("day", [date.min, date.max])
@pytest.mark.parametrize("shift", list(Shift))
def test_the_ends_of_time_do_not_fail(day: date, shift: Shift) -> None:
    everything_off = Calendar(1, off=frozenset((date.min, date.max)))
    assert shifted(day, shift, everything_off) is not None


DAYS = st.dates(min_value=date(2000, 1, 1), max_value=date(2040, 1, 1))
SHIFTS = st.sampled_from(list(Shift))


@ANY_MACHINE
@given(DAYS, SHIFTS)
def test_a_shifted_day_is_worked_and_shifting_again_changes_nothing(day: date, shift: Shift) -> None:
    calendar = shipped_calendar()
    moved = shifted(day, shift, calendar)
    assert shifted(moved, shift, calendar) == moved
    assert shift is Shift.NONE or calendar.is_working(moved)
    assert moved <= day if shift is Shift.BEFORE else moved >= day
    assert abs((moved - day).days) <= 10


@ANY_MACHINE
@given(DAYS, DAYS, SHIFTS)
def test_the_order_of_days_is_kept(one: date, two: date, shift: Shift) -> None:
    first, last = sorted((one, two))
    calendar = shipped_calendar()
    assert shifted(first, shift, calendar) <= shifted(last, shift, calendar)
    assert (end_of(first) < end_of(last)) == (first < last)
