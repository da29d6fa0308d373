"""Ends every session of a user: her own wish, or an administrator's."""

from __future__ import annotations

from django.db.models import F

from nhipcau.apps.access.act import act
from nhipcau.apps.access.actors import Actor
from nhipcau.apps.accounts.models import User


def sign_out_user(user: User, *, actor: Actor) -> None:
    """Her browsers are asked to sign in again at their next request."""
    with act(actor, "accounts.sign_out_user", user, permission="sign_out"):
        User.objects.filter(pk=user.pk).update(session_epoch=F("session_epoch") + 1)
        user.refresh_from_db(fields=["session_epoch"])
