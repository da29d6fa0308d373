"""What kind of work a task is, and the records that its agencies keep of it.

A record belongs to a task and to the agency that keeps it: one task can ask a hundred communes for a session
each, or one agency for a review of ten documents (docs/decisions, "a record an agency").
"""

from __future__ import annotations

from typing import Any, Self

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.utils.translation import gettext_lazy as _

from nhipcau.apps.access.scope import scope_of
from nhipcau.apps.orgs.models import Organisation
from nhipcau.apps.plans.models.task import Task
from nhipcau.core.text import fold

SEARCHED_WORDS = 8


class RecordQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: object) -> Self:
        """Coordinator, leader and reader see all, agencies their own; what was dropped nobody."""
        scope = scope_of(user)
        rows = self.filter(ended_at=None)
        if scope.has("coordinator", "leader", "reader"):
            return rows
        own = scope.organisations("officer", "commune_officer")
        return rows.filter(organisation__in=own) if own else rows.none()

    def matching(self, words: str) -> Self:
        """Every word stands in the record, marks and case aside."""
        found = self
        for word in fold(words).split()[:SEARCHED_WORDS]:
            found = found.filter(text_fold__contains=word)
        return found


class Record(models.Model):
    """What the kinds have in common. `day` to `last_day`: when it was held, or reviewed; empty: not yet
    fixed.
    """

    task = models.ForeignKey(Task, on_delete=models.CASCADE, related_name="%(class)ss")
    # Carrying: what was held stays with the body that held it.
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="%(class)ss")
    topic = models.CharField(_("topic"), max_length=300)
    day = models.DateField(null=True, blank=True)
    last_day = models.DateField(null=True, blank=True)
    place = models.CharField(_("place"), max_length=300, blank=True)
    text_fold = models.TextField(blank=True, editable=False)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField(auto_now=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_reason = models.CharField(max_length=300, blank=True)

    objects = RecordQuerySet.as_manager()
    SEARCHED: tuple[str, ...] = ("topic", "place")

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.topic

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.text_fold = fold(" ".join(str(getattr(self, name)) for name in self.SEARCHED))
        super().save(*args, **kwargs)


class Course(Record):
    """A training course."""

    days = models.PositiveSmallIntegerField(_("days"), null=True, blank=True)
    taught_by = models.CharField(_("taught by"), max_length=300, blank=True)
    SEARCHED = ("topic", "place", "taught_by")

    class Meta:
        ordering = ["-day", "-pk"]
        indexes = [GinIndex(fields=["text_fold"], opclasses=["gin_trgm_ops"], name="plans_course_text")]


class CourseParticipants(models.Model):
    """How many a unit sent to a course. `unit` is as it was typed where it names no body known here."""

    course = models.ForeignKey(Course, on_delete=models.CASCADE, related_name="participants")
    organisation = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    unit = models.CharField(max_length=200)
    count = models.PositiveIntegerField()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.unit}: {self.count}"

    @classmethod
    def sum_of(cls, courses: models.QuerySet[Any, Any]) -> int:
        """How many took part in these courses (primary keys)."""
        return cls.objects.filter(course__in=courses).aggregate(n=models.Sum("count"))["n"] or 0


class Review(Record):
    """A legal document or a procedure that was looked at, what was proposed, to whom, with what result."""

    class What(models.TextChoices):
        LAW = "law", _("legal document")
        PROCEDURE = "procedure", _("procedure")

    class Proposal(models.TextChoices):
        KEEP = "keep", _("keep as it is")
        AMEND = "amend", _("amend")
        REPLACE = "replace", _("replace")
        ISSUE = "issue", _("issue a new one")
        SIMPLIFY = "simplify", _("fewer steps or papers")
        SHORTEN = "shorten", _("shorter time")
        ONLINE = "online", _("do it online")
        ABOLISH = "abolish", _("abolish")

    class Result(models.TextChoices):
        ACCEPTED = "accepted", _("accepted")
        PARTLY = "partly", _("accepted in part")
        DECLINED = "declined", _("declined")

    what = models.CharField(max_length=10, choices=What.choices)
    number = models.CharField(_("number or code"), max_length=60, blank=True)
    found = models.TextField(_("what was found"), blank=True)
    proposal = models.CharField(_("proposal"), max_length=10, choices=Proposal.choices, blank=True)
    proposal_text = models.TextField(_("proposal in words"), blank=True)
    addressee = models.CharField(_("to whom"), max_length=200, blank=True)
    sent_number = models.CharField(_("sent with"), max_length=60, blank=True)
    sent_on = models.DateField(_("sent on"), null=True, blank=True)
    result = models.CharField(_("outcome"), max_length=10, choices=Result.choices, blank=True)
    result_on = models.DateField(_("answered on"), null=True, blank=True)
    result_text = models.CharField(_("answer"), max_length=300, blank=True)
    SEARCHED = ("topic", "number", "addressee", "found", "proposal_text")

    class Meta:
        ordering = ["-day", "-pk"]
        indexes = [GinIndex(fields=["text_fold"], opclasses=["gin_trgm_ops"], name="plans_review_text")]


class Dissemination(Record):
    """A session in which people are told of law, policy or procedures."""

    class Form(models.TextChoices):
        MEETING = "meeting", _("meeting in person")
        ONLINE = "online", _("meeting online")
        BOTH = "both", _("in person and online")
        BROADCAST = "broadcast", _("radio, television, loudspeakers")
        PRESS = "press", _("press, website, social network")
        PAPERS = "papers", _("leaflets, papers")
        CONTEST = "contest", _("contest, performance")
        OTHER = "other", _("other")

    form = models.CharField(_("form"), max_length=10, choices=Form.choices, default=Form.MEETING)
    attendance = models.PositiveIntegerField(_("attendance"), null=True, blank=True)

    class Meta:
        ordering = ["-day", "-pk"]
        indexes = [
            GinIndex(fields=["text_fold"], opclasses=["gin_trgm_ops"], name="plans_dissemination_text")
        ]
