"""Shape, colour and words of how a unit stands."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from nhipcau.apps.reporting.board import Unit, days_late
from nhipcau.apps.reporting.models import Standing
from nhipcau.apps.reporting.signs import SIGNS
from nhipcau.apps.webkit.formats import days_until, format_number
from nhipcau.apps.webkit.outcomes import Outcome


def state_of(unit: Unit, now: datetime) -> Outcome | None:
    """Shape, colour and words of the unit's standing; None for one that need not report."""
    if unit.standing == Standing.EXCUSED:
        return None
    return Outcome(SIGNS[unit.standing], state_words(unit, now))


def state_words(unit: Unit, now: datetime) -> str:
    """The standing in words, with its days."""
    days = days_late(unit, now)
    shown = {"days": format_number(days)}
    if unit.standing == Standing.MISSING:
        words = ngettext("Missing, %(days)s day overdue", "Missing, %(days)s days overdue", days)
        return words % shown if days else _("Missing, due today")
    if unit.standing == Standing.LATE:
        words = ngettext("Received, %(days)s day late", "Received, %(days)s days late", days)
        return words % shown
    if unit.standing == Standing.NOT_DUE:
        return days_until(timezone.localdate(unit.until), timezone.localdate(now))
    return {
        Standing.IN_TIME: pgettext("report", "Received in time"),
        Standing.RETURNED: pgettext("report", "Returned"),
    }.get(unit.standing, pgettext("report", "Need not report"))
