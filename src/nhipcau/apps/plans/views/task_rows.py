"""Tasks as rows of a list: who, how far, by when; three queries for a page of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db.models import Prefetch, prefetch_related_objects
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from nhipcau.apps.access.scope import scope_of
from nhipcau.apps.accounts.models import User
from nhipcau.apps.orgs.directory import versions
from nhipcau.apps.plans.models import Assignment, Document, Status, Task
from nhipcau.apps.plans.models.task import TaskQuerySet
from nhipcau.apps.webkit.outcomes import Outcome, outcome

NAMES_SHOWN = 2


@dataclass(slots=True)
class Row:
    """A task as the list shows it to one user. An officer sees her own part's state and date."""

    task: Task
    source: str
    outcome: Outcome
    due_on: date | None
    role: str = ""
    agencies: str = ""
    status: str = ""
    changed_at: datetime | None = None
    action: str = ""
    state: str = "task"
    here: bool = False
    names: list[str] = field(default_factory=list)

    @property
    def key(self) -> str:
        return str(self.task.pk)

    @property
    def url(self) -> str:
        return reverse("plans:task", args=[self.task.pk])

    @property
    def label(self) -> str:
        return _("Task")


def own_organisations(user: User) -> frozenset[int]:
    """The organisations whose tasks the user carries out; empty for those who oversee."""
    scope = scope_of(user)
    if scope.has("coordinator", "leader", "reader"):
        return frozenset()
    return scope.organisations("officer", "commune_officer")


def rows_of(tasks: TaskQuerySet | Collection[Task], user: User) -> list[Row]:
    """Rows in the order of the tasks."""
    today = timezone.localdate()
    found = list(tasks)
    # Not the readings: a plan's is as large as the plan.
    prefetch_related_objects(found, Prefetch("document", Document.objects.defer("reading")))
    by_task: dict[int, list[Assignment]] = defaultdict(list)
    assigned = Assignment.objects.filter(task__in=[task.pk for task in found], ended_at=None)
    for row in assigned.select_related("set").order_by("partner", "pk"):
        by_task[row.task_id].append(row)
    ids = {row.organisation_id for rows in by_task.values() for row in rows if row.organisation_id}
    names = {pk: version.abbreviation or version.name for pk, version in versions(ids, today).items()}
    own = own_organisations(user)
    return [_row(task, by_task[task.pk], names, own, today) for task in found]


def _row(
    task: Task, assigned: list[Assignment], names: dict[int, str], own: frozenset[int], today: date
) -> Row:
    mine = next((row for row in assigned if row.organisation_id in own), None)
    shown = _names([row for row in assigned if not row.partner], names)
    source = mine or task
    done = source.done_on if source.status == Status.DONE else None
    return Row(
        task=task,
        source=source_of(task.document),
        outcome=_outcome(source.status, source.due_on, done, today),
        due_on=source.due_on,
        role=(mine.get_role_display() if mine else task.get_role_display()),
        agencies=_joined(shown),
        names=shown,
        status=str(source.get_status_display()),
        changed_at=mine.changed_at if mine and mine.changed_by_id else _latest(assigned),
        action=_("Update") if mine is not None and mine.status != Status.DONE else _("View"),
    )


def _outcome(status: str, due_on: date | None, done_on: date | None, today: date) -> Outcome:
    """A task that is done without a day counts as done in time."""
    done = done_on or (due_on or today) if status == Status.DONE else None
    return outcome(due_on, done, today)


def _latest(assigned: list[Assignment]) -> datetime | None:
    return max((row.changed_at for row in assigned if row.changed_by_id), default=None)


def _names(rows: list[Assignment], names: dict[int, str]) -> list[str]:
    """One name a body; the members of a group stand as the group."""
    found: list[str] = []
    for row in rows:
        name = row.set.name if row.set else names.get(row.organisation_id or 0) or row.phrase
        if name not in found:
            found.append(name)
    return found


def _joined(names: list[str]) -> str:
    more = len(names) - NAMES_SHOWN
    shown = ", ".join(names[:NAMES_SHOWN])
    return f"{shown} +{more}" if more > 0 else shown


def source_of(document: Document) -> str:
    """How a row names the document: its number, else its kind with the day."""
    return document.number or document.title[:60] or str(document.get_kind_display())
