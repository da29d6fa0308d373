from __future__ import annotations

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nhipcau.core.workdays import DueRule, days_of, first_day

SINCE = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("rule", "day"),
    [
        (DueRule("date", "2025-10-30"), date(2025, 10, 30)),
        (DueRule("date", "2025-10-30", "before"), date(2025, 10, 29)),
        (DueRule("date", "2026-03-01", "before"), date(2026, 2, 28)),
        (DueRule("month-day", "05-25"), date(2027, 5, 25)),
        (DueRule("month-day", "05-25", "before"), date(2027, 5, 24)),
        (DueRule("annual", "06-05"), date(2027, 6, 5)),
        (DueRule("annual", "11-23"), date(2026, 11, 23)),
        (DueRule("annual", "11-23", "before"), date(2027, 11, 22)),
        (DueRule("annual", "01-01", "before"), date(2026, 12, 31)),
        (DueRule("annual", "02-29"), date(2027, 2, 28)),
        (DueRule("monthly", "20"), date(2026, 12, 20)),
        (DueRule("monthly", "31"), date(2026, 11, 30)),
        (DueRule("month", "2027-02"), date(2027, 2, 28)),
        (DueRule("quarter", "2027-Q4"), date(2027, 12, 31)),
        (DueRule("quarter", "2027-Q4", "before"), date(2027, 9, 30)),
        (DueRule("year", "2027"), date(2027, 12, 31)),
        (DueRule("year", "2027", "before"), date(2026, 12, 31)),
    ],
)
def test_a_rule_gives_its_day(rule: DueRule, day: date) -> None:
    assert first_day(rule, since=SINCE, plan_year=2027) == day


def test_a_month_and_day_without_a_plan_year_is_the_next_one_to_come() -> None:
    assert first_day(DueRule("month-day", "05-25"), since=SINCE) == date(2027, 5, 25)


def test_a_recurring_rule_goes_on_until_the_plan_ends() -> None:
    rule = DueRule("annual", "06-05", "before")
    assert days_of(rule, since=SINCE, until=date(2028, 12, 31)) == [date(2027, 6, 4), date(2028, 6, 4)]
    assert first_day(rule, since=SINCE, until=date(2026, 12, 31)) is None


@pytest.mark.parametrize(
    "rule",
    [
        DueRule("date", "2025-02-30"),
        DueRule("date", "sớm"),
        DueRule("annual", "13-40"),
        DueRule("annual", "04-31"),
        DueRule("monthly", "0"),
        DueRule("quarter", "2027-Q5"),
        DueRule("year", "0000"),
        DueRule("soon", "2027"),
    ],
)
def test_a_value_that_is_no_day_gives_none(rule: DueRule) -> None:
    assert first_day(rule, since=SINCE, plan_year=2027) is None


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    kind=st.sampled_from(["date", "annual", "month-day", "monthly", "month", "quarter", "year", "?"]),
    value=st.text(alphabet="0123456789-Q", max_size=10) | st.text(max_size=6),
    bound=st.sampled_from(["by", "before"]),
    since=st.dates(min_value=date(1900, 1, 1), max_value=date(9000, 1, 1)),
)
def test_any_value_gives_days_in_order_or_none(kind: str, value: str, bound: str, since: date) -> None:
    days = days_of(DueRule(kind, value, bound), since=since)
    assert days == sorted(set(days))
