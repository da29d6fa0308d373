"""A task that was approved: what, from which sentence, who in which role, due when, how far."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Case, Count, Exists, F, OuterRef, Q, Value, When
from django.utils.translation import gettext_lazy as _

from nhipcau.apps.access.scope import scope_of
from nhipcau.apps.orgs.models import Organisation, OrganisationSet
from nhipcau.apps.plans.models.document import Document
from nhipcau.apps.plans.models.draft import Role
from nhipcau.apps.plans.models.outcome import Outcome, Status, outcome_q
from nhipcau.core.text import fold

SEARCHED_WORDS = 12
# By due date, then what has none, done last.
URGENCY = Case(
    When(status=Status.DONE, then=Value(3)),
    When(due_on__isnull=True, then=Value(2)),
    default=Value(1),
    output_field=models.SmallIntegerField(),
)


@dataclass(frozen=True, slots=True)
class OutcomeCounts:
    """How many tasks of a list have each outcome."""

    done_in_time: int
    done_late: int
    open_in_time: int
    open_overdue: int

    @property
    def total(self) -> int:
        return self.done_in_time + self.done_late + self.open_in_time + self.open_overdue


class TaskQuerySet(models.QuerySet["Task"]):
    def visible_to(self, user: object) -> TaskQuerySet:
        """Coordinator, leader and reader see all; officers those of their agency.

        One that ended while it was hers stays in view; one that an amendment took from her agency does not.
        """
        scope = scope_of(user)
        if scope.has("coordinator", "leader", "reader"):
            return self
        own = scope.organisations("officer", "commune_officer")
        # Asked from the assignments' side, so that it is one join: a condition on the outer row inside EXISTS
        # is tried task by task, and cost ten times as much with 20,000.
        held = Q(ended_at=None) | Q(ended_at=F("task__ended_at"))
        theirs = Assignment.objects.filter(held, organisation__in=own)
        return self.filter(pk__in=theirs.values("task")) if own else self.none()

    def current(self) -> TaskQuerySet:
        """Those not ended by an amendment or by hand."""
        return self.filter(ended_at=None)

    def of(self, organisations: Collection[int], role: str = "") -> TaskQuerySet:
        """Those in which one of the organisations (ids) has a role, or the given role."""
        return self.filter(Exists(_assigned(organisations, role)))

    def with_role(self, role: str) -> TaskQuerySet:
        """Those in which somebody has the role."""
        return self.filter(Exists(Assignment.objects.filter(task=OuterRef("pk"), role=role, ended_at=None)))

    def due_between(self, first: date | None, last: date | None) -> TaskQuerySet:
        """Both days belong to it; an open end is None."""
        found = self if first is None else self.filter(due_on__gte=first)
        return found if last is None else found.filter(due_on__lte=last)

    def matching(self, words: str) -> TaskQuerySet:
        """Every word stands in the task's text, marks and case aside."""
        found = self
        for word in fold(words).split()[:SEARCHED_WORDS]:
            found = found.filter(text_fold__contains=word)
        return found

    def with_outcome(
        self, outcome: str, today: date, organisations: Collection[int] | None = None
    ) -> TaskQuerySet:
        """Those that have the outcome: as a whole, or in the organisations' own assignments when given."""
        condition = outcome_q(outcome, today)
        if organisations is None:
            return self.filter(condition)
        return self.filter(Exists(_assigned(organisations).filter(condition)))

    def outcome_counts(self, today: date, organisations: Collection[int] | None = None) -> OutcomeCounts:
        """Counts of the four outcomes, one query.

        With organisations: of their assignments, so a task that two of them share counts for each.
        """
        counts = {str(each): Count("pk", filter=outcome_q(each, today)) for each in Outcome}
        if organisations is None:
            return OutcomeCounts(**self.order_by().aggregate(**counts))
        theirs = Assignment.objects.filter(
            organisation__in=organisations, ended_at=None, task__in=self.order_by().values("pk")
        )
        return OutcomeCounts(**theirs.order_by().aggregate(**counts))

    def urgent_first(self) -> TaskQuerySet:
        """Overdue, then by due date, then what has no date, done last. An index has this order."""
        return self.annotate(rank=URGENCY).order_by("rank", "due_on", "document_id", "position", "pk")


def _assigned(organisations: Collection[int], role: str = "") -> models.QuerySet[Assignment]:
    found = Assignment.objects.filter(task=OuterRef("pk"), organisation__in=organisations, ended_at=None)
    return found.filter(role=role) if role else found


class Task(models.Model):
    # The document in force for it: the plan, or the latest amendment that kept it.
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="tasks")
    position = models.PositiveIntegerField(default=0)
    path = models.CharField(max_length=60, blank=True)
    text = models.TextField(_("task"))
    text_fold = models.TextField(editable=False)
    # The sentence it came from, quoted, and its place in the document's text.
    quote = models.TextField(blank=True)
    span_start = models.PositiveIntegerField(null=True)
    span_end = models.PositiveIntegerField(null=True)
    scope = models.CharField(max_length=10, default="assigned")
    role = models.CharField(max_length=12, choices=Role.choices, default=Role.RESPONSIBLE)
    # The first coming due date of the task; of its report where the task itself has none.
    due_on = models.DateField(_("due"), null=True, blank=True)
    # Together for all who are charged with it (partners aside); `update_assignment` keeps both.
    status = models.CharField(max_length=12, choices=Status.choices, default=Status.NOT_BEGUN)
    done_on = models.DateField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_reason = models.CharField(max_length=300, blank=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    objects = TaskQuerySet.as_manager()

    class Meta:
        ordering = ["document", "position", "pk"]
        indexes = [
            GinIndex(fields=["text_fold"], opclasses=["gin_trgm_ops"], name="plans_task_text_trgm"),
            models.Index(fields=["due_on", "id"], name="plans_task_due"),
            models.Index(
                URGENCY,
                F("due_on"),
                F("document_id"),
                F("position"),
                F("id"),
                name="plans_task_urgency",
                condition=Q(ended_at=None),
            ),
        ]

    def __str__(self) -> str:
        return self.text[:80]

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.text_fold = fold(self.text)
        super().save(*args, **kwargs)


class TaskWording(models.Model):
    """How an earlier document put a task that an approved amendment changed.

    `before` is the rest of the task, as `plans.putting_back` writes it, for the amendment's removal.
    """

    task = models.ForeignKey(Task, on_delete=models.CASCADE, related_name="earlier_wordings")
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="wordings")
    path = models.CharField(max_length=60, blank=True)
    text = models.TextField()
    quote = models.TextField(blank=True)
    span_start = models.PositiveIntegerField(null=True)
    span_end = models.PositiveIntegerField(null=True)
    before = models.JSONField(default=dict)
    replaced_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.text[:80]


class DueDate(models.Model):
    """One due rule of a task: the phrase as written, the rule it was read by, the date it gives."""

    task = models.ForeignKey(Task, on_delete=models.CASCADE, related_name="due_dates")
    kind = models.CharField(max_length=10)
    value = models.CharField(max_length=12)
    of = models.CharField(max_length=8, default="task")
    bound = models.CharField(max_length=8, default="by")
    phrase = models.CharField(max_length=300, blank=True)
    rule = models.CharField(max_length=60, blank=True)
    due_on = models.DateField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.kind} {self.value}"


class AssignmentQuerySet(models.QuerySet["Assignment"]):
    def visible_to(self, user: object) -> AssignmentQuerySet:
        """Those of the tasks in view: who shares a task sees who else does what in it."""
        return self.filter(task__in=Task.objects.visible_to(user).order_by().values("pk"))


class Assignment(models.Model):
    """A role of one organisation in a task. `set` says through which group it came.

    A group that nobody has confirmed yet is one row without organisation; confirming it makes one row a
    member. A phrase that names nobody in particular stays as written, without organisation and without
    set.
    """

    Status = Status

    task = models.ForeignKey(Task, on_delete=models.CASCADE, related_name="assignments")
    phrase = models.CharField(max_length=400, blank=True)
    role = models.CharField(max_length=12, choices=Role.choices)
    partner = models.BooleanField(default=False)
    organisation = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="assignments"
    )
    set = models.ForeignKey(
        OrganisationSet, null=True, blank=True, on_delete=models.PROTECT, related_name="assignments"
    )
    status = models.CharField(max_length=12, choices=Status.choices, default=Status.NOT_BEGUN)
    due_on = models.DateField(null=True, blank=True)
    done_on = models.DateField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    changed_at = models.DateTimeField(auto_now=True)

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["organisation", "due_on", "id"], name="plans_assignment_org_due")]
        constraints = [
            models.UniqueConstraint(
                fields=["task", "organisation"],
                condition=Q(ended_at=None, organisation__isnull=False),
                name="plans_assignment_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.role} {self.phrase}"
