"""Vietnam's holidays, lunar ones too, as the library `holidays` (MIT) has them.

Labour Code 2019, articles 111 and 112: a holiday that falls on the weekend is made up for by the next
working day. The days beside Tết and the National Day, and swaps, are decided year by year: what the library
has of coming years follows earlier ones, and a decision that differs makes another version.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from importlib.metadata import version

import holidays

from nhipcau.core.workdays.calendar import DayKind, Mark

LIBRARY = f"holidays {version('holidays')} (MIT)"
LAW = "Bộ luật Lao động 2019, điều 111, 112"
YEARLY = f"{LAW}, và quyết định hằng năm"
# Added by the Politburo's resolution; the library has it from 2026 on, the Code itself does not name it.
CULTURE = "Nghị quyết 80-NQ/TW"

_MADE_UP = " (nghỉ bù)"
_SWAPPED = re.compile(r"Ngày nghỉ \(thay cho ngày (\d\d)/(\d\d)/(\d{4})\)")


def national_marks(first_year: int, last_year: int) -> list[Mark]:
    """The days off and the worked days of weekends of those years, both included, in order."""
    found = holidays.country_holidays("VN", years=range(first_year, last_year + 1), language="vi")
    marks = [mark for day, name in sorted(found.items()) for mark in _marks(day, name)]
    return sorted(marks, key=lambda mark: mark.day)


def _marks(day: date, name: str) -> Iterator[Mark]:
    """Of one day of the library, which joins the names of holidays that meet."""
    swapped = _SWAPPED.search(name)
    if swapped:
        worked = date(int(swapped[3]), int(swapped[2]), int(swapped[1]))
        source = f"{YEARLY}; {LIBRARY}"
        yield Mark(day, DayKind.OFF, "Nghỉ hoán đổi", source, worked)
        yield Mark(worked, DayKind.WORKING, "Làm bù", source, day)
        return
    kind = DayKind.COMPENSATION if name.endswith(_MADE_UP) else DayKind.HOLIDAY
    yield Mark(day, kind, name, f"{_source(day, name)}; {LIBRARY}")


def _source(day: date, name: str) -> str:
    if "Văn hóa" in name:
        return CULTURE
    beside_national_day = name == "Quốc khánh" and day.day != 2
    beside_tet = name.startswith(("29 Tết", "Mùng bốn", "Mùng năm", "Mùng sáu"))
    return YEARLY if beside_national_day or beside_tet else LAW
