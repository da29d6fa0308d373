"""A year of the calendar as months, weeks and days, for the page that shows it."""

from __future__ import annotations

from calendar import Calendar as Weeks
from dataclasses import dataclass, field
from datetime import date

from django.utils.dates import MONTHS
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from nhipcau.apps.reference.models import CalendarDay
from nhipcau.apps.webkit.formats import format_date, weekday
from nhipcau.core.workdays import Calendar, DayKind, Mark, is_weekend

OFF = (DayKind.HOLIDAY, DayKind.COMPENSATION, DayKind.OFF)


@dataclass(frozen=True, slots=True)
class Cell:
    """`day` is None in the gaps of the first and the last week. `letter` stands beside the number."""

    day: date | None = None
    sign: str = ""
    letter: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class Named:
    """A day that is other than its weekday says, in words; `name` is as the decision has it."""

    day: date
    sign: str
    when: str
    kind: str
    name: str
    instead: str


@dataclass(frozen=True, slots=True)
class Month:
    name: str
    weeks: list[list[Cell]]
    named: list[Named] = field(default_factory=list)


def week_of_days() -> list[tuple[str, str]]:
    """From Monday to Sunday, each short and in full."""
    short = (
        pgettext("weekday, short", "Mo"),
        pgettext("weekday, short", "Tu"),
        pgettext("weekday, short", "We"),
        pgettext("weekday, short", "Th"),
        pgettext("weekday, short", "Fr"),
        pgettext("weekday, short", "Sa"),
        pgettext("weekday, short", "Su"),
    )
    # 1 January 2024 is a Monday.
    return [(name, weekday(date(2024, 1, day))) for day, name in enumerate(short, start=1)]


def months_of(year: int, calendar: Calendar, marks: list[Mark]) -> list[Month]:
    """Twelve months. Of two marks of a day the later one counts."""
    last = {mark.day: mark for mark in marks if mark.day.year == year}
    weeks = Weeks()
    found = []
    for number in range(1, 13):
        rows = [
            [_cell(day if day.month == number else None, calendar, last) for day in week]
            for week in weeks.monthdatescalendar(year, number)
        ]
        named = [_named(last[day]) for day in sorted(last) if day.month == number]
        found.append(Month(str(MONTHS[number]), rows, [each for each in named if each is not None]))
    return found


def _cell(day: date | None, calendar: Calendar, last: dict[date, Mark]) -> Cell:
    if day is None:
        return Cell()
    if not calendar.is_working(day) and not is_weekend(day):
        return Cell(day, "off", pgettext("day off, one letter", "O"), _("day off"))
    if is_weekend(day) and calendar.is_working(day):
        return Cell(day, "worked", pgettext("worked day, one letter", "W"), _("worked"))
    holiday = day in last and last[day].kind in OFF
    return Cell(day, "weekend" if is_weekend(day) else "", "", _("holiday on a weekend") if holiday else "")


def _named(mark: Mark) -> Named | None:
    if mark.kind is DayKind.ORDINARY:
        return None
    instead = _("for %(day)s") % {"day": format_date(mark.instead_of)} if mark.instead_of else ""
    return Named(
        day=mark.day,
        sign="worked" if mark.kind is DayKind.WORKING else "off",
        when=f"{format_date(mark.day)}, {weekday(mark.day)}",
        kind=str(CalendarDay.Kind(mark.kind).label),
        name=mark.name,
        instead=instead,
    )
