"""The reviewed act by which bodies are merged, divided, abolished, renamed, or hand over a function."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from nhipcau.apps.access.scope import scope_of
from nhipcau.apps.files.models import LongWork
from nhipcau.apps.orgs.models.organisation import Organisation
from nhipcau.core.text import fold


class RestructuringQuerySet(models.QuerySet["Restructuring"]):
    def visible_to(self, user: object) -> RestructuringQuerySet:
        """Those who state, review or keep the accounts for it; the lineage it leaves is known to all."""
        return self if scope_of(user).has("coordinator", "leader", "system_admin") else self.none()


class Restructuring(models.Model):
    class State(models.TextChoices):
        DRAFTED = "drafted", _("being stated")
        PREVIEWED = "previewed", _("previewed")
        SUBMITTED = "submitted", _("waits for approval")
        APPROVED = "approved", _("approved, waits for its day")
        CARRIED_OUT = "carried_out", _("carried out")
        UNDO_ASKED = "undo_asked", _("carried out, to be undone")
        UNDONE = "undone", _("undone")
        WITHDRAWN = "withdrawn", _("withdrawn")

    title = models.CharField(_("name of the act"), max_length=200)
    effective_on = models.DateField(_("effective on"))
    legal_basis = models.TextField(_("legal basis"), blank=True)
    state = models.CharField(_("state"), max_length=12, choices=State.choices, default=State.DRAFTED)
    # Counts every change of steps and allotments: who approves names the one she saw.
    revision = models.PositiveIntegerField(default=0)
    # What the preview of this revision found; facts and codes, no sentences.
    preview = models.JSONField(default=dict, blank=True)
    # Totals by old and by new structure, counted before and after it was carried out.
    balance = models.JSONField(default=dict, blank=True)
    # {"code", "values"}: why it could not be carried out or undone when its turn had come.
    refusal = models.JSONField(null=True, blank=True)
    # Why the reviewer sent it back, the author withdrew it, it was undone, or is not to be.
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    work = models.ForeignKey(LongWork, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    changed_at = models.DateTimeField(null=True, blank=True)
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    submitted_at = models.DateTimeField(null=True, blank=True)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    approved_at = models.DateTimeField(null=True, blank=True)
    carried_out_at = models.DateTimeField(null=True, blank=True)
    undo_asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    undo_asked_at = models.DateTimeField(null=True, blank=True)
    undo_reason = models.CharField(_("why it is to be undone"), max_length=300, blank=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    undone_at = models.DateTimeField(null=True, blank=True)

    objects = RestructuringQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return self.title


class RestructuringStep(models.Model):
    class Kind(models.TextChoices):
        MERGE = "merge", _("merge")
        SPLIT = "split", _("divide")
        ABOLISH = "abolish", _("abolish")
        ABOLISH_TIER = "abolish_tier", _("abolish a tier")
        RENAME = "rename", _("rename")
        MOVE_FUNCTION = "move_function", _("move a function")

    restructuring = models.ForeignKey(Restructuring, on_delete=models.CASCADE, related_name="steps")
    position = models.PositiveIntegerField()
    kind = models.CharField(_("kind"), max_length=13, choices=Kind.choices)
    # Of a tier that is abolished (OrganisationVersion.Kind): every body of the kind that exists on the day.
    tier = models.CharField(_("tier"), max_length=20, blank=True)
    function = models.TextField(_("function that moves"), blank=True)
    # Where it is not the act's own.
    legal_basis = models.TextField(_("legal basis"), blank=True)

    class Meta:
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return f"{self.position} {self.kind}"


class StepUnit(models.Model):
    """A body in a step: an old one, or a new one, which exists already or is made by the act.

    `organisation` of one that is to be made is empty until the act is carried out. New ones of the same
    name in several steps are one body.
    """

    class Side(models.TextChoices):
        OLD = "old", _("before")
        NEW = "new", _("after")

    step = models.ForeignKey(RestructuringStep, on_delete=models.CASCADE, related_name="units")
    position = models.PositiveIntegerField(default=0)
    side = models.CharField(max_length=3, choices=Side.choices)
    organisation = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    # Of one that is made, and of a renaming: what it is to be called, and its OrganisationVersion.Kind.
    name = models.CharField(_("name"), max_length=200, blank=True)
    name_fold = models.CharField(max_length=200, blank=True, editable=False)
    abbreviation = models.CharField(_("abbreviation"), max_length=40, blank=True)
    kind = models.CharField(_("kind"), max_length=20, blank=True)
    parent = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    made = models.BooleanField(default=False)

    class Meta:
        ordering = ["side", "position", "pk"]

    def __str__(self) -> str:
        return f"{self.side} {self.organisation_id or self.name}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.name_fold = fold(self.name)
        super().save(*args, **kwargs)


class Fate(models.TextChoices):
    """What becomes of an open item whose body ends or hands over a function."""

    GIVE = "give", _("goes to")
    STAY = "stay", _("stays")
    END = "end", _("ends")


class AllotmentRule(models.Model):
    """Which open items of a body go where; the first rule that fits decides."""

    class By(models.TextChoices):
        WORDS = "words", _("words in the text")
        PLAN = "plan", _("plan")
        ROLE = "role", _("role")
        RELATION = "relation", _("what it is")
        REST = "rest", _("everything else")

    restructuring = models.ForeignKey(Restructuring, on_delete=models.CASCADE, related_name="rules")
    position = models.PositiveIntegerField()
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    by = models.CharField(max_length=10, choices=By.choices)
    value = models.CharField(max_length=300, blank=True)
    fate = models.CharField(max_length=4, choices=Fate.choices, default=Fate.GIVE)
    unit = models.ForeignKey(StepUnit, null=True, blank=True, on_delete=models.CASCADE, related_name="+")

    class Meta:
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return f"{self.by} {self.value} → {self.fate}"


class Allotment(models.Model):
    """What somebody decided by hand for one row of a relation; it goes before every rule."""

    restructuring = models.ForeignKey(Restructuring, on_delete=models.CASCADE, related_name="allotments")
    relation = models.CharField(max_length=80)
    row = models.CharField(max_length=40)
    fate = models.CharField(max_length=4, choices=Fate.choices, default=Fate.GIVE)
    unit = models.ForeignKey(StepUnit, null=True, blank=True, on_delete=models.CASCADE, related_name="+")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["restructuring", "relation", "row"], name="orgs_allotment_once"),
            models.CheckConstraint(
                condition=~Q(fate="give") | Q(unit__isnull=False), name="orgs_allotment_to_somebody"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.relation} {self.row} → {self.fate}"


class RowChange(models.Model):
    """The act's own log, from which it is undone: one line a row that it changed, made or took away.

    `was` and `now` hold the columns that changed (all of them for a row that was made or taken away).
    Owners are ids without a key: the log says what was, whatever becomes of it.
    """

    class Verb(models.TextChoices):
        MOVED = "moved", _("given to the successor")
        JOINED = "joined", _("joined with another row")
        ENDED = "ended", _("ended")
        CHANGED = "changed", _("changed")
        MADE = "made", _("made")
        TAKEN = "taken", _("taken away")

    restructuring = models.ForeignKey(Restructuring, on_delete=models.PROTECT, related_name="changes")
    relation = models.CharField(max_length=80)
    model = models.CharField(max_length=80)
    row = models.CharField(max_length=40)
    verb = models.CharField(max_length=8, choices=Verb.choices)
    old_owner = models.BigIntegerField(null=True)
    new_owner = models.BigIntegerField(null=True)
    was = models.JSONField(null=True)
    now = models.JSONField(null=True)

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["restructuring", "relation", "id"], name="orgs_row_change_of")]

    def __str__(self) -> str:
        return f"{self.verb} {self.model} {self.row}"
