"""Somebody says what kind of work a task is."""

from __future__ import annotations

from nhipcau.apps.access.act import act, note
from nhipcau.apps.access.actors import Actor
from nhipcau.apps.plans.models import Kind, Task
from nhipcau.apps.plans.records import TABLES, rows_of
from nhipcau.apps.plans.refusals import Refused


def set_kind(task: Task, kind: str, *, actor: Actor) -> Task:
    """`kind` is a Kind. Raises Refused("task-ended"), Refused("kind-has-records") while records of the kind
    it was stand.
    """
    with act(actor, "plans.set_kind", task, permission="set_kind") as entry:
        fresh = Task.objects.select_for_update().get(pk=task.pk)
        if fresh.ended_at is not None:
            raise Refused("task-ended")
        chosen = Kind(kind)
        if fresh.kind in TABLES and chosen != fresh.kind and rows_of(fresh.kind).filter(task=fresh).exists():
            raise Refused("kind-has-records")
        note(entry, old=fresh.kind, new=str(chosen), likely=fresh.likely_kind)
        fresh.kind = chosen
        fresh.save(update_fields=["kind"])
    return fresh
