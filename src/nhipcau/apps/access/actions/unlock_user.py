"""A locked account works again; its old sessions do not."""

from __future__ import annotations

from axes.utils import reset
from django.utils.translation import gettext_lazy as _

from nhipcau.apps.access.act import act, note
from nhipcau.apps.access.actors import Actor
from nhipcau.apps.access.refusals import Refused
from nhipcau.apps.accounts.models import User


def unlock_user(user: User, *, reason: str, actor: Actor) -> None:
    """Also ends the quarter of an hour after too many wrong passwords. Raises Refused without a reason."""
    with act(actor, "accounts.unlock_user", user, permission="unlock", reason=reason.strip()) as entry:
        if not reason.strip():
            raise Refused(_("Say why the account is unlocked."))
        note(entry, tries_forgotten=reset(username=user.email))
        user.is_active, user.locked_at, user.locked_reason = True, None, ""
        user.save(update_fields=["is_active", "locked_at", "locked_reason"])
