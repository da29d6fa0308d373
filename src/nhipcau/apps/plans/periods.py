"""The periods of a task that comes again: which due days it has, when the next one's turn is.

A task comes again when its due rules name more than one day: every year, half year, quarter or month, or
several days. Its own rules count, those of its reports where it has none of its own. Each due day is a
period. The open one is the task as lists show it; the next opens when the work of the open one was accepted,
or when its time is over: `grace_days` after its due day, or half of the way to the next due day where
that is sooner. So what is late is seen to be late, and the next is not late when it opens.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db.models import Count, Prefetch, Q

from nhipcau.apps.plans.dates import Reckoning, set_deadline
from nhipcau.apps.plans.following import whole_of
from nhipcau.apps.plans.models import Assignment, DueDate, OutcomeCounts, Status, Task, TaskPeriod
from nhipcau.apps.plans.models.task import TaskQuerySet
from nhipcau.core.workdays import RECURRING, Deadline, DueRule, days_of, shifted

_DAY = timedelta(days=1)
MOVED = ("stated_on", "due_on", "instant", "shift", "calendar_version")
_LAST = date(9000, 1, 1)


@dataclass(frozen=True, slots=True)
class Turn:
    """A due day of a task: the rule that gives it, the day by its words, the day that counts."""

    row: DueDate
    stated_on: date
    due_on: date


def counted(rows: Iterable[DueDate]) -> list[DueDate]:
    """The rules in force that give the task its days."""
    dated = [row for row in rows if row.ended_at is None and row.stated_on is not None]
    return [row for row in dated if row.of == "task"] or dated


def comes_again(rows: Sequence[DueDate]) -> bool:
    found = counted(rows)
    return any(row.kind in RECURRING for row in found) or len({row.stated_on for row in found}) > 1


def first_turn(rows: Iterable[DueDate]) -> Turn | None:
    """The earliest of the days as they stand in the rules."""
    turns = [Turn(row, row.stated_on, row.due_on) for row in counted(rows) if row.stated_on and row.due_on]
    return min(turns, key=lambda turn: (turn.due_on, turn.stated_on, turn.row.pk or 0), default=None)


def next_turn(rows: Iterable[DueDate], after: date, by: Reckoning) -> Turn | None:
    """The first day after `after`, by the words; None when there is none any more."""
    turns = [turn for row in counted(rows) if (turn := _turn(row, after, by)) is not None]
    return min(turns, key=lambda turn: (turn.stated_on, turn.row.pk or 0), default=None)


def _turn(row: DueDate, after: date, by: Reckoning) -> Turn | None:
    """A day that was found already stays as it was found."""
    if row.stated_on is not None and row.due_on is not None and row.stated_on > after:
        return Turn(row, row.stated_on, row.due_on)
    if row.kind not in RECURRING or after >= _LAST:
        return None
    rule = DueRule(row.kind, row.value, row.bound)
    days = days_of(rule, since=after + _DAY, until=row.until, most=1)
    return Turn(row, days[0], shifted(days[0], by.shift, by.calendar)) if days else None


def move_on(rows: Iterable[DueDate], after: date, by: Reckoning) -> list[DueDate]:
    """Rules that recur and whose day is past get their next one; returns those that changed, unsaved."""
    changed = []
    for row in rows:
        turn = _turn(row, after, by)
        if row.ended_at is None and turn is not None and turn.stated_on != row.stated_on:
            rule = DueRule(row.kind, row.value, row.bound)
            found = Deadline(rule, turn.stated_on, turn.due_on, by.shift, by.calendar.version)
            set_deadline(row, found, by)
            changed.append(row)
    return changed


def closes_as(task: Task, open_period: TaskPeriod, following: Turn, today: date) -> TaskPeriod.Closed | None:
    """Whether the open period makes room for the next, and why.

    A report that waits to be accepted holds it open until the next due day itself has come.
    """
    if task.status == Status.ACCEPTED:
        return TaskPeriod.Closed.ACCEPTED
    due = task.due_on or open_period.due_on
    if task.status == Status.REPORTED:
        over = following.due_on
    else:
        over = due + min(timedelta(days=settings.PERIOD_GRACE_DAYS), max((following.due_on - due) / 2, _DAY))
    return TaskPeriod.Closed.OVER if today > over else None


def begin(task: Task, turn: Turn, number: int, now: datetime) -> TaskPeriod:
    """An unsaved open period."""
    return TaskPeriod(
        task=task,
        number=number,
        due_date=turn.row,
        stated_on=turn.stated_on,
        due_on=turn.due_on,
        opened_at=now,
    )


def begin_periods(pairs: Iterable[tuple[Task, Sequence[DueDate]]], now: datetime) -> list[Task]:
    """First periods of tasks that come again and have none, with the rules in force of each; two queries.

    Returns those tasks.
    """
    made, begun = [], []
    for task, rows in pairs:
        turn = first_turn(rows) if comes_again(rows) else None
        if turn is not None:
            made.append(begin(task, turn, 1, now))
            task.period = 1
            begun.append(task)
    # Another run that began them meanwhile has begun the same.
    TaskPeriod.objects.bulk_create(made, ignore_conflicts=True)
    Task.objects.bulk_update(begun, ["period"], batch_size=500)
    return begun


def begin_missing(now: datetime) -> int:
    """First periods of tasks in force that come again and have none: those approved before there were any."""
    without = Task.objects.filter(ended_at=None, period=None)
    rules = DueDate.objects.filter(task__in=without, ended_at=None, stated_on__isnull=False).order_by()
    several = rules.values("task").annotate(days=Count("stated_on", distinct=True)).filter(days__gt=1)
    wanted = Q(pk__in=rules.filter(kind__in=RECURRING).values("task")) | Q(pk__in=several.values("task"))
    tasks = list(
        without.filter(wanted).prefetch_related(Prefetch("due_dates", DueDate.objects.filter(ended_at=None)))
    )
    return len(begin_periods([(task, list(task.due_dates.all())) for task in tasks], now))


def waiting_tasks(today: date) -> list[int]:
    """Tasks (ids) whose open period may make room for the next: accepted, or past its due day."""
    open_periods = TaskPeriod.objects.filter(closed_at=None, task__ended_at=None)
    due = Q(due_on__lt=today) | Q(task__status=Status.ACCEPTED)
    return list(open_periods.filter(due).order_by("task_id").values_list("task_id", flat=True))


def earlier_counts(
    tasks: TaskQuerySet, today: date, organisations: Collection[int] | None = None
) -> OutcomeCounts | None:
    """The four outcomes of what is closed: of periods, or of the organisations' parts in them. None when
    there is no earlier period. Two queries, mostly one.
    """
    return counts_of_earlier(tasks, today, organisations) if tasks.filter(period__gt=1).exists() else None


def counts_of_earlier(
    tasks: TaskQuerySet, today: date, organisations: Collection[int] | None = None
) -> OutcomeCounts | None:
    """As `earlier_counts`, where it is known that there are such tasks. One query."""
    counts = TaskPeriod.objects.of(tasks.filter(period__gt=1)).outcome_counts(today, organisations)
    return counts if counts.total else None


def refit(tasks: Sequence[Task], by: Reckoning, now: datetime) -> None:
    """After the due rules of tasks were replaced: their open periods follow, closed ones stay.

    A task that comes again no more keeps what is closed; its open period is then the last one.
    """
    rows: dict[int, list[DueDate]] = {}
    for row in DueDate.objects.filter(task__in=tasks, ended_at=None):
        rows.setdefault(row.task_id, []).append(row)
    there: dict[int, list[TaskPeriod]] = {}
    for period in TaskPeriod.objects.filter(task__in=tasks).order_by("number"):
        there.setdefault(period.task_id, []).append(period)
    begin_periods([(task, rows.get(task.pk, [])) for task in tasks if task.pk not in there], now)
    for task in tasks:
        if task.pk in there:
            _refit(task, rows.get(task.pk, []), there[task.pk], by)


def _refit(task: Task, rows: list[DueDate], there: list[TaskPeriod], by: Reckoning) -> None:
    closed, last = there[:-1], there[-1]
    if last.closed_at is not None:
        return
    if not closed and not comes_again(rows):
        last.delete()
        task.period = None
        task.save(update_fields=["period"])
        return
    turn = first_turn(rows)
    if closed:
        turn = next_turn(rows, closed[-1].stated_on, by)
        DueDate.objects.bulk_update(move_on(rows, closed[-1].stated_on, by), MOVED)
    if turn is None:
        return
    last.due_date, last.stated_on, last.due_on = turn.row, turn.stated_on, turn.due_on
    last.save(update_fields=["due_date", "stated_on", "due_on"])
    if task.due_on != turn.due_on:
        task.assignments.filter(ended_at=None, due_on=task.due_on).update(due_on=turn.due_on)
        task.due_on = turn.due_on
        task.save(update_fields=["due_on"])


def follow_period(task: Task, period: TaskPeriod) -> None:
    """A closed period as a whole after one of its parts changed, and how many of the task are missed."""
    rows = [
        Assignment(
            partner=each.partner,
            organisation_id=each.organisation_id,
            status=each.status,
            done_on=each.done_on,
        )
        for each in period.parts.all()
    ]
    period.status, period.done_on = whole_of(rows)
    period.save(update_fields=["status", "done_on"])
    task.missed = task.periods.missed().count()
    task.save(update_fields=["missed"])
