"""Due dates in the words people type: "31/12/2027", "05/6 và 30/11 hằng năm", "ngày 20 hằng tháng", "2027".

The list of entries is plan/1's `due` (kind, value, of) with bound, phrase and rule kept where the reader
gave them.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from nhipcau.apps.webkit.days import YEARS
from nhipcau.apps.webkit.formats import format_date

Entry = Mapping[str, Any]

# Digits are 0 to 9: other scripts' would be kept as they are typed.
_YEARLY = re.compile(r"(?:h[ằàa]ng|m[ỗo]i) n[ăa]m|every year|yearly|each year", re.IGNORECASE)
_MONTHLY = re.compile(
    r"(?:ng[àa]y\s+)?([0-9]{1,2})\s+(?:h[ằàa]ng|m[ỗo]i) th[áa]ng"
    r"|(?:day\s+)?([0-9]{1,2})(?:st|nd|rd|th)?\s+(?:of\s+)?(?:every month|each month|monthly)",
    re.IGNORECASE,
)
# With a day: that day of the last month; without one its last day.
_QUARTERLY = re.compile(
    r"^\s*(?:(?:ng[àa]y\s+)?([0-9]{1,2})\s+(?:th[áa]ng cu[ốo]i\s+)?)?(?:h[ằàa]ng|m[ỗo]i) qu[ýy]\s*$"
    r"|^\s*(?:(?:day\s+)?([0-9]{1,2})\s+of\s+)?(?:every quarter|each quarter|quarterly)\s*$",
    re.IGNORECASE,
)
_HALFYEARLY = re.compile(
    r"^\s*(?:(?:ng[àa]y\s+)?([0-9]{1,2})\s+(?:th[áa]ng cu[ốo]i\s+)?)?"
    r"(?:(?:h[ằàa]ng|m[ỗo]i) (?:6|s[áa]u) th[áa]ng|(?:6|s[áa]u) th[áa]ng m[ộo]t l[ầa]n)\s*$"
    r"|^\s*(?:(?:day\s+)?([0-9]{1,2})\s+of\s+)?(?:every half year|each half year|half-yearly)\s*$",
    re.IGNORECASE,
)
_EVERY = {"quarterly": _QUARTERLY, "halfyearly": _HALFYEARLY, "monthly": _MONTHLY}
_REPORT = re.compile(r"^\s*(?:b[áa]o c[áa]o|report)\s*:?\s*", re.IGNORECASE)
_NONE = re.compile(r"^\s*(?:kh[ôo]ng(?: n[êe]u)?(?: h[ạa]n)?|none|no date|-)?\s*$", re.IGNORECASE)
# Not the beginning of a longer one: "31/12/27" says a year that must not be lost. "01/3-05/6" are two days.
_DAY = re.compile(
    r"\b([0-9]{1,2})\s*[/.-]\s*([0-9]{1,2})(?:\s*[/.-]\s*([0-9]{4}))?\b"
    r"(?!\s*/\s*[0-9]|\.[0-9]|\s*-\s*[0-9]+(?![0-9]|\s*/))"
)
_MONTH = re.compile(
    r"(?:th[áa]ng|month)?\s*\b([0-9]{1,2})\s*(?:[/-]|n[ăa]m)\s*(20[0-9][0-9])\b", re.IGNORECASE
)
_QUARTER = re.compile(
    r"\b(?:qu[ýy]|q|quarter)\s*(IV|III|II|I|[1-4])\s*(?:[/,-]|n[ăa]m|of)?\s*(20[0-9][0-9])\b", re.IGNORECASE
)
_ROMAN = {"I": 1, "II": 2, "III": 3, "IV": 4}
_YEAR = re.compile(r"(?<![0-9/.-])(20[0-9][0-9])(?![0-9/.-])")


class NotADueDate(ValueError):
    """The words do not give a date. `part` is what was not understood."""

    def __init__(self, part: str) -> None:
        super().__init__(part)
        self.part = part


def day_words(day: int, month: int, year: int | None = None) -> str:
    """As official documents write it: 05/6/2027, 24/02/2027, 30/9."""
    words = f"{day:02d}/{month:02d}" if month < 3 else f"{day:02d}/{month}"
    return f"{words}/{year}" if year else words


def entry_words(entry: Entry) -> str:
    """One entry in words that `parse` reads back."""
    kind, value = str(entry.get("kind", "")), str(entry.get("value", ""))
    numbers = [int(part) for part in re.findall(r"\d+", value)]
    if kind == "date" and len(numbers) == 3:
        words = day_words(numbers[2], numbers[1], numbers[0])
    elif kind == "annual" and len(numbers) == 2:
        words = pgettext("due", "%(day)s every year") % {"day": day_words(numbers[1], numbers[0])}
    elif kind == "month-day" and len(numbers) == 2:
        words = day_words(numbers[1], numbers[0])
    elif kind == "monthly" and numbers:
        words = pgettext("due", "day %(day)s every month") % {"day": numbers[0]}
    elif kind == "month" and len(numbers) == 2:
        words = pgettext("due", "month %(month)s/%(year)s") % {"month": numbers[1], "year": numbers[0]}
    elif kind == "quarter" and len(numbers) == 2:
        words = pgettext("due", "quarter %(quarter)s/%(year)s") % {"quarter": numbers[1], "year": numbers[0]}
    elif kind in {"quarterly", "halfyearly"} and numbers:
        words = _every_words(kind, numbers[0])
    else:
        words = value
    return pgettext("due", "report: %(due)s") % {"due": words} if entry.get("of") == "report" else words


def _every_words(kind: str, day: int) -> str:
    """Of a quarter or a half year; 31 is its last day, which needs no words."""
    if kind == "quarterly":
        words = pgettext("due", "day %(day)s of every quarter")
        return pgettext("due", "every quarter") if day >= 31 else words % {"day": day}
    words = pgettext("due", "day %(day)s of every half year")
    return pgettext("due", "every half year") if day >= 31 else words % {"day": day}


def due_words(entries: Iterable[Entry]) -> str:
    """All entries in one line, for a list and for the form's field; empty when there are none."""
    return "; ".join(entry_words(entry) for entry in entries)


def parse(words: str, known: Iterable[Entry] = ()) -> list[dict[str, Any]]:
    """Entries from words. An entry equal to a `known` one keeps its phrase, bound and rule.

    Raises NotADueDate when a part says no date that exists.
    """
    if _NONE.match(words):
        return []
    entries: list[dict[str, Any]] = []
    for part in words.split(";"):
        if part.strip():
            entries.extend(_clause(part))
    kept = {(e.get("kind"), e.get("value"), e.get("of", "task")): dict(e) for e in known}
    return [kept.get((e["kind"], e["value"], e["of"]), e) for e in entries]


def _clause(part: str) -> list[dict[str, Any]]:
    of = "report" if _REPORT.match(part) else "task"
    rest = _REPORT.sub("", part)
    for kind, pattern in _EVERY.items():
        match = pattern.search(rest)
        if match:
            day = int(match.group(1) or match.group(2) or 31)
            if not 1 <= day <= 31:
                raise NotADueDate(part.strip())
            return [_entry(kind, f"{day:02d}", of)]
    yearly = bool(_YEARLY.search(rest))
    found = [_day(match, yearly, of, part) for match in _DAY.finditer(rest)]
    found = found or _longer(rest, of, part)
    if not found:
        raise NotADueDate(part.strip())
    return found


def _longer(rest: str, of: str, part: str) -> list[dict[str, Any]]:
    """A quarter, a month or a year: its last day."""
    quarter = _QUARTER.search(rest)
    if quarter:
        which = _ROMAN.get(quarter.group(1).upper()) or int(quarter.group(1))
        return [_entry("quarter", f"{quarter.group(2)}-Q{which}", of)]
    month = _MONTH.search(rest)
    if month:
        if not 1 <= int(month.group(1)) <= 12:
            raise NotADueDate(part.strip())
        return [_entry("month", f"{month.group(2)}-{int(month.group(1)):02d}", of)]
    return [_entry("year", year, of) for year in _YEAR.findall(rest)]


def _day(match: re.Match[str], yearly: bool, of: str, part: str) -> dict[str, Any]:
    day, month, year = int(match.group(1)), int(match.group(2)), match.group(3)
    near = year is None or int(year) in YEARS
    if not near or not 1 <= month <= 12 or not 1 <= day <= monthrange(int(year or 2024), month)[1]:
        raise NotADueDate(part.strip())
    if year:
        return _entry("date", f"{year}-{month:02d}-{day:02d}", of)
    return _entry("annual" if yearly else "month-day", f"{month:02d}-{day:02d}", of)


def _entry(kind: str, value: str, of: str) -> dict[str, Any]:
    return {"kind": kind, "value": value, "of": of, "bound": "by", "phrase": "", "rule": "by hand"}


def understood(entry: Entry, day: date | None) -> str:
    """What the phrase was taken to mean: “trước ngày 30/11” is understood as …; empty without a phrase.

    `day` is the date that the rule gives, when it gives one.
    """
    phrase = " ".join(str(entry.get("phrase") or "").split())
    if not phrase:
        return ""
    words = entry_words(entry)
    if day is not None:
        words = f"{words} ({format_date(day)}, {date_format(day, 'l')})"
    if entry.get("bound") == "before":
        return _("“%(phrase)s” is understood as before %(due)s.") % {"phrase": phrase, "due": words}
    return _("“%(phrase)s” is understood as by %(due)s.") % {"phrase": phrase, "due": words}


def duty_words(due: str) -> str:
    """plan/1's `due` of a reporting duty: "2025-10-30", "--06-05" (every year), "2027"; empty for none."""
    numbers = [int(part) for part in re.findall(r"\d+", due)]
    if due.startswith("--") and len(numbers) == 2:
        return entry_words({"kind": "annual", "value": due[2:]})
    if len(numbers) == 3:
        return entry_words({"kind": "date", "value": due})
    return due
