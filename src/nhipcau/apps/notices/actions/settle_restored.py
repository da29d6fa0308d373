"""After a restore: what waited when the backup was made has probably left since. Nothing is sent twice."""

from __future__ import annotations

from django.utils import timezone

from nhipcau.apps.access.act import act, note
from nhipcau.apps.access.actors import System
from nhipcau.apps.notices.models import DigestRun, Mail, Notice


def settle_restored(actor: System) -> None:
    """Waiting mails become unclear, for a person to decide; today's digest and unread messages count as
    mailed.
    """
    now, today = timezone.now(), timezone.localdate()
    with act(actor, "notices.settle_restored", Mail, permission="list") as entry:
        pending = Mail.objects.filter(state__in=(Mail.State.WAITING, Mail.State.SENDING))
        count = pending.update(state=Mail.State.UNCLEAR, ended_at=now, cause="restored from a backup")
        DigestRun.objects.update_or_create(day=today, defaults={"finished_at": now})
        Notice.objects.filter(mailed_on=None).update(mailed_on=today)
        note(entry, mails=count)
