"""Make the day's digests for the next users: rows of the outbox, and which messages they bring."""

from __future__ import annotations

from datetime import date

from django.utils import timezone

from nhipcau.apps.access.act import act, note
from nhipcau.apps.access.actors import System
from nhipcau.apps.accounts.models import User
from nhipcau.apps.notices.digest import contents_of, key_of, readers_of
from nhipcau.apps.notices.models import DigestRun, Mail, Notice
from nhipcau.apps.notices.outbox import message_id_of, wake
from nhipcau.apps.notices.registers import working

AT_ONCE = 200


def make_digests(day: date, *, actor: System, at_once: int = AT_ONCE) -> bool:
    """One step, in one transaction; True when everybody has been looked at.

    Two that run at the same time wait for each other; a step that was killed left nothing and is done again.
    A person gets one digest a day, whatever happens: the outbox takes no second one.
    """
    DigestRun.objects.get_or_create(day=day)
    with act(actor, "notices.make_digests", DigestRun, permission="create") as entry:
        run = DigestRun.objects.select_for_update().get(day=day)
        entry.subject = run
        if run.finished_at is None:
            _step(run, at_once)
        note(entry, day=f"{day:%d/%m/%Y}", mails=run.mails)
    return run.finished_at is not None


def _step(run: DigestRun, at_once: int) -> None:
    at_work = User.objects.filter(pk__in=working(run.day), is_active=True, pk__gt=run.reached)
    users, key = list(at_work.order_by("pk")[:at_once]), key_of(run.day)
    made = set(Mail.objects.filter(key=key, recipient__in=users).values_list("recipient_id", flat=True))
    contents, used = contents_of(readers_of([user for user in users if user.pk not in made], run.day))
    rows = [
        Mail(recipient_id=pk, kind="digest", key=key, message_id=message_id_of(pk, key), content=content)
        for pk, content in contents.items()
    ]
    Mail.objects.bulk_create(rows, ignore_conflicts=True)
    Notice.objects.filter(pk__in=used).update(mailed_on=run.day)
    run.mails = Mail.objects.filter(key=key).count()
    if len(users) < at_once:
        run.finished_at = timezone.now()
    else:
        run.reached = users[-1].pk
    run.save()
    if rows:
        wake()
