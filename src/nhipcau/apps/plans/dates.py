"""Due rules of a reading (plan/1's entries) as dates, with the phrase and the rule kept."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.conf import settings

from nhipcau.apps.plans.models import DueDate
from nhipcau.apps.reference.calendars import calendar_of, newest
from nhipcau.core.workdays import RECURRING, Calendar, Deadline, DueRule, Shift, deadlines, first_day


@dataclass(frozen=True, slots=True)
class Reckoning:
    """By which calendar and which rule due days are found. Without a version the week alone is known."""

    calendar: Calendar = field(default_factory=Calendar)
    version_id: int | None = None
    shift: Shift = Shift.NONE


def reckoning() -> Reckoning:
    """As of now: the newest calendar and the instance's rule. Two queries."""
    version = newest()
    return Reckoning(calendar_of(version), version.pk if version else None, Shift(settings.DUE_SHIFT))


@dataclass(frozen=True, slots=True)
class Frame:
    """What a document gives its due rules: its own year, the end of its period, and the day from which
    recurring dates are counted (a plan uploaded late does not begin with what was due before)."""

    since: date
    plan_year: int | None = None
    until: date | None = None
    by: Reckoning = field(default_factory=Reckoning)


def frame_of(
    reading: Mapping[str, Any] | None, issued_on: date | None, today: date, by: Reckoning | None = None
) -> Frame:
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
        by=by or Reckoning(),
    )


def _end(value: object) -> date | None:
    """The last day of a period's end, given as a year, a month or a day."""
    text = str(value or "")
    kind = {4: "year", 7: "month", 10: "date"}.get(len(text))
    return first_day(DueRule(kind, text), since=date.min) if kind else None


def deadline_of(entry: Mapping[str, Any], frame: Frame) -> Deadline | None:
    """Of one plan/1 entry {kind, value, of, bound, phrase, rule}; of a recurring one the first."""
    rule = DueRule(str(entry.get("kind", "")), str(entry.get("value", "")), str(entry.get("bound") or "by"))
    found = deadlines(
        rule,
        frame.by.calendar,
        frame.by.shift,
        since=frame.since,
        plan_year=frame.plan_year,
        until=frame.until,
        most=1,
    )
    return found[0] if found else None


def due_day(entry: Mapping[str, Any], frame: Frame) -> date | None:
    """The day that counts."""
    found = deadline_of(entry, frame)
    return found.day if found else None


def due_dates(entries: Iterable[Mapping[str, Any]], frame: Frame) -> list[DueDate]:
    """Unsaved DueDate rows, one an entry, with what each was found by."""
    rows = []
    for entry in entries:
        found = deadline_of(entry, frame)
        row = DueDate(
            kind=str(entry.get("kind", ""))[:10],
            value=str(entry.get("value", ""))[:12],
            of=str(entry.get("of") or "task")[:8],
            bound=str(entry.get("bound") or "by")[:8],
            phrase=str(entry.get("phrase") or "")[:300],
            rule=str(entry.get("rule") or "")[:60],
            until=frame.until if entry.get("kind") in RECURRING else None,
        )
        set_deadline(row, found, frame.by)
        rows.append(row)
    return rows


def set_deadline(row: DueDate, found: Deadline | None, by: Reckoning) -> None:
    """Write into a row the day that was found, and by what."""
    row.stated_on = found.stated if found else None
    row.due_on = found.day if found else None
    row.instant = found.instant if found else None
    row.shift = DueDate.Shift(by.shift)
    row.calendar_version_id = by.version_id


def earliest(dates: Iterable[DueDate]) -> date | None:
    """The first day of the task's own dates; of its reports where the task itself has none."""
    rows = [row for row in dates if row.due_on is not None]
    own = [row.due_on for row in rows if row.of == "task"]
    return min((day for day in own or [row.due_on for row in rows] if day is not None), default=None)


def entry(kind: str, value: str, *, of: str = "task", bound: str = "by", phrase: str = "") -> dict[str, str]:
    """A due entry as a reviewer states it. Kinds and values as in core.workdays."""
    return {"kind": kind, "value": value, "of": of, "bound": bound, "phrase": phrase, "rule": "by hand"}
