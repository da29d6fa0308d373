"""The official letter by which units are reminded of a report; its number and day come from elsewhere."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from nhipcau.apps.access.scope import scope_of
from nhipcau.apps.files.models import Upload
from nhipcau.apps.reporting.models.period import OVERSEEING, Period


class ReminderLetterQuerySet(models.QuerySet["ReminderLetter"]):
    def visible_to(self, user: object) -> ReminderLetterQuerySet:
        """Those who oversee all units; the others get it as a letter."""
        return self if scope_of(user).has(*OVERSEEING) else self.none()


class ReminderLetter(models.Model):
    """A draft as it was written: whom it names stands in its reminders (`Chase.letter`)."""

    period = models.ForeignKey(Period, on_delete=models.PROTECT, related_name="letters")
    upload = models.ForeignKey(Upload, on_delete=models.PROTECT, related_name="reminder_letters")
    # Made by the worker a little later; None without LibreOffice.
    pdf = models.ForeignKey(
        Upload, null=True, blank=True, on_delete=models.PROTECT, related_name="reminder_letters_as_pdf"
    )
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    objects = ReminderLetterQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"letter {self.pk} of {self.period_id}"
