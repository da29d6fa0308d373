"""A unit's own task points to the task of the plan above that it carries out."""

from __future__ import annotations

from django.db import connection

from nhipcau.apps.access.act import act, note
from nhipcau.apps.access.actors import Actor
from nhipcau.apps.plans.models import Task
from nhipcau.apps.plans.refusals import Refused


def set_parent(task: Task, parent: Task | None, *, actor: Actor) -> Task:
    """`parent` None takes the link away.

    Raises Refused: "task-ended", "parent-itself", "parent-below", "parent-ended". All links are changed
    one after the other, so that no two make a ring together.
    """
    with act(actor, "plans.set_parent", task, permission="set_parent") as entry:
        _one_at_a_time()
        pks = sorted({task.pk, *([parent.pk] if parent else [])})
        locked = {row.pk: row for row in Task.objects.select_for_update().filter(pk__in=pks).order_by("pk")}
        fresh = locked[task.pk]
        if fresh.ended_at is not None:
            raise Refused("task-ended")
        if parent is not None:
            _check(fresh, locked[parent.pk])
        note(entry, old=fresh.parent_id, new=parent.pk if parent else None)
        fresh.parent = locked[parent.pk] if parent else None
        fresh.save(update_fields=["parent"])
    return fresh


def _check(task: Task, parent: Task) -> None:
    if parent.pk == task.pk:
        raise Refused("parent-itself")
    if parent.ended_at is not None:
        raise Refused("parent-ended")
    above, seen = parent.parent_id, {parent.pk}
    while above is not None and above not in seen:
        if above == task.pk:
            raise Refused("parent-below")
        seen.add(above)
        above = Task.objects.values_list("parent_id", flat=True).get(pk=above)


def _one_at_a_time() -> None:
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtextextended(%s, 0))", ["plans.set_parent"])
