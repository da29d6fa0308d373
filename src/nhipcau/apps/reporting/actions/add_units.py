"""A period asks more units."""

from __future__ import annotations

from django.utils import timezone

from nhipcau.apps.access.act import act, note
from nhipcau.apps.access.actors import Actor
from nhipcau.apps.reporting.actions.create_period import Whom
from nhipcau.apps.reporting.changing import changed, locked
from nhipcau.apps.reporting.models import Obligation, Period
from nhipcau.apps.reporting.refusals import Refused
from nhipcau.apps.reporting.telling import tell_units
from nhipcau.apps.reporting.units import ask, units_of


def add_units(period: Period, whom: Whom, *, reason: str, actor: Actor) -> int:
    """Those who are asked already are passed over; how many are new. An open period tells them.

    Raises Refused("period-closed"), Refused("nobody-asked"), Refused("reason") once it is open.
    """
    with act(actor, "reporting.add_units", period, permission="edit", reason=reason.strip()) as entry:
        found = locked(period)
        if found.state == Period.State.CLOSED:
            raise Refused("period-closed")
        if found.state == Period.State.OPEN and not reason.strip():
            raise Refused("reason")
        asked = units_of(whom.named, whom.sets, timezone.localdate())
        if not asked:
            raise Refused("nobody-asked")
        there = set(found.obligations.values_list("pk", flat=True))
        new = ask(found, asked, timezone.localdate())
        found.sets.add(*whom.sets)
        changed(found, actor)
        note(entry, units=new)
        if found.state == Period.State.OPEN and new:
            rows = Obligation.objects.filter(period=found).exclude(pk__in=there)
            tell_units(found, rows, "reporting.opened", actor=actor)
    return new
