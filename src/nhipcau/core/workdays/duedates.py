"""A due rule as documents write it, turned into days.

Kinds and values are those of schema plan/1, and more that documents use:

    date       "2025-10-30"          one day
    month-day  "05-25"               in the plan's own year; without one, the first such day to come
    annual     "06-05"               every year
    monthly    "20"                  every month; a month that is too short ends earlier
    quarterly  "20"                  every quarter, that day of its last month; "31" is its last day
    halfyearly "20"                  every half year, likewise
    month      "2027-06"             its last day
    quarter    "2027-Q4"             its last day
    year       "2027"                31 December

Bound "before" ("trước ngày 30/11") ends the day before: 29/11; before a month, quarter or year, the day
before it begins. "by" is the day itself. A value that is no day ("2025-02-30", "soon") gives no day,
never an error: the phrase stays.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice, takewhile

_DAY = timedelta(days=1)
_LAST_YEAR = 9998


@dataclass(frozen=True, slots=True)
class DueRule:
    """What a document says of a deadline. `bound` is "before" or "by"."""

    kind: str
    value: str
    bound: str = "by"


def first_day(
    rule: DueRule, *, since: date, plan_year: int | None = None, until: date | None = None
) -> date | None:
    """The day that counts: the stated one, or the first of a recurring rule on or after `since`, not
    after `until`.
    """
    return next(iter(days_of(rule, since=since, plan_year=plan_year, until=until, most=1)), None)


def days_of(
    rule: DueRule, *, since: date, plan_year: int | None = None, until: date | None = None, most: int = 12
) -> list[date]:
    """The days of a rule in order, at most `most`.

    A day that is stated outright is given even when it is past.
    """
    stated = _stated(rule, plan_year)
    if stated is not None:
        return [stated]
    recurring = _COMING.get(rule.kind if plan_year is None or rule.kind != "month-day" else "")
    if recurring is None:
        return []
    shift = _DAY if rule.bound == "before" else timedelta(0)
    coming: Iterator[date] = (day - shift for day in recurring(rule.value, since) if day - shift >= since)
    if until is not None:
        coming = takewhile(lambda day: day <= until, coming)
    return list(islice(coming, most))


def _stated(rule: DueRule, plan_year: int | None) -> date | None:
    """The day of a rule that does not recur."""
    if rule.kind == "date":
        return _bounded(_day(rule.value), rule.bound)
    if rule.kind == "month-day" and plan_year is not None:
        return _bounded(_day(f"{plan_year:04d}-{rule.value}"), rule.bound)
    span = _span(rule)
    if span is None:
        return None
    return _bounded(span[0], "before") if rule.bound == "before" else span[1]


def _span(rule: DueRule) -> tuple[date, date] | None:
    """First and last day of a year, quarter or month."""
    patterns = {"year": r"(\d{4})", "quarter": r"(\d{4})-Q([1-4])", "month": r"(\d{4})-(0[1-9]|1[0-2])"}
    found = re.fullmatch(patterns.get(rule.kind, "(?!)"), rule.value)
    if found is None or not 1 < int(found[1]) <= _LAST_YEAR:
        return None
    year = int(found[1])
    if rule.kind == "year":
        return date(year, 1, 1), date(year, 12, 31)
    last = int(found[2]) * 3 if rule.kind == "quarter" else int(found[2])
    first = last - 2 if rule.kind == "quarter" else last
    return date(year, first, 1), date(year, last, monthrange(year, last)[1])


def _yearly(value: str, since: date) -> Iterator[date]:
    found = re.fullmatch(r"(\d\d)-(\d\d)", value)
    if found is None or not 1 <= int(found[1]) <= 12 or not 1 <= int(found[2]) <= 31:
        return
    month, day = int(found[1]), int(found[2])
    if day > monthrange(2024, month)[1]:
        return
    for year in range(since.year, _LAST_YEAR):
        yield date(year, month, min(day, monthrange(year, month)[1]))


def _every(length: int) -> Callable[[str, date], Iterator[date]]:
    """A day of the last month of every `length` months of a year."""

    def days(value: str, since: date) -> Iterator[date]:
        if not re.fullmatch(r"[0-9]{1,2}", value) or not 1 <= int(value) <= 31:
            return
        for months in range(since.year * 12 + since.month - 1, _LAST_YEAR * 12):
            year, month = divmod(months, 12)
            if (month + 1) % length == 0:
                yield date(year, month + 1, min(int(value), monthrange(year, month + 1)[1]))

    return days


_COMING: dict[str, Callable[[str, date], Iterator[date]]] = {
    "annual": _yearly,
    "month-day": _yearly,
    "monthly": _every(1),
    "quarterly": _every(3),
    "halfyearly": _every(6),
}
# Kinds that come again for as long as the document holds.
RECURRING = frozenset(("annual", "monthly", "quarterly", "halfyearly"))


def _day(value: str) -> date | None:
    try:
        return date.fromisoformat(value) if re.fullmatch(r"\d{4}-\d\d-\d\d", value) else None
    except ValueError:
        return None


def _bounded(day: date | None, bound: str) -> date | None:
    if day is None or bound != "before":
        return day
    return day - _DAY if day > date.min else None
