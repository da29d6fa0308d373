"""A one-time link by which a user sets her password; shown to whoever asked for it, never stored."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from nhipcau.apps.access.act import act
from nhipcau.apps.access.actors import Actor
from nhipcau.apps.access.refusals import Refused
from nhipcau.apps.accounts.links import password_link
from nhipcau.apps.accounts.models import User


def invite_user(user: User, *, base: str, actor: Actor) -> str:
    """The link; `base` is "https://host/". Raises Refused for a locked account."""
    with act(actor, "accounts.invite_user", user, permission="invite"):
        if not user.is_active:
            raise Refused(_("The account is locked. Unlock it first."))
        return password_link(user, base)
