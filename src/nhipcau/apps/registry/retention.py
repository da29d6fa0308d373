"""What is kept how long. Each part of the register that keeps something of people says how it goes
(`keep`, called at start); how many days is shipped data (data/retention.json) or the province's own rule.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib import resources

from django.utils import timezone
from django.utils.functional import Promise

from nhipcau.apps.audit.models import Event
from nhipcau.apps.registry.models import RetentionRule

RETAIN = "registry.retain"
# Some months of nights.
LOOKED_BACK = 500


@dataclass(frozen=True, slots=True)
class Kept:
    """`due` counts what is older than a day, `go` removes it and says how many, both in a transaction of a
    part of the system. `since` says in words from when the days count.
    """

    what: str
    label: str | Promise
    since: str | Promise
    due: Callable[[date], int]
    go: Callable[[date], int]


@dataclass(frozen=True, slots=True)
class Term:
    """`own`: the province said so itself."""

    days: int
    basis: str
    own: bool = False


_kept: dict[str, Kept] = {}


def keep(*added: Kept) -> None:
    """Called at start; the days of each must be shipped."""
    for each in added:
        if each.what not in _shipped():
            raise ValueError(f"no days are shipped for {each.what}")
        _kept[each.what] = each


def everything() -> list[Kept]:
    """In the order of the shipped file."""
    return [_kept[what] for what in _shipped() if what in _kept]


def kept(what: str) -> Kept | None:
    return _kept.get(what)


@cache
def _shipped() -> dict[str, Term]:
    file = resources.files("nhipcau.apps.registry").joinpath("data/retention.json")
    rows = json.loads(file.read_text(encoding="utf-8"))
    return {row["what"]: Term(row["days"], row["basis"]) for row in rows}


def terms() -> dict[str, Term]:
    """What holds now, by what. One query."""
    own = {rule.what: Term(rule.days, rule.basis, own=True) for rule in RetentionRule.objects.all()}
    return {what: own.get(what, term) for what, term in _shipped().items()}


def days_of(what: str) -> int:
    return terms()[what].days


def before(term: Term) -> date:
    """What is older than this day goes."""
    return timezone.localdate() - timedelta(days=term.days)


def last_runs() -> dict[str, Event]:
    """The last night on which something of each kind went, by what. One query."""
    events = list(Event.objects.filter(verb=RETAIN).order_by("-at")[:LOOKED_BACK])
    return {str(event.facts().get("what")): event for event in reversed(events)}
