"""Rows of a period: the old body's ends on the day, the successor's begins. Appointments, memberships."""

from __future__ import annotations

import copy
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.backends.postgresql.psycopg_any import DateRange

from nhipcau.apps.orgs.carrying import Carried
from nhipcau.apps.orgs.models import Fate, RowChange
from nhipcau.apps.orgs.restructuring.changes import change, made, taken
from nhipcau.apps.orgs.restructuring.items import Item
from nhipcau.apps.orgs.restructuring.outline import Outline, Target

Verb = RowChange.Verb
Period = tuple[date | None, date | None]


def switch_day(outline: Outline, carried: Carried) -> date:
    """From when the successor has it.

    What a person may do changes when the act is carried out, never in the past; what documents of a day
    mean changes on the act's own day.
    """
    return outline.day if carried.since_effective else max(outline.day, outline.today)


@dataclass(slots=True)
class _Switch:
    """One relation on its day; `there` are periods that the successors have, by what makes them alike."""

    outline: Outline
    carried: Carried
    reason: str
    day: date
    there: dict[tuple[Any, ...], list[Period]] = field(default_factory=lambda: defaultdict(list))

    def heirs(self, item: Item) -> Sequence[Target]:
        """Who gets a row: of a shared relation every successor, else the one it was given to.

        A body that goes on after a division shares its groups with those that were made out of it.
        """
        passage = self.outline.passages[item.old]
        if self.carried.shared and (item.fate == Fate.GIVE or (item.fate == Fate.STAY and passage.names)):
            return passage.targets
        if item.fate != Fate.GIVE:
            return ()
        target = self.outline.target_of(item.owner)
        return (target,) if target else ()

    def like(self, row: Any) -> tuple[Any, ...]:
        same = (getattr(row, name) for name in self.carried.same)
        return (getattr(row, self.carried.column), *same)

    def look(self, owners: set[int]) -> None:
        """Which of the like the successors have from the day on; one query."""
        manager: Any = self.carried.model._base_manager
        real = [owner for owner in owners if owner > 0]
        rows = manager.filter(**{f"{self.carried.column}__in": real}, valid__overlap=(self.day, None))
        for row in rows:
            self.there[self.like(row)].append((row.valid.lower, row.valid.upper))


def followed(outline: Outline, carried: Carried, items: Iterable[Item], reason: str) -> list[RowChange]:
    """What changes in a DATED relation."""
    switch = _Switch(outline, carried, reason, switch_day(outline, carried))
    mine = [item for item in items if item.fate in (Fate.GIVE, Fate.END) or switch.heirs(item)]
    manager: Any = carried.model._base_manager
    rows = manager.in_bulk([item.row for item in mine])
    switch.look({target.owner for item in mine for target in switch.heirs(item)})
    ends: list[RowChange] = []
    begins: list[RowChange] = []
    for item in mine:
        row = rows[item.row]
        if row.valid.upper is not None and row.valid.upper <= switch.day:
            continue
        heirs = switch.heirs(item)
        if item.fate != Fate.STAY:
            ends.append(_end(switch, row, item, heirs))
        for target in heirs:
            begins += _begin(switch, row, target)
    return ends + begins


def _end(switch: _Switch, row: Any, item: Item, heirs: Sequence[Target]) -> RowChange:
    """The old row until the day; one that would only begin later never begins."""
    act, carried, lower = switch.outline.act, switch.carried, row.valid.lower
    heir = heirs[0].owner if heirs else None
    if lower is not None and lower >= switch.day:
        return taken(act, carried.key, row, Verb.TAKEN, (item.old, heir))
    extra = carried.end(switch.reason) if carried.end else {}
    values = {"valid": DateRange(lower, switch.day), **extra}
    done = change(act, carried, row, values, Verb.MOVED if heirs else Verb.ENDED)
    done.new_owner = heir
    return done


def _begin(switch: _Switch, row: Any, target: Target) -> list[RowChange]:
    """The successor's row, or the pieces of its time that it does not have already."""
    carried = switch.carried
    if carried.fits is not None and not carried.fits(row, target.kind):
        return []
    old = getattr(row, carried.column)
    fresh = copy.copy(row)
    fresh.pk, fresh._state = None, copy.copy(row._state)
    fresh._state.adding, fresh._state.fields_cache = True, {}
    setattr(fresh, carried.column, target.owner)
    for name, value in (carried.adapt(row, target.kind) if carried.adapt else {}).items():
        setattr(fresh, name, value)
    lower = max(row.valid.lower or switch.day, switch.day)
    there = switch.there[switch.like(fresh)]
    found = []
    for piece in _free((lower, row.valid.upper), there):
        there.append(piece)
        one = copy.copy(fresh)
        one.valid = DateRange(*piece)
        found.append(made(switch.outline.act, one, relation=carried.key, old=old, new=target.owner))
    return found


def _free(wanted: Period, taken_up: Iterable[Period]) -> list[Period]:
    """What is left of a period beside others; None is without end."""
    left = [wanted]
    for start, end in taken_up:
        left = [piece for each in left for piece in _without(each, start, end)]
    return left


def _without(piece: Period, start: date | None, end: date | None) -> list[Period]:
    low, high = piece
    assert low is not None
    apart = (end is not None and end <= low) or (high is not None and start is not None and start >= high)
    if apart:
        return [piece]
    found: list[Period] = []
    if start is not None and start > low:
        found.append((low, start))
    if end is not None and (high is None or end < high):
        found.append((end, high))
    return found
