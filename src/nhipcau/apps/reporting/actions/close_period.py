"""A period is over: nothing is owed in it any more. What was sent stays."""

from __future__ import annotations

from django.utils import timezone

from nhipcau.apps.access.act import act, note
from nhipcau.apps.access.actors import Actor
from nhipcau.apps.reporting.changing import changed, locked
from nhipcau.apps.reporting.models import Period
from nhipcau.apps.reporting.refusals import Refused


def close_period(period: Period, *, reason: str, revision: int | None = None, actor: Actor) -> Period:
    """`reason` is needed where units have not answered, or it was never opened.

    Raises Stale, Refused("reason"), Refused("period-closed").
    """
    with act(actor, "reporting.close_period", period, permission="close", reason=reason.strip()) as entry:
        found = locked(period, revision)
        if found.state == Period.State.CLOSED:
            raise Refused("period-closed")
        missing = found.obligations.outstanding().count()
        if not reason.strip() and (missing or found.state == Period.State.PLANNED):
            raise Refused("reason")
        found.state, found.closed_at = Period.State.CLOSED, timezone.now()
        found.closed_reason = reason.strip()[:300]
        changed(found, actor)
        note(entry, missing=missing)
    return found


def reopen_period(period: Period, *, reason: str, revision: int, actor: Actor) -> Period:
    """As it was before it was closed: planned where it never opened. Raises Stale, Refused("reason"),
    Refused("not-closed").
    """
    if not reason.strip():
        raise Refused("reason")
    with act(actor, "reporting.reopen_period", period, permission="close", reason=reason.strip()):
        found = locked(period, revision)
        if found.state != Period.State.CLOSED:
            raise Refused("not-closed")
        found.state = Period.State.OPEN if found.opened_at else Period.State.PLANNED
        found.closed_at, found.closed_reason = None, ""
        changed(found, actor)
    return found
