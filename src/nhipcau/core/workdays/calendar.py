"""Which days are worked: the week, and what a calendar version knows besides it.

A version is frozen: the holidays and swaps that were known when it was made. A later decision makes
another version; whoever counted with an earlier one can count again and gets the same day.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

_DAY = timedelta(days=1)
_SATURDAY = 5


class DayKind(StrEnum):
    """What makes a day other than its weekday says."""

    HOLIDAY = "holiday"
    COMPENSATION = "compensation"
    """Off because a holiday fell on the weekend."""
    OFF = "off"
    """Off by a decision; usually another day is worked instead."""
    WORKING = "working"
    """A day of the weekend that is worked."""
    ORDINARY = "ordinary"
    """As its weekday says: an earlier mark is taken back."""


OFF_KINDS = frozenset((DayKind.HOLIDAY, DayKind.COMPENSATION, DayKind.OFF))


@dataclass(frozen=True, slots=True)
class Mark:
    """What somebody decided of a day, and who said so. `instead_of` is the other day of a swap."""

    day: date
    kind: DayKind
    name: str
    source: str
    instead_of: date | None = None


@dataclass(frozen=True, slots=True)
class Calendar:
    """Working days by one version. `off` are days off besides weekends, `worked` days of weekends that are
    worked. Version 0 knows the week alone.
    """

    version: int = 0
    off: frozenset[date] = frozenset()
    worked: frozenset[date] = frozenset()
    years: frozenset[int] = frozenset()
    """Those whose holidays it knows; of others it knows the week alone."""
    _sorted: tuple[tuple[date, ...], tuple[date, ...]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        off = tuple(sorted(day for day in self.off if not is_weekend(day)))
        worked = tuple(sorted(day for day in self.worked if is_weekend(day)))
        object.__setattr__(self, "_sorted", (off, worked))

    @classmethod
    def of(cls, version: int, marks: Iterable[Mark]) -> Calendar:
        """From marks in the order in which they were decided: of two of one day the later one counts."""
        last = {mark.day: mark.kind for mark in marks}
        return cls(
            version=version,
            off=frozenset(day for day, kind in last.items() if kind in OFF_KINDS),
            worked=frozenset(day for day, kind in last.items() if kind is DayKind.WORKING),
            years=frozenset(day.year for day, kind in last.items() if kind is DayKind.HOLIDAY),
        )

    def is_working(self, day: date) -> bool:
        return day in self.worked if is_weekend(day) else day not in self.off

    def on_or_before(self, day: date) -> date:
        """The day itself, or the last working day before it."""
        while not self.is_working(day):
            day -= _DAY
        return day

    def on_or_after(self, day: date) -> date:
        """The day itself, or the first working day after it."""
        while not self.is_working(day):
            day += _DAY
        return day

    def next_working(self, day: date) -> date:
        """The first working day after `day`."""
        return self.on_or_after(day + _DAY)

    def previous_working(self, day: date) -> date:
        """The last working day before `day`."""
        return self.on_or_before(day - _DAY)

    def add(self, day: date, working_days: int) -> date:
        """The n-th working day after `day` (before it when negative); `day` itself is not counted.

        0 gives the day itself, worked or not.
        """
        step = self.next_working if working_days > 0 else self.previous_working
        for _ in range(abs(working_days)):
            day = step(day)
        return day

    def between(self, first: date, last: date) -> int:
        """Working days after `first` up to and with `last`; negative when `last` is the earlier."""
        if last < first:
            return -self.between(last, first)
        off, worked = (bisect_right(days, last) - bisect_right(days, first) for days in self._sorted)
        return _weekdays(last) - _weekdays(first) - off + worked


def is_weekend(day: date) -> bool:
    return day.weekday() >= _SATURDAY


def _weekdays(day: date) -> int:
    """Days from Monday to Friday from the first of all days up to and with `day`; that first is a Monday."""
    weeks, rest = divmod(day.toordinal(), 7)
    return weeks * 5 + min(rest, 5)
