"""A due rule with a calendar: the day that is stated, the day that counts, and the moment it ends.

"Trước ngày 30/11/2026" ends on 29/11, a Sunday. What then counts is a rule that the province chooses:

    none     29/11 itself, 23:59:59.999
    before   Friday 27/11, the last working day before
    after    Monday 30/11, the next working day (Civil Code 2015, article 148.5)

The result keeps everything it was found by, so that a later calendar moves nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum
from zoneinfo import ZoneInfo

from nhipcau.core.workdays.calendar import Calendar
from nhipcau.core.workdays.duedates import DueRule, days_of

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
END_OF_DAY = time(23, 59, 59, 999_000)


class Shift(StrEnum):
    """What happens to a due day that is not worked."""

    NONE = "none"
    BEFORE = "before"
    AFTER = "after"


@dataclass(frozen=True, slots=True)
class Deadline:
    """`stated` is the last day by the words of the document, `day` the one that counts; `rule_name` says by
    which rule the phrase was read.
    """

    rule: DueRule
    stated: date
    day: date
    shift: Shift
    calendar: int
    phrase: str = ""
    rule_name: str = ""

    @property
    def instant(self) -> datetime:
        """The last moment of the day that counts, in Vietnam."""
        return end_of(self.day)


def end_of(day: date) -> datetime:
    """23:59:59.999 in Vietnam."""
    return datetime.combine(day, END_OF_DAY, VIETNAM)


def shifted(day: date, shift: Shift, calendar: Calendar) -> date:
    """A due day as it counts. Days at the very ends of the calendar of dates stay where they are."""
    try:
        if shift is Shift.BEFORE:
            return calendar.on_or_before(day)
        return calendar.on_or_after(day) if shift is Shift.AFTER else day
    except OverflowError:
        return day


def deadlines(
    rule: DueRule,
    calendar: Calendar,
    shift: Shift = Shift.NONE,
    *,
    since: date,
    plan_year: int | None = None,
    until: date | None = None,
    most: int = 12,
    phrase: str = "",
    rule_name: str = "",
) -> list[Deadline]:
    """The deadlines of a rule in order, at most `most`; `since`, `plan_year` and `until` as in `days_of`."""
    days = days_of(rule, since=since, plan_year=plan_year, until=until, most=most)
    return [
        Deadline(rule, day, shifted(day, shift, calendar), shift, calendar.version, phrase, rule_name)
        for day in days
    ]
