"""A document that gives work: a plan that was read, or a conclusion, letter, note tasks were taken from."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from nhipcau.apps.access.scope import scope_of
from nhipcau.apps.files.models import LongWork, Upload
from nhipcau.apps.orgs.models import Organisation, OrganisationSet
from nhipcau.apps.plans.models.frozen import FROZEN_DOCUMENT
from nhipcau.core.text import fold


class DocumentQuerySet(models.QuerySet["Document"]):
    def visible_to(self, user: object) -> DocumentQuerySet:
        """Coordinators see all; everyone else the approved ones."""
        scope = scope_of(user)
        if scope.has("coordinator"):
            return self
        return self.filter(state=Document.State.APPROVED) if scope.roles else self.none()


class Document(models.Model):
    class Kind(models.TextChoices):
        PLAN = "plan", _("plan")
        CONCLUSION = "conclusion", _("conclusion")
        LETTER = "letter", _("official letter")
        NOTE = "note", _("leader's note")
        MINUTES = "minutes", _("minutes of an inspection")
        OTHER = "other", _("other document")

    class State(models.TextChoices):
        READING = "reading", _("being read")
        DRAFT = "draft", _("draft")
        APPROVED = "approved", _("approved")
        REFUSED = "refused", _("could not be read")
        REMOVED = "removed", _("removed for good")

    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices, default=Kind.PLAN)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.READING)
    number = models.CharField(_("number"), max_length=60, blank=True)
    issued_on = models.DateField(_("issued on"), null=True, blank=True)
    # Where the day is blank (drafts, scans), the day by which names are read: the end of the year it
    # speaks of.
    as_of = models.DateField(null=True, blank=True, editable=False)
    type_name = models.CharField(_("type"), max_length=60, blank=True)
    title = models.TextField(_("title"), blank=True)
    title_fold = models.TextField(blank=True, editable=False)
    issuer_name = models.CharField(_("issuer"), max_length=300, blank=True)
    upload = models.ForeignKey(
        Upload, null=True, blank=True, on_delete=models.PROTECT, related_name="documents"
    )
    amends = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="amendments"
    )
    # An amendment that names only what changes: the tasks it does not name go on instead of ending.
    amends_part = models.BooleanField(default=False)
    # The reading as the reader gave it (plan/1, with text and spans); never edited, corrections are drafts.
    reading = models.JSONField(null=True, blank=True)
    reader_version = models.CharField(max_length=20, blank=True)
    # {"code", "values"}: never a sentence, so it is shown in the reader's language.
    refusal = models.JSONField(null=True, blank=True)
    # How far the reading is, for the page that waits for it.
    work = models.ForeignKey(LongWork, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    # Counts every change of the draft: who approves names the one she saw, and is told when it is an
    # older one.
    revision = models.PositiveIntegerField(default=0)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    changed_at = models.DateTimeField(null=True, blank=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    approved_at = models.DateTimeField(null=True, blank=True)
    removed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    removed_at = models.DateTimeField(null=True, blank=True)

    objects = DocumentQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        triggers = [FROZEN_DOCUMENT]

    def __str__(self) -> str:
        return self.number or self.title[:80]

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.title_fold = fold(self.title)
        super().save(*args, **kwargs)

    @property
    def dated(self) -> date:
        """The day by which names and memberships are read: the date of issue, else `as_of`, else the
        upload's.
        """
        return self.issued_on or self.as_of or timezone.localtime(self.created_at).date()

    @property
    def text(self) -> str:
        """The normalised text that all spans point into; empty for a document that was not read."""
        return str((self.reading or {}).get("text", ""))


class NotAssigning(models.Model):
    """A sentence that the reader took for an assignment and a reviewer did not: it leaves the coverage
    strip.
    """

    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="not_assigning")
    span_start = models.PositiveIntegerField()
    span_end = models.PositiveIntegerField()
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["span_start"]
        constraints = [
            models.UniqueConstraint(
                fields=["document", "span_start", "span_end"], name="plans_not_assigning_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.span_start}-{self.span_end}"


class Citation(models.Model):
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="citations")
    number = models.CharField(max_length=60)
    number_key = models.CharField(max_length=60, db_index=True)
    type_name = models.CharField(max_length=60, blank=True)
    issued_on = models.DateField(null=True, blank=True)
    issuer_name = models.CharField(max_length=300, blank=True)
    span_start = models.PositiveIntegerField(null=True)
    span_end = models.PositiveIntegerField(null=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.number


class ReportingDuty(models.Model):
    """A duty to report on the plan, kept as approved for the reporting to come.

    `due`, `every`, `due_rules` and `within` as in plan/1: each rule says its own period, and kind and value
    as core.workdays.DueRule understands them, or neither.
    """

    class Every(models.TextChoices):
        MONTH = "month", pgettext_lazy("report", "every month")
        QUARTER = "quarter", pgettext_lazy("report", "every quarter")
        HALF = "half", pgettext_lazy("report", "half-year")
        NINE_MONTHS = "nine-months", pgettext_lazy("report", "nine months")
        YEAR = "year", pgettext_lazy("report", "every year")

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="reporting_duties")
    by_phrase = models.TextField()
    to_phrase = models.CharField(max_length=300, blank=True)
    via_phrase = models.CharField(max_length=300, blank=True)
    kind = models.CharField(max_length=12)
    due = models.CharField(max_length=12, blank=True)
    # The shortest period of its rules; empty where the words name none.
    every = models.CharField(max_length=12, choices=Every.choices, blank=True)
    due_rules = models.JSONField(default=list, blank=True)
    # The report in which it may be sent ("báo cáo công tác đối ngoại hằng năm").
    within = models.CharField(max_length=200, blank=True)
    text = models.TextField()
    span_start = models.PositiveIntegerField(null=True)
    span_end = models.PositiveIntegerField(null=True)
    organisations = models.ManyToManyField(Organisation, related_name="reporting_duties", blank=True)
    sets = models.ManyToManyField(OrganisationSet, related_name="reporting_duties", blank=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.kind} {self.due}"
