"""Whether a unit's report is still taken, and why not: the one rule that pages and actions ask."""

from __future__ import annotations

from datetime import datetime

from nhipcau.apps.reporting.models import Obligation, Period
from nhipcau.apps.reporting.refusals import Refused
from nhipcau.apps.webkit.formats import format_moment


def not_taken(obligation: Obligation, now: datetime) -> str:
    """Why nothing is taken from the unit at this instant, as a code of refusals; empty where it is. Asks the
    period.

    After the lock only who was given more time by name, or has to do a returned report again, until then.
    """
    period = obligation.period
    if period.state == Period.State.PLANNED:
        return "period-not-open"
    if not period.locked(now):
        return ""
    closed = period.state == Period.State.CLOSED
    return "locked" if closed or not _excepted(obligation, now) else ""


def still_taken(obligation: Obligation, now: datetime) -> bool:
    """Whether a report of the unit is taken at this instant."""
    return not not_taken(obligation, now)


def must_be_taken(obligation: Obligation, now: datetime) -> None:
    """Raises Refused, "period-not-open" or "locked", where nothing is taken."""
    why = not_taken(obligation, now)
    if why:
        raise Refused(why, due=format_moment(obligation.due_at))


def _excepted(obligation: Obligation, now: datetime) -> bool:
    """Given more time, or returned with a day to do it again, and that moment has not passed."""
    return any(until is not None and now <= until for until in (obligation.deferred_at, obligation.redo_by))
