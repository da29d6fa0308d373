"""Reports of many bodies of one task accepted together, as of a group's members."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.db import transaction

from nhipcau.apps.accounts.models import User
from nhipcau.apps.plans.actions.accept_report import accept_report
from nhipcau.apps.plans.models import Assignment, Task
from nhipcau.apps.plans.refusals import Refused


@dataclass(slots=True)
class Accepted:
    """What was accepted, and what was not with why."""

    done: list[Assignment] = field(default_factory=list)
    left: list[tuple[Assignment, Refused]] = field(default_factory=list)


def accept_many(task: Task, versions: Mapping[int, int], *, actor: User) -> Accepted:
    """Accept the assignments (id → version that the actor saw) of the task.

    One that somebody changed meanwhile is left as it is; the others are accepted. Nothing in view: 404 by
    the first.
    """
    result = Accepted()
    rows = Assignment.objects.visible_to(actor).filter(task=task, pk__in=versions).order_by("pk")
    with transaction.atomic():
        Task.objects.select_for_update().get(pk=task.pk)
        for row in rows:
            try:
                result.done.append(accept_report(row, version=versions[row.pk], actor=actor))
            except Refused as refused:
                result.left.append((row, refused))
    return result
