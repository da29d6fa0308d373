"""Move everything that is sealed onto the current keys; in batches, each in a transaction of its own."""

from __future__ import annotations

from collections.abc import Callable

from nhipcau.apps.access.act import act, note
from nhipcau.apps.access.actors import System
from nhipcau.apps.access.identity import acting
from nhipcau.apps.access.keyring import key_ring, sealed_tables
from nhipcau.apps.access.rotation import Outcome, behind, rotate
from nhipcau.apps.audit.models import Event
from nhipcau.core.sealing import SealedColumn

# What a long piece of work that took its keys before went on sealing with the old ones is found again.
PASSES = 3
Told = Callable[[SealedColumn, int, int], None]


def rotate_keys(told: Told, *, actor: System) -> dict[SealedColumn, Outcome]:
    """The outcome of each column. `told` hears the column, the rows done and those to do.

    Killed at any point it is begun again and goes on. Raises SealingError without a ring.
    """
    found = {column: _onto_current(column, told) for column in sealed_tables()}
    with acting(actor), act(actor, "keys.rotate", Event, permission="create") as entry:
        note(
            entry,
            rows=sum(outcome.changed for outcome in found.values()),
            broken=sum(len(outcome.broken) for outcome in found.values()),
        )
    return found


def _onto_current(column: SealedColumn, told: Told) -> Outcome:
    whole = Outcome()
    for _pass in range(PASSES):
        left = behind(column, key_ring())
        if left <= len(whole.broken):
            break
        done = rotate(column, lambda rows, left=left: told(column, rows, left))  # type: ignore[misc]
        whole.looked_at += done.looked_at
        whole.changed += done.changed
        whole.broken = done.broken
    return whole
