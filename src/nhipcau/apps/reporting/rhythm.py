"""The turns of a report as its duty's due rules give them: which period, due when."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from nhipcau.apps.plans.dates import Reckoning
from nhipcau.apps.plans.forms.due_words import NotADueDate, entry_words, parse
from nhipcau.apps.plans.models import ReportingDuty
from nhipcau.apps.reporting.models import Period
from nhipcau.apps.reporting.timing import Due, rule_of, says_before
from nhipcau.core.workdays import deadlines

Kind = Period.Kind
# Some more days than two years, so that a yearly date is always there twice.
AHEAD = timedelta(days=740)
_WHOLE = {"midterm": Kind.MIDTERM, "final": Kind.FINAL, "once": Kind.ONCE}
_EVERY = frozenset((Kind.MONTH, Kind.QUARTER, Kind.HALF, Kind.NINE_MONTHS, Kind.YEAR))
_SHAPES = {
    "date": r"\d{4}-\d\d-\d\d",
    "quarter": r"\d{4}-Q[1-4]",
    "month": r"\d{4}-\d\d",
    "year": r"\d{4}",
}
MOST_TURNS = 40


@dataclass(frozen=True, slots=True)
class Turn:
    """One period to come."""

    kind: str
    year: int
    number: int
    due: Due


@dataclass(frozen=True, slots=True)
class Offer:
    """A turn as the duty's words give it; `period` or `due` empty where they do not say."""

    period: str
    due: str
    phrase: str = ""

    @property
    def clear(self) -> bool:
        return bool(self.period and self.due)


def offers(duty: ReportingDuty) -> list[Offer]:
    """What the words of a duty say, to be settled by a coordinator: never a guess where they are silent."""
    whole = _WHOLE.get(duty.kind)
    found = []
    for rule in duty.due_rules:
        phrase = str(rule.get("phrase") or "")
        due = _words(rule) if rule.get("kind") and rule.get("value") else ""
        found.append(Offer(str(whole or _period_of(rule) or ""), due, phrase))
    if not found and duty.due:
        entry = _entry_of(duty.due)
        period = whole or (Kind.YEAR if entry.get("kind") == "annual" else "")
        # A yearly day in the first half of a year may stand for the half or for the year before: asked.
        if entry.get("kind") == "annual" and int(entry["value"][:2]) < 9:
            period = whole or ""
        found.append(Offer(str(period), entry_words(entry) if entry else ""))
    return found or [Offer(str(whole or ""), "")]


def _period_of(rule: Mapping[str, Any]) -> str:
    every = str(rule.get("every") or "")
    if every in _EVERY:
        return every
    # A date of its own that comes once.
    return str(Kind.ONCE) if rule.get("kind") in ("date", "year") else ""


def _words(rule: Mapping[str, Any]) -> str:
    words = entry_words({"kind": rule["kind"], "value": rule["value"]})
    return f"trước {words}" if rule.get("bound") == "before" else words


def _entry_of(due: str) -> dict[str, Any]:
    """plan/1's `due`: "2025-10-30", "--06-05", "2027", "2026-09", "2026-Q3"."""
    if due.startswith("--"):
        return {"kind": "annual", "value": due[2:]}
    shapes = (
        ("date", r"\d{4}-\d\d-\d\d"),
        ("quarter", r"\d{4}-Q\d"),
        ("month", r"\d{4}-\d\d"),
        ("year", r"\d{4}"),
    )
    kind = next((name for name, shape in shapes if re.fullmatch(shape, due)), "")
    return {"kind": kind, "value": due} if kind else {}


def read_rule(period: str, words: str) -> dict[str, Any]:
    """A settled turn: "half", "trước ngày 05/6 hằng năm". Raises NotADueDate."""
    phrase = " ".join(words.split())
    entries = parse(phrase)
    if len(entries) != 1:
        raise NotADueDate(phrase)
    kind = str(entries[0]["kind"])
    if kind == "month-day":
        kind = "annual" if period in _EVERY else kind
    if kind in ("monthly", "quarterly", "halfyearly", "annual") and period not in _EVERY:
        raise NotADueDate(phrase)
    if kind == "month-day":
        raise NotADueDate(phrase)
    bound = "before" if says_before(phrase) else "by"
    return {
        "period": period,
        "kind": kind,
        "value": str(entries[0]["value"]),
        "bound": bound,
        "phrase": phrase[:300],
    }


def turns(rules: Sequence[Mapping[str, Any]], first: date, last: date, by: Reckoning) -> list[Turn]:
    """All turns due from `first` to `last`, the earliest first."""
    found: dict[tuple[str, int, int, date], Turn] = {}
    for kept in rules:
        for turn in _of_rule(kept, first, last, by):
            found.setdefault((turn.kind, turn.year, turn.number, turn.due.stated_on), turn)
    return sorted(found.values(), key=lambda turn: (turn.due.day, turn.kind))[:MOST_TURNS]


def _of_rule(kept: Mapping[str, Any], first: date, last: date, by: Reckoning) -> Iterator[Turn]:
    rule = rule_of(kept)
    kept_rule = {"kind": rule.kind, "value": rule.value, "bound": rule.bound, "shift": str(by.shift)}
    for found in deadlines(rule, by.calendar, by.shift, since=first, until=last, most=MOST_TURNS):
        if not first <= found.day <= last:
            continue
        phrase = str(kept.get("phrase") or "")
        due = Due(phrase, kept_rule, found.stated, found.day, found.instant, by.version_id)
        year, number = period_due_on(str(kept["period"]), found.stated)
        yield Turn(str(kept["period"]), year, number, due)


def period_due_on(kind: str, day: date) -> tuple[int, int]:
    """Year and number of the period that a report due on the day is about.

    A report is due towards the end of its period or soon after it: in the first two months of a year it is
    about the year before; in the first month of a quarter about the quarter before; a month's until the 10th
    about the month before.
    """
    before = day.year - 1
    if kind == Kind.MONTH:
        month = day.month - (day.day <= 10)
        return (day.year, month) if month else (before, 12)
    if kind == Kind.QUARTER:
        quarter = (day.month - 1) // 3 + (day.month % 3 != 1)
        return (day.year, quarter) if quarter else (before, 4)
    if kind == Kind.HALF:
        if day.month <= 3:
            return before, 2
        return day.year, 1 if day.month <= 8 else 2
    if kind in (Kind.YEAR, Kind.NINE_MONTHS) and day.month <= 2:
        return before, 1
    return day.year, 1
