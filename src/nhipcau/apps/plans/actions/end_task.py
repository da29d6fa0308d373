"""A task ends before it is done; what was done stays readable, and why it ended."""

from __future__ import annotations

from django.utils import timezone

from nhipcau.apps.access.act import act
from nhipcau.apps.access.actors import Actor
from nhipcau.apps.plans.models import Task
from nhipcau.apps.plans.refusals import Refused


def end_task(task: Task, *, reason: str, actor: Actor) -> Task:
    """End the task and its open assignments. Raises Refused("reason"), Refused("task-ended")."""
    if not reason.strip():
        raise Refused("reason")
    with act(actor, "plans.end_task", task, permission="end", reason=reason.strip()):
        fresh = Task.objects.select_for_update().get(pk=task.pk)
        if fresh.ended_at is not None:
            raise Refused("task-ended")
        fresh.ended_at, fresh.ended_reason = timezone.now(), reason.strip()[:300]
        fresh.save(update_fields=["ended_at", "ended_reason"])
        fresh.assignments.filter(ended_at=None).update(ended_at=fresh.ended_at)
    return fresh
