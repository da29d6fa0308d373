"""Erase what may be personal of events, on a request that is itself recorded; their seals stay."""

from __future__ import annotations

from collections.abc import Collection

from django.db import connection
from django.utils.translation import gettext_lazy as _

from nhipcau.apps.access.act import act, note
from nhipcau.apps.access.actors import Actor
from nhipcau.apps.access.refusals import Refused
from nhipcau.apps.audit.models import Event, Seal


def erase_events(events: Collection[int], *, request: str, reason: str, actor: Actor) -> int:
    """How many were erased. `events` are ids, `request` the number of the person's request.

    Raises Refused without a request, and for events that are not sealed yet (a minute at most).
    """
    with act(actor, "audit.erase", Event, permission="erase", reason=reason) as entry:
        if not request.strip():
            raise Refused(_("Give the number of the request."))
        wanted = sorted(set(events))
        if Seal.objects.filter(event_id__in=wanted).count() != len(wanted):
            raise Refused(_("Some of these events are not sealed yet. Try again in a minute."))
        with connection.cursor() as cursor:
            cursor.execute("select audit_erase(%s, %s)", [wanted, request.strip()[:120]])
            (count,) = cursor.fetchone() or (0,)
        note(entry, request=request.strip()[:120], events=wanted)
    return int(count)
