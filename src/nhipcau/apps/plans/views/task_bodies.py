"""Who is charged with tasks, for showing: a body named itself, or a group with how many of its members are
done.

A group of a hundred communes is a hundred assignments; here it is one line, counted by the database.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Max, Min, Q

from nhipcau.apps.orgs.directory import versions
from nhipcau.apps.plans.models import Assignment, Status
from nhipcau.apps.plans.models.task import AssignmentQuerySet


@dataclass(frozen=True, slots=True)
class Body:
    """`total` is the number of organisations behind it: 1, of a group its members, 0 when it is not known.
    `changed_at` is when one of them last said how far it is.
    """

    name: str
    short: str
    partner: bool
    role: str
    total: int
    done: int
    set_id: int | None = None
    changed_at: datetime | None = None


def bodies_of(tasks: Collection[int], day: date) -> dict[int, list[Body]]:
    """The bodies of each task (ids), those charged before partners. Three queries."""
    rows = Assignment.objects.filter(task__in=tasks, ended_at=None)
    single = list(rows.filter(set=None).order_by("pk"))
    known = versions({row.organisation_id for row in single if row.organisation_id}, day)
    found: dict[int, list[Body]] = defaultdict(list)
    for row in single:
        version = known.get(row.organisation_id or 0)
        found[row.task_id].append(
            Body(
                name=version.name if version else row.phrase,
                short=(version.abbreviation or version.name) if version else row.phrase,
                partner=row.partner,
                role=row.role,
                total=int(row.organisation_id is not None),
                done=int(row.organisation_id is not None and row.status == Status.DONE),
                changed_at=row.changed_at if row.changed_by_id else None,
            )
        )
    for each in _groups(rows):
        task, name = each.pop("task_id"), each.pop("set__name")
        found[task].append(Body(name=name, short=name, **each))
    return {task: sorted(bodies, key=lambda body: body.partner) for task, bodies in found.items()}


def _groups(rows: AssignmentQuerySet) -> list[dict[str, Any]]:
    counted = (
        rows.exclude(set=None)
        .order_by()
        .values("task_id", "set_id", "set__name", "partner", "role")
        .annotate(
            total=Count("organisation"),
            done=Count("pk", filter=Q(status=Status.DONE, organisation__isnull=False)),
            changed_at=Max("changed_at", filter=Q(changed_by__isnull=False)),
            first=Min("pk"),
        )
        .order_by("first")  # as the document names them
    )
    return [{name: value for name, value in each.items() if name != "first"} for each in counted]
