"""What a unit answered: a numbered version of its report, with texts, figures and files.

A version that was sent is never changed: it comes back with a reason, and the next one begins as its copy.
"""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from nhipcau.apps.access.scope import scope_of
from nhipcau.apps.files.models import Upload
from nhipcau.apps.orgs.models import Organisation
from nhipcau.apps.plans.models import Status, Task
from nhipcau.apps.reporting.models.form import Section, SectionIndicator
from nhipcau.apps.reporting.models.frozen import FROZEN_ANSWER, FROZEN_SUBMISSION
from nhipcau.apps.reporting.models.obligation import Obligation
from nhipcau.apps.reporting.models.period import OVERSEEING, WORKING


def seen_by(user: object) -> Q:
    """Versions that `user` may read: her own unit's all, others' those sent."""
    scope = scope_of(user)
    own = scope.organisations(*WORKING)
    theirs = Q(obligation__organisation__in=own)
    sent = Q(sent_at__isnull=False)
    if scope.has("coordinator"):
        # What she enters from paper for a unit, before it is sent.
        return sent | theirs | Q(via=Submission.Via.PAPER)
    if scope.has(*OVERSEEING):
        return sent | theirs
    through = Q(obligation__through__in=own) & sent
    return theirs | through if own else Q(pk__in=())


class SubmissionQuerySet(models.QuerySet["Submission"]):
    def visible_to(self, user: object) -> SubmissionQuerySet:
        """What was sent goes to those who oversee; what was not stays inside the unit."""
        return self.filter(seen_by(user))


class Submission(models.Model):
    """`received_number` is the number that acknowledges it: given when it is sent, once, in order.

    `organisation` is the unit under the name it had when it sent; a restructuring changes it no more.
    """

    class State(models.TextChoices):
        DRAFT = "draft", pgettext_lazy("submission", "draft")
        TO_APPROVE = "to_approve", _("waits for the head's approval")
        SENT = "sent", pgettext_lazy("submission", "sent")
        RETURNED = "returned", pgettext_lazy("submission", "returned")
        APPROVED = "approved", pgettext_lazy("submission", "approved")

    class Via(models.TextChoices):
        PAGE = "page", pgettext_lazy("submission", "typed in")
        WORKBOOK = "workbook", pgettext_lazy("submission", "as a workbook")
        PAPER = "paper", pgettext_lazy("submission", "entered from paper")
        MACHINE = "machine", pgettext_lazy("submission", "by a program")

    obligation = models.ForeignKey(Obligation, on_delete=models.PROTECT, related_name="submissions")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="report_submissions"
    )
    number = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    via = models.CharField(max_length=8, choices=Via.choices, default=Via.PAGE)
    # From the form: the same sending twice is one.
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    # "Nothing to report" as an answer.
    nothing = models.BooleanField(default=False)
    received_number = models.CharField(max_length=30, blank=True)
    # Of all answers as they were sent (sha256 of their canonical JSON); empty while it is a draft.
    digest = models.CharField(max_length=64, blank=True)
    # Counts every saving, so that two people's pages cannot overwrite one another.
    revision = models.PositiveIntegerField(default=0)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    saved_at = models.DateTimeField(auto_now_add=True)
    saved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    # The open page that saved last: its next saving is no other person's.
    saved_from = models.UUIDField(null=True, blank=True, editable=False)
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    sent_at = models.DateTimeField(null=True, blank=True)
    # The day on which the paper came, of what was entered from paper later.
    paper_on = models.DateField(_("came on paper on"), null=True, blank=True)

    objects = SubmissionQuerySet.as_manager()

    class Meta:
        ordering = ["obligation", "number"]
        triggers = [FROZEN_SUBMISSION]
        constraints = [
            models.UniqueConstraint(fields=["obligation", "number"], name="reporting_submission_once"),
            models.UniqueConstraint(
                fields=["obligation"],
                condition=Q(state__in=("draft", "to_approve")),
                name="reporting_submission_one_draft",
            ),
            models.UniqueConstraint(
                fields=["received_number"],
                condition=~Q(received_number=""),
                name="reporting_submission_received_number",
            ),
            models.CheckConstraint(
                condition=Q(state__in=("draft", "to_approve"))
                | (Q(sent_at__isnull=False) & ~Q(received_number="") & ~Q(digest="")),
                name="reporting_submission_sent",
            ),
        ]

    def __str__(self) -> str:
        return self.received_number or f"{self.obligation_id}/{self.number}"


class PassageQuerySet(models.QuerySet["Passage"]):
    def visible_to(self, user: object) -> PassageQuerySet:
        """With the version."""
        return self.filter(submission__in=Submission.objects.visible_to(user).order_by().values("pk"))


class Passage(models.Model):
    """One text of a version: of a section, of a task in it, or a difficulty with whom it is addressed to.

    Of a task, `status`, `due_on` and `done_on` are the unit's own part as it stood when the version was sent.
    `text` is empty where the unit said nothing of the task, or `nothing`: there is nothing to report.
    """

    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name="passages")
    section = models.ForeignKey(Section, on_delete=models.PROTECT, related_name="passages")
    position = models.PositiveSmallIntegerField(default=0)
    task = models.ForeignKey(
        Task, null=True, blank=True, on_delete=models.PROTECT, related_name="report_passages"
    )
    text = models.TextField(blank=True)
    # "Nothing to report" as the answer of a section.
    nothing = models.BooleanField(default=False)
    # Of the folded text without punctuation: units that wrote the same have the same.
    likeness = models.CharField(max_length=32, blank=True, editable=False)
    # "proposal" asks the addressee for something, "difficulty" says what is in the way.
    addressee = models.CharField(_("addressed to"), max_length=300, blank=True)
    status = models.CharField(max_length=12, choices=Status.choices, blank=True)
    due_on = models.DateField(null=True, blank=True)
    done_on = models.DateField(null=True, blank=True)

    objects = PassageQuerySet.as_manager()

    class Meta:
        ordering = ["submission", "section", "position", "pk"]
        triggers = [FROZEN_ANSWER]
        indexes = [models.Index(fields=["section", "likeness"], name="reporting_passage_same")]
        constraints = [
            models.UniqueConstraint(
                fields=["submission", "section", "task"],
                condition=Q(task__isnull=False),
                name="reporting_passage_task_once",
            ),
            models.UniqueConstraint(
                fields=["submission", "section", "position"],
                condition=Q(task=None),
                name="reporting_passage_once",
            ),
        ]

    def __str__(self) -> str:
        return self.text[:80]


class ValueQuerySet(models.QuerySet["Value"]):
    def visible_to(self, user: object) -> ValueQuerySet:
        """With the version."""
        return self.filter(submission__in=Submission.objects.visible_to(user).order_by().values("pk"))


class Value(models.Model):
    """One figure: the total (`split` and `category` empty) or a part of it, as "group" and "labour".

    `amount` None with `no_data` says that the unit has none; no row says that it has not answered.
    """

    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name="values")
    asked = models.ForeignKey(SectionIndicator, on_delete=models.PROTECT, related_name="values")
    split = models.CharField(max_length=20, blank=True)
    category = models.CharField(max_length=40, blank=True)
    amount = models.DecimalField(max_digits=20, decimal_places=4, null=True, blank=True)
    no_data = models.BooleanField(default=False)
    # The named count that it was drawn from; empty for what was typed.
    drawn_from = models.CharField(max_length=80, blank=True)
    drawn_at = models.DateTimeField(null=True, blank=True)

    objects = ValueQuerySet.as_manager()

    class Meta:
        ordering = ["submission", "asked", "split", "category"]
        triggers = [FROZEN_ANSWER]
        constraints = [
            models.UniqueConstraint(
                fields=["submission", "asked", "split", "category"], name="reporting_value_once"
            ),
            models.CheckConstraint(
                condition=Q(amount__isnull=False, no_data=False) | Q(amount=None, no_data=True),
                name="reporting_value_or_none",
            ),
            models.CheckConstraint(
                condition=Q(split="", category="") | (~Q(split="") & ~Q(category="")),
                name="reporting_value_part",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.asked_id} {self.split}={self.category}: {self.amount}"


class AttachmentQuerySet(models.QuerySet["Attachment"]):
    def visible_to(self, user: object) -> AttachmentQuerySet:
        """With the version."""
        return self.filter(submission__in=Submission.objects.visible_to(user).order_by().values("pk"))


class Attachment(models.Model):
    """A file of a version."""

    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name="attachments")
    section = models.ForeignKey(Section, on_delete=models.PROTECT, related_name="attachments")
    upload = models.ForeignKey(Upload, on_delete=models.PROTECT, related_name="report_attachments")
    name = models.CharField(max_length=255)

    objects = AttachmentQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        triggers = [FROZEN_ANSWER]
        constraints = [
            models.UniqueConstraint(
                fields=["submission", "section", "upload"], name="reporting_attachment_once"
            )
        ]

    def __str__(self) -> str:
        return self.name


class CheckReasonQuerySet(models.QuerySet["CheckReason"]):
    def visible_to(self, user: object) -> CheckReasonQuerySet:
        """With the version."""
        return self.filter(submission__in=Submission.objects.visible_to(user).order_by().values("pk"))


class CheckReason(models.Model):
    """Why a warning of the checks does not hold: `code` of the check, `place` what it is about."""

    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name="check_reasons")
    code = models.CharField(max_length=40)
    place = models.CharField(max_length=120, blank=True)
    reason = models.CharField(_("reason"), max_length=500)

    objects = CheckReasonQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        triggers = [FROZEN_ANSWER]
        constraints = [
            models.UniqueConstraint(
                fields=["submission", "code", "place"], name="reporting_check_reason_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.place}"


class OfficeVerdictQuerySet(models.QuerySet["Verdict"]):
    def visible_to(self, user: object) -> OfficeVerdictQuerySet:
        """What the head said inside the unit stays there; the rest goes to both sides."""
        seen = Submission.objects.visible_to(user).order_by().values("pk")
        own = scope_of(user).organisations(*WORKING)
        outside = ~Q(what__in=INSIDE)
        return self.filter(
            Q(submission__in=seen) & (outside | Q(submission__obligation__organisation__in=own))
        )


class Verdict(models.Model):
    """What was said to a version: by the unit's head, by the unit that reviews first, by the province.

    `marks` are the places that are wrong: [{"place": "...", "words": "..."}].
    """

    class What(models.TextChoices):
        GIVEN_BACK = "given_back", _("given back inside the unit")
        PASSED_HEAD = "passed_head", _("approved by the head")
        RETURNED = "returned", pgettext_lazy("report", "returned")
        PASSED_BELOW = "passed_below", _("approved by the unit that reviews first")
        APPROVED = "approved", pgettext_lazy("report", "approved")

    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name="verdicts")
    what = models.CharField(max_length=12, choices=What.choices)
    reason = models.TextField(blank=True)
    marks = models.JSONField(default=list, blank=True)
    redo_by = models.DateTimeField(null=True, blank=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    objects = OfficeVerdictQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(what__in=("given_back", "returned")) | ~Q(reason=""),
                name="reporting_verdict_reason",
            )
        ]

    def __str__(self) -> str:
        return self.what


INSIDE = (Verdict.What.GIVEN_BACK, Verdict.What.PASSED_HEAD)


class ReceivedCounter(models.Model):
    """The last received number of a year: locked until the sending that took it is written, so no gaps."""

    year = models.PositiveSmallIntegerField(unique=True)
    last = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["year"]

    def __str__(self) -> str:
        return f"{self.year}: {self.last}"
