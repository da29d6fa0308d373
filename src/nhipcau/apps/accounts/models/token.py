"""A key by which a program acts for a person. It is shown once; a digest is kept."""

from __future__ import annotations

import hashlib
import secrets
from datetime import date

from django.db import models
from django.utils.translation import gettext_lazy as _

from nhipcau.apps.accounts.models.user import User

PREFIX = "nc_"
SHOWN = 8


class TokenQuerySet(models.QuerySet["ApiToken"]):
    def visible_to(self, user: object) -> TokenQuerySet:
        """One's own."""
        return self.filter(user=user) if isinstance(user, User) and user.is_active else self.none()

    def in_force(self, today: date) -> TokenQuerySet:
        """Neither ended nor run out; `expires_on` is its last day."""
        return self.filter(ended_at=None, expires_on__gte=today)


class ApiToken(models.Model):
    """`writes`: the program may change what its person may change; else it only reads."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="api_tokens")
    name = models.CharField(_("what it is for"), max_length=80)
    # The first characters, to tell keys apart.
    start = models.CharField(max_length=12)
    digest = models.CharField(max_length=64, unique=True)
    writes = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)
    expires_on = models.DateField()
    last_used_on = models.DateField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = TokenQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.name} {self.start}…"


def new_key() -> str:
    """A key nobody can guess: 256 random bits."""
    return PREFIX + secrets.token_urlsafe(32)


def digest_of(key: str) -> str:
    """What is kept of a key. It is random, so one plain digest is enough."""
    return hashlib.sha256(key.encode()).hexdigest()
