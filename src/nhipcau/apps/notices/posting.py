"""Invitations and links for a new password go through the outbox as every mail does: nothing is lost in a
crash, nothing leaves twice. `ways_in` says what they say.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import AbstractContextManager

from django.db import connection, transaction
from django.utils import translation
from django.utils.translation import gettext

from nhipcau.apps.access.actors import System
from nhipcau.apps.access.identity import acting
from nhipcau.apps.accounts.models import User
from nhipcau.apps.accounts.posting import Why
from nhipcau.apps.notices.models import Mail
from nhipcau.apps.notices.outbox import may_send, message_id_of, wake

POSTER = System("ways-in")


def post(user: User, why: Why, *, key: str, content: Mapping[str, str | int]) -> None:
    """The mail as a row of the outbox; nothing where this instance has no way for mails."""
    if not may_send():
        return
    with translation.override(user.language):
        subject = gettext("Set a new password") if why == "password" else gettext("Your account at Nhịp Cầu")
    mail = Mail(
        recipient=user,
        kind=why,
        key=key,
        message_id=message_id_of(user.pk, key),
        content={"subject": subject, **content},
    )
    with _transaction():
        Mail.objects.bulk_create([mail], ignore_conflicts=True)
        wake()


def _transaction() -> AbstractContextManager[None]:
    """One of its own in a job; part of the running one in a request."""
    return transaction.atomic() if connection.in_atomic_block else acting(POSTER)
