"""Days and years as people write them, whatever they are the day of: births, departures, stays."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache

from nhipcau.core.personvalues.days import PartialDay
from nhipcau.core.personvalues.problem import Problem
from nhipcau.core.text import fold

OLDEST = 125
"""Years back from today that a person of the register can have been born."""
_EPOCHS = {1900: date(1899, 12, 30), 1904: date(1904, 1, 1)}
_LEAST_SERIAL, _MOST_SERIAL = 2_200, 80_000
_FALSE_LEAP_DAY = 60

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            ["jan", "january"],
            ["feb", "february"],
            ["mar", "march"],
            ["apr", "april"],
            ["may"],
            ["jun", "june"],
            ["jul", "july"],
            ["aug", "august"],
            ["sep", "sept", "september"],
            ["oct", "october"],
            ["nov", "november"],
            ["dec", "december"],
        ),
        start=1,
    )
    for name in names
}
_ANIMALS = "(?:ty|ti|suu|dan|mao|meo|thin|ngo|mui|than|dau|tuat|hoi)"
_STEMS = "(?:giap|at|binh|dinh|mau|ky|canh|tan|nham|quy)"
_LUNAR = re.compile(
    rf"\b(?:am lich|al|lunar|{_STEMS} {_ANIMALS}|(?:tuoi|nam) {_ANIMALS}|thang gieng|thang chap|"
    r"mung (?:\d|mot|hai|ba|bon|nam|sau|bay|tam|chin|muoi)\w*)\b"
)
_ABOUT = re.compile(
    r"^(?:khoang|chung|uoc chung|uoc|do|tam|gan|~|c\.|ca\.?|circa|about|approx\.?|k\.)\s*|"
    r"\s*[?~]$|\s*\(\?\)$|\s*\(?(?:khoang|uoc)\)?$"
)
_BEFORE = re.compile(r"^(?:truoc|before|<)\s*(?:nam\s*)?")
_AFTER = re.compile(r"^(?:sau|after|>|tu sau)\s*(?:nam\s*)?")
_LEAD = re.compile(
    r"^(?:sinh ngay|ngay sinh|sinh nam|nam sinh|sinh|sn|ns|ngay|nam|vao nam|vao|tu nam|born|year|dob|"
    r"thang(?=\s*\d{1,2}\s*[/.\- ])|t(?=\d{1,2}\s*/))\s*[:.]?\s*"
)
_TIME = re.compile(
    r"(?:^\d{1,2}:\d{2}(?::\d{2})?\s+)|(?:[t ]\s*\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?\s*(?:am|pm|z)?$)"
)
_WORDED = re.compile(
    r"(?:ngay\s*)?(\d{1,2})\s*(?:thang|th\.?|t)\s*(\d{1,2})\s*(?:nam|,|/|-)?\s*(\d{4}|\d{2})$"
)
_WORDED_MONTH = re.compile(r"(?:thang|th\.?|t)\s*(\d{1,2})\s*(?:nam|,|/|-|\.)?\s*(\d{4})$")
_DAY = re.compile(
    r"([\dx?._*-]{1,2}|0?0)\s*[/.,\-\\ –|]\s*([\dx?._*-]{1,2}|0?0)\s*[/.,\-\\ –|]\s*(\d{4}|\d{2})$"
)
_ISO = re.compile(r"(\d{4})\s*[/.\- ]\s*(\d{1,2})\s*[/.\- ]\s*(\d{1,2})$")
_MONTH = re.compile(r"(\d{1,2})\s*[/.\-\\ ]\s*(\d{4})$")
_ISO_MONTH = re.compile(r"(\d{4})\s*[/.\-]\s*(\d{1,2})$")
_YEAR = re.compile(r"(\d{4})(?:\.0+)?$")
_EMPTY_DAY = re.compile(r"[x?._…*\-\s]*/[x?._…*/\-\s]*(\d{4})$")
"""A form whose day and month stayed empty: "…/…/1971"."""
_TWO_YEARS = re.compile(r"(\d{4})\s*(?:[-–/,;]|hoac|hay|or)\s*(\d{4})$")
_ENGLISH = (
    re.compile(
        r"(?P<day>\d{1,2})(?:st|nd|rd|th)?[\s\-./]*(?P<month>[a-z]{3,9})\.?[\s,\-./']*(?P<year>\d{4}|\d{2})$"
    ),
    re.compile(
        r"(?P<month>[a-z]{3,9})\.?[\s\-./]*(?P<day>\d{1,2})(?:st|nd|rd|th)?[\s,\-./']+(?P<year>\d{4}|\d{2})$"
    ),
    re.compile(r"(?P<month>[a-z]{3,9})\.?[\s,\-./']*(?P<year>\d{4})$"),
)
_USUAL = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")
_COMPACT = re.compile(r"\d{8}$")
_SIX = re.compile(r"\d{6}$")
_NUMBER = re.compile(r"(\d{4,5})(?:[.,]\d+)?$")
_LETTERS = str.maketrans({"o": "0", "l": "1", "i": "1", "|": "1"})
_ALMOST_DIGITS = re.compile(r"[\doil|]+(?:\s*[/.\-]\s*[\doil|]+){0,2}$")
_UNKNOWN = frozenset("x?._*-")
_AGE = re.compile(r"^\d{1,3}\s*(?:tuoi|t|years?(?: old)?|yo|y)$|^(?:tuoi|age)\s*:?\s*\d{1,3}$")
_SHORT_YEAR = re.compile(r"'(\d{2})$")


def read_day(
    text: str, *, today: date, epoch: int = 1900, month_first: bool = False, either_way: bool = False
) -> PartialDay | Problem:
    """The day that a tidy text says. `epoch`: 1900 or 1904, from which a workbook counts its days;
    `month_first`: other cells of the column put the month first, and none the day; `either_way`: some put
    the month first and some the day, so that of "03/04/1990" the year alone is known."""
    open_order = _USUAL.fullmatch(text) if month_first or either_way else None
    if open_order and open_order[1] != open_order[2] and max(int(open_order[1]), int(open_order[2])) <= 12:
        order = (2, 1, 3) if month_first else (1, 2, 3)
        found = _read("/".join(open_order[each] for each in order), today, epoch)
        if isinstance(found, Problem) or month_first:
            return found if isinstance(found, Problem) else _doubted(found, "month-first-here")
        return PartialDay(found.year, doubts=("either-way",))
    return _read(text, today, epoch)


SLIP = 20
"""One cell the other way round among so many is a slip of the pen, and no second habit of the list."""


@dataclass(slots=True)
class Orders:
    """How the days of a column are written, by the cells that prove it: "25/03/1990" and "03/25/1990"."""

    day_first: int = 0
    month_first: int = 0

    def see(self, cells: Iterable[str]) -> None:
        """Count what these cells prove."""
        for match in map(_USUAL.fullmatch, (cell.strip() for cell in cells)):
            if match is not None:
                self.day_first += int(match[1]) > 12 >= int(match[2])
                self.month_first += int(match[2]) > 12 >= int(match[1])

    @property
    def found(self) -> str:
        """ "day", also where nothing is proved, "month" or "both"."""
        if not self.month_first or self.month_first * SLIP <= self.day_first:
            return "day"
        return "month" if self.day_first * SLIP <= self.month_first else "both"


def puts_month_first(cells: Iterable[str]) -> bool:
    """Whether days as "03/25/1990" are in a column, and none as "25/03/1990"."""
    orders = Orders()
    orders.see(cells)
    return orders.found == "month"


@lru_cache(maxsize=65_536)
def _read(text: str, today: date, epoch: int) -> PartialDay | Problem:
    usual = _USUAL.fullmatch(text)
    if usual:
        found = _dmy(usual[1], usual[2], usual[3], today)
        return found if isinstance(found, Problem) else _checked(found, today)
    line = fold(text.replace("\n", " ")).replace("’", "'").strip(' \t.,;:"`()').rstrip("'")
    line = line if _SHORT_YEAR.fullmatch(line) else line.lstrip("'")
    if len(line) > 60:
        return Problem("date-unread")
    if _LUNAR.search(line):
        return Problem("lunar")
    if _AGE.fullmatch(line):
        return Problem("age")
    bound, line = _bound(line)
    found = _find(_LEAD.sub("", _TIME.sub("", line)), today, epoch)
    if isinstance(found, Problem):
        return found
    checked = _checked(found, today)
    return replace(checked, bound=bound) if bound and isinstance(checked, PartialDay) else checked


def _bound(line: str) -> tuple[str, str]:
    for bound, pattern in (("before", _BEFORE), ("after", _AFTER), ("about", _ABOUT)):
        rest = pattern.sub("", line)
        if rest != line:
            return bound, rest.strip(" .")
    return "", line


def _find(line: str, today: date, epoch: int) -> PartialDay | Problem:
    for way in (_figures, _words):
        found = way(line, today)
        if found is not None:
            return found
    if _COMPACT.fullmatch(line):
        return _compact(line, today)
    if _SIX.fullmatch(line):
        return _short(line, today)
    number = _NUMBER.fullmatch(line)
    if number is not None:
        return from_serial(int(number[1]), epoch)
    if line.isdigit() and len(line) <= 3:
        return Problem("age-or-year", {"number": line})
    if _ALMOST_DIGITS.fullmatch(line) and not line.replace(".", "").isdigit():
        mended = line.translate(_LETTERS)
        if mended != line:
            again = _find(mended, today, epoch)
            return again if isinstance(again, Problem) else _doubted(again, "letters")
    return Problem("date-unread")


def _figures(line: str, today: date) -> PartialDay | Problem | None:
    match = _YEAR.fullmatch(line)
    if (match and 1000 <= int(match[1]) < _LEAST_SERIAL) or (match and int(match[1]) in range(2_400, 2_600)):
        return PartialDay(int(match[1]))
    match = _EMPTY_DAY.fullmatch(line)
    if match:
        return PartialDay(int(match[1]))
    match = _TWO_YEARS.fullmatch(line)
    if match:
        return Problem("several-years", {"one": match[1], "other": match[2]})
    match = _ISO.fullmatch(line)
    if match:
        return _ymd(int(match[1]), int(match[2]), int(match[3]))
    match = _DAY.fullmatch(line)
    if match:
        return _dmy(match[1], match[2], match[3], today)
    match = _MONTH.fullmatch(line)
    if match:
        return _ymd(int(match[2]), int(match[1]), 0)
    match = _ISO_MONTH.fullmatch(line)
    return _ymd(int(match[1]), int(match[2]), 0) if match else None


def _words(line: str, today: date) -> PartialDay | Problem | None:
    match = _WORDED.fullmatch(line)
    if match:
        return _dmy(match[1], match[2], match[3], today)
    match = _WORDED_MONTH.fullmatch(line)
    if match:
        return _ymd(int(match[2]), int(match[1]), 0)
    match = _SHORT_YEAR.fullmatch(line)
    if match:
        return PartialDay(full_year(int(match[1]), today), doubts=("two-digit-year",))
    for pattern in _ENGLISH:
        match = pattern.fullmatch(line)
        month = _MONTHS.get(match["month"]) if match else None
        if match and month is not None:
            return _dmy(match.groupdict().get("day") or "0", str(month), match["year"], today)
    return None


def _dmy(day: str, month: str, year: str, today: date) -> PartialDay | Problem:
    first, second = _part(day), _part(month)
    doubts: list[str] = []
    if len(year) == 2:
        doubts.append("two-digit-year")
    whole = int(year)
    if second > 12 >= first > 0 and len(year) == 4:
        first, second = second, first
        doubts.append("month-first")
    if len(year) == 2:
        whole = full_year(whole, today, second or 1, first or 1)
    found = _ymd(whole, second, first)
    return found if isinstance(found, Problem) or not doubts else _doubted(found, *doubts)


def _part(text: str) -> int:
    return 0 if _UNKNOWN.intersection(text) else int(text)


def _ymd(year: int, month: int, day: int) -> PartialDay | Problem:
    """0 stands for what is not known; 1 January is what registers put where only the year is known."""
    if (month, day) == (1, 1):
        return PartialDay(year, doubts=("first-of-january",))
    if month == 0:
        return PartialDay(year) if day == 0 else Problem("no-such-day", {"day": f"{day}/0/{year}"})
    if month > 12 or not 1 <= year <= 9999:
        return Problem("no-such-day", {"day": f"{day or '?'}/{month}/{year}"})
    if day == 0:
        return PartialDay(year, month)
    try:
        date(year, month, day)
    except ValueError:
        return Problem("no-such-day", {"day": f"{day:02d}/{month:02d}/{year}"})
    return PartialDay(year, month, day)


def full_year(two: int, today: date, month: int = 1, day: int = 1) -> int:
    """The latest year with these last digits in which the day had already come."""
    year = today.year - today.year % 100 + two
    return year - 100 if (year, month, day) > (today.year, today.month, today.day) else year


def from_serial(number: int, epoch: int = 1900) -> PartialDay | Problem:
    """The day that a workbook counts as `number`; the 29 February 1900 that Excel has is refused."""
    if epoch == 1900 and number == _FALSE_LEAP_DAY:
        return Problem("no-such-day", {"day": "29/02/1900"})
    if not 0 < number <= _MOST_SERIAL:
        return Problem("date-unread")
    # Before the day that never was, the count is one less.
    early = epoch == 1900 and number < _FALSE_LEAP_DAY
    day = _EPOCHS[epoch] + timedelta(days=number + early)
    return _doubted(PartialDay(day.year, day.month, day.day), "serial")


def _compact(line: str, today: date) -> PartialDay | Problem:
    """ "12031970" and "19700312": refused where both ways give a day that can be."""
    ways = [
        _ymd(int(line[4:]), int(line[2:4]), int(line[:2])),
        _ymd(int(line[:4]), int(line[4:6]), int(line[6:])),
    ]
    likely = [
        way for way in ways if isinstance(way, PartialDay) and today.year - OLDEST <= way.year <= today.year
    ]
    if len(likely) == 2:
        return Problem("two-ways", {"one": likely[0].written, "other": likely[1].written})
    return _doubted(likely[0], "bare-digits") if likely else Problem("date-unread")


def _short(line: str, today: date) -> PartialDay | Problem:
    """ "120370" as day, month, year; "031970" as month and year."""
    ways = [_dmy(line[:2], line[2:4], line[4:], today), _ymd(int(line[2:]), int(line[:2]), 0)]
    likely = [
        way for way in ways if isinstance(way, PartialDay) and today.year - OLDEST <= way.year <= today.year
    ]
    if len(likely) == 2:
        return Problem("two-ways", {"one": likely[0].written, "other": likely[1].written})
    return _doubted(likely[0], "bare-digits") if likely else Problem("date-unread")


def _doubted(day: PartialDay, *doubts: str) -> PartialDay:
    return replace(day, doubts=(*day.doubts, *doubts))


def _checked(found: PartialDay, today: date) -> PartialDay | Problem:
    if 2_400 <= found.year < 2_600 and found.year - 543 <= today.year:
        return Problem("other-calendar", {"year": found.year})
    if found.first > today:
        return Problem("future", {"day": found.written})
    if found.year < today.year - OLDEST:
        return Problem("too-long-ago", {"year": found.year})
    return found
