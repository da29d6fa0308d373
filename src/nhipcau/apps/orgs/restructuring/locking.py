"""Locks, always in one order: the act, bodies by id, then the rows that others lock first, then their own."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from nhipcau.apps.orgs.carrying import Carried, Rule, declared
from nhipcau.apps.orgs.models import Organisation, Restructuring, RowChange
from nhipcau.apps.orgs.restructuring.dependence import bodies_of
from nhipcau.apps.orgs.restructuring.items import open_rows
from nhipcau.apps.orgs.restructuring.outline import Outline


def lock_bodies(bodies: Collection[int]) -> None:
    """No other act can take them up, and whoever holds them (`hold`) to give them work waits.

    Not the lock that a foreign key's check waits for: an officer who has locked a task and writes a row that
    names a body must not wait here for a lock while the act waits for that task.
    """
    rows = Organisation.objects.select_for_update(no_key=True).filter(pk__in=bodies).order_by("pk")
    list(rows.values_list("pk"))


def lock_rows(outline: Outline) -> None:
    """Open rows of the old bodies, after those that an update of theirs locks first."""
    for carried in declared(Rule.MOVES, Rule.DATED, Rule.CHILD):
        rows = open_rows(outline, carried, outline.olds())
        if carried.owner:
            _lock_owners(carried, set(rows.values_list(f"{carried.owner}_id", flat=True)))
        list(rows.select_for_update(of=("self",)).values_list("pk"))


def _lock_owners(carried: Carried, keys: Collection[Any]) -> None:
    model = carried.model._meta.get_field(carried.owner).related_model
    manager: Any = model._base_manager  # type: ignore[union-attr]  # a foreign key's
    list(manager.select_for_update().filter(pk__in=keys).order_by("pk").values_list("pk"))


def lock_changed(act: Restructuring) -> set[int]:
    """Lock what an undoing will write; returns the bodies to lock, which come first in the order."""
    lines = list(RowChange.objects.filter(restructuring=act).order_by("pk"))
    bodies = bodies_of(lines)
    lock_bodies(bodies)
    for carried in declared(Rule.MOVES, Rule.DATED, Rule.CHILD):
        keys = {line.row for line in lines if line.relation == carried.key}
        manager: Any = carried.model._base_manager
        rows = manager.filter(pk__in=keys).order_by("pk")
        if carried.owner:
            _lock_owners(carried, set(rows.values_list(f"{carried.owner}_id", flat=True)))
        list(rows.select_for_update(of=("self",)).values_list("pk"))
    return bodies
