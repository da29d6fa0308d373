"""A private calendar: an address with a secret, of which only the digest is kept."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from nhipcau.apps.access.scope import scope_of
from nhipcau.apps.accounts.models import User


class CalendarFeedQuerySet(models.QuerySet["CalendarFeed"]):
    def visible_to(self, user: object) -> CalendarFeedQuerySet:
        """One's own."""
        if not isinstance(user, User) or not scope_of(user).roles:
            return self.none()
        return self.filter(user=user)

    def current(self) -> CalendarFeedQuerySet:
        return self.filter(ended_at=None)


class CalendarFeed(models.Model):
    """Nobody has one before she asks; a new address ends the one before."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    # SHA-256 of 256 random bits: there is nothing to guess, so no slow hash is needed.
    secret_digest = models.CharField(max_length=64)
    created_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = CalendarFeedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user"], condition=Q(ended_at=None), name="notices_calendarfeed_one_a_user"
            )
        ]

    def __str__(self) -> str:
        return f"{self.user_id} since {self.created_at:%Y-%m-%d}"
