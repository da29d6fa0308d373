"""Due rules of a reading (plan/1's entries) as dates, with the phrase and the rule kept."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from nhipcau.apps.plans.models import DueDate
from nhipcau.core.workdays import DueRule, first_day


@dataclass(frozen=True, slots=True)
class Frame:
    """What a document gives its due rules: its own year, the end of its period, and the day from which
    recurring dates are counted (a plan uploaded late does not begin with what was due before)."""

    since: date
    plan_year: int | None = None
    until: date | None = None


def frame_of(reading: Mapping[str, Any] | None, issued_on: date | None, today: date) -> Frame:
    """The frame of a document: recurring dates count from the later of its issue and today."""
    document = (reading or {}).get("document") or {}
    period = document.get("period") or [None, None]
    year = document.get("year")
    plan_year = year if isinstance(year, int) else (issued_on.year if issued_on else None)
    begin = _end(period[0]) if len(period) == 2 else None
    if begin is not None and plan_year is not None:
        plan_year = max(plan_year, begin.year)
    return Frame(
        since=max(issued_on or today, today),
        plan_year=plan_year,
        until=_end(period[-1]) if len(period) == 2 else None,
    )


def _end(value: object) -> date | None:
    """The last day of a period's end, given as a year, a month or a day."""
    text = str(value or "")
    kind = {4: "year", 7: "month", 10: "date"}.get(len(text))
    return first_day(DueRule(kind, text), since=date.min) if kind else None


def due_day(entry: Mapping[str, Any], frame: Frame) -> date | None:
    """The date of one plan/1 entry {kind, value, of, bound, phrase, rule}."""
    rule = DueRule(str(entry.get("kind", "")), str(entry.get("value", "")), str(entry.get("bound") or "by"))
    return first_day(rule, since=frame.since, plan_year=frame.plan_year, until=frame.until)


def due_dates(entries: Iterable[Mapping[str, Any]], frame: Frame) -> list[DueDate]:
    """Unsaved DueDate rows, one an entry."""
    return [
        DueDate(
            kind=str(entry.get("kind", ""))[:10],
            value=str(entry.get("value", ""))[:12],
            of=str(entry.get("of") or "task")[:8],
            bound=str(entry.get("bound") or "by")[:8],
            phrase=str(entry.get("phrase") or "")[:300],
            rule=str(entry.get("rule") or "")[:60],
            due_on=due_day(entry, frame),
        )
        for entry in entries
    ]


def earliest(dates: Iterable[DueDate]) -> date | None:
    """The first day of the task's own dates; of its reports where the task itself has none."""
    rows = [row for row in dates if row.due_on is not None]
    own = [row.due_on for row in rows if row.of == "task"]
    return min((day for day in own or [row.due_on for row in rows] if day is not None), default=None)


def entry(kind: str, value: str, *, of: str = "task", bound: str = "by", phrase: str = "") -> dict[str, str]:
    """A due entry as a reviewer states it. Kinds and values as in core.workdays."""
    return {"kind": kind, "value": value, "of": of, "bound": bound, "phrase": phrase, "rule": "by hand"}
