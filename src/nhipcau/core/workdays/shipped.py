"""The calendar that comes with the product: the library's holidays, then the decisions of a table, each a
version of its own in the order in which they were taken.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources
from itertools import groupby

from nhipcau.core.workdays.calendar import Calendar, DayKind, Mark
from nhipcau.core.workdays.national import LAW, LIBRARY, national_marks

FIRST_YEAR, LAST_YEAR = 2020, 2035


@dataclass(frozen=True, slots=True)
class Decision:
    """What made a version. `key` tells it from others; `number`, `issuer` and `decided_on` say who decided,
    where it is one paper.
    """

    key: str
    title: str
    number: str
    issuer: str
    decided_on: date | None
    marks: tuple[Mark, ...]


@cache
def shipped_decisions() -> tuple[Decision, ...]:
    """In the order of their versions, the first of which is the library's."""
    base = Decision(
        key=f"holidays-{FIRST_YEAR}-{LAST_YEAR}",
        title=f"Ngày nghỉ lễ, tết {FIRST_YEAR} - {LAST_YEAR}; {LAW}; {LIBRARY}",
        number="",
        issuer="",
        decided_on=None,
        marks=tuple(national_marks(FIRST_YEAR, LAST_YEAR)),
    )
    return (base, *_table())


def _table() -> list[Decision]:
    text = (resources.files("nhipcau.core.workdays") / "data" / "decisions.csv").read_text(encoding="utf-8")
    found = []
    for _key, lines in groupby(csv.DictReader(text.splitlines()), key=lambda row: row["key"]):
        rows = list(lines)
        first = rows[0]
        found.append(
            Decision(
                key=first["key"],
                title=first["title"],
                number=first["number"],
                issuer=first["issuer"],
                decided_on=date.fromisoformat(first["decided_on"]),
                marks=tuple(_mark(row) for row in rows),
            )
        )
    return sorted(found, key=lambda decision: decision.decided_on or date.min)


def _mark(row: dict[str, str]) -> Mark:
    return Mark(
        day=date.fromisoformat(row["day"]),
        kind=DayKind(row["kind"]),
        name=row["name"],
        source=f"{row['number']} ngày {row['decided_on']}",
        instead_of=date.fromisoformat(row["instead_of"]) if row["instead_of"] else None,
    )


@cache
def shipped_calendar(version: int | None = None) -> Calendar:
    """The newest, or the given one: 1 is the library's holidays alone."""
    decisions = shipped_decisions()[:version]
    marks = [mark for decision in decisions for mark in decision.marks]
    return Calendar.of(len(decisions), marks)
