"""The state of what a unit owes, as shape and word: filled is received, a diamond is past its moment."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from nhipcau.apps.reporting.models import Obligation, Period, Standing
from nhipcau.apps.webkit.outcomes import Sign

_State = Obligation.State


@dataclass(frozen=True, slots=True)
class Shown:
    """A sign of the components and its word."""

    sign: Sign
    words: str | Promise


# The one table of shapes, for pages of one report, lists and boards.
SIGNS: dict[Standing, Sign] = {
    Standing.IN_TIME: "done",
    Standing.LATE: "late",
    Standing.RETURNED: "back",
    Standing.MISSING: "over",
    Standing.NOT_DUE: "open",
    # Nothing is open there.
    Standing.EXCUSED: "done",
}
_WORDS: dict[Standing, str | Promise] = {
    Standing.NOT_DUE: pgettext_lazy("report", "Not sent"),
    Standing.MISSING: pgettext_lazy("report", "Not sent, past its date"),
    Standing.RETURNED: pgettext_lazy("report", "Returned"),
    Standing.EXCUSED: pgettext_lazy("report", "Need not report"),
}
# What is received says how far it is, too.
_RECEIVED: dict[Standing, dict[str, Promise]] = {
    Standing.IN_TIME: {
        _State.BELOW: pgettext_lazy("report", "With the unit that reviews it first"),
        _State.SENT: pgettext_lazy("report", "Received"),
        _State.APPROVED: pgettext_lazy("report", "Approved"),
    },
    Standing.LATE: {
        _State.BELOW: pgettext_lazy("report", "With the unit that reviews it first, late"),
        _State.SENT: pgettext_lazy("report", "Received late"),
        _State.APPROVED: pgettext_lazy("report", "Approved, came late"),
    },
}
_PERIODS = {
    Period.State.PLANNED: Shown("open", pgettext_lazy("period", "Planned")),
    Period.State.OPEN: Shown("open", pgettext_lazy("period", "Open")),
    Period.State.CLOSED: Shown("done", pgettext_lazy("period", "Closed")),
}
_LOCKED = Shown("late", pgettext_lazy("period", "Locked"))
_PAST = Shown("over", pgettext_lazy("period", "Past its date"))


def sign_of(obligation: Obligation, now: datetime) -> Shown:
    """Asks the period."""
    standing = obligation.standing_now(now)
    words = _RECEIVED[standing][obligation.state] if standing in _RECEIVED else _WORDS[standing]
    return Shown(SIGNS[standing], words)


def sign_of_period(period: Period, now: datetime, missing: int = 0) -> Shown:
    """A period is past its date only while somebody is missing."""
    if period.state == Period.State.OPEN and period.locked(now):
        return _LOCKED
    if period.state == Period.State.OPEN and missing and period.due_at < now:
        return _PAST
    return _PERIODS[Period.State(period.state)]
