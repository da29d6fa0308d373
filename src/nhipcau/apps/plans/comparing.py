"""Tasks compared: agencies by outcome, what was overdue at each month's end, a plan's months. Counted by the
database, so that they hold for one task and for twenty thousand.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, QuerySet
from django.db.models.functions import TruncMonth

from nhipcau.apps.plans.models import Assignment, Outcome, OutcomeCounts, outcome_q
from nhipcau.apps.plans.models.outcome import overdue_at_q
from nhipcau.apps.plans.models.task import TaskQuerySet


@dataclass(frozen=True, slots=True)
class OfAgency:
    """The outcomes of one organisation's parts."""

    organisation: int
    counts: OutcomeCounts


def _counts(today: date) -> dict[str, Count]:
    return {str(each): Count("pk", filter=outcome_q(each, today)) for each in Outcome}


def _four(row: Mapping[str, Any]) -> OutcomeCounts:
    return OutcomeCounts(**{str(each): row[str(each)] for each in Outcome})


def _parts(tasks: TaskQuerySet) -> QuerySet[Assignment]:
    """The parts that organisations have in the tasks; a helper's part counts like any."""
    inside = tasks.order_by().values("pk")
    return Assignment.objects.filter(task__in=inside, ended_at=None, organisation__isnull=False).order_by()


def by_agency(tasks: TaskQuerySet, today: date) -> list[OfAgency]:
    """Most overdue first, then most open, then by id. One query."""
    rows: Any = _parts(tasks).values("organisation").annotate(**_counts(today))
    found = [OfAgency(row["organisation"], _four(row)) for row in rows]
    return sorted(
        found, key=lambda each: (-each.counts.open_overdue, -each.counts.open_in_time, each.organisation)
    )


def total_of(rows: Sequence[OfAgency]) -> OutcomeCounts:
    """All parts together."""
    return OutcomeCounts(
        **{str(each): sum(getattr(row.counts, str(each)) for row in rows) for each in Outcome}
    )


def month_ends(today: date, months: int) -> list[date]:
    """The last days of the `months` months before the running one, the oldest first."""
    ends, first = [], today.replace(day=1)
    for _month in range(months):
        last = first - timedelta(days=1)
        ends.append(last)
        first = last.replace(day=1)
    return ends[::-1]


def overdue_by_month(tasks: TaskQuerySet, ends: Sequence[date]) -> dict[int, list[int]]:
    """Organisation → how many of its parts were overdue at the end of each day. One query.

    Parts of tasks in force now; what has ended since is not counted.
    """
    counts = {f"m{at}": Count("pk", filter=overdue_at_q(end)) for at, end in enumerate(ends)}
    if not counts:
        return {}
    rows: Any = _parts(tasks).filter(due_on__lte=ends[-1]).values("organisation").annotate(**counts)
    return {row["organisation"]: [row[f"m{at}"] for at in range(len(ends))] for row in rows}


@dataclass(frozen=True, slots=True)
class OfMonth:
    """The tasks due in a month (its first day), or those without a date (None)."""

    month: date | None
    counts: OutcomeCounts

    @property
    def last(self) -> date | None:
        """The month's last day."""
        if self.month is None:
            return None
        return (self.month.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)


def by_month(tasks: TaskQuerySet, today: date) -> list[OfMonth]:
    """Every month from the first to the last that has a due date, empty ones too; then those without. One
    query.
    """
    months = tasks.order_by().annotate(month=TruncMonth("due_on")).values("month")
    rows: Any = months.annotate(**_counts(today))
    known: dict[Any, OutcomeCounts] = {row["month"]: _four(row) for row in rows}
    without = known.pop(None, None)
    found = [OfMonth(month, known.get(month, OutcomeCounts(0, 0, 0, 0))) for month in _between(sorted(known))]
    return found + ([OfMonth(None, without)] if without else [])


def _between(months: Sequence[date]) -> list[date]:
    """All months from the first to the last."""
    if not months:
        return []
    found, month = [], months[0]
    while month <= months[-1]:
        found.append(month)
        month = (month.replace(day=28) + timedelta(days=4)).replace(day=1)
    return found
