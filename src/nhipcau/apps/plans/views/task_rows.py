"""Tasks as rows of a list: who, how far, by when; a few queries for a page of them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Prefetch, prefetch_related_objects
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from nhipcau.apps.access.scope import scope_of
from nhipcau.apps.accounts.models import User
from nhipcau.apps.plans.models import Assignment, Document, Status, Task
from nhipcau.apps.plans.models.task import TaskQuerySet
from nhipcau.apps.plans.views.task_bodies import Body, bodies_of
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
    # Organisations charged with it, and how many of them are done.
    total: int = 0
    done: int = 0
    status: str = ""
    done_on: date | None = None
    bodies: Sequence[Body] = ()
    changed_at: datetime | None = None
    action: str = ""
    state: str = "task"
    here: bool = False

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
    pks = [task.pk for task in found]
    bodies = bodies_of(pks, today)
    own = own_organisations(user)
    mine: dict[int, Assignment] = {}
    if own:
        parts = Assignment.objects.visible_to(user).filter(task__in=pks, organisation__in=own, ended_at=None)
        mine = {part.task_id: part for part in parts.order_by("-pk")}
    return [_row(task, bodies.get(task.pk, []), mine.get(task.pk), today) for task in found]


def _row(task: Task, bodies: list[Body], mine: Assignment | None, today: date) -> Row:
    charged = [body for body in bodies if not body.partner]
    source = mine or task
    done = source.done_on if source.status == Status.DONE else None
    changed = [body.changed_at for body in bodies if body.changed_at]
    return Row(
        task=task,
        source=source_of(task.document),
        outcome=_outcome(source.status, source.due_on, done, today),
        due_on=source.due_on,
        role=(mine.get_role_display() if mine else task.get_role_display()),
        agencies=_joined(list(dict.fromkeys(body.short for body in charged))),
        total=sum(body.total for body in charged),
        done=sum(body.done for body in charged),
        status=str(source.get_status_display()),
        done_on=source.done_on,
        bodies=bodies,
        changed_at=mine.changed_at if mine and mine.changed_by_id else max(changed, default=None),
        action=_("Update") if mine is not None and mine.status != Status.DONE else _("View"),
    )


def _outcome(status: str, due_on: date | None, done_on: date | None, today: date) -> Outcome:
    """A task that is done without a day counts as done in time."""
    done = done_on or (due_on or today) if status == Status.DONE else None
    return outcome(due_on, done, today)


def _joined(names: list[str]) -> str:
    more = len(names) - NAMES_SHOWN
    shown = ", ".join(names[:NAMES_SHOWN])
    return f"{shown} +{more}" if more > 0 else shown


def source_of(document: Document) -> str:
    """How a row names the document: its number, else its kind with the day."""
    return document.number or document.title[:60] or str(document.get_kind_display())
