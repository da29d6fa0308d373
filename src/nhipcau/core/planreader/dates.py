"""Dates as official texts write them."""

from __future__ import annotations

import datetime
import re

_DAY = r"(?P<d>\d{1,2})"
_MONTH = r"(?P<m>\d{1,2})"
_YEAR = r"(?P<y>(?:19|20)\d{2})"
LONG = rf"ngày\s*{_DAY}\s*tháng\s*{_MONTH}\s*(?:,\s*)?năm\s*{_YEAR}"
SHORT = rf"(?:ngày\s*)?(?<!\d){_DAY}\s?[/.-]\s?{_MONTH}\s?[/.-]\s?{_YEAR}(?!\d)"
_LONG_RE = re.compile(LONG)
_SHORT_RE = re.compile(SHORT)


def iso_date(year: str | int, month: str | int, day: str | int) -> str | None:
    """ "2025-02-21", or None when there is no such day."""
    try:
        return datetime.date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return None


def full_date(low: str, start: int = 0, end: int | None = None) -> tuple[str, int, int] | None:
    """The first whole date in a shadow text: (ISO date, start, end)."""
    stop = len(low) if end is None else end
    best: re.Match[str] | None = None
    for pattern in (_LONG_RE, _SHORT_RE):
        m = pattern.search(low, start, stop)
        if m and (best is None or m.start() < best.start()):
            best = m
    if best is None:
        return None
    value = iso_date(best["y"], best["m"], best["d"])
    return (value, best.start(), best.end()) if value else None
