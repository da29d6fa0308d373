"""A new account, without a password: its owner sets one by the invitation."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from nhipcau.apps.access.act import act_on_many, entry_of
from nhipcau.apps.access.actors import Actor
from nhipcau.apps.access.refusals import Refused
from nhipcau.apps.accounts.models import User


def create_user(email: str, full_name: str, *, actor: Actor, language: str = "vi") -> User:
    """The user. Raises Refused when the address has an account."""
    (user,) = create_users([(email, full_name)], actor=actor, language=language)
    return user


def create_users(people: Sequence[tuple[str, str]], *, actor: Actor, language: str = "vi") -> list[User]:
    """An account for each address and name, in their order; three queries.

    Raises Refused when one of the addresses has an account, or stands there twice.
    """
    with act_on_many(actor, "accounts.create_user", User, permission="create") as entries:
        users = [
            User.objects.unsaved(email.strip(), " ".join(name.split()), language=language)
            for email, name in people
        ]
        addresses = {user.email for user in users}
        if len(addresses) < len(users) or User.objects.filter(email__in=addresses).exists():
            raise Refused(_("This address has an account already. Search for it in the list."))
        User.objects.bulk_create(users, batch_size=500)
        entries += [entry_of(user) for user in users]
    return users
