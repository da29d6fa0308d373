"""Tasks as drafted from a reading, until the coordinator approves the document."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from nhipcau.apps.access.scope import scope_of
from nhipcau.apps.orgs.models import Organisation, OrganisationSet
from nhipcau.apps.plans.models.document import Document
from nhipcau.apps.plans.models.frozen import FROZEN_DRAFT
from nhipcau.core.text import fold

if TYPE_CHECKING:
    from nhipcau.apps.plans.models.task import Task  # noqa: F401


class Role(models.TextChoices):
    LEAD = "lead", _("lead")
    RESPONSIBLE = "responsible", _("responsible")
    COORDINATE = "coordinate", _("coordinate")
    ADVISE = "advise", _("advise")
    REQUEST = "request", _("requested")


class DraftTaskQuerySet(models.QuerySet["DraftTask"]):
    def visible_to(self, user: object) -> DraftTaskQuerySet:
        return self if scope_of(user).has("coordinator") else self.none()


class DraftTask(models.Model):
    class State(models.TextChoices):
        NEW = "new", _("not yet looked at")
        ACCEPTED = "accepted", _("accepted")
        DROPPED = "dropped", _("dropped")

    class Origin(models.TextChoices):
        READER = "reader", _("read")
        HAND = "hand", _("made by hand")
        SPLIT = "split", _("split")
        JOINED = "joined", _("joined")

    class Change(models.TextChoices):
        """Against the plan that the document amends; empty for a first plan."""

        SAME = "same", _("unchanged")
        CHANGED = "changed", _("changed")
        ADDED = "added", _("added")

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="drafts")
    # Order in the document; gaps leave room for tasks made by hand.
    position = models.PositiveIntegerField()
    path = models.CharField(max_length=60, blank=True)
    text = models.TextField()
    span_start = models.PositiveIntegerField()
    span_end = models.PositiveIntegerField()
    scope = models.CharField(max_length=10, default="assigned")
    role = models.CharField(max_length=12, choices=Role.choices, default=Role.RESPONSIBLE)
    # plan/1's due entries, with bound, phrase, rule.
    due = models.JSONField(default=list)
    doubts = models.JSONField(default=list)
    state = models.CharField(max_length=10, choices=State.choices, default=State.NEW)
    origin = models.CharField(max_length=10, choices=Origin.choices, default=Origin.READER)
    continues = models.ForeignKey(
        "plans.Task", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    change = models.CharField(max_length=10, choices=Change.choices, blank=True)
    # Counts the changes of this draft: two reviewers collide only when they change the same one.
    version = models.PositiveIntegerField(default=0)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    changed_at = models.DateTimeField(null=True, blank=True)

    objects = DraftTaskQuerySet.as_manager()

    class Meta:
        ordering = ["position", "pk"]
        triggers = [FROZEN_DRAFT]

    def __str__(self) -> str:
        return f"{self.path} {self.text[:60]}"


class DraftAssignment(models.Model):
    """An agency phrase of a draft and what it was matched to: an organisation, a set, or nothing yet.

    `as_written` says that it names nobody in particular ("các cơ quan liên quan") and stays as the
    document has it.
    """

    draft = models.ForeignKey(DraftTask, on_delete=models.CASCADE, related_name="assignments")
    position = models.PositiveSmallIntegerField()
    phrase = models.CharField(max_length=400)
    phrase_fold = models.CharField(max_length=400, editable=False)
    role = models.CharField(max_length=12, choices=Role.choices)
    as_written = models.BooleanField(default=False)
    # A partner of the item ("phối hợp với …"), not one of its agencies.
    partner = models.BooleanField(default=False)
    organisation = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    set = models.ForeignKey(
        OrganisationSet, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.phrase

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.with_folded_phrase()
        super().save(*args, **kwargs)

    def with_folded_phrase(self) -> DraftAssignment:
        """Itself, ready to be written in bulk."""
        self.phrase_fold = fold(self.phrase)
        return self

    @property
    def is_open(self) -> bool:
        """Nobody has said yet whom the phrase means."""
        return self.organisation_id is None and self.set_id is None and not self.as_written


class DraftChange(models.Model):
    """One change of a draft, kept until approval so that it can be taken back.

    `before` and `after` are lists of drafts as `plans.journal` writes them; a draft made by the change is
    in `after` alone.
    """

    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="draft_changes")
    revision = models.PositiveIntegerField()
    verb = models.CharField(max_length=40)
    before = models.JSONField(default=list)
    after = models.JSONField(default=list)
    undone = models.BooleanField(default=False)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.verb} {self.revision}"
