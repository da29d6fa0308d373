"""The law's clocks of a person's request: set when it comes, by the law and the calendar of that day.

The acknowledgement counts working days, the rest counts days. The day of receipt is not counted. Later
holidays, swapped days and laws move nothing: what was found stays on the request.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib import resources
from typing import Any

from nhipcau.core.workdays import Calendar


@dataclass(frozen=True, slots=True)
class Law:
    """Days by right (RightsRequest.Right). `with_processor`: those that differ where one holds data, too."""

    name: str
    since: date
    acknowledge: int
    days: Mapping[str, int]
    with_processor: Mapping[str, int]
    extension: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Clock:
    """`extension` is how many days an extension may add at most, once."""

    law: str
    calendar: int
    acknowledge: int
    days: int
    extension: int
    acknowledge_by: date
    due_on: date

    def as_kept(self) -> dict[str, Any]:
        """`terms` of a request."""
        return {
            "law": self.law,
            "calendar": self.calendar,
            "acknowledge": self.acknowledge,
            "days": self.days,
            "extension": self.extension,
        }


@cache
def laws() -> tuple[Law, ...]:
    """As shipped (data/rights_clocks.json), the earliest first."""
    file = resources.files("nhipcau.apps.registry").joinpath("data/rights_clocks.json")
    found = (
        Law(
            each["law"],
            date.fromisoformat(each["from"]),
            each["acknowledge_working_days"],
            each["days"],
            each["days_with_processor"],
            each["extension_days"],
        )
        for each in json.loads(file.read_text(encoding="utf-8"))
    )
    return tuple(sorted(found, key=lambda law: law.since))


def law_of(day: date) -> Law:
    """The law in force; before the first one that is known, that one."""
    return next((law for law in reversed(laws()) if law.since <= day), laws()[0])


def set_clock(
    right: str,
    received_on: date,
    calendar: Calendar,
    *,
    with_processor: bool = False,
    extension: int | None = None,
) -> Clock:
    """The days of a request that came on `received_on`; `extension` is the province's own number of days."""
    law = law_of(received_on)
    days = law.with_processor.get(right, law.days[right]) if with_processor else law.days[right]
    return Clock(
        law=law.name,
        calendar=calendar.version,
        acknowledge=law.acknowledge,
        days=days,
        extension=law.extension[right] if extension is None else extension,
        acknowledge_by=calendar.add(received_on, law.acknowledge),
        due_on=received_on + timedelta(days=days),
    )
