"""What was sent and said of a report, in order: both sides read the same, but for words inside the unit."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from nhipcau.apps.accounts.models import User
from nhipcau.apps.reporting.models import Deferral, Verdict
from nhipcau.apps.reporting.views.report_desk import Desk
from nhipcau.apps.webkit.formats import format_moment


@dataclass(frozen=True, slots=True)
class Event:
    """`number` is the received number of the version that `version` names."""

    at: datetime
    who: str
    what: str
    reason: str = ""
    number: str = ""
    version: int = 0


def history_of(desk: Desk, verdicts: Iterable[Verdict], deferrals: Iterable[Deferral]) -> list[Event]:
    """The newest last."""
    found = [
        Event(each.sent_at, _name(each.sent_by), _("sent it"), "", each.received_number, each.number)
        for each in desk.submissions
        if each.sent_at is not None
    ]
    for said in verdicts:
        words = str(said.get_what_display())
        if said.redo_by is not None:
            words = _("%(what)s, to be sent again by %(until)s") % {
                "what": words,
                "until": format_moment(said.redo_by),
            }
        found.append(Event(said.created_at, _name(said.created_by), words, said.reason))
    for each in deferrals:
        until = {"until": format_moment(each.new_at)}
        if each.asked_by is not None:
            words = _("asked for more time, until %(until)s") % until
            found.append(Event(each.asked_at, _name(each.asked_by), words, each.reason))
        if each.decided_at is not None:
            granted = each.state == Deferral.State.GRANTED
            words = _("gave more time, until %(until)s") % until if granted else _("refused more time")
            reason = each.decision or ("" if each.asked_by else each.reason)
            found.append(Event(each.decided_at, _name(each.decided_by), words, reason))
    return sorted(found, key=lambda event: event.at)


def _name(user: User | None) -> str:
    return user.full_name if user else ""
