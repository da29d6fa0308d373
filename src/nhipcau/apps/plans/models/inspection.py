"""An inspection visit: its plan, notice and minutes, the units visited, what was found."""

from __future__ import annotations

from typing import Any

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from nhipcau.apps.files.models import Upload
from nhipcau.apps.orgs.models import Organisation
from nhipcau.apps.plans.models.kinds import Record
from nhipcau.apps.plans.models.task import Task


class Inspection(Record):
    class Meta:
        ordering = ["-day", "-pk"]
        indexes = [GinIndex(fields=["text_fold"], opclasses=["gin_trgm_ops"], name="plans_inspection_text")]


class InspectionPaper(models.Model):
    """Plan, notice or minutes of a visit: number, date, and the file where there is one."""

    class Kind(models.TextChoices):
        PLAN = "plan", _("plan of the inspection")
        NOTICE = "notice", _("notice")
        MINUTES = "minutes", _("minutes")

    inspection = models.ForeignKey(Inspection, on_delete=models.CASCADE, related_name="papers")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    number = models.CharField(max_length=60, blank=True)
    issued_on = models.DateField(null=True, blank=True)
    upload = models.ForeignKey(Upload, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["inspection", "kind"], name="plans_inspection_paper_once")
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.number}"


class VisitedUnit(models.Model):
    """A unit that was visited; `unit` is as it was typed where it names no body known here."""

    inspection = models.ForeignKey(Inspection, on_delete=models.CASCADE, related_name="units")
    organisation = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    unit = models.CharField(max_length=200)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.unit


class InspectionFindingQuerySet(models.QuerySet["InspectionFinding"]):
    def visible_to(self, user: object) -> InspectionFindingQuerySet:
        """Those of the inspections in view."""
        return self.filter(
            inspection__in=Inspection.objects.visible_to(user).order_by().values("pk"), ended_at=None
        )

    def waiting(self) -> InspectionFindingQuerySet:
        """Those of which no task was made."""
        return self.filter(task=None)


class InspectionFinding(models.Model):
    """What a visit found and wants put right. `task`: what was made of it."""

    inspection = models.ForeignKey(Inspection, on_delete=models.CASCADE, related_name="findings")
    text = models.TextField(_("finding"))
    # Who has to put it right. Carrying: what waits for a task goes to the successor.
    organisation = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="findings"
    )
    due_on = models.DateField(_("due"), null=True, blank=True)
    task = models.OneToOneField(
        Task, null=True, blank=True, on_delete=models.SET_NULL, related_name="finding"
    )
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_reason = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = InspectionFindingQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(task=None) | Q(organisation__isnull=False), name="plans_finding_task_has_body"
            )
        ]

    def __str__(self) -> str:
        return self.text[:80]

    @classmethod
    def sums_of(cls, inspections: models.QuerySet[Any, Any]) -> dict[str, int]:
        """`all` findings of these inspections (primary keys), and those `waiting` for a task."""
        rows = cls.objects.filter(inspection__in=inspections, ended_at=None)
        waiting = models.Count("pk", filter=Q(task=None))
        return rows.aggregate(all=models.Count("pk"), waiting=waiting)
