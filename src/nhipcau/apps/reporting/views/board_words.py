"""What the board says on top: who is missing, by when, of which months."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from nhipcau.apps.reporting.board import Board
from nhipcau.apps.reporting.models import Period, Standing
from nhipcau.apps.webkit.formats import (
    days_until,
    format_date,
    format_moment,
    format_number,
    format_time,
    weekday,
)
from nhipcau.apps.webkit.markup import fill
from nhipcau.core.workdays import end_of


def heading(board: Board) -> str:
    """The answer: how many units have not sent, how many have to send again."""
    waiting, returned = board.not_sent, board.counts[Standing.RETURNED]
    if not board.units:
        return _("No unit has to report yet")
    if not waiting and not returned:
        words = ngettext("%(n)s unit has sent", "All %(n)s units have sent", board.expected)
        return words % {"n": format_number(board.expected)} if board.expected else _("No unit has to report")
    parts = []
    if waiting:
        words = ngettext("%(n)s unit has not sent", "%(n)s units have not sent", waiting)
        parts.append(words % {"n": format_number(waiting)})
    if returned:
        words = ngettext("%(n)s unit has to send again", "%(n)s units have to send again", returned)
        parts.append(words % {"n": format_number(returned)})
    said = ", ".join(parts)
    return said[:1].upper() + said[1:]


def due_words(period: Period, now: datetime) -> list[SafeString]:
    """Sentences: the words of the due date and its moment, what is late, the cut-off, the province's own."""
    said = [_due(period), fill(_("Figures until %(day)s."), day=format_date(period.window_last))]
    if period.state == Period.State.CLOSED:
        said.insert(1, fill(_("The period is closed.")))
    elif period.locked(now):
        said.insert(1, fill(_("The period is locked: reports are taken only from units with more time.")))
    else:
        left = days_until(period.due_on, timezone.localdate(now))
        said.insert(1, fill(_("%(left)s."), left=left))
        if period.late_until is not None:
            words = _("Late reports are taken until %(moment)s.")
            said.insert(2, fill(words, moment=format_moment(period.late_until)))
    if period.upward_on is not None:
        said.append(_upward(period))
    return said


def _due(period: Period) -> SafeString:
    values = {"weekday": weekday(period.due_on), "day": format_date(period.due_on)}
    if period.due_at != end_of(period.due_on):
        words = _("Due at %(time)s on %(weekday)s, %(day)s.")
        return fill(words, time=format_time(period.due_at), **values)
    if period.due_phrase:
        words = _("Due “%(phrase)s”: until the end of %(weekday)s, %(day)s.")
        return fill(words, phrase=period.due_phrase, **values)
    return fill(_("Due until the end of %(weekday)s, %(day)s."), **values)


def _upward(period: Period) -> SafeString:
    day = format_date(period.upward_on)
    if period.upward_to:
        return fill(_("The province's report goes to %(whom)s by %(day)s."), whom=period.upward_to, day=day)
    return fill(_("The province's report goes out by %(day)s."), day=day)
