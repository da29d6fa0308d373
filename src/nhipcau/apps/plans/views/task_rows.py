"""Tasks as rows of a list: who, how far, by when; a few queries for a page of them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Prefetch, prefetch_related_objects
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from nhipcau.apps.access.scope import scope_of
from nhipcau.apps.accounts.models import User
from nhipcau.apps.audit.editions import Editions
from nhipcau.apps.plans.models import (
    DELIVERED,
    Assignment,
    Document,
    PeriodPart,
    Role,
    Status,
    Task,
    TaskPeriod,
)
from nhipcau.apps.plans.models.task import TaskQuerySet
from nhipcau.apps.plans.views.task_bodies import Body, charged_with
from nhipcau.apps.webkit.outcomes import Outcome, outcome, sent_back, waiting

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
    # Earlier periods left undone; of an officer those of her own agency.
    missed: int = 0
    # Something stands in the way; and it waits for a body above.
    stuck: bool = False
    beyond: bool = False

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


def shown_in_rows(tasks: TaskQuerySet) -> TaskQuerySet:
    """With what a row shows and no more: texts have folded copies, and a plan's reading is as large as it."""
    return tasks.select_related("document").only(
        *("path", "text", "role", "status", "due_on", "done_on", "period", "missed"),
        *("document__number", "document__title", "document__kind"),
    )


def rows_of(tasks: TaskQuerySet | Collection[Task], user: User, seen: Editions | None = None) -> list[Row]:
    """Rows in the order of the tasks."""
    today = timezone.localdate()
    found = list(tasks)
    # Not the readings: a plan's is as large as the plan.
    prefetch_related_objects(found, Prefetch("document", Document.objects.defer("reading")))
    pks = [task.pk for task in found]
    own = own_organisations(user)
    charged = charged_with(pks, today, own, seen)
    mine: dict[int, Assignment] = {}
    if own:
        parts = Assignment.objects.filter(task__in=pks, organisation__in=own, ended_at=None)
        parts = parts.only("task", "role", "status", "due_on", "done_on", "changed_at", "changed_by")
        mine = {part.task_id: part for part in parts.order_by("-pk")}
    missed = {task.pk: task.missed for task in found if task.missed}
    if missed and own:
        missed = _left_by(own, missed, user)
    rows = []
    for task in found:
        of_task = charged[task.pk]
        row = _row(task, of_task.bodies, mine.get(task.pk), today)
        row.missed = missed.get(task.pk, 0)
        row.stuck, row.beyond = of_task.held is not None, bool(of_task.held)
        rows.append(row)
    return rows


def _left_by(own: frozenset[int], tasks: Collection[int], user: User) -> dict[int, int]:
    """How many earlier periods of each task the organisations left undone."""
    parts = PeriodPart.objects.visible_to(user).filter(period__task__in=tasks, organisation__in=own)
    left = parts.filter(period__closed_at__isnull=False, partner=False).exclude(status=Status.ACCEPTED)
    return dict(left.order_by().values_list("period__task").annotate(n=Count("pk")))


def _row(task: Task, bodies: list[Body], mine: Assignment | None, today: date) -> Row:
    # Not get_..._display: it makes a dictionary of all choices at each call.
    charged = [body for body in bodies if not body.partner]
    source = mine or task
    changed = [body.changed_at for body in bodies if body.changed_at]
    return Row(
        task=task,
        source=source_of(task.document),
        outcome=sign_of(source, today),
        due_on=source.due_on,
        role=str(Role(source.role).label),
        agencies=_joined(list(dict.fromkeys(body.short for body in charged))),
        total=sum(body.total for body in charged),
        done=sum(body.done for body in charged),
        status=str(Status(source.status).label),
        done_on=source.done_on,
        bodies=bodies,
        changed_at=mine.changed_at if mine and mine.changed_by_id else max(changed, default=None),
        action=_("Update") if mine is not None and mine.status not in DELIVERED else _("View"),
    )


def sign_of(row: Task | Assignment | TaskPeriod | PeriodPart, today: date) -> Outcome:
    """How far it is, as a sign with its word. Done without a day counts as done in time."""
    if row.status == Status.RETURNED:
        return sent_back(row.due_on, today)
    if row.status == Status.REPORTED:
        return waiting(row.due_on, row.done_on)
    done = row.done_on or (row.due_on or today) if row.status == Status.ACCEPTED else None
    return outcome(row.due_on, done, today)


def _joined(names: list[str]) -> str:
    more = len(names) - NAMES_SHOWN
    shown = ", ".join(names[:NAMES_SHOWN])
    return f"{shown} +{more}" if more > 0 else shown


def source_of(document: Document) -> str:
    """How a row names the document: its number, else its kind with the day."""
    return document.number or document.title[:60] or str(document.get_kind_display())
