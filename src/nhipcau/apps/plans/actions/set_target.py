"""How much a task asks for, with its unit; updates are counted against it."""

from __future__ import annotations

from decimal import Decimal

from nhipcau.apps.access.act import act, note
from nhipcau.apps.accounts.models import User
from nhipcau.apps.plans.models import Task
from nhipcau.apps.plans.refusals import Refused


def set_target(task: Task, target: Decimal | None, unit: str, *, actor: User) -> Task:
    """None: the task has none. Raises Refused("no-unit"), Refused("task-ended")."""
    if target is not None and not unit.strip():
        raise Refused("no-unit")
    with act(actor, "plans.set_target", task, permission="end") as entry:
        fresh = Task.objects.select_for_update().get(pk=task.pk)
        if fresh.ended_at is not None:
            raise Refused("task-ended")
        fresh.target, fresh.target_unit = target, unit.strip()[:60] if target is not None else ""
        fresh.save(update_fields=["target", "target_unit"])
        note(entry, target=str(target) if target is not None else None)
    return fresh
