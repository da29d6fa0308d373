"""Working days as dated data: each decision of holidays or swapped days makes a version, which stays."""

from __future__ import annotations

import pgtrigger
from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from nhipcau.apps.access.scope import scope_of


class CalendarVersionQuerySet(models.QuerySet["CalendarVersion"]):
    def visible_to(self, user: object) -> CalendarVersionQuerySet:
        return self if scope_of(user).roles else self.none()


class CalendarVersion(models.Model):
    """What one decision changed; a version means its own days and those of all versions before it.

    Never edited: a due date names the version by which it was found. `key` names the decisions that come with
    the product.
    """

    number = models.PositiveIntegerField(_("version"), unique=True)
    key = models.CharField(max_length=60, blank=True)
    title = models.CharField(_("what is decided"), max_length=300)
    document = models.CharField(_("number of the decision"), max_length=60, blank=True)
    issuer = models.CharField(_("who decided"), max_length=200, blank=True)
    decided_on = models.DateField(_("decided on"), null=True, blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)

    objects = CalendarVersionQuerySet.as_manager()

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(
                fields=["key"], condition=~models.Q(key=""), name="reference_calendar_version_once"
            )
        ]
        triggers = [pgtrigger.Protect(name="frozen", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.number} {self.title[:80]}"


class CalendarDay(models.Model):
    """What a version says of one day. The values of `kind` are those of core.workdays."""

    class Kind(models.TextChoices):
        HOLIDAY = "holiday", pgettext_lazy("day", "holiday")
        COMPENSATION = "compensation", pgettext_lazy("day", "off for a holiday on a weekend")
        OFF = "off", pgettext_lazy("day", "off by decision")
        WORKING = "working", pgettext_lazy("day", "worked")
        ORDINARY = "ordinary", pgettext_lazy("day", "as the week has it")

    version = models.ForeignKey(CalendarVersion, on_delete=models.PROTECT, related_name="days")
    day = models.DateField(_("day"))
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices)
    name = models.CharField(_("name"), max_length=200, blank=True)
    source = models.CharField(_("source"), max_length=300)
    instead_of = models.DateField(_("instead of"), null=True, blank=True)

    class Meta:
        ordering = ["version", "day"]
        indexes = [models.Index(fields=["day"], name="reference_calendar_day")]
        constraints = [models.UniqueConstraint(fields=["version", "day"], name="reference_calendar_day_once")]
        triggers = [pgtrigger.Protect(name="frozen", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.day} {self.kind}"
