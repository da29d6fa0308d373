"""An amendment that is removed for good leaves its plan as it was: all that it changed in a task is
remembered when it is approved, and put back. Progress stays where the body that made it is named.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from nhipcau.apps.access.actors import Actor
from nhipcau.apps.orgs.models import OrganisationSet
from nhipcau.apps.plans.dates import reckoning
from nhipcau.apps.plans.following import whole_of
from nhipcau.apps.plans.models import Assignment, Document, DueDate, Task, TaskWording
from nhipcau.apps.plans.periods import refit
from nhipcau.apps.plans.sets import give_to_members

WORDING = ("document_id", "path", "text", "quote", "span_start", "span_end")
PLAIN = ("phrase", "role", "partner", "organisation_id", "set_id")


def wordings(tasks: Collection[Task]) -> list[TaskWording]:
    """Unsaved: the tasks as they stand, with their due dates and assignments in force. Two queries."""
    before: dict[int, dict[str, Any]] = {
        task.pk: {
            "position": task.position,
            "scope": task.scope,
            "role": task.role,
            "due_on": _iso(task.due_on),
            "due": [],
            "assignments": [],
        }
        for task in tasks
    }
    for pk, task in DueDate.objects.filter(task__in=before, ended_at=None).values_list("pk", "task_id"):
        before[task]["due"].append(pk)
    for row in Assignment.objects.filter(task__in=before, ended_at=None):
        kept = {name: getattr(row, name) for name in PLAIN}
        before[row.task_id]["assignments"].append({"id": row.pk, "due_on": _iso(row.due_on), **kept})
    return [
        TaskWording(task=task, before=before[task.pk], **{name: getattr(task, name) for name in WORDING})
        for task in tasks
    ]


def give_back(document: Document, actor: Actor) -> None:
    """Tasks that the document changed become what they were before it."""
    rows = TaskWording.objects.filter(task__document=document).select_related("task").order_by("pk")
    sets: set[int] = set()
    for wording in {row.task_id: row for row in rows}.values():
        task, before = wording.task, wording.before
        for name in WORDING:
            setattr(task, name, getattr(wording, name))
        task.position, task.scope, task.role = before["position"], before["scope"], before["role"]
        task.due_on = _day(before["due_on"])
        _due_dates(task, before["due"])
        _assignments(task, before["assignments"], document.approved_at)
        if task.ended_at is None:
            task.status, task.done_on = whole_of(task.assignments.all())
        task.save()
        wording.delete()
        sets |= {row["set_id"] for row in before["assignments"] if row["set_id"]}
    refit([row.task for row in {row.task_id: row for row in rows}.values()], reckoning(), timezone.now())
    for confirmed in OrganisationSet.objects.filter(pk__in=sets, confirmed_at__isnull=False):
        give_to_members(confirmed, actor)


def _due_dates(task: Task, before: list[int]) -> None:
    task.due_dates.filter(ended_at=None).exclude(pk__in=before).delete()
    task.due_dates.filter(pk__in=before).update(ended_at=None)


def _assignments(task: Task, before: list[dict[str, Any]], approved_at: datetime | None) -> None:
    """Rows of the amendment go, those before it are as they were; of a task that has ended since, ended.

    A group that was confirmed meanwhile has its members' rows in place of the one that waited.
    """
    kept = {row["id"]: row for row in before}
    rows = list(task.assignments.all())
    there = {row.pk for row in rows}
    waited = {row["set_id"]: row for row in before if row["id"] not in there and row["set_id"]}
    older = [row.pk for row in rows if row.ended_at and approved_at and row.ended_at < approved_at]
    gone = []
    for row in rows:
        was = kept.get(row.pk) or waited.get(row.set_id)
        if row.pk in older:
            continue
        if was is None:
            gone.append(row.pk)
            continue
        row.phrase, row.role, row.partner = was["phrase"], was["role"], was["partner"]
        row.set_id = was["set_id"]
        row.due_on, row.ended_at = _day(was["due_on"]), task.ended_at
    task.assignments.filter(pk__in=gone).delete()
    changed = [row for row in rows if row.pk not in gone and row.pk not in older]
    Assignment.objects.bulk_update(changed, ["phrase", "role", "partner", "set", "due_on", "ended_at"])


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
