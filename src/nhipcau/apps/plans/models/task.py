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
from nhipcau.apps.plans.models.outcome import DELIVERED, Outcome, Status, outcome_q, overdue_at_q
from nhipcau.core.text import fold

SEARCHED_WORDS = 12
# By due date, then what has none, done last.
URGENCY = Case(
    When(status=Status.ACCEPTED, then=Value(3)),
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


@dataclass(frozen=True, slots=True)
class Headline:
    """Over a list: the four outcomes (with organisations, of their assignments), how many tasks there are,
    how many of them are open and due soon, whether any has earlier periods.
    """

    counts: OutcomeCounts
    tasks: int
    soon: int
    again: bool

    @classmethod
    def of(cls, found: dict[str, int], *, again: bool, tasks: int | None = None) -> Headline:
        counts = OutcomeCounts(**{str(each): found[str(each)] for each in Outcome})
        return cls(counts, counts.total if tasks is None else tasks, found["soon"], again)


class TaskQuerySet(models.QuerySet["Task"]):
    def visible_to(self, user: object, *, in_force: bool = False) -> TaskQuerySet:
        """Coordinator, leader and reader see all; officers those of their agency.

        One that ended while it was hers stays in view; one that an amendment took from her agency does not.
        `in_force` leaves out what has ended, as `current` does, and asks less for it.
        """
        scope = scope_of(user)
        if scope.has("coordinator", "leader", "reader"):
            return self.current() if in_force else self
        own = scope.organisations("officer", "commune_officer")
        if own and in_force:
            hers = Assignment.objects.filter(ended_at=None, organisation__in=own)
            return self.current().filter(pk__in=hers.values("task"))
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

    def overdue_at(self, day: date, organisations: Collection[int] | None = None) -> TaskQuerySet:
        """Those that were overdue when `day` ended: as a whole, or in the organisations' own parts."""
        if organisations is None:
            return self.filter(overdue_at_q(day))
        return self.filter(Exists(_assigned(organisations).filter(overdue_at_q(day))))

    def with_part(self, condition: Q, organisations: Collection[int] | None = None) -> TaskQuerySet:
        """Those in which an assignment in force, of the organisations when given, meets the condition."""
        # From the assignments' side: few meet it, and it is one join.
        parts = Assignment.objects.filter(condition, ended_at=None)
        if organisations is not None:
            parts = parts.filter(organisation__in=organisations)
        return self.filter(pk__in=parts.order_by().values("task"))

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

    def headline(self, today: date, last: date, organisations: Collection[int] | None = None) -> Headline:
        """What stands over a list of tasks in force. One query, two without organisations."""
        counts = {str(each): Count("pk", filter=outcome_q(each, today)) for each in Outcome}
        ahead = ~Q(status__in=DELIVERED) & Q(due_on__gte=today, due_on__lte=last)
        if organisations is None:
            found = self.order_by().aggregate(**counts, soon=Count("pk", filter=ahead))
            # Not counted with the rest: the index that they are counted from has no periods.
            return Headline.of(found, again=self.filter(period__gt=1).exists())
        here = ~Q(task__status__in=DELIVERED) & Q(task__due_on__gte=today, task__due_on__lte=last)
        theirs = Assignment.objects.filter(
            organisation__in=organisations, ended_at=None, task__in=self.order_by().values("pk")
        )
        found = theirs.order_by().aggregate(
            **counts,
            soon=Count("task", filter=here, distinct=True),
            tasks=Count("task", distinct=True),
            again=Count("pk", filter=Q(task__period__gt=1)),
        )
        return Headline.of(found, again=found["again"] > 0, tasks=found["tasks"])

    def with_missed(self, organisations: Collection[int] | None = None) -> TaskQuerySet:
        """Those with an earlier period whose work is not done to this day; with organisations, by one of
        them that was charged.
        """
        found = self.filter(missed__gt=0)
        if organisations is None:
            return found
        theirs = Task.objects.filter(
            periods__closed_at__isnull=False,
            periods__parts__organisation__in=organisations,
            periods__parts__partner=False,
            periods__parts__status__in=[each for each in Status if each != Status.ACCEPTED],
        )
        return found.filter(pk__in=theirs.order_by().values("pk"))

    def urgent_first(self) -> TaskQuerySet:
        """Overdue, then by due date, then what has no date, done last. An index has this order."""
        return self.annotate(rank=URGENCY).order_by("rank", "due_on", "document_id", "position", "pk")


def _assigned(organisations: Collection[int], role: str = "") -> models.QuerySet[Assignment]:
    found = Assignment.objects.filter(task=OuterRef("pk"), organisation__in=organisations, ended_at=None)
    return found.filter(role=role) if role else found


class Kind(models.TextChoices):
    """What kind of work a task is; each but the plain one has records of its own."""

    PLAIN = "plain", _("ordinary task")
    COURSE = "course", _("training course")
    LAW = "law", _("legal document under review")
    PROCEDURE = "procedure", _("procedure to simplify")
    SESSION = "session", _("dissemination session")
    INSPECTION = "inspection", _("inspection visit")


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
    # Together for all who are charged with it (partners aside), kept by `plans.following`.
    status = models.CharField(max_length=12, choices=Status.choices, default=Status.NOT_BEGUN)
    done_on = models.DateField(null=True, blank=True)
    # Of a task that comes again the number of the open period, and how many earlier ones are not done to
    # this day; kept by `plans.periods`.
    period = models.PositiveIntegerField(null=True, blank=True)
    missed = models.PositiveSmallIntegerField(default=0)
    # How much is asked for, where the task says it: 50 entrepreneurs, 3 courses.
    target = models.DecimalField(_("target"), max_digits=14, decimal_places=2, null=True, blank=True)
    target_unit = models.CharField(_("unit"), max_length=60, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_reason = models.CharField(max_length=300, blank=True)
    # As somebody said; empty until then, with what its words make likely beside it.
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices, blank=True)
    likely_kind = models.CharField(max_length=10, choices=Kind.choices, blank=True)
    # A unit's own task points to the one of the plan above that it carries out.
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="children"
    )
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    objects = TaskQuerySet.as_manager()

    class Meta:
        ordering = ["document", "position", "pk"]
        indexes = [
            GinIndex(fields=["text_fold"], opclasses=["gin_trgm_ops"], name="plans_task_text_trgm"),
            models.Index(fields=["due_on", "id"], name="plans_task_due"),
            # What the four outcomes are counted from, without the tasks' words.
            models.Index(
                fields=["status", "due_on", "done_on", "id"],
                name="plans_task_outcome",
                condition=Q(ended_at=None),
            ),
            models.Index(
                URGENCY,
                F("due_on"),
                F("document_id"),
                F("position"),
                F("id"),
                name="plans_task_urgency",
                condition=Q(ended_at=None),
            ),
            models.Index(fields=["missed", "id"], name="plans_task_again", condition=Q(period__gt=1)),
            models.Index(
                fields=["kind", "likely_kind", "id"],
                name="plans_task_kind",
                condition=~(Q(kind="") & Q(likely_kind="")),
            ),
        ]

    def __str__(self) -> str:
        return self.text[:80]

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.text_fold = fold(self.text)
        super().save(*args, **kwargs)


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

    class Step(models.TextChoices):
        """Where it is inside the agency; steps that the agency does not use are passed over."""

        TO_RECEIVE = "to_receive", _("waits to be received")
        TO_ASSIGN = "to_assign", _("waits to be assigned")
        DRAFTING = "drafting", _("being worked on")
        TO_APPROVE = "to_approve", _("waits for the head's approval")
        SENT = "sent", _("sent")

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
    # The day of the report that was accepted, or that waits for it.
    done_on = models.DateField(null=True, blank=True)
    step = models.CharField(max_length=12, choices=Step.choices, default=Step.TO_RECEIVE)
    specialist = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    # As last said: percent, or how many of the task's target.
    percent = models.PositiveSmallIntegerField(null=True, blank=True)
    count = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    # Counts every change: who accepts or returns names the one she saw.
    version = models.PositiveIntegerField(default=0)
    ended_at = models.DateTimeField(null=True, blank=True)
    # "joined": another assignment of the task goes on for it; "abolished": its body ended without successor.
    ended_reason = models.CharField(max_length=300, blank=True, default="", db_default="")
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    changed_at = models.DateTimeField(auto_now=True)

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        indexes = [
            models.Index(fields=["organisation", "due_on", "id"], name="plans_assignment_org_due"),
            models.Index(
                fields=["done_on", "id"],
                name="plans_assignment_reported",
                condition=Q(status=Status.REPORTED, ended_at=None),
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["task", "organisation"],
                condition=Q(ended_at=None, organisation__isnull=False),
                name="plans_assignment_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.role} {self.phrase}"
