"""The province's report of a period: paragraphs with their sources, what was set aside, what was signed."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from nhipcau.apps.access.scope import scope_of
from nhipcau.apps.files.models import LongWork, Upload
from nhipcau.apps.plans.models import Task
from nhipcau.apps.reporting.models.form import Section
from nhipcau.apps.reporting.models.frozen import FROZEN_REPORT
from nhipcau.apps.reporting.models.period import Period
from nhipcau.apps.reporting.models.submission import Passage


class ConsolidationQuerySet(models.QuerySet["Consolidation"]):
    def visible_to(self, user: object) -> ConsolidationQuerySet:
        """Coordinator and leader: a draft of the province is nobody else's."""
        return self if scope_of(user).has("coordinator", "leader") else self.none()


class Consolidation(models.Model):
    """The draft that is worked on; one a period. `revision` counts every change."""

    period = models.OneToOneField(Period, on_delete=models.PROTECT, related_name="consolidation")
    # What the letterhead and the signature say; the texts of the form of documents.
    subject = models.CharField(_("subject"), max_length=500, blank=True)
    # {"agency", "parent_body", "symbol", "place"}: the letterhead.
    letterhead = models.JSONField(default=dict, blank=True)
    bases = models.JSONField(default=list, blank=True)
    addressed_to = models.JSONField(default=list, blank=True)
    recipients = models.JSONField(default=list, blank=True)
    # {"authority": [...], "title": "...", "name": "..."}
    signature = models.JSONField(default=dict, blank=True)
    revision = models.PositiveIntegerField(default=0)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    changed_at = models.DateTimeField(auto_now=True)

    objects = ConsolidationQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"consolidation of {self.period_id}"


class ParagraphQuerySet(models.QuerySet["Paragraph"]):
    def visible_to(self, user: object) -> ParagraphQuerySet:
        """With the draft."""
        return self.filter(consolidation__in=Consolidation.objects.visible_to(user).order_by().values("pk"))


class Paragraph(models.Model):
    """`task` where it is about one task of a section of tasks; `addressee` where it is a difficulty.

    `text` holds figures as tokens ("[[code]]"). `generated` until somebody changes it: only until then may it
    be made anew. `version` counts its changes, so that who was slower is told.
    """

    consolidation = models.ForeignKey(Consolidation, on_delete=models.CASCADE, related_name="paragraphs")
    section = models.ForeignKey(Section, on_delete=models.PROTECT, related_name="paragraphs")
    task = models.ForeignKey(
        Task, null=True, blank=True, on_delete=models.PROTECT, related_name="consolidated_paragraphs"
    )
    addressee = models.CharField(_("addressed to"), max_length=300, blank=True)
    position = models.PositiveIntegerField()
    text = models.TextField()
    # One of a list of results, printed behind a dash.
    is_item = models.BooleanField(default=False)
    generated = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=0)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    changed_at = models.DateTimeField(auto_now=True)

    objects = ParagraphQuerySet.as_manager()

    class Meta:
        ordering = ["consolidation", "section", "position", "pk"]

    def __str__(self) -> str:
        return self.text[:80]


class ParagraphSourceQuerySet(models.QuerySet["ParagraphSource"]):
    def visible_to(self, user: object) -> ParagraphSourceQuerySet:
        """With the paragraph."""
        return self.filter(paragraph__in=Paragraph.objects.visible_to(user).order_by().values("pk"))


class ParagraphSource(models.Model):
    """A passage, or the sentences of it from `start` to `end`, that a paragraph was made from."""

    paragraph = models.ForeignKey(Paragraph, on_delete=models.CASCADE, related_name="sources")
    passage = models.ForeignKey(Passage, on_delete=models.PROTECT, related_name="used_in")
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()

    objects = ParagraphSourceQuerySet.as_manager()

    class Meta:
        ordering = ["paragraph", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["paragraph", "passage", "start", "end"], name="reporting_source_once"
            ),
            models.CheckConstraint(condition=Q(end__gt=models.F("start")), name="reporting_source_span"),
        ]

    def __str__(self) -> str:
        return f"{self.paragraph_id} ← {self.passage_id}"


class SetAsideQuerySet(models.QuerySet["SetAside"]):
    def visible_to(self, user: object) -> SetAsideQuerySet:
        """With the draft."""
        return self.filter(consolidation__in=Consolidation.objects.visible_to(user).order_by().values("pk"))


class SetAside(models.Model):
    """A passage that was read and not taken, with the reason where one was given."""

    consolidation = models.ForeignKey(Consolidation, on_delete=models.CASCADE, related_name="set_aside")
    passage = models.ForeignKey(Passage, on_delete=models.PROTECT, related_name="set_aside_in")
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    objects = SetAsideQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["consolidation", "passage"], name="reporting_set_aside_once")
        ]

    def __str__(self) -> str:
        return f"{self.passage_id} not in {self.consolidation_id}"


class DraftStep(models.Model):
    """One change of the draft, to be taken back: the places that it touched, before and after.

    Both are what `reporting.draft_journal` writes. The record of who did what is the event of the action.
    """

    consolidation = models.ForeignKey(Consolidation, on_delete=models.CASCADE, related_name="steps")
    revision = models.PositiveIntegerField()
    verb = models.CharField(max_length=40)
    before = models.JSONField(default=list)
    after = models.JSONField(default=list)
    undone = models.BooleanField(default=False)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["pk"]
        indexes = [
            models.Index(fields=["consolidation", "made_by", "undone", "id"], name="reporting_step_own")
        ]

    def __str__(self) -> str:
        return f"{self.verb} {self.revision}"


class PassagePrint(models.Model):
    """What the passage of a version that was sent is compared by (`reporting.likeness`), found once."""

    passage = models.OneToOneField(Passage, on_delete=models.CASCADE, related_name="print")
    # Four bytes a number.
    sketch = models.BinaryField()
    figures = models.JSONField(default=list)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"print of {self.passage_id}"


class SignedReportQuerySet(models.QuerySet["SignedReport"]):
    def visible_to(self, user: object) -> SignedReportQuerySet:
        """Coordinator and leader see every version; everyone else who works here those that were signed."""
        scope = scope_of(user)
        if scope.has("coordinator", "leader"):
            return self
        return self.filter(state=SignedReport.State.SIGNED) if scope.roles else self.none()


class SignedReport(models.Model):
    """A frozen version: values, labels, text, template and sources as `content`, with their digest.

    Number and day come from the province's document-management system. A correction is the next version,
    with its reason; what was frozen stays as it was.
    """

    class State(models.TextChoices):
        FROZEN = "frozen", pgettext_lazy("report", "to be signed")
        SIGNED = "signed", pgettext_lazy("report", "signed")
        WITHDRAWN = "withdrawn", pgettext_lazy("report", "withdrawn before it was signed")

    period = models.ForeignKey(Period, on_delete=models.PROTECT, related_name="reports")
    version = models.PositiveSmallIntegerField()
    previous = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="corrections"
    )
    # Why there is another version.
    reason = models.TextField(_("reason of the correction"), blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.FROZEN)
    # report/1: the machine file itself.
    content = models.JSONField()
    digest = models.CharField(max_length=64)
    # The text as edited in Word and taken in again.
    edited = models.ForeignKey(
        Upload, null=True, blank=True, on_delete=models.PROTECT, related_name="edited_reports"
    )
    # What the edited text changed, paragraph by paragraph.
    edits = models.JSONField(default=list, blank=True)
    # Where it departs from the form of official documents, as core.officialdoc's checker says it; None:
    # there is no edited text.
    form_findings = models.JSONField(null=True, blank=True)
    number = models.CharField(_("number"), max_length=60, blank=True)
    issued_on = models.DateField(_("issued on"), null=True, blank=True)
    signer = models.CharField(_("signed by"), max_length=200, blank=True)
    # The signed file, and what its digital signature says: [{"signer", "time", "valid", ...}].
    signed_file = models.ForeignKey(
        Upload, null=True, blank=True, on_delete=models.PROTECT, related_name="signed_reports"
    )
    signatures = models.JSONField(default=list, blank=True)
    work = models.ForeignKey(LongWork, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    frozen_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    frozen_at = models.DateTimeField(auto_now_add=True)
    signed_entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    signed_entered_at = models.DateTimeField(null=True, blank=True)

    objects = SignedReportQuerySet.as_manager()

    class Meta:
        ordering = ["period", "-version"]
        triggers = [FROZEN_REPORT]
        constraints = [
            models.UniqueConstraint(fields=["period", "version"], name="reporting_report_once"),
            models.CheckConstraint(
                condition=Q(version=1) | ~Q(reason=""), name="reporting_report_correction_reason"
            ),
            models.CheckConstraint(
                condition=~Q(state="signed") | (~Q(number="") & Q(issued_on__isnull=False)),
                name="reporting_report_signed",
            ),
        ]

    def __str__(self) -> str:
        return self.number or f"report of {self.period_id} v{self.version}"


class ReportFileQuerySet(models.QuerySet["ReportFile"]):
    def visible_to(self, user: object) -> ReportFileQuerySet:
        """With the report."""
        return self.filter(report__in=SignedReport.objects.visible_to(user).order_by().values("pk"))


class ReportFile(models.Model):
    """A file that was made of a frozen report."""

    class Kind(models.TextChoices):
        DOCX = "docx", _("Word document")
        PDF = "pdf", _("PDF")
        XLSX = "xlsx", _("workbook of the annexes")

    report = models.ForeignKey(SignedReport, on_delete=models.CASCADE, related_name="files")
    kind = models.CharField(max_length=4, choices=Kind.choices)
    upload = models.ForeignKey(Upload, on_delete=models.PROTECT, related_name="report_files")
    made_at = models.DateTimeField(auto_now_add=True)

    objects = ReportFileQuerySet.as_manager()

    class Meta:
        ordering = ["report", "kind"]
        constraints = [models.UniqueConstraint(fields=["report", "kind"], name="reporting_file_once")]

    def __str__(self) -> str:
        return f"{self.kind} of {self.report_id}"


class TakenReportQuerySet(models.QuerySet["TakenReport"]):
    def visible_to(self, user: object) -> TakenReportQuerySet:
        """Who oversees."""
        return self if scope_of(user).has("coordinator", "leader", "reader") else self.none()


class TakenReport(models.Model):
    """A report/1 file that another instance made, as it was taken in. A correction is another row."""

    province = models.CharField(_("province"), max_length=500)
    agency = models.CharField(_("agency"), max_length=500)
    title = models.CharField(_("title"), max_length=500)
    year = models.PositiveSmallIntegerField(_("year"))
    version = models.PositiveSmallIntegerField(_("version"))
    content = models.JSONField()
    digest = models.CharField(max_length=64, unique=True)
    # The version before it, where that was taken in too.
    previous = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="corrections"
    )
    taken_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    taken_at = models.DateTimeField(auto_now_add=True)

    objects = TakenReportQuerySet.as_manager()

    class Meta:
        ordering = ["-taken_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.province}: {self.title}"
