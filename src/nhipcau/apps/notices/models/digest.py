"""The digest: what a person chose, and the days on which it was made."""

from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models

from nhipcau.apps.access.scope import scope_of
from nhipcau.apps.accounts.models import User


class DigestChoiceQuerySet(models.QuerySet["DigestChoice"]):
    def visible_to(self, user: object) -> DigestChoiceQuerySet:
        """One's own."""
        if not isinstance(user, User) or not scope_of(user).roles:
            return self.none()
        return self.filter(user=user)


class DigestChoice(models.Model):
    """Who never chose has no row, and gets what the instance's settings say."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, primary_key=True, on_delete=models.PROTECT, related_name="+"
    )
    by_mail = models.BooleanField(default=True)
    # Days before a due date (negative) and after it; of those that the instance knows.
    days = ArrayField(models.SmallIntegerField(), default=list, blank=True)
    # Monday is 0.
    weekdays = ArrayField(models.SmallIntegerField(), default=list, blank=True)

    objects = DigestChoiceQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.user_id}: {self.by_mail}"


class DigestRunQuerySet(models.QuerySet["DigestRun"]):
    def visible_to(self, user: object) -> DigestRunQuerySet:
        """With the outbox."""
        return self if scope_of(user).has("system_admin") else self.none()


class DigestRun(models.Model):
    """A day's digests: begun, and finished when everybody was looked at."""

    day = models.DateField(primary_key=True)
    begun_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    # The last user looked at: a run that was killed goes on behind her.
    reached = models.BigIntegerField(default=0)
    mails = models.PositiveIntegerField(default=0)

    objects = DigestRunQuerySet.as_manager()

    class Meta:
        ordering = ["-day"]

    def __str__(self) -> str:
        return f"{self.day}: {self.mails}"
