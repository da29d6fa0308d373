"""Agencies and people who come from one sheet: checked, looked at, confirmed at once, undone while unused."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from nhipcau.apps.access.scope import scope_of
from nhipcau.apps.accounts.models import User
from nhipcau.apps.files.models import LongWork, Upload
from nhipcau.apps.orgs.models.appointment import Appointment
from nhipcau.apps.orgs.models.organisation import Organisation


class ArrivalQuerySet(models.QuerySet["Arrival"]):
    def visible_to(self, user: object) -> ArrivalQuerySet:
        """The system administrator sees all; the coordinator those that a coordinator could have made."""
        scope = scope_of(user)
        if scope.has("system_admin", "coordinator"):
            return self
        return self.none()


class Arrival(models.Model):
    """One file. `layout` is what the sender's sheets look like, so that they can be sent back marked."""

    class State(models.TextChoices):
        CHECKING = "checking", _("being checked")
        CHECKED = "checked", _("waits to be confirmed")
        REFUSED = "refused", _("could not be read")
        CONFIRMED = "confirmed", _("entered")
        UNDONE = "undone", _("undone")

    upload = models.ForeignKey(Upload, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.CHECKING)
    # A code and its values (core.tablereader), so that the reader's language holds.
    refusal = models.JSONField(null=True, blank=True)
    layout = models.JSONField(default=list, blank=True)
    # Names are matched as they were on this day.
    day = models.DateField(_("day"))
    work = models.ForeignKey(LongWork, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    confirmed_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_reason = models.CharField(max_length=300, blank=True)

    objects = ArrivalQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            # The same bytes are the same import, unless it came to nothing.
            models.UniqueConstraint(
                fields=["upload"],
                condition=models.Q(state__in=("checking", "checked", "confirmed")),
                name="orgs_arrival_once",
            )
        ]

    def __str__(self) -> str:
        return f"arrival {self.pk} {self.state}"


class ArrivalRow(models.Model):
    """A row of the sender's sheet with what it was found to mean.

    `organisation`, `user` and `appointment` are what it names; `made` says which of them it made. When it is
    undone they go, the row stays.
    """

    class Kind(models.TextChoices):
        AGENCY = "agency", _("agency")
        PERSON = "person", _("person")

    class Finding(models.TextChoices):
        WRONG = "wrong", _("wrong")
        NEW = "new", _("new")
        CHANGED = "changed", _("differs")
        KNOWN = "known", _("known and unchanged")

    arrival = models.ForeignKey(Arrival, on_delete=models.CASCADE, related_name="rows")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    sheet = models.PositiveSmallIntegerField()
    number = models.PositiveIntegerField()
    finding = models.CharField(_("finding"), max_length=10, choices=Finding.choices)
    cells = models.JSONField(default=list)
    # [{"column", "code", "values"}]: why it is wrong, or in what it differs.
    remarks = models.JSONField(default=list, blank=True)
    meaning = models.JSONField(default=dict, blank=True)
    organisation = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    user = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    appointment = models.ForeignKey(
        Appointment, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    made = models.JSONField(default=list, blank=True)

    class Meta:
        ordering = ["sheet", "number"]
        constraints = [
            models.UniqueConstraint(fields=["arrival", "sheet", "number"], name="orgs_arrivalrow_once")
        ]

    def __str__(self) -> str:
        return f"row {self.number} of arrival {self.arrival_id}"
