"""Rows that follow from those an act changed: a task's own status from its assignments'."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from nhipcau.apps.orgs.carrying import Carried, declared, relation
from nhipcau.apps.orgs.models import Restructuring, RowChange
from nhipcau.apps.orgs.restructuring.changes import change

Verb = RowChange.Verb


def followers(act: Restructuring, lines: Sequence[RowChange]) -> list[RowChange]:
    """Asked of the apps once the rows are written."""
    found = []
    for carried in declared():
        keys = [line.row for line in lines if line.relation == carried.key]
        if carried.after is not None and keys:
            found += _lines(act, carried, keys)
    return found


def _lines(act: Restructuring, carried: Carried, keys: Collection[Any]) -> list[RowChange]:
    assert carried.after is not None
    wanted = carried.after(keys)
    found = []
    for model in {model for model, _key in wanted}:
        rows = model._base_manager.in_bulk([key for each, key in wanted if each is model])
        for key, row in rows.items():
            found.append(
                change(act, None, row, wanted[model, key], Verb.CHANGED, relation=f"{carried.key}:after")
            )
    return found


def recompute(act: Restructuring) -> None:
    """After an undoing: what follows from the rows is worked out anew, as they may have gone on since."""
    keys: dict[str, list[str]] = {}
    for key, row in RowChange.objects.filter(restructuring=act).values_list("relation", "row"):
        keys.setdefault(key, []).append(row)
    for name, rows in keys.items():
        carried = relation(name)
        if carried is None or carried.after is None:
            continue
        for (model, key), values in carried.after(rows).items():
            model._base_manager.filter(pk=key).update(**values)
