"""A person decides that mails of which nobody knows whether they left, or that were refused, go again."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from django.utils import timezone

from nhipcau.apps.access.act import act, note
from nhipcau.apps.access.actors import Actor
from nhipcau.apps.notices.models import Mail
from nhipcau.apps.notices.outbox import wake

# From which states a mail may be sent again; all others say that it is on its way, or over.
AGAIN = (Mail.State.UNCLEAR, Mail.State.FAILED)


def send_again(mails: Collection[UUID], *, actor: Actor) -> int:
    """Those of the mails that may; the rest stays. Returns how many.

    The Message-ID stays the same, so a server that has the mail already can drop the second.
    """
    with act(actor, "notices.send_again", Mail, permission="list") as entry:
        rows = Mail.objects.filter(pk__in=mails, state__in=AGAIN).exclude(content={})
        count = rows.update(
            state=Mail.State.WAITING, not_before=timezone.now(), tries=0, ended_at=None, cause=""
        )
        note(entry, mails=count)
        if count:
            wake()
    return count
