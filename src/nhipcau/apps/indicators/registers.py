"""Figures that the system counts itself. Apps offer theirs at start; an indicator can draw from one."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.utils.functional import Promise

from nhipcau.apps.accounts.models import User
from nhipcau.apps.indicators.models import Indicator
from nhipcau.core.workdays import Window

# Of a window, for organisations (None: all), by a dimension (None: undivided): (organisation, category) →
# figure; the category is "" where it is undivided. Who has nothing is left out: the system knows of none.
Counts = Callable[[Window, Collection[int] | None, str | None], Mapping[tuple[int, str], Decimal]]
# The page on which the rows behind a figure stand: for the window, and one organisation or all.
Links = Callable[[Window, int | None], str]


@dataclass(frozen=True, slots=True)
class NamedCount:
    """`definition` says what exactly is counted. `stock`: as at the window's last day; else what happened in
    it. `money`: figures in đồng, drawn into the definition's own unit. `links` leads to the rows behind it;
    where there is no such page, `no_page` says why.
    """

    name: str
    label: str | Promise
    unit: str | Promise
    definition: str | Promise
    counts: Counts
    stock: bool = False
    money: bool = False
    splits: tuple[str, ...] = ()
    links: Links | None = None
    no_page: str = ""


@dataclass(frozen=True, slots=True)
class Shown:
    """A page on which the figures of an indicator stand; `name` is in users' words."""

    name: str
    href: str


# Pages of an indicator that a user may see.
Pages = Callable[[User, Indicator], Collection[Shown]]
_pages: list[Pages] = []


def show_figures(pages: Pages) -> None:
    """Called once at start by an app that keeps figures."""
    _pages.append(pages)


def figures_of(user: User, indicator: Indicator) -> list[Shown]:
    """Where its figures stand."""
    return [found for pages in _pages for found in pages(user, indicator)]


_offered: dict[str, NamedCount] = {}


def offer(count: NamedCount) -> None:
    """Called once at start, from the `ready` of the app that counts."""
    if count.name in _offered:
        raise ValueError(f"{count.name} is offered already")
    if (count.links is None) == (not count.no_page):
        raise ValueError(f"{count.name}: a page with the rows behind it, or why there is none")
    _offered[count.name] = count


def named_counts() -> tuple[NamedCount, ...]:
    """All, by name."""
    return tuple(_offered[name] for name in sorted(_offered))


def named_count(name: str) -> NamedCount | None:
    return _offered.get(name)
