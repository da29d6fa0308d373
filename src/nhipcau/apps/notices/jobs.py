"""Work of the clock: the outbox, the day's digests, what is old enough to go."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from procrastinate.contrib.django import app

from nhipcau.apps.access.actors import System
from nhipcau.apps.access.identity import acting
from nhipcau.apps.notices import outbox
from nhipcau.apps.notices.actions.make_digests import make_digests
from nhipcau.apps.notices.digest import is_due
from nhipcau.apps.notices.models import Mail, Notice

MAKER = System("digest")
# A long queue lets other work pass between its parts.
AT_ONCE = 50
# Days: a message that was read, one that was not, a mail that has ended.
READ_KEPT, UNREAD_KEPT, MAILS_KEPT = timedelta(days=180), timedelta(days=400), timedelta(days=90)


@app.periodic(cron="* * * * *", periodic_id="post")
@app.task(name="notices.post_on_time", queueing_lock="notices.post_on_time", pass_context=False)
def post_on_time(timestamp: int) -> None:
    """Every minute: what a killed process left, what is to be tried again."""
    del timestamp
    outbox.mark_left_behind(timezone.now())
    post()


@app.task(name=outbox.POST, queueing_lock=outbox.POST)
def post() -> None:
    """Send what waits; the next run goes on where this one stops."""
    if outbox.may_send() and outbox.send_waiting(AT_ONCE) == AT_ONCE:
        outbox.wake()


@app.periodic(cron="*/10 * * * *", periodic_id="digest")
@app.task(name="notices.digest", queueing_lock="notices.digest", pass_context=False)
def digest(timestamp: int) -> None:
    """Asked every ten minutes, done once a day from the set hour on; what was killed goes on next time.

    No lock of the queue's: one that a killed worker held would stop all digests to come. Two runs at a time
    wait for each other at the day's row.
    """
    del timestamp
    if not outbox.may_send() or not is_due(timezone.now()):
        return
    finished = False
    while not finished:
        with acting(MAKER):
            finished = make_digests(timezone.localdate(), actor=MAKER)


@app.periodic(cron="27 2 * * *", periodic_id="notices")
@app.task(name="notices.clear_old", queueing_lock="notices.clear_old", pass_context=False)
def clear_old(timestamp: int) -> None:
    """Every night: messages and mails that nobody needs any more."""
    del timestamp
    now = timezone.now()
    with transaction.atomic():
        Notice.objects.filter(read_at__lt=now - READ_KEPT).delete()
        Notice.objects.filter(created_at__lt=now - UNREAD_KEPT).delete()
        ended = (Mail.State.SENT, Mail.State.FAILED, Mail.State.WITHDRAWN)
        Mail.objects.filter(state__in=ended, ended_at__lt=now - MAILS_KEPT).delete()
