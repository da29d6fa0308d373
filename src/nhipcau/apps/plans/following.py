"""How far a task is as a whole: the sum of what those who are charged with it have done."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from nhipcau.apps.plans.models import DELIVERED, Assignment, Status, Task


def charged_of(rows: Iterable[Assignment]) -> list[Assignment]:
    """Those in force who are charged with the task.

    Partners count only where nobody is charged; phrases without an organisation only where there is none
    with one, since nobody can report for them.
    """
    current = [row for row in rows if row.ended_at is None]
    charged = [row for row in current if not row.partner] or current
    return [row for row in charged if row.organisation_id] or charged


def whole_of(rows: Iterable[Assignment]) -> tuple[Status, date | None]:
    """Status and day of completion from the assignments in force.

    Accepted when all are, reported when all have at least reported, returned when only reports that came
    back are missing, begun when anybody has begun.
    """
    charged = charged_of(rows)
    states = {Status(row.status) for row in charged}
    if states and states <= set(DELIVERED):
        done = max((row.done_on for row in charged if row.done_on), default=None)
        return (Status.ACCEPTED if states == {Status.ACCEPTED} else Status.REPORTED), done
    if Status.RETURNED in states and states <= {Status.RETURNED, *DELIVERED}:
        return Status.RETURNED, None
    return (Status.IN_PROGRESS if states - {Status.NOT_BEGUN} else Status.NOT_BEGUN), None


def due_of(rows: Iterable[Assignment], due_on: date | None) -> date | None:
    """The date in force of the whole, which is `due_on` as long as all who are charged have that one.

    Where an extension moved some, the whole is due when the first of those is who have not delivered; when
    all have, by the date that was missed, if any was, else by the last.
    """
    charged = charged_of(rows)
    days = {row.due_on for row in charged}
    if len(days) < 2 and days <= {None}:
        return due_on
    waiting = [row for row in charged if row.status not in DELIVERED]
    missed = [row.due_on for row in charged if row.due_on and row.done_on and row.done_on > row.due_on]
    if waiting:
        return min((row.due_on for row in waiting if row.due_on), default=None)
    return min(missed) if missed else max((row.due_on for row in charged if row.due_on), default=None)


def follow(task: Task, rows: Sequence[Assignment] | None = None) -> Task:
    """Write down how far the task is as a whole. One query for the rows when they are not given."""
    found = list(task.assignments.filter(ended_at=None)) if rows is None else rows
    task.status, task.done_on = whole_of(found)
    task.due_on = due_of(found, task.due_on)
    task.save(update_fields=["status", "done_on", "due_on"])
    return task
