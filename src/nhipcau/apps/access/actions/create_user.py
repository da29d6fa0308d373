"""A new account, without a password: its owner sets one by the invitation."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from nhipcau.apps.access.act import act
from nhipcau.apps.access.actors import Actor
from nhipcau.apps.access.refusals import Refused
from nhipcau.apps.accounts.models import User


def create_user(email: str, full_name: str, *, actor: Actor, language: str = "vi") -> User:
    """The user. Raises Refused when the address has an account."""
    with act(actor, "accounts.create_user", User, permission="create") as entry:
        if User.objects.filter(email=email.strip().lower()).exists():
            raise Refused(_("This address has an account already. Search for it in the list."))
        user = User.objects.create_user(email.strip(), " ".join(full_name.split()), language=language)
        entry.subject = user
    return user
