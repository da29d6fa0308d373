"""Sending what waits in the outbox: claim, commit, hand over, mark. Never the same mail twice by itself."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta

import structlog
from django.conf import settings
from django.core.mail import get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.utils import timezone
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from nhipcau.apps.notices.delivery import NotReached, Verdict, hand_over, name_of, open_line
from nhipcau.apps.notices.letters import letter
from nhipcau.apps.notices.models import Mail
from nhipcau.apps.notices.ways_in import NotWanted

_log = structlog.get_logger("nhipcau.mail")
POST = "notices.post"
# Longer than any try can take: whatever is still being sent then was left by a process that ended.
LEFT_BEHIND = timedelta(minutes=15)
MOST_TRIES = 12
STATES: dict[Verdict, Mail.State] = {
    "sent": Mail.State.SENT,
    "refused": Mail.State.FAILED,
    "later": Mail.State.WAITING,
    "unclear": Mail.State.UNCLEAR,
}


def may_send() -> bool:
    """Whether this instance has a way for mails; without one nothing is made that would wait for ever."""
    return not settings.EMAIL_BACKEND.endswith("dummy.EmailBackend")


def message_id_of(recipient: int, key: str) -> str:
    """The same for the same mail, even when its row is made anew after a restore."""
    host = settings.PUBLIC_HOST or "nhipcau.invalid"
    return f"<{uuid.uuid5(uuid.NAMESPACE_URL, f'{host}/{recipient}/{key}')}@{host}>"


def wake() -> None:
    """Have the outbox worked off as soon as the running transaction is committed."""
    try:
        with transaction.atomic():
            app.configure_task(POST, queueing_lock=POST).defer()
    except AlreadyEnqueued:
        pass


def mark_left_behind(now: datetime) -> int:
    """Mails that a killed process was sending: nobody knows, so a person decides. Returns how many."""
    stuck = Mail.objects.filter(state=Mail.State.SENDING, claimed_at__lt=now - LEFT_BEHIND)
    return stuck.update(state=Mail.State.UNCLEAR, ended_at=now, cause="the process ended")


def send_waiting(most: int) -> int:
    """Send up to `most` mails; returns how many were tried. Nothing is locked while one is on its way.

    Not to be called inside a transaction: what was claimed must be seen by all before it leaves.
    """
    connection = get_connection()
    tried = 0
    try:
        while tried < most and _send_next(connection):
            tried += 1
    except NotReached as error:
        _log.error("mail server not reached", cause=error.cause)
    finally:
        connection.close()
    return tried


def _send_next(connection: BaseEmailBackend) -> bool:
    """False when nothing waits. Raises NotReached before anything is claimed."""
    if not Mail.objects.to_send().exists():
        return False
    open_line(connection)
    mail = _claim()
    if mail is None:
        return False
    if not mail.recipient.is_active:
        _settle(mail, Mail.State.WITHDRAWN, "locked")
        return True
    try:
        message = letter(mail)
    except NotWanted:
        _settle(mail, Mail.State.WITHDRAWN, "not wanted")
        return True
    except Exception as error:  # one broken mail must not hold up the others
        _log.exception("mail could not be written", mail=str(mail.pk))
        _settle(mail, Mail.State.FAILED, name_of(error))
        return True
    verdict, cause = hand_over(connection, message)
    _settle(mail, STATES[verdict], cause)
    return True


def _claim() -> Mail | None:
    """Take the next one and say so, for all to see, before it leaves."""
    with transaction.atomic(durable=True):
        rows = Mail.objects.to_send().select_for_update(skip_locked=True, of=("self",))
        mail = rows.select_related("recipient").first()
        if mail is not None:
            mail.state, mail.claimed_at, mail.tries = Mail.State.SENDING, timezone.now(), mail.tries + 1
            mail.save(update_fields=["state", "claimed_at", "tries"])
    return mail


def _settle(mail: Mail, state: Mail.State, cause: str) -> None:
    """Write down how it went; of a mail that left, the words are not kept."""
    now = timezone.now()
    if state == Mail.State.WAITING and mail.tries >= MOST_TRIES:
        state = Mail.State.FAILED
    mail.state, mail.cause = state, cause
    if state == Mail.State.WAITING:
        mail.not_before = now + timedelta(minutes=2 ** min(mail.tries, 8))
    else:
        mail.ended_at = now
    fields = ["state", "cause", "not_before", "ended_at"]
    if state in (Mail.State.SENT, Mail.State.WITHDRAWN):
        mail.content = {}
        fields.append("content")
    with transaction.atomic(durable=True):
        mail.save(update_fields=fields)
    if state in (Mail.State.FAILED, Mail.State.UNCLEAR):
        _log.error("mail not sent", mail=str(mail.pk), state=state.value, cause=cause)
