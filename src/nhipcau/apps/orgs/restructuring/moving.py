"""Open rows that are given to the successor, and those that would meet in one."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from nhipcau.apps.orgs.carrying import Carried, Joined, Values
from nhipcau.apps.orgs.models import Fate, RowChange
from nhipcau.apps.orgs.restructuring.changes import change, taken
from nhipcau.apps.orgs.restructuring.items import Item
from nhipcau.apps.orgs.restructuring.outline import Outline

Verb = RowChange.Verb


def moved(outline: Outline, carried: Carried, items: Iterable[Item], reason: str) -> list[RowChange]:
    """What changes in the relation. Ends and joins come first: they make room for what is given."""
    giving = {item.row: item for item in items if item.fate == Fate.GIVE}
    ending = {item.row: item for item in items if item.fate == Fate.END}
    joined = carried.join({row: item.owner for row, item in giving.items()}) if carried.join else Joined()
    closed, kept = joined.closed, joined.kept
    rows = carried.model._base_manager.in_bulk([*giving, *ending, *closed, *kept])
    first = [_ended(outline, carried, rows[row], item, reason) for row, item in ending.items()]
    first += _hanging(outline, carried, joined)
    first += [_joined(outline, carried, rows[row], values, giving.get(row)) for row, values in closed.items()]
    then = [
        change(outline.act, carried, rows[row], {carried.column: item.owner, **kept.get(row, {})}, Verb.MOVED)
        for row, item in giving.items()
        if row not in closed
    ]
    then += [
        change(outline.act, carried, rows[row], values, Verb.CHANGED)
        for row, values in kept.items()
        if row not in giving
    ]
    return first + then


def _hanging(outline: Outline, carried: Carried, joined: Joined) -> list[RowChange]:
    """Rows of other models that hang on those which are joined."""
    relation = f"{carried.key}:also"
    lines = []
    for model in dict.fromkeys(model for model, _key in joined.also):
        rows = model._base_manager.in_bulk([key for each, key in joined.also if each is model])
        lines += [
            change(outline.act, None, row, joined.also[model, key], Verb.CHANGED, relation=relation)
            for key, row in rows.items()
        ]
    return lines + [taken(outline.act, relation, row, Verb.TAKEN, (None, None)) for row in joined.gone]


def _ended(outline: Outline, carried: Carried, row: Any, item: Item, reason: str) -> RowChange:
    if carried.end is None:
        return taken(outline.act, carried.key, row, Verb.TAKEN, (item.old, None))
    return change(outline.act, carried, row, carried.end(reason), Verb.ENDED)


def _joined(outline: Outline, carried: Carried, row: Any, values: Values, item: Item | None) -> RowChange:
    """A row that ends because another one goes on for both; without columns to say so it is taken away."""
    owner = item.owner if item else getattr(row, carried.column)
    if not values:
        return taken(outline.act, carried.key, row, Verb.JOINED, (getattr(row, carried.column), owner))
    done = change(outline.act, carried, row, values, Verb.JOINED)
    done.new_owner = owner
    return done
