"""Which unit reviews a unit's report first."""

from __future__ import annotations

from nhipcau.apps.access.act import act, note
from nhipcau.apps.access.actors import Actor
from nhipcau.apps.orgs.models import Organisation
from nhipcau.apps.reporting.changing import changed_obligation, locked_obligation
from nhipcau.apps.reporting.models import Obligation
from nhipcau.apps.reporting.refusals import Refused, Stale


def set_through(
    obligation: Obligation, through: Organisation | None, *, version: int, actor: Actor
) -> Obligation:
    """None: the report goes to the province at once. Raises Stale, Refused("through-itself"),
    Refused("no-such-move") for a report that lies before the unit that reviews it.
    """
    with act(actor, "reporting.set_through", obligation, permission="defer") as entry:
        found = locked_obligation(obligation)
        if version != found.version:
            raise Stale("stale", found.changed_by, found.changed_at)
        if found.state == Obligation.State.BELOW:
            raise Refused("no-such-move")
        if through is not None and through.pk == found.organisation_id:
            raise Refused("through-itself")
        note(entry, old=found.through_id, new=through.pk if through else None)
        found.through = through
        changed_obligation(found, actor)
    return found
