"""What an agency sent of a closed period after its time, and why it came back. Nothing is overwritten."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from nhipcau.apps.files.models import Upload
from nhipcau.apps.plans.models.period import PeriodPart


class LateReportQuerySet(models.QuerySet["LateReport"]):
    def visible_to(self, user: object) -> LateReportQuerySet:
        """With the part of the period: both sides read what was sent and why it was returned."""
        return self.filter(part__in=PeriodPart.objects.visible_to(user).order_by().values("pk"))


class LateReport(models.Model):
    """One sending; the part's status says whether the last one waits, came back or was accepted."""

    part = models.ForeignKey(PeriodPart, on_delete=models.CASCADE, related_name="reports")
    text = models.TextField(_("what was done"))
    # From the form: the same submission twice is one report.
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    return_reason = models.TextField(_("why it was returned"), blank=True)
    returned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    returned_at = models.DateTimeField(null=True, blank=True)

    objects = LateReportQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(returned_by=None) | ~Q(return_reason=""), name="plans_late_return_reason"
            )
        ]

    def __str__(self) -> str:
        return self.text[:80]


class LateEvidenceQuerySet(models.QuerySet["LateEvidence"]):
    def visible_to(self, user: object) -> LateEvidenceQuerySet:
        """With the report that it belongs to."""
        return self.filter(report__in=LateReport.objects.visible_to(user).order_by().values("pk"))


class LateEvidence(models.Model):
    """A file that shows what a late report says."""

    report = models.ForeignKey(LateReport, on_delete=models.CASCADE, related_name="evidence")
    upload = models.ForeignKey(Upload, on_delete=models.PROTECT, related_name="late_evidence")
    name = models.CharField(max_length=255)

    objects = LateEvidenceQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["report", "upload"], name="plans_late_evidence_once"),
        ]

    def __str__(self) -> str:
        return self.name
