"""A note that an agency was reminded of its part of a task outside the system: how, when, in which words."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from nhipcau.apps.access.scope import scope_of
from nhipcau.apps.plans.models.task import Assignment


class ReminderQuerySet(models.QuerySet["Reminder"]):
    def visible_to(self, user: object) -> ReminderQuerySet:
        """Those who oversee all; the agency that was reminded. Others who share the task do not."""
        scope = scope_of(user)
        if scope.has("coordinator", "leader", "reader"):
            return self
        return self.filter(assignment__organisation__in=scope.organisations("officer", "commune_officer"))


class Reminder(models.Model):
    class Channel(models.TextChoices):
        ZALO = "zalo", _("Zalo")
        TELEPHONE = "telephone", pgettext_lazy("channel", "telephone")
        IN_PERSON = "in_person", _("in person")

    assignment = models.ForeignKey(Assignment, on_delete=models.CASCADE, related_name="reminders")
    channel = models.CharField(_("how"), max_length=10, choices=Channel.choices)
    said_on = models.DateField(_("day"))
    words = models.CharField(_("what was said"), max_length=500, blank=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    objects = ReminderQuerySet.as_manager()

    class Meta:
        ordering = ["-said_on", "-pk"]

    def __str__(self) -> str:
        return f"{self.channel} {self.said_on}"
