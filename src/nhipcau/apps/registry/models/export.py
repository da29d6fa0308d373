"""Lists of people that leave the register as files: for whom, for what, with which columns, until when."""

from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from nhipcau.apps.access.scope import scope_of
from nhipcau.apps.files.models import LongWork, Upload
from nhipcau.apps.registry.reach import exports_seen_by, sharings_seen_by


class SharingQuerySet(models.QuerySet["Sharing"]):
    def visible_to(self, user: object) -> SharingQuerySet:
        """The keeper hands over; the data officer watches."""
        return self.filter(sharings_seen_by(user)) if scope_of(user).roles else self.none()


class Sharing(models.Model):
    """A written request of another body for people's data beyond what the register is for. Handed over once:
    who needs it again asks again. There is no standing feed.
    """

    class State(models.TextChoices):
        ASKED = "asked", pgettext_lazy("sharing", "waits for a second officer")
        APPROVED = "approved", pgettext_lazy("sharing", "approved")
        REFUSED = "refused", pgettext_lazy("sharing", "refused")
        HANDED = "handed", pgettext_lazy("sharing", "handed over")
        ENDED = "ended", pgettext_lazy("sharing", "ended without being handed over")

    body = models.CharField(_("who asks"), max_length=300)
    letter = models.CharField(_("number of the letter"), max_length=120)
    letter_day = models.DateField(_("date of the letter"))
    basis = models.CharField(_("legal basis"), max_length=300)
    purpose = models.CharField(_("what it is needed for"), max_length=500)
    # As PeopleFilter reads it.
    wanted = models.JSONField(default=dict, blank=True)
    columns = ArrayField(models.CharField(max_length=30), verbose_name=_("columns"))
    people = models.PositiveIntegerField(_("people"), default=0)
    until = models.DateField(_("until"))
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.ASKED)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(auto_now_add=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    handed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    handed_at = models.DateTimeField(null=True, blank=True)
    handed_to = models.CharField(_("handed to"), max_length=300, blank=True)
    handed_count = models.PositiveIntegerField(null=True, blank=True)
    # The letter itself, for who decides.
    paper = models.ForeignKey(Upload, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    objects = SharingQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(decided_by=None) | ~Q(decided_by=F("asked_by")),
                name="registry_sharing_decided_by_another",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=("approved", "refused", "handed")) | Q(decided_by__isnull=False),
                name="registry_sharing_decided_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"sharing {self.pk}"


class ExportQuerySet(models.QuerySet["Export"]):
    def visible_to(self, user: object) -> ExportQuerySet:
        """One's own; all to the keeper and to the data officer."""
        return self.filter(exports_seen_by(user)) if scope_of(user).roles else self.none()


class Export(models.Model):
    """A list of people as a file. The file lies beside the database until `expires_at` (registry.exporting);
    whose data it holds is kept, so that an erasure finds it.
    """

    class Purpose(models.TextChoices):
        CONTACT = "contact", pgettext_lazy("export", "writing to people: letters, invitations")
        CHECK = "check", pgettext_lazy("export", "checking the records with a commune or an association")
        REPORT = "report", pgettext_lazy("export", "an annex of a report that law or a superior asks for")
        SUPPORT = "support", pgettext_lazy("export", "help and support for people")
        SHARING = "sharing", pgettext_lazy("export", "handing over to another body")
        OTHER = "other", pgettext_lazy("export", "another task of the register")

    class State(models.TextChoices):
        WAITING = "waiting", pgettext_lazy("export", "waits for a second officer")
        WRITING = "writing", pgettext_lazy("export", "being written")
        READY = "ready", pgettext_lazy("export", "ready")
        REFUSED = "refused", pgettext_lazy("export", "refused")
        FAILED = "failed", pgettext_lazy("export", "could not be written")
        ENDED = "ended", pgettext_lazy("export", "file deleted")

    class Why(models.TextChoices):
        """Why the file is there no more."""

        OVER = "over", pgettext_lazy("export", "its time was over")
        DELETED = "deleted", pgettext_lazy("export", "it was not needed any more")
        HANDED = "handed", pgettext_lazy("export", "it was handed over")
        RESTRICTED = "restricted", pgettext_lazy("export", "the use of somebody's data was restricted")
        WITHDRAWN = "withdrawn", pgettext_lazy("export", "somebody withdrew the consent")
        ERASED = "erased", pgettext_lazy("export", "somebody was erased")

    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(auto_now_add=True)
    purpose = models.CharField(_("purpose"), max_length=10, choices=Purpose.choices)
    words = models.CharField(_("what it is needed for"), max_length=500)
    # As PeopleFilter reads it.
    wanted = models.JSONField(default=dict, blank=True)
    columns = ArrayField(models.CharField(max_length=30), verbose_name=_("columns"))
    sharing = models.ForeignKey(
        Sharing, null=True, blank=True, on_delete=models.PROTECT, related_name="exports"
    )
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.WAITING)
    # How many fitted when it was asked for: the second officer agrees to so many.
    people = models.PositiveIntegerField(_("people"), default=0)
    count = models.PositiveIntegerField(_("people in the file"), null=True, blank=True)
    # In the order of the file's rows.
    holds = ArrayField(models.BigIntegerField(), default=list, blank=True, editable=False)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    work = models.ForeignKey(LongWork, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    # The file's name on disk, without meaning; empty when there is none.
    file = models.CharField(max_length=40, blank=True)
    # Its key, sealed (registry.export_files).
    file_key = models.BinaryField(null=True, editable=False)
    digest = models.CharField(max_length=64, blank=True)
    ready_at = models.DateTimeField(null=True, blank=True)
    expires_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_why = models.CharField(_("why the file went"), max_length=10, choices=Why.choices, blank=True)
    # The first download.
    taken_at = models.DateTimeField(null=True, blank=True)

    objects = ExportQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        indexes = [models.Index(fields=["asked_by", "asked_at"], name="registry_export_of_user")]
        constraints = [
            models.CheckConstraint(
                condition=Q(decided_by=None) | ~Q(decided_by=F("asked_by")),
                name="registry_export_decided_by_another",
            ),
            models.CheckConstraint(
                condition=Q(state="ready", expires_at__isnull=False) & ~Q(file="")
                | ~Q(state="ready") & Q(file=""),
                name="registry_export_has_a_file_while_ready",
            ),
        ]

    def __str__(self) -> str:
        return f"export {self.pk}"
