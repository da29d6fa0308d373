"""A unit need not report in a period; or must again."""

from __future__ import annotations

from nhipcau.apps.access.act import act
from nhipcau.apps.access.actors import Actor
from nhipcau.apps.reporting.changing import changed_obligation, locked_obligation
from nhipcau.apps.reporting.models import Obligation, Period
from nhipcau.apps.reporting.refusals import Refused
from nhipcau.apps.reporting.stages import moved
from nhipcau.apps.reporting.telling import tell_units


def excuse_unit(obligation: Obligation, *, reason: str, version: int, actor: Actor) -> Obligation:
    """Raises Refused("reason"), Stale, Refused("no-such-move")."""
    if not reason.strip():
        raise Refused("reason")
    with act(actor, "reporting.excuse_unit", obligation, permission="excuse", reason=reason.strip()):
        found = locked_obligation(obligation)
        found.state = moved(found, "excuse", version)
        found.excused_reason = reason.strip()[:300]
        changed_obligation(found, actor)
        if found.period.state == Period.State.OPEN:
            tell_units(found.period, [found], "reporting.excused", actor=actor, reason=reason.strip())
    return found


def ask_unit_again(obligation: Obligation, *, version: int, actor: Actor) -> Obligation:
    """A unit that was excused owes its report after all. Raises Stale, Refused("no-such-move"),
    Refused("period-closed").
    """
    with act(actor, "reporting.ask_unit_again", obligation, permission="excuse"):
        found = locked_obligation(obligation)
        if found.period.state == Period.State.CLOSED:
            raise Refused("period-closed")
        found.state = moved(found, "ask_again", version)
        found.excused_reason, found.discharged_by = "", None
        changed_obligation(found, actor)
        if found.period.state == Period.State.OPEN:
            tell_units(found.period, [found], "reporting.opened", actor=actor)
    return found
