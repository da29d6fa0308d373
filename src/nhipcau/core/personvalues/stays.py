"""Since when and until when somebody lived somewhere, and the year somebody left."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from nhipcau.core.personvalues.dates import read_day
from nhipcau.core.personvalues.days import PartialDay
from nhipcau.core.personvalues.problem import Problem
from nhipcau.core.personvalues.tidying import one_line, says_nothing, tidy
from nhipcau.core.text import fold

_NOW = r"(?:nay|hien nay|hien tai|bay gio|present|now|current)"
_RANGE = re.compile(
    rf"(?:tu\s*)?(?:nam\s*)?(?P<one>.*?\d{{4}})\s*(?:-|–|—|den|toi|to|~|→|>)+\s*(?:nam\s*)?(?P<other>{_NOW}|.*\d{{4}})"
)
_SINCE = re.compile(
    rf"(?:tu|since|from)\s*(?:nam\s*)?(?P<one>.*\d{{2,4}})\s*(?:den\s*{_NOW}|toi\s*{_NOW}|{_NOW}|-)?"
)
_OPEN = re.compile(r"(?P<one>.*\d{4})\s*(?:-|–|—)")
_UNTIL = re.compile(r"(?:den|until|toi|-)\s*(?:nam\s*)?(?P<other>.*\d{4})")


@dataclass(frozen=True, slots=True)
class Stay:
    """None: not known; `current` says that it goes on."""

    since: PartialDay | None
    until: PartialDay | None
    current: bool


def read_year(text: str, *, today: date, epoch: int = 1900) -> PartialDay | Problem | None:
    """The year (and month and day where written) somebody left or came back: "1985", "trước 1975"."""
    line = tidy(text)
    if says_nothing(line):
        return None
    found = read_day(line, today=today, epoch=epoch)
    if isinstance(found, PartialDay) and "first-of-january" in found.doubts:
        return PartialDay(found.year, bound=found.bound, doubts=found.doubts)
    return found


def read_stay(text: str, *, today: date) -> Stay | Problem | None:
    """ "2005-2010", "từ 2005 đến nay", "đến 2010"; a year alone is since when."""
    line = tidy(text)
    if says_nothing(line):
        return None
    plain = fold(one_line(line)).strip(" .,;")
    for pattern in (_RANGE, _SINCE, _OPEN, _UNTIL):
        match = pattern.fullmatch(plain)
        if match:
            return _stay(match.groupdict().get("one"), match.groupdict().get("other"), plain, today)
    return _stay(plain, None, plain, today)


def _stay(one: str | None, other: str | None, plain: str, today: date) -> Stay | Problem:
    current = re.search(rf"\b{_NOW}$", plain) is not None
    since = read_day(one, today=today) if one else None
    until = read_day(other, today=today) if other and not re.fullmatch(_NOW, other) else None
    for each in (since, until):
        if isinstance(each, Problem):
            return each
    if isinstance(since, Problem) or isinstance(until, Problem):
        return Problem("date-unread")
    if since and until and since.first > until.last:
        return Problem("wrong-order", {"one": since.written, "other": until.written})
    return Stay(since, until, current)
