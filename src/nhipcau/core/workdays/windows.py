"""From when to when the figures of a periodic report are counted: Decree 09/2019/NĐ-CP, article 12.

A month runs from the 15th of the month before to the 14th; the longer periods are made of such months, so a
year runs from 15 December of the year before to 14 December.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

_LENGTHS = {"month": 1, "quarter": 3, "half": 6, "nine-months": 9, "year": 12}


@dataclass(frozen=True, slots=True)
class Window:
    """Both days belong to it."""

    first: date
    last: date

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last


def data_window(kind: str, year: int, number: int = 1) -> Window:
    """`kind` is month, quarter, half, nine-months or year; `number` says which of the year, from 1.

    Raises ValueError for a period that does not exist: the 5th quarter, a second nine months.
    """
    length = _LENGTHS.get(kind)
    if length is None:
        raise ValueError(f"no such period: {kind!r}")
    if not 1 <= number <= 12 // length:
        raise ValueError(f"a year has no {kind} number {number}")
    last = number * length
    before = last - length
    first = date(year, before, 15) if before else date(year - 1, 12, 15)
    return Window(first, date(year, last, 14))


def window_of(kind: str, day: date) -> Window:
    """The window of that kind that a day falls into; of nine months, the coming one after it is over."""
    length = _LENGTHS.get(kind)
    if length is None:
        raise ValueError(f"no such period: {kind!r}")
    month = day.month + (day.day > 14)
    year, month = (day.year + 1, 1) if month > 12 else (day.year, month)
    if kind == "nine-months":
        return data_window(kind, year + (month > 9))
    return data_window(kind, year, (month - 1) // length + 1)
