"""From when to when a period's figures are counted, and by when its reports are due."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from nhipcau.apps.plans.dates import Reckoning
from nhipcau.apps.plans.forms.due_words import NotADueDate, parse
from nhipcau.apps.reporting.models import Period
from nhipcau.core.text import fold
from nhipcau.core.workdays import DueRule, Window, data_window, deadlines, end_of

BY_DECREE = frozenset(
    (Period.Kind.MONTH, Period.Kind.QUARTER, Period.Kind.HALF, Period.Kind.NINE_MONTHS, Period.Kind.YEAR)
)
# "Trước ngày 30/11" ends the day before; "trước và trong ngày" and "trước hoặc trong" do not.
_BEFORE = re.compile(r"\btruoc\b(?!\s+(?:va|hoac)\s+trong)|\bbefore\b")
_NEXT_YEAR = re.compile(r"\bnam (?:sau|ke tiep|tiep theo)\b|\b(?:next|following) year\b")
_ONE_DAY = frozenset(("date", "month-day", "annual", "month", "quarter", "year"))


@dataclass(frozen=True, slots=True)
class Due:
    """A due moment with all that it was found by."""

    phrase: str
    rule: dict[str, Any]
    stated_on: date
    day: date
    at: datetime
    calendar: int | None


def read_due(words: str, year: int, by: Reckoning) -> Due:
    """ "trước ngày 30/11", "05/6/2027", "15/01 năm sau" in a period of `year`.

    Raises NotADueDate for words that give no day, or several.
    """
    phrase = " ".join(words.split())
    entries = [each for each in parse(phrase) if each["kind"] in _ONE_DAY]
    if len(entries) != 1:
        raise NotADueDate(phrase)
    folded = fold(phrase)
    kind = "month-day" if entries[0]["kind"] == "annual" else str(entries[0]["kind"])
    bound = "before" if says_before(phrase) else "by"
    rule = DueRule(kind, str(entries[0]["value"]), bound)
    found = due_of(rule, year + bool(_NEXT_YEAR.search(folded)), by, phrase=phrase)
    if found is None:
        raise NotADueDate(phrase)
    return found


def says_before(phrase: str) -> bool:
    """Whether the day itself is too late."""
    return bool(_BEFORE.search(fold(phrase)))


def due_of(rule: DueRule, year: int, by: Reckoning, *, phrase: str = "") -> Due | None:
    """The due moment of a rule in a year; None where the rule gives no day in it."""
    found = deadlines(rule, by.calendar, by.shift, since=date(year, 1, 1), plan_year=year, most=1)
    if not found:
        return None
    kept = {"kind": rule.kind, "value": rule.value, "bound": rule.bound, "shift": str(by.shift)}
    return Due(phrase[:300], kept, found[0].stated, found[0].day, found[0].instant, by.version_id)


def due_on_day(day: date, phrase: str = "") -> Due:
    """A day that is given as such counts as it stands."""
    return Due(phrase[:300], {}, day, day, end_of(day), None)


def rule_of(kept: Mapping[str, Any]) -> DueRule:
    """A rule as schedules and periods keep it."""
    return DueRule(str(kept["kind"]), str(kept["value"]), str(kept.get("bound") or "by"))


def window_for(kind: str, year: int, number: int, *, cut_off: date | None = None) -> Window:
    """By Decree 09/2019/NĐ-CP; with `cut_off` the plan's own: the figures end on that day.

    A yearly figure with a cut-off runs from the day after the same cut-off a year before; shorter periods
    begin as the decree says. What the decree does not know (once, mid-term, final) is taken as the year.
    """
    decreed = data_window(kind if kind in BY_DECREE else "year", year, number if kind in BY_DECREE else 1)
    if cut_off is None:
        return decreed
    if kind in (Period.Kind.MONTH, Period.Kind.QUARTER, Period.Kind.HALF, Period.Kind.NINE_MONTHS):
        return Window(min(decreed.first, cut_off), cut_off)
    return Window(_year_before(cut_off) + timedelta(days=1), cut_off)


def _year_before(day: date) -> date:
    try:
        return day.replace(year=day.year - 1)
    except ValueError:  # 29 February
        return day.replace(year=day.year - 1, day=28)


def late_end(due: Due, days: int | None) -> datetime | None:
    """Until when late reports are taken; None: as long as the period is open."""
    return None if days is None else end_of(due.day + timedelta(days=days))
