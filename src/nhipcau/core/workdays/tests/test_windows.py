from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nhipcau.core.workdays import data_window, window_of

# A machine with much else to do is no fault of the code.
ANY_MACHINE = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])


@pytest.mark.parametrize(
    ("kind", "number", "first", "last"),
    [
        ("month", 1, date(2025, 12, 15), date(2026, 1, 14)),
        ("month", 11, date(2026, 10, 15), date(2026, 11, 14)),
        ("quarter", 1, date(2025, 12, 15), date(2026, 3, 14)),
        ("quarter", 4, date(2026, 9, 15), date(2026, 12, 14)),
        ("half", 1, date(2025, 12, 15), date(2026, 6, 14)),
        ("half", 2, date(2026, 6, 15), date(2026, 12, 14)),
        ("nine-months", 1, date(2025, 12, 15), date(2026, 9, 14)),
        ("year", 1, date(2025, 12, 15), date(2026, 12, 14)),
    ],
)
def test_the_windows_of_the_decree(kind: str, number: int, first: date, last: date) -> None:
    window = data_window(kind, 2026, number)
    assert (window.first, window.last) == (first, last)


@pytest.mark.parametrize(("kind", "number"), [("quarter", 5), ("nine-months", 2), ("month", 0), ("week", 1)])
def test_a_period_that_does_not_exist_is_refused(kind: str, number: int) -> None:
    with pytest.raises(ValueError, match="no"):
        data_window(kind, 2026, number)


def test_a_figure_due_early_cannot_cover_the_years_window() -> None:
    assert date(2026, 10, 10) < data_window("year", 2026).last


@ANY_MACHINE
@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.sampled_from(["month", "quarter", "half", "year"]))
def test_windows_of_a_kind_cover_every_day_once(day: date, kind: str) -> None:
    window = window_of(kind, day)
    assert day in window
    following = window_of(kind, window.last + timedelta(days=1))
    assert following.first == window.last + timedelta(days=1)


@ANY_MACHINE
@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)))
def test_after_nine_months_come_those_of_the_next_year(day: date) -> None:
    assert window_of("nine-months", day).last >= day
