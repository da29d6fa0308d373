from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nhipcau.core.workdays import Calendar, DayKind, Mark, shipped_calendar, shipped_decisions

# A machine with much else to do is no fault of the code.
ANY_MACHINE = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])

DAYS = st.dates(min_value=date(1990, 1, 1), max_value=date(2060, 1, 1))
CALENDARS = st.builds(
    Calendar,
    version=st.just(7),
    off=st.frozensets(DAYS, max_size=20),
    worked=st.frozensets(DAYS, max_size=20),
) | st.sampled_from([Calendar(), shipped_calendar()])


@pytest.mark.parametrize(
    ("day", "working"),
    [
        (date(2026, 1, 1), False),  # New Year
        (date(2026, 2, 17), False),  # Tết
        (date(2026, 4, 26), False),  # Hùng Kings, a Sunday
        (date(2026, 4, 27), False),  # … made up for on Monday
        (date(2026, 4, 28), True),
        (date(2026, 8, 22), True),  # a Saturday that is worked for 31 August
        (date(2026, 8, 31), False),
        (date(2026, 9, 2), False),
        (date(2026, 11, 24), False),  # Vietnam Cultural Day, since 2026
        (date(2025, 11, 24), True),
        (date(2027, 6, 5), False),  # a Saturday
        (date(2028, 1, 3), False),  # New Year 2028 is a Saturday
    ],
)
def test_the_days_of_vietnam(day: date, working: bool) -> None:
    assert shipped_calendar().is_working(day) is working


def test_a_swap_decided_late_is_in_the_later_version_alone() -> None:
    before, after = shipped_calendar(1), shipped_calendar(2)
    friday, saturday = date(2026, 1, 2), date(2026, 1, 10)
    assert (before.version, before.is_working(friday), before.is_working(saturday)) == (1, True, False)
    assert (after.version, after.is_working(friday), after.is_working(saturday)) == (2, False, True)


def test_every_mark_has_its_source_and_lies_in_the_years_that_are_shipped() -> None:
    marks = [mark for decision in shipped_decisions() for mark in decision.marks]
    assert all(mark.source and mark.name for mark in marks)
    assert {mark.day.year for mark in marks} == set(range(2020, 2036)) == set(shipped_calendar().years)
    assert not any(mark.kind is DayKind.ORDINARY for mark in marks)


def test_the_cultural_day_names_the_resolution_as_its_source() -> None:
    found = [mark for mark in shipped_decisions()[0].marks if "Văn hóa" in mark.name]
    assert {mark.day.year for mark in found} == set(range(2026, 2036))
    assert all("80-NQ/TW" in mark.source for mark in found if mark.kind is DayKind.HOLIDAY)


def test_the_later_mark_of_a_day_counts() -> None:
    day = date(2026, 11, 24)
    marks = [
        Mark(day, DayKind.HOLIDAY, "Ngày Văn hóa", "A"),
        Mark(day, DayKind.ORDINARY, "Không nghỉ", "B"),
    ]
    assert not Calendar.of(1, marks[:1]).is_working(day)
    assert Calendar.of(2, marks).is_working(day)


def test_version_0_knows_the_week_alone() -> None:
    assert Calendar().is_working(date(2026, 1, 1))
    assert not Calendar().is_working(date(2026, 1, 3))
    assert Calendar().version == 0


def test_working_days_are_added_over_holidays_and_weekends() -> None:
    calendar = shipped_calendar()
    assert calendar.add(date(2026, 2, 13), 1) == date(2026, 2, 23)
    assert calendar.add(date(2026, 2, 23), -1) == date(2026, 2, 13)
    assert calendar.add(date(2026, 1, 8), 2) == date(2026, 1, 10)
    assert calendar.between(date(2026, 2, 13), date(2026, 2, 23)) == 1


@ANY_MACHINE
@given(CALENDARS, DAYS, st.integers(-60, 60))
def test_adding_then_counting_gives_the_number_back(calendar: Calendar, day: date, number: int) -> None:
    reached = calendar.add(day, number)
    # On the way back the day that is reached is not counted and the first one is: of a day off, one fewer.
    uncounted = number < 0 and not calendar.is_working(day)
    assert calendar.between(day, reached) == number + uncounted


@ANY_MACHINE
@given(CALENDARS, DAYS, st.integers(-60, 60).filter(bool))
def test_added_days_never_land_on_a_day_off(calendar: Calendar, day: date, number: int) -> None:
    assert calendar.is_working(calendar.add(day, number))


@ANY_MACHINE
@given(CALENDARS, DAYS, st.integers(0, 40), st.integers(0, 30))
def test_adding_is_monotonic(calendar: Calendar, day: date, number: int, later: int) -> None:
    assert calendar.add(day, number) < calendar.add(day, number + 1)
    if number:
        assert calendar.add(day, number) <= calendar.add(day + timedelta(days=later), number)


@ANY_MACHINE
@given(CALENDARS, DAYS, st.integers(0, 90), st.integers(0, 90))
def test_counting_is_a_sum(calendar: Calendar, day: date, one: int, two: int) -> None:
    middle, last = day + timedelta(days=one), day + timedelta(days=one + two)
    assert calendar.between(day, middle) + calendar.between(middle, last) == calendar.between(day, last)
    assert calendar.between(last, day) == -calendar.between(day, last)
    counted = sum(calendar.is_working(day + timedelta(days=step)) for step in range(1, one + 1))
    assert calendar.between(day, middle) == counted


@ANY_MACHINE
@given(CALENDARS, DAYS)
def test_the_nearest_working_days_lie_on_both_sides(calendar: Calendar, day: date) -> None:
    before, after = calendar.on_or_before(day), calendar.on_or_after(day)
    assert before <= day <= after
    assert calendar.is_working(before) and calendar.is_working(after)
    assert calendar.previous_working(day) < day < calendar.next_working(day)
    if calendar.is_working(day):
        assert before == day == after
