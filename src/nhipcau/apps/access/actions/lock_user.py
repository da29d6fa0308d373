"""A leaver is locked, with the reason; she is signed out everywhere, what she did stays."""

from __future__ import annotations

from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from nhipcau.apps.access.act import act
from nhipcau.apps.access.actors import Actor
from nhipcau.apps.access.refusals import Refused
from nhipcau.apps.access.scope import roles_held
from nhipcau.apps.accounts.models import User


def lock_user(user: User, *, reason: str, actor: Actor) -> None:
    """Raises Refused without a reason, when locked already, and for the last system administrator."""
    with act(actor, "accounts.lock_user", user, permission="lock", reason=reason.strip()):
        _one_at_a_time()
        row = User.objects.select_for_update().get(pk=user.pk)
        if not reason.strip():
            raise Refused(_("Say why the account is locked."))
        if not row.is_active:
            raise Refused(_("The account is locked already."))
        if "system_admin" in roles_held(row) and not _another_administrator(row):
            raise Refused(_("This is the last system administrator. Appoint another one first."))
        row.is_active, row.locked_at, row.locked_reason = False, timezone.now(), reason.strip()[:300]
        row.session_epoch += 1
        row.save()
        _copy(row, user)


def _one_at_a_time() -> None:
    """Else two administrators who lock each other at once would both succeed."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtext('accounts.lock_user'))")


def _another_administrator(user: User) -> bool:
    others = User.objects.filter(is_active=True).exclude(pk=user.pk)
    return any("system_admin" in roles_held(other) for other in others.iterator())


def _copy(row: User, user: User) -> None:
    for name in ("is_active", "locked_at", "locked_reason", "session_epoch"):
        setattr(user, name, getattr(row, name))
