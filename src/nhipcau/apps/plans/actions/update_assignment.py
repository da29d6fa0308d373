"""How far an organisation is with its part of a task. The full life of a task comes with the reporting."""

from __future__ import annotations

from datetime import date

from django.utils import timezone

from nhipcau.apps.access.act import act, note
from nhipcau.apps.access.actors import Actor
from nhipcau.apps.plans.following import whole_of
from nhipcau.apps.plans.models import Assignment, Status, Task
from nhipcau.apps.plans.refusals import Refused
from nhipcau.apps.plans.reviewing import person


def update_assignment(
    assignment: Assignment, status: str, *, actor: Actor, done_on: date | None = None
) -> Assignment:
    """Set the status (Status); `done_on` is the day it was done, today unless given.

    The task's own status follows. Raises Refused("task-ended"), Refused("done-day").
    """
    today = timezone.localdate()
    if done_on is not None and done_on > today:
        raise Refused("done-day")
    with act(actor, "plans.update_assignment", assignment, permission="update") as entry:
        task = Task.objects.select_for_update().get(pk=assignment.task_id)
        fresh = Assignment.objects.get(pk=assignment.pk)
        if task.ended_at is not None or fresh.ended_at is not None:
            raise Refused("task-ended")
        note(entry, old=fresh.status, new=status, task=task.pk)
        fresh.status = Status(status)
        fresh.done_on = (done_on or today) if fresh.status == Status.DONE else None
        fresh.changed_by = person(actor)
        fresh.save()
        task.status, task.done_on = whole_of(task.assignments.all())
        task.save(update_fields=["status", "done_on"])
    return fresh
