"""Dates, numbers and distances as officials write them.

Vietnamese (Decree 30/2020): a leading 0 for days below 10 and for the months 1 and 2 only: 05/6/2027,
05/02/2027; numbers with a point between thousands: 26.362. English: 5 June 2027; 26,362.
"""

from __future__ import annotations

from datetime import date, datetime, time
from decimal import Decimal

from django.utils import dateformat, timezone
from django.utils.translation import get_language, gettext, ngettext, pgettext


def in_vietnamese() -> bool:
    return (get_language() or "vi").startswith("vi")


def _local(value: date | datetime) -> date | datetime:
    return timezone.localtime(value) if isinstance(value, datetime) and timezone.is_aware(value) else value


def format_date(value: date | datetime | None) -> str:
    """05/6/2027, or 5 June 2027 in English; empty for None. A moment is taken in the province's time."""
    if value is None:
        return ""
    day = _local(value)
    if not in_vietnamese():
        return dateformat.format(day, "j F Y")
    month = f"{day.month:02d}" if day.month < 3 else str(day.month)
    return f"{day.day:02d}/{month}/{day.year}"


def weekday(day: date) -> str:
    """ "thứ sáu", "chủ nhật"; Django's names have figures."""
    names = (
        pgettext("weekday", "Monday"),
        pgettext("weekday", "Tuesday"),
        pgettext("weekday", "Wednesday"),
        pgettext("weekday", "Thursday"),
        pgettext("weekday", "Friday"),
        pgettext("weekday", "Saturday"),
        pgettext("weekday", "Sunday"),
    )
    return names[day.weekday()]


def format_time(value: datetime | time | None) -> str:
    """08:15."""
    if value is None:
        return ""
    moment = _local(value) if isinstance(value, datetime) else value
    return f"{moment:%H:%M}"


def format_moment(value: datetime | None) -> str:
    """08:15 05/6/2027, or 08:15, 5 June 2027."""
    if value is None:
        return ""
    between = " " if in_vietnamese() else ", "
    return f"{format_time(value)}{between}{format_date(value)}"


def format_number(value: float | Decimal | None, digits: int = 0) -> str:
    """26.362 and 0,5 in Vietnamese, 26,362 and 0.5 in English; empty for None, since missing is not zero."""
    if value is None:
        return ""
    text = f"{value:,.{digits}f}"
    return text.translate(str.maketrans(",.", ".,")) if in_vietnamese() else text


def days_until(due: date, today: date) -> str:
    """How far a date is: "Còn 2 ngày", "Hôm nay", "Quá hạn 9 ngày"."""
    left = (due - today).days
    if left == 0:
        return gettext("Due today")
    if left > 0:
        return ngettext("%(days)s day left", "%(days)s days left", left) % {"days": format_number(left)}
    return ngettext("%(days)s day overdue", "%(days)s days overdue", -left) % {"days": format_number(-left)}


def size(count: int) -> str:
    """A file's size: 340 kB, 2,4 MB."""
    if count < 1024 * 1024:
        return f"{format_number(max(1, round(count / 1024)))} kB"
    return f"{format_number(count / 1024 / 1024, 1)} MB"


def initials(name: str) -> str:
    """The two letters of a round badge. A Vietnamese given name stands last: Lê Thị Thu Hà is TH."""
    words = [word for word in name.split() if word[:1].isalpha()]
    return "".join(word[0] for word in words[-2:]).upper()
