"""What a link to set a password proves. Named in the settings, which allauth reads."""

from __future__ import annotations

from django.contrib.auth.tokens import PasswordResetTokenGenerator

from nhipcau.apps.accounts.models import User


class LinkTokens(PasswordResetTokenGenerator):
    """Django's, with the number of the newest invitation: an older link proves an older number."""

    key_salt = "nhipcau.accounts.links"

    def _make_hash_value(self, user: User, timestamp: int) -> str:
        return f"{super()._make_hash_value(user, timestamp)}|{user.link_epoch}"
