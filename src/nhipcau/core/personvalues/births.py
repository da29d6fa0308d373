"""When somebody was born, as far as the cell tells."""

from __future__ import annotations

from datetime import date

from nhipcau.core.personvalues.dates import read_day
from nhipcau.core.personvalues.days import PartialDay
from nhipcau.core.personvalues.problem import Problem
from nhipcau.core.personvalues.tidying import says_nothing, tidy


def read_birth(
    text: str, *, today: date, epoch: int = 1900, month_first: bool = False, either_way: bool = False
) -> PartialDay | Problem | None:
    """The day, month or year of birth; None where the cell says nothing.

    01/01 is a year: registers write it where only that is known. A year of two digits is the latest that has
    come. Days that cannot be, that have not come, or are counted by the moon are refused.
    """
    line = tidy(text)
    if says_nothing(line):
        return None
    found = read_day(line, today=today, epoch=epoch, month_first=month_first, either_way=either_way)
    if isinstance(found, PartialDay) and found.bound in ("before", "after"):
        return Problem("open-ended")
    return found


def birth_of_parts(day: str, month: str, year: str, *, today: date) -> PartialDay | Problem | None:
    """A birth of three cells; a day and month that are empty leave the year."""
    parts = [tidy(part) for part in (day, month, year)]
    if all(says_nothing(part) for part in parts):
        return None
    if says_nothing(parts[2]):
        return Problem("date-unread")
    if any(part.count("/") or part.count("-") for part in parts[2:]):
        return read_birth(parts[2], today=today)
    known = ["00" if says_nothing(part) else part.split(".")[0] for part in parts[:2]]
    return read_birth(f"{known[0]}/{known[1]}/{parts[2].split('.')[0]}", today=today)
