"""A day as far as it is known: a year, a month of it, a day of that."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class PartialDay:
    """`bound`: "" for what is known, "about", "before", "after". `doubts` of: two-digit-year,
    first-of-january, serial, month-first, month-first-here, either-way, letters, bare-digits.
    """

    year: int
    month: int | None = None
    day: int | None = None
    bound: str = ""
    doubts: tuple[str, ...] = ()

    @property
    def written(self) -> str:
        """ "05/6/1970", "6/1970", "1970": as officials write it."""
        if self.month is None:
            return str(self.year)
        if self.day is None:
            return f"{self.month}/{self.year}"
        month = f"{self.month:02d}" if self.month < 3 else str(self.month)
        return f"{self.day:02d}/{month}/{self.year}"

    @property
    def iso(self) -> str:
        """ "1970-06-05", "1970-06", "1970"."""
        parts = [f"{self.year:04d}", *(f"{part:02d}" for part in (self.month, self.day) if part is not None)]
        return "-".join(parts)

    @property
    def first(self) -> date:
        """The first day that it can be."""
        return date(self.year, self.month or 1, self.day or 1)

    @property
    def last(self) -> date:
        """The last day that it can be."""
        month = self.month or 12
        return date(self.year, month, self.day or calendar.monthrange(self.year, month)[1])
