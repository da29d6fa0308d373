"""How a due day was found, in words: from the phrase to the last day it names, and to the day that counts."""

from __future__ import annotations

from datetime import date, timedelta

from django.utils.translation import gettext as _

from nhipcau.apps.plans.forms.due_words import entry_words
from nhipcau.apps.plans.models import DueDate
from nhipcau.apps.reference.calendars import calendar_of
from nhipcau.apps.webkit.formats import format_date, weekday
from nhipcau.core.workdays import Calendar, Shift

# Longer than any run of days off.
AROUND = timedelta(days=20)


def steps_of(row: DueDate) -> str:
    """“Trước ngày 30/11/2026 → hết ngày 29/11/2026 (chủ nhật) → thứ sáu 27/11/2026, lịch … bản 2”.

    Empty when the rule gives no day. One query, where a calendar was named.
    """
    if row.stated_on is None or row.due_on is None:
        return ""
    first = " ".join(row.phrase.split()) or entry_words({"kind": row.kind, "value": row.value, "of": row.of})
    calendar = calendar_of(row.calendar_version, row.stated_on - AROUND, row.stated_on + AROUND)
    counted = counting(row.stated_on, row.due_on, Shift(row.shift), calendar)
    return f"{first[:1].upper()}{first[1:]} → {counted}"


def counting(stated: date, due_on: date, shift: Shift, calendar: Calendar) -> str:
    """From the last day that the words name to the day that counts, and by which calendar."""
    words = _("end of %(day)s (%(weekday)s)") % {"day": format_date(stated), "weekday": weekday(stated)}
    if due_on != stated:
        words = f"{words} → {weekday(due_on)} {format_date(due_on)}"
    elif shift is Shift.NONE and not calendar.is_working(stated):
        before = calendar.on_or_before(stated)
        off = _("a day off; the due date stays, the last working day before is %(weekday)s %(day)s") % {
            "weekday": weekday(before),
            "day": format_date(before),
        }
        words = f"{words}, {off}"
    return f"{words}, {_by(calendar)}"


def _by(calendar: Calendar) -> str:
    if not calendar.version:
        return _("by the days of the week, as no calendar was loaded")
    return _("calendar of working days, version %(number)s") % {"number": calendar.version}
