"""A draft on which agencies are asked for their opinion, what they answered, and what became of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from nhipcau.apps.access.scope import scope_of
from nhipcau.apps.files.models import Upload
from nhipcau.apps.orgs.models import Organisation, OrganisationSet
from nhipcau.apps.plans.models.document import Document
from nhipcau.core.text import fold

if TYPE_CHECKING:
    from datetime import date


MOST_WORDS = 12


class ConsultationQuerySet(models.QuerySet["Consultation"]):
    def visible_to(self, user: object) -> ConsultationQuerySet:
        """Coordinator, leader and reader see all; officers those in which their agency is asked."""
        scope = scope_of(user)
        if scope.has("coordinator", "leader", "reader"):
            return self
        own = scope.organisations("officer", "commune_officer")
        asked = ConsultationAnswer.objects.filter(organisation__in=own).values("consultation")
        return self.filter(pk__in=asked) if own else self.none()

    def matching(self, words: str) -> ConsultationQuerySet:
        """Every word stands in the title, marks and case aside."""
        found = self
        for word in fold(words).split()[:MOST_WORDS]:
            found = found.filter(title_fold__contains=word)
        return found


class Consultation(models.Model):
    """Open until it is closed with a reason; an answer after `due_on` counts, and is marked late."""

    title = models.TextField(_("title"))
    title_fold = models.TextField(editable=False)
    question = models.TextField(_("what is asked"), blank=True)
    # The plan whose work it is, if any.
    document = models.ForeignKey(
        Document, null=True, blank=True, on_delete=models.PROTECT, related_name="consultations"
    )
    letter_number = models.CharField(_("number of the letter"), max_length=60, blank=True)
    letter_on = models.DateField(_("date of the letter"), null=True, blank=True)
    due_on = models.DateField(_("answers by"))
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_reason = models.CharField(max_length=300, blank=True)

    objects = ConsultationQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return self.title[:80]

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.title_fold = fold(self.title)
        super().save(*args, **kwargs)


class ConsultationDraftQuerySet(models.QuerySet["ConsultationDraft"]):
    def visible_to(self, user: object) -> ConsultationDraftQuerySet:
        """Those of the consultations in view."""
        return self.filter(consultation__in=Consultation.objects.visible_to(user).order_by().values("pk"))


class ConsultationDraft(models.Model):
    """A version of the draft: the file, and its paragraphs when it could be read.

    Remarks point to paragraphs of the version that they were made on, and to those of the version in
    which they were taken up.
    """

    consultation = models.ForeignKey(Consultation, on_delete=models.PROTECT, related_name="drafts")
    number = models.PositiveSmallIntegerField()
    upload = models.ForeignKey(Upload, on_delete=models.PROTECT, related_name="+")
    paragraphs = models.JSONField(default=list)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    objects = ConsultationDraftQuerySet.as_manager()

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["consultation", "number"], name="plans_consultation_draft_once")
        ]

    def __str__(self) -> str:
        return f"{self.number}"

    def paragraph(self, place: int | None) -> str:
        """The words of a paragraph; empty for none."""
        if place is None or not 0 <= place < len(self.paragraphs):
            return ""
        return str(self.paragraphs[place])


class ConsultationAnswerQuerySet(models.QuerySet["ConsultationAnswer"]):
    def visible_to(self, user: object) -> ConsultationAnswerQuerySet:
        """Who sees all consultations sees all answers; an agency its own."""
        scope = scope_of(user)
        if scope.has("coordinator", "leader", "reader"):
            return self
        own = scope.organisations("officer", "commune_officer")
        return self.filter(organisation__in=own) if own else self.none()


class ConsultationAnswer(models.Model):
    """One agency that is asked. No answer is not agreement: `kind` stays empty."""

    class Kind(models.TextChoices):
        AGREE = "agree", _("agrees")
        REMARKS = "remarks", _("has remarks")

    consultation = models.ForeignKey(Consultation, on_delete=models.PROTECT, related_name="answers")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    set = models.ForeignKey(
        OrganisationSet, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    kind = models.CharField(_("answer"), max_length=10, choices=Kind.choices, blank=True)
    letter_number = models.CharField(_("number of the letter"), max_length=60, blank=True)
    answered_on = models.DateField(null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    # Counts the answers given, so that of two at once the second is told.
    version = models.PositiveIntegerField(default=0)

    objects = ConsultationAnswerQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["consultation", "organisation"], name="plans_consultation_asked_once"
            ),
            models.CheckConstraint(
                condition=Q(kind="", answered_on=None) | (~Q(kind="") & Q(answered_on__isnull=False)),
                name="plans_consultation_answer_has_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id}: {self.kind}"

    def late(self, due_on: date) -> bool:
        """Whether it came after the day that was set."""
        return self.answered_on is not None and self.answered_on > due_on


class RemarkQuerySet(models.QuerySet["Remark"]):
    def visible_to(self, user: object) -> RemarkQuerySet:
        """With the answers."""
        return self.filter(answer__in=ConsultationAnswer.objects.visible_to(user).order_by().values("pk"))


class Remark(models.Model):
    """What an agency says of one place of the draft, and how it was settled.

    A place is a paragraph of a version (`draft`, `passage`), or words where the file has none ("mục III").
    """

    class Outcome(models.TextChoices):
        TAKEN = "taken", _("taken up")
        PARTLY = "partly", _("taken up in part")
        EXPLAINED = "explained", _("explained, kept as it is")

    answer = models.ForeignKey(ConsultationAnswer, on_delete=models.PROTECT, related_name="remarks")
    draft = models.ForeignKey(ConsultationDraft, on_delete=models.PROTECT, related_name="+")
    passage = models.PositiveIntegerField(null=True, blank=True)
    place = models.CharField(_("place"), max_length=200, blank=True)
    text = models.TextField(_("remark"))
    outcome = models.CharField(_("outcome"), max_length=10, choices=Outcome.choices, blank=True)
    explanation = models.TextField(_("explanation"), blank=True)
    settled_draft = models.ForeignKey(
        ConsultationDraft, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    settled_passage = models.PositiveIntegerField(null=True, blank=True)
    settled_place = models.CharField(max_length=200, blank=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    settled_at = models.DateTimeField(null=True, blank=True)

    objects = RemarkQuerySet.as_manager()

    class Meta:
        ordering = ["draft", "passage", "pk"]

    def __str__(self) -> str:
        return self.text[:80]

    @property
    def quoted(self) -> str:
        """The paragraph it speaks of."""
        return self.draft.paragraph(self.passage)

    @property
    def settled_quoted(self) -> str:
        """The paragraph of the new draft in which it was taken up."""
        return self.settled_draft.paragraph(self.settled_passage) if self.settled_draft else ""
