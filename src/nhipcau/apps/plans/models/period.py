"""The periods of a task that comes again: each year's, quarter's or month's work, with what became of it.

A task and its assignments show the open period; when the next one opens, what stood there is written down
here. So lists ask the task alone, and what was missed stays readable and counted.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Count, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from nhipcau.apps.orgs.models import Organisation
from nhipcau.apps.plans.models.draft import Role
from nhipcau.apps.plans.models.due_date import DueDate
from nhipcau.apps.plans.models.outcome import Outcome, Status, outcome_q
from nhipcau.apps.plans.models.task import Assignment, OutcomeCounts, Task, TaskQuerySet


class TaskPeriodQuerySet(models.QuerySet["TaskPeriod"]):
    def visible_to(self, user: object) -> TaskPeriodQuerySet:
        """Those of the tasks in view."""
        return self.filter(task__in=Task.objects.visible_to(user).order_by().values("pk"))

    def of(self, tasks: TaskQuerySet) -> TaskPeriodQuerySet:
        return self.filter(task__in=tasks.order_by().values("pk"))

    def closed(self) -> TaskPeriodQuerySet:
        """Those that were followed by another; the open one is the task itself."""
        return self.filter(closed_at__isnull=False)

    def missed(self) -> TaskPeriodQuerySet:
        """Closed with work that is not done to this day."""
        return self.closed().exclude(status=Status.ACCEPTED)

    def outcome_counts(self, today: date, organisations: Collection[int] | None = None) -> OutcomeCounts:
        """Counts of the four outcomes of closed periods; with organisations, of their parts. One query."""
        counts = {str(each): Count("pk", filter=outcome_q(each, today)) for each in Outcome}
        closed = self.closed().order_by()
        if organisations is None:
            return OutcomeCounts(**closed.aggregate(**counts))
        parts = PeriodPart.objects.filter(period__in=closed.values("pk"), organisation__in=organisations)
        return OutcomeCounts(**parts.order_by().aggregate(**counts))


class TaskPeriod(models.Model):
    """`stated_on` is the day by the words, `due_on` the one that counts. `status` and `done_on` are written
    when it closes.
    """

    class Closed(models.TextChoices):
        ACCEPTED = "accepted", pgettext_lazy("period", "its work was accepted")
        OVER = "over", pgettext_lazy("period", "its time was over")

    task = models.ForeignKey(Task, on_delete=models.CASCADE, related_name="periods")
    number = models.PositiveIntegerField(_("period"))
    due_date = models.ForeignKey(
        DueDate, null=True, blank=True, on_delete=models.SET_NULL, related_name="periods"
    )
    stated_on = models.DateField()
    due_on = models.DateField(_("due"))
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_as = models.CharField(max_length=10, choices=Closed.choices, blank=True)
    status = models.CharField(max_length=12, choices=Status.choices, default=Status.NOT_BEGUN)
    done_on = models.DateField(null=True, blank=True)

    objects = TaskPeriodQuerySet.as_manager()

    class Meta:
        ordering = ["task", "number"]
        indexes = [
            models.Index(fields=["due_on"], name="plans_period_open_due", condition=Q(closed_at__isnull=True))
        ]
        constraints = [
            models.UniqueConstraint(fields=["task", "number"], name="plans_period_once"),
            models.UniqueConstraint(
                fields=["task"], name="plans_period_one_open", condition=Q(closed_at__isnull=True)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.due_on}"


class PeriodPartQuerySet(models.QuerySet["PeriodPart"]):
    def visible_to(self, user: object) -> PeriodPartQuerySet:
        """With its period."""
        return self.filter(period__in=TaskPeriod.objects.visible_to(user).order_by().values("pk"))


class PeriodPart(models.Model):
    """What one body had done of a closed period. Stays with the organisation that had it."""

    period = models.ForeignKey(TaskPeriod, on_delete=models.CASCADE, related_name="parts")
    assignment = models.ForeignKey(
        Assignment, null=True, blank=True, on_delete=models.SET_NULL, related_name="period_parts"
    )
    # A restructuring leaves it with its old organisation: closed work keeps the old name.
    organisation = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="period_parts"
    )
    phrase = models.CharField(max_length=400, blank=True)
    role = models.CharField(max_length=12, choices=Role.choices)
    partner = models.BooleanField(default=False)
    status = models.CharField(max_length=12, choices=Status.choices)
    due_on = models.DateField(null=True, blank=True)
    done_on = models.DateField(null=True, blank=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = PeriodPartQuerySet.as_manager()

    class Meta:
        ordering = ["period", "partner", "pk"]
        indexes = [models.Index(fields=["organisation", "due_on"], name="plans_part_org_due")]
        constraints = [
            models.UniqueConstraint(fields=["period", "assignment"], name="plans_part_once"),
        ]

    def __str__(self) -> str:
        return f"{self.role} {self.phrase}"
