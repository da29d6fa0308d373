"""From when to when tasks run: from the day of the paper that gave them (the day they were entered, where it
has none or a later one), or on which their period opened, to their due day.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, DateTimeField, F, Max, Min, OuterRef, Q, Subquery
from django.utils import timezone

from nhipcau.apps.plans.models import Status, Task, TaskPeriod
from nhipcau.apps.plans.models.task import TaskQuerySet


@dataclass(frozen=True, slots=True)
class Scale:
    """The days that a picture of tasks spans. `place` says where a day lies, in percent of its width."""

    first: date
    last: date

    @property
    def days(self) -> int:
        return max((self.last - self.first).days, 1)

    def place(self, day: date) -> float:
        return 100 * min(max((day - self.first).days / self.days, 0), 1)


def spanning(tasks: TaskQuerySet) -> TaskQuerySet:
    """With `opened_at` and `issued_on`; the first due come first, those without a date last."""
    later = TaskPeriod.objects.filter(task=OuterRef("pk"), closed_at=None, number__gt=1)
    opened = Subquery(later.values("opened_at")[:1], output_field=DateTimeField())
    found = tasks.annotate(opened_at=opened, issued_on=F("document__issued_on"))
    return found.order_by(F("due_on").asc(nulls_last=True), "pk")


def began_on(task: Task) -> date:
    """Of a task of `spanning`; at the latest on its due day."""
    opened, issued = getattr(task, "opened_at", None), getattr(task, "issued_on", None)
    entered = timezone.localdate(opened or task.created_at)
    days: list[date] = [
        entered,
        *([issued] if issued and not opened else []),
        *([task.due_on] if task.due_on else []),
    ]
    return min(days)


def scale_of(tasks: TaskQuerySet, today: date) -> Scale:
    """For all of the tasks, so that each page of them has the same. One query."""
    found = tasks.order_by().aggregate(
        began=Min("created_at"),
        issued=Min("document__issued_on"),
        due=Max("due_on"),
        early=Min("due_on"),
        done=Max("done_on"),
        open=Count("pk", filter=~Q(status=Status.ACCEPTED)),
    )
    days = [timezone.localdate(found["began"])] if found["began"] else []
    days += [found[name] for name in ("issued", "due", "early", "done") if found[name]]
    days += [today] if found["open"] or not days else []
    # A little air, so that a mark on the first or the last day is whole.
    air = timedelta(days=max((max(days) - min(days)).days // 50, 3))
    return Scale(min(days) - air, max(days) + air)


STEPS = (1, 2, 3, 6, 12, 24, 60, 120, 240, 600, 1200)
MOST_TICKS = 8


def ticks_of(scale: Scale) -> list[date]:
    """First days of months, quarters or years, at most eight."""
    months = (scale.last.year - scale.first.year) * 12 + scale.last.month - scale.first.month
    step = next((each for each in STEPS if months // each < MOST_TICKS), STEPS[-1])
    first = scale.first.year * 12 + scale.first.month - 1
    wanted = range(first - first % step + step, first + months + 1, step)
    return [date(number // 12, number % 12 + 1, 1) for number in wanted]
