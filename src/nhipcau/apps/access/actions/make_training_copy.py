"""A restored backup becomes a copy for practice: what could reach or open something real goes."""

from __future__ import annotations

from collections.abc import Callable

from allauth.mfa.models import Authenticator
from axes.models import AccessAttempt
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.contrib.sessions.models import Session
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.db.models import CharField, F, Value
from django.db.models.functions import Cast, Concat

from nhipcau.apps.access.act import act, note
from nhipcau.apps.access.actors import System
from nhipcau.apps.accounts.models import Invitation, User

DOMAIN = "taphuan.example"
_cleaners: list[Callable[[], None]] = []


def on_training_copy(cleaner: Callable[[], None]) -> None:
    """Called at start by higher apps: what else of theirs must not be in a copy."""
    if cleaner not in _cleaners:
        _cleaners.append(cleaner)


def make_training_copy(password: str, *, actor: System) -> int:
    """How many accounts. Raises PermissionDenied where the settings do not say that this is a copy."""
    if not settings.TRAINING:
        raise PermissionDenied
    with act(actor, "accounts.make_training_copy", User, permission="create") as entry:
        address = Concat(Value("nguoi-"), Cast("pk", CharField()), Value(f"@{DOMAIN}"))
        count: int = User.objects.update(
            email=address,
            password=make_password(password),
            session_epoch=F("session_epoch") + 1,
            link_epoch=F("link_epoch") + 1,
        )
        for model in (Authenticator, Session, AccessAttempt, Invitation):
            model._default_manager.all().delete()
        with connection.cursor() as cursor:
            cursor.execute("delete from procrastinate_periodic_defers")
            cursor.execute("delete from procrastinate_events")
            cursor.execute("delete from procrastinate_jobs")
        for cleaner in _cleaners:
            cleaner()
        note(entry, accounts=count)
    return count
