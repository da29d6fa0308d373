"""One-time links to set a password: for an invitation, and for who forgot it.

A link dies when it is used (the password is part of what it proves), when the user signs in, when a newer
invitation is made, and after PASSWORD_RESET_TIMEOUT seconds.
"""

from __future__ import annotations

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.urls import reverse

from nhipcau.apps.accounts.models import User


def password_link(user: User, base: str) -> str:
    """The address; `base` is "https://host/"."""
    return base.rstrip("/") + password_path(user)


def password_path(user: User) -> str:
    """The address without the host."""
    key = default_token_generator.make_token(user)
    return reverse("account_reset_password_from_key", kwargs={"uidb36": user_pk_to_url_str(user), "key": key})
