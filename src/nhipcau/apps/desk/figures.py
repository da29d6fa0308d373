"""The pictures of the leader's page: what each shows, its table, and the tasks that a figure leads to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone

from nhipcau.apps.accounts.models import User
from nhipcau.apps.audit.editions import Editions
from nhipcau.apps.orgs.kept import named_on
from nhipcau.apps.plans.comparing import month_ends, total_of
from nhipcau.apps.plans.kept import agencies_compared, overdue_compared
from nhipcau.apps.plans.models import OutcomeCounts
from nhipcau.apps.plans.views.outcomes import SIGNS, parts_of, said_of

SHOWN = 12
MONTHS = 12
# From how many on a cell takes the next step of the scale.
STEPS = (1, 2, 4, 6)


@dataclass(frozen=True, slots=True)
class Figure:
    """A number and the very tasks behind it."""

    sign: str
    count: int
    href: str


@dataclass(frozen=True, slots=True)
class Bar:
    """Four figures as a bar, `widest` as long as the longest beside it."""

    counts: OutcomeCounts
    figures: list[Figure]
    widest: int

    @property
    def total(self) -> int:
        return self.counts.total

    @property
    def parts(self) -> list[tuple[str, int]]:
        return parts_of(self.counts)

    @property
    def said(self) -> str:
        return said_of(self.counts)


@dataclass(frozen=True, slots=True)
class Line(Bar):
    """One agency."""

    name: str
    href: str


@dataclass(frozen=True, slots=True)
class Cell:
    """A month of an agency. `step` is 0 for none, to 4."""

    count: int
    step: int
    href: str


@dataclass(frozen=True, slots=True)
class HeatLine:
    name: str
    short: str
    cells: list[Cell]


def tasks_at(**wanted: object) -> str:
    """The list of tasks with filters."""
    kept = {name: value for name, value in wanted.items() if value not in (None, "")}
    return f"{reverse('plans:tasks')}?{urlencode(kept)}"


def day_words(day: date) -> str:
    """As the filters of lists take a day."""
    return f"{day:%d/%m/%Y}"


def figures_of(counts: OutcomeCounts, **wanted: object) -> list[Figure]:
    return [
        Figure(sign, getattr(counts, str(each)), tasks_at(status=str(each), **wanted)) for each, sign in SIGNS
    ]


def agency_lines(
    user: User, most: int | None = None, seen: Editions | None = None
) -> tuple[list[Line], OutcomeCounts, int]:
    """Agencies by outcome, most overdue first; the totals of all; how many there are. Two queries."""
    today = timezone.localdate()
    found = agencies_compared(user, today, seen)
    shown = found[:most]
    known = named_on({each.organisation for each in shown}, today, seen)
    widest = max((each.counts.total for each in shown), default=1)
    lines = []
    for each in shown:
        version = known.get(each.organisation)
        figures = figures_of(each.counts, agency=each.organisation)
        name, href = version.name if version else "", tasks_at(agency=each.organisation)
        lines.append(Line(each.counts, figures, widest, name, href))
    return lines, total_of(found), len(found)


def heat_lines(
    user: User, most: int | None = None, seen: Editions | None = None
) -> tuple[list[date], list[HeatLine]]:
    """The ends of the last twelve months, and each agency's overdue parts at each. Two queries."""
    today = timezone.localdate()
    ends = month_ends(today, MONTHS)
    found = overdue_compared(user, ends, seen)
    ranked = sorted(found.items(), key=lambda item: (-sum(item[1]), item[0]))
    ranked = [item for item in ranked if any(item[1])][:most]
    known = named_on({pk for pk, _counts in ranked}, today, seen)
    lines = []
    for pk, counts in ranked:
        version = known.get(pk)
        name = version.name if version else ""
        lines.append(HeatLine(name, version.short if version else name, _cells(pk, counts, ends)))
    return ends, lines


def _cells(organisation: int, counts: Sequence[int], ends: Sequence[date]) -> list[Cell]:
    return [
        Cell(count, step_of(count), tasks_at(agency=organisation, late_on=day_words(end)) if count else "")
        for count, end in zip(counts, ends, strict=True)
    ]


def step_of(count: int) -> int:
    """The step of the scale of a number."""
    return sum(count >= least for least in STEPS)
