"""A filled-in workbook that a unit sent: read, checked, looked at, then taken over into its draft."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import pgettext_lazy

from nhipcau.apps.access.scope import scope_of
from nhipcau.apps.files.models import LongWork, Upload
from nhipcau.apps.reporting.models.obligation import Obligation
from nhipcau.apps.reporting.models.period import WORKING
from nhipcau.apps.reporting.models.submission import Submission


class WorkbookQuerySet(models.QuerySet["Workbook"]):
    def visible_to(self, user: object) -> WorkbookQuerySet:
        """As the draft it becomes: inside the unit; and who handed it in for the unit."""
        scope = scope_of(user)
        own = models.Q(obligation__organisation__in=scope.organisations(*WORKING))
        if scope.has("coordinator"):
            own |= models.Q(created_by_id=getattr(user, "pk", None))
        return self.filter(own)


class Workbook(models.Model):
    """One file. `lines` are its rows as they were read (`workbooks.reading.packed`): what they answer, and
    what is wrong with which cell, is found out each time, in the reader's language.
    """

    class State(models.TextChoices):
        READING = "reading", pgettext_lazy("workbook", "being read")
        READ = "read", pgettext_lazy("workbook", "waits to be taken over")
        REFUSED = "refused", pgettext_lazy("workbook", "could not be read")
        TAKEN = "taken", pgettext_lazy("workbook", "taken over")

    obligation = models.ForeignKey(Obligation, on_delete=models.CASCADE, related_name="workbooks")
    upload = models.ForeignKey(Upload, on_delete=models.PROTECT, related_name="report_workbooks")
    name = models.CharField(max_length=255)
    state = models.CharField(max_length=8, choices=State.choices, default=State.READING)
    # A code and its values, so that the reader's language holds.
    refusal = models.JSONField(null=True, blank=True)
    lines = models.JSONField(default=list, blank=True)
    # Of the draft that it was made from, -1 where there was none; how much was read and was wrong.
    counts = models.JSONField(default=dict, blank=True)
    work = models.ForeignKey(LongWork, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    taken_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    taken_at = models.DateTimeField(null=True, blank=True)
    # The draft that it went into.
    submission = models.ForeignKey(
        Submission, null=True, blank=True, on_delete=models.PROTECT, related_name="workbooks"
    )

    objects = WorkbookQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            # The same bytes are the same workbook, unless it came to nothing.
            models.UniqueConstraint(
                fields=["obligation", "upload"],
                condition=models.Q(state__in=("reading", "read")),
                name="reporting_workbook_once",
            )
        ]

    def __str__(self) -> str:
        return f"workbook {self.pk} {self.state}"
