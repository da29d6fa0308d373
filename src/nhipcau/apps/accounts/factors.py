"""Who added or removed which second step of signing in: an event each, in the transaction of the change.

The rows are allauth's, and so are the pages that change them; every change goes past these signals.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from allauth.core import context
from allauth.mfa.models import Authenticator
from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver

from nhipcau.apps.accounts.models import User
from nhipcau.apps.audit.record import Entry, write

_Kinds = dict[str, Callable[[User], Entry]]
_ADDED: _Kinds = {
    Authenticator.Type.TOTP: lambda user: Entry("accounts.add_authenticator_app", subject=user),
    Authenticator.Type.WEBAUTHN: lambda user: Entry("accounts.add_passkey", subject=user),
    Authenticator.Type.RECOVERY_CODES: lambda user: Entry("accounts.make_recovery_codes", subject=user),
}
_REMOVED: _Kinds = {
    Authenticator.Type.TOTP: lambda user: Entry("accounts.remove_authenticator_app", subject=user),
    Authenticator.Type.WEBAUTHN: lambda user: Entry("accounts.remove_passkey", subject=user),
    Authenticator.Type.RECOVERY_CODES: lambda user: Entry("accounts.remove_recovery_codes", subject=user),
}


@receiver(post_save, sender=Authenticator, dispatch_uid="nhipcau.factor_added")
def added(instance: Authenticator, created: bool, **_kwargs: Any) -> None:
    if created:
        _write(_ADDED, instance)


@receiver(post_delete, sender=Authenticator, dispatch_uid="nhipcau.factor_removed")
def removed(instance: Authenticator, **_kwargs: Any) -> None:
    _write(_REMOVED, instance)


def _write(kinds: _Kinds, changed: Authenticator) -> None:
    """Outside a request it is the work of an action, which writes an event of its own."""
    actor = getattr(context.request, "user", None)
    if isinstance(actor, User):
        write(kinds[changed.type](changed.user), actor_id=actor.pk, actor_label=actor.full_name)
