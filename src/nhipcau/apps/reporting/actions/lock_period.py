"""Reports of a period are taken no more, but from units with an exception; and taken again."""

from __future__ import annotations

from django.utils import timezone

from nhipcau.apps.access.act import act
from nhipcau.apps.access.actors import Actor
from nhipcau.apps.reporting.changing import changed, locked
from nhipcau.apps.reporting.models import Period
from nhipcau.apps.reporting.refusals import Refused


def lock_period(period: Period, *, revision: int, actor: Actor) -> Period:
    """Raises Stale, Refused("not-lockable")."""
    with act(actor, "reporting.lock_period", period, permission="lock"):
        found = locked(period, revision)
        if found.state != Period.State.OPEN or found.locked_at is not None:
            raise Refused("not-lockable")
        found.locked_at = timezone.now()
        changed(found, actor)
    return found


def unlock_period(period: Period, *, reason: str, revision: int, actor: Actor) -> Period:
    """For all units. A late window that has passed is opened too. Raises Stale, Refused("reason"),
    Refused("not-locked").
    """
    if not reason.strip():
        raise Refused("reason")
    with act(actor, "reporting.unlock_period", period, permission="lock", reason=reason.strip()):
        found = locked(period, revision)
        now = timezone.now()
        if found.state != Period.State.OPEN or not found.locked(now):
            raise Refused("not-locked")
        found.locked_at = None
        if found.late_until is not None and found.late_until < now:
            found.late_until = None
        changed(found, actor)
    return found
