"""One unit is given more time unasked, also after the lock: an exception by name."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from nhipcau.apps.access.act import act, note
from nhipcau.apps.access.actors import Actor
from nhipcau.apps.reporting.changing import changed_obligation, locked_obligation, person
from nhipcau.apps.reporting.models import Deferral, Obligation, Period
from nhipcau.apps.reporting.refusals import Refused
from nhipcau.apps.reporting.telling import tell_units


def allow_unit(
    obligation: Obligation, *, until: datetime, reason: str, version: int, actor: Actor
) -> Deferral:
    """The unit may send until then. Raises Stale, Refused: "reason", "not-later" (`until` is past, or not
    after the moment that holds), "nothing-owed".
    """
    if not reason.strip():
        raise Refused("reason")
    with act(actor, "reporting.allow_unit", obligation, permission="defer", reason=reason.strip()) as entry:
        found = locked_obligation(obligation, version)
        now = timezone.now()
        if found.state not in (Obligation.State.WAITING, Obligation.State.RETURNED):
            raise Refused("nothing-owed")
        if found.period.state == Period.State.PLANNED:
            raise Refused("period-not-open")
        if until <= now or until <= found.due_at:
            raise Refused("not-later")
        made = Deferral.objects.create(
            obligation=found,
            old_at=found.due_at,
            new_at=until,
            reason=reason.strip(),
            state=Deferral.State.GRANTED,
            decided_by=person(actor),
            decided_at=now,
        )
        found.deferred_at = until
        changed_obligation(found, actor)
        note(entry, old=made.old_at.isoformat(), new=until.isoformat())
        tell_units(
            found.period, [found], "reporting.allowed", actor=actor, until=until, reason=reason.strip()
        )
    return made
