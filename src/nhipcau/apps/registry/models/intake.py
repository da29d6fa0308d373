"""One file of people: read, checked, looked at, brought in, and taken back while nobody built on it."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from nhipcau.apps.access.scope import scope_of
from nhipcau.apps.files.models import LongWork, Upload
from nhipcau.apps.orgs.models import Organisation
from nhipcau.apps.registry.models.rounds import Round, RunningSource
from nhipcau.apps.registry.reach import sees_all, senders_of


class LayoutQuerySet(models.QuerySet["Layout"]):
    def visible_to(self, user: object) -> LayoutQuerySet:
        """The keeper's, and those of her own body."""
        return self if sees_all(user) else self.filter(sender__in=senders_of(user))


class Layout(models.Model):
    """Which column of a sender's sheets holds what, as an officer said once.

    `headings` is the digest of the folded headings it was said for; `columns` maps the position of a column
    to a field of core.personvalues ("" for one that is left out).
    """

    sender = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    headings = models.CharField(max_length=64)
    columns = models.JSONField(default=dict)
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    set_at = models.DateTimeField(auto_now=True)

    objects = LayoutQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["sender", "headings"], name="registry_layout_once")]

    def __str__(self) -> str:
        return f"layout of {self.sender_id}"


class IntakeQuerySet(models.QuerySet["Intake"]):
    def visible_to(self, user: object) -> IntakeQuerySet:
        """The keeper's are all; others see what their own body sent."""
        if sees_all(user):
            return self
        return self.filter(sender__in=senders_of(user)) if scope_of(user).roles else self.none()


class Intake(models.Model):
    """`digest` is of the bytes sent: the same file is the same intake, unless it came to nothing."""

    class State(models.TextChoices):
        CHECKING = "checking", _("being checked")
        TO_MAP = "to_map", _("columns to be told")
        CHECKED = "checked", _("waits to be confirmed")
        REFUSED = "refused", _("could not be read")
        CONFIRMING = "confirming", _("being brought in")
        CONFIRMED = "confirmed", pgettext_lazy("intake", "in the register")
        UNDOING = "undoing", _("being taken back")
        UNDONE = "undone", pgettext_lazy("intake", "taken back")
        DROPPED = "dropped", pgettext_lazy("intake", "dropped")

    # In these the same bytes are not taken again.
    STANDING = ("checking", "to_map", "checked", "confirming", "confirmed", "undoing")

    # The file as it was sent, sealed; what its number columns hold; its wrong rows, marked. They are kept as
    # long as they are needed (`intakes.files`), sealed with one key that is itself sealed in `file_key`.
    upload = models.ForeignKey(Upload, on_delete=models.PROTECT, related_name="+")
    numbers = models.ForeignKey(Upload, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    marked = models.ForeignKey(Upload, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    file_key = models.BinaryField(null=True, blank=True)
    name = models.CharField(_("file"), max_length=255, blank=True)
    digest = models.CharField(max_length=64)
    sender = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", verbose_name=_("sender")
    )
    round = models.ForeignKey(
        Round,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="intakees",
        verbose_name=_("round"),
    )
    running_source = models.ForeignKey(
        RunningSource,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="intakees",
        verbose_name=_("running source"),
    )
    stated_on = models.DateField(_("as of"))
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.CHECKING)
    # A code and its values (core.tablereader), so that the reader's language holds.
    refusal = models.JSONField(null=True, blank=True)
    # Per sheet: its name, the row of its headings, the headings, the columns' fields with their certainty.
    sheets = models.JSONField(default=list, blank=True)
    counts = models.JSONField(default=dict, blank=True)
    work = models.ForeignKey(LongWork, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    revision = models.PositiveIntegerField(default=0)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    confirmed_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_reason = models.CharField(max_length=300, blank=True)

    objects = IntakeQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["digest"],
                condition=Q(
                    state__in=("checking", "to_map", "checked", "confirming", "confirmed", "undoing")
                ),
                name="registry_intake_once",
            ),
            models.CheckConstraint(
                condition=Q(round__isnull=False, running_source__isnull=True)
                | Q(round__isnull=True, running_source__isnull=False),
                name="registry_intake_of_one_source",
            ),
        ]

    def __str__(self) -> str:
        return f"intake {self.pk} {self.state}"


class IntakeRow(models.Model):
    """A row of the sender's sheet and what was found of it. `record` stands once it is in the register."""

    class Finding(models.TextChoices):
        NEW = "new", pgettext_lazy("row", "new")
        KNOWN = "known", pgettext_lazy("row", "known and unchanged")
        CHANGED = "changed", pgettext_lazy("row", "changed")
        PROBABLE = "probable", pgettext_lazy("row", "probably the same")
        WRONG = "wrong", pgettext_lazy("row", "wrong")

    intake = models.ForeignKey(Intake, on_delete=models.CASCADE, related_name="rows")
    sheet = models.PositiveSmallIntegerField()
    number = models.PositiveIntegerField()
    finding = models.CharField(_("finding"), max_length=10, choices=Finding.choices)
    cells = models.JSONField(default=list)
    # What the cells mean, by column of SourceRecord; facts under "group_spells", "residences", …
    meaning = models.JSONField(default=dict, blank=True)
    # [{"column", "code", "values"}]: why it is wrong, or what to look at.
    remarks = models.JSONField(default=list, blank=True)
    # Whom it is about, or probably.
    person = models.ForeignKey(
        "registry.Person", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        ordering = ["sheet", "number"]
        constraints = [
            models.UniqueConstraint(fields=["intake", "sheet", "number"], name="registry_intakerow_once")
        ]
        indexes = [models.Index(fields=["intake", "finding"], name="registry_intakerow_finding")]

    def __str__(self) -> str:
        return f"row {self.number} of intake {self.intake_id}"
