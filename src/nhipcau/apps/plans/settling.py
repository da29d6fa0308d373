"""Drafts become tasks: rows built in bulk inside the approval's transaction."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from nhipcau.apps.accounts.models import User
from nhipcau.apps.orgs.directory import members
from nhipcau.apps.orgs.models import OrganisationSet
from nhipcau.apps.plans.amending import in_force
from nhipcau.apps.plans.dates import Frame, due_dates, earliest
from nhipcau.apps.plans.following import whole_of
from nhipcau.apps.plans.heirs import in_office, members_in_office
from nhipcau.apps.plans.models import (
    Assignment,
    Document,
    DraftAssignment,
    DraftTask,
    DueDate,
    Status,
    Task,
    TaskWording,
)
from nhipcau.apps.plans.putting_back import wordings
from nhipcau.core.planreader.task_kinds import likely_kind
from nhipcau.core.text import fold

TASK_FIELDS = (
    "document",
    "position",
    "path",
    "text",
    "text_fold",
    "quote",
    "span_start",
    "span_end",
    "scope",
    "role",
    "due_on",
    "status",
    "done_on",
    "likely_kind",
    "kind",
    "parent",
)


@dataclass(slots=True)
class Approval:
    """One approval under way."""

    document: Document
    drafts: list[DraftTask]
    frame: Frame
    user: User
    now: datetime
    members: dict[int, list[int]] = field(default_factory=dict)
    heirs: dict[int, int | None] = field(default_factory=dict)


def load(document: Document, frame: Frame, user: User, now: datetime) -> Approval:
    """The drafts that will become tasks, with their assignments, and the members of confirmed sets.

    Bodies that have ended since the document's day stand as their successors. They are held first, then
    the tasks of an amended plan are locked: progress that is reported meanwhile waits, and none is lost.
    """
    rows = DraftTask.objects.filter(document=document).exclude(state=DraftTask.State.DROPPED)
    drafts = list(rows.prefetch_related("assignments").select_related("continues"))
    sets = {row.set_id for draft in drafts for row in draft.assignments.all() if row.set_id}
    confirmed = OrganisationSet.objects.filter(pk__in=sets, confirmed_at__isnull=False)
    found = members(list(confirmed.values_list("pk", flat=True)), document.dated)
    bodies = {row.organisation_id for draft in drafts for row in draft.assignments.all()}
    bodies |= {pk for each in found.values() for pk in each}
    heirs = in_office({pk for pk in bodies if pk is not None})
    found = {pk: members_in_office(each, heirs) for pk, each in found.items()}
    if document.amends_id is not None:
        list(in_force(document).select_for_update().order_by("pk").values_list("pk"))
    return Approval(document, drafts, frame, user, now, found, heirs)


def make_tasks(approval: Approval) -> list[tuple[DraftTask, Task]]:
    """New tasks are inserted; those that an amendment continues get its words and keep who they are."""
    pairs = [(draft, _task(approval, draft)) for draft in approval.drafts]
    kept = [task for draft, task in pairs if task.pk]
    TaskWording.objects.bulk_create(
        wordings([draft.continues for draft in approval.drafts if draft.continues])
    )
    Task.objects.bulk_update(kept, TASK_FIELDS)
    Task.objects.bulk_create([task for _draft, task in pairs if not task.pk])
    return pairs


def _task(approval: Approval, draft: DraftTask) -> Task:
    old = draft.continues
    text = approval.document.text
    dates = due_dates(draft.due, approval.frame)
    return Task(
        pk=old.pk if old else None,
        document=approval.document,
        position=draft.position,
        path=draft.path,
        text=draft.text,
        text_fold=fold(draft.text),
        quote=" ".join(text[draft.span_start : draft.span_end].split()),
        span_start=draft.span_start,
        span_end=draft.span_end,
        scope=draft.scope,
        role=draft.role,
        due_on=earliest(dates),
        status=old.status if old else Status.NOT_BEGUN,
        done_on=old.done_on if old else None,
        likely_kind=likely_kind(draft.text),
        kind=old.kind if old else "",
        parent_id=old.parent_id if old else None,
        created_by=approval.user,
    )


def make_due_dates(approval: Approval, pairs: Sequence[tuple[DraftTask, Task]]) -> None:
    """The due rules; those of a continued task end and are followed by the amendment's."""
    kept = [task.pk for draft, task in pairs if draft.continues_id]
    DueDate.objects.filter(task_id__in=kept, ended_at=None).update(ended_at=approval.now)
    rows = []
    for draft, task in pairs:
        for row in due_dates(draft.due, approval.frame):
            row.task = task
            rows.append(row)
    DueDate.objects.bulk_create(rows)


def make_assignments(approval: Approval, pairs: Sequence[tuple[DraftTask, Task]]) -> int:
    """Who does what.

    A body that goes on in a continued task keeps its progress; one that is not named any more ends.
    Returns how many assignments are in force.
    """
    tasks = [task.pk for draft, task in pairs if draft.continues_id]
    old: dict[int, list[Assignment]] = {}
    for row in Assignment.objects.filter(task_id__in=tasks, ended_at=None):
        old.setdefault(row.task_id, []).append(row)
    new: list[Assignment] = []
    changed: list[Assignment] = []
    count, continued = 0, []
    for draft, task in pairs:
        mine = []
        there = {_key(row): row for row in old.get(task.pk, [])}
        for row in rows_of(draft.assignments.all(), task, approval.members, approval.heirs):
            count += 1
            kept = there.pop(_key(row), None)
            mine.append(kept or row)
            if kept is None:
                new.append(row)
            else:
                _continue(kept, row)
                changed.append(kept)
        for gone in there.values():
            gone.ended_at = approval.now
            changed.append(gone)
        if draft.continues_id:
            task.status, task.done_on = whole_of(mine)
            continued.append(task)
    Assignment.objects.bulk_update(changed, ["phrase", "role", "partner", "set", "due_on", "ended_at"])
    Assignment.objects.bulk_create(new)
    Task.objects.bulk_update(continued, ["status", "done_on"])
    return count


def _key(row: Assignment) -> str:
    if row.organisation_id:
        return f"organisation {row.organisation_id}"
    return f"set {row.set_id}" if row.set_id else f"phrase {fold(row.phrase)}"


def _continue(kept: Assignment, row: Assignment) -> None:
    kept.phrase, kept.role, kept.partner = row.phrase, row.role, row.partner
    kept.set_id, kept.due_on = row.set_id, row.due_on


def rows_of(
    drafted: Iterable[DraftAssignment],
    task: Task,
    set_members: dict[int, list[int]],
    heirs: Mapping[int, int | None] | None = None,
) -> list[Assignment]:
    """Unsaved assignments, one an organisation: a confirmed set gives one for every member on the
    document's day.

    `heirs` (plans.heirs) stand for bodies that have ended; where nobody does, the phrase stays without one.
    Who is named itself comes before the members of a group, who is charged before who helps.
    """
    rows = sorted(drafted, key=lambda row: (row.partner, row.set_id is not None, row.position))
    found: list[Assignment] = []
    named: set[int] = set()
    for row in rows:
        body_now = row.organisation_id and (heirs or {}).get(row.organisation_id, row.organisation_id)
        bodies: list[int | None] = [body_now]
        if row.set_id in set_members:
            bodies = [*set_members[row.set_id]]
        for body in bodies:
            if body is not None and body in named:
                continue
            if body is not None:
                named.add(body)
            found.append(
                Assignment(
                    task=task,
                    phrase=row.phrase,
                    role=row.role,
                    partner=row.partner,
                    organisation_id=body,
                    set_id=row.set_id,
                    due_on=task.due_on,
                )
            )
    return found
