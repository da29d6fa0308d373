"""A period gets another title, window, due date, or goes on to somebody else."""

from __future__ import annotations

from nhipcau.apps.access.act import act, note
from nhipcau.apps.access.actors import Actor
from nhipcau.apps.reporting.actions.create_period import Facts, check
from nhipcau.apps.reporting.changing import changed, locked
from nhipcau.apps.reporting.models import Period
from nhipcau.apps.reporting.refusals import Refused
from nhipcau.apps.reporting.telling import tell_asked

# What units were told and answer by: changing it once the period is open needs a reason.
TOLD = ("due_at", "window_first", "window_last", "late_until")
# Fixed once units answer.
FIXED = ("form_version_id", "kind", "year", "number")


def edit_period(period: Period, facts: Facts, *, reason: str, revision: int, actor: Actor) -> Period:
    """Raises Stale; Refused: "period-closed", "fixed-once-open", "reason", and those of `create_period`."""
    with act(actor, "reporting.edit_period", period, permission="edit", reason=reason.strip()) as entry:
        found = locked(period, revision)
        if found.state == Period.State.CLOSED:
            raise Refused("period-closed")
        check(facts, found)
        columns = facts.columns()
        # Where it came from never changes by hand.
        for kept in ("duty", "document", "request"):
            columns.pop(kept)
        before = {name: getattr(found, name) for name in (*TOLD, *FIXED)}
        for name, value in columns.items():
            setattr(found, name, value)
        _hold(found, before, reason)
        changed(found, actor)
        moved = before["due_at"] != found.due_at
        note(entry, old=before["due_at"].isoformat(), new=found.due_at.isoformat())
        if moved and found.state == Period.State.OPEN:
            tell_asked(found, "reporting.due_moved", actor=actor, reason=reason.strip())
    return found


def _hold(period: Period, before: dict[str, object], reason: str) -> None:
    """An open period keeps what its units answer, and says why the rest changes."""
    if period.state != Period.State.OPEN:
        return
    if any(getattr(period, name) != before[name] for name in FIXED):
        raise Refused("fixed-once-open")
    if any(getattr(period, name) != before[name] for name in TOLD) and not reason.strip():
        raise Refused("reason")
