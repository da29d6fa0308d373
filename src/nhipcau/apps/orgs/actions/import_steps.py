"""Steps of an act from a sheet: all of them or none."""

from __future__ import annotations

from collections.abc import Sequence

from nhipcau.apps.access.actors import Actor
from nhipcau.apps.orgs.actions.state_step import Stated, add_step
from nhipcau.apps.orgs.models import Restructuring
from nhipcau.apps.orgs.restructuring.stages import editing


def import_steps(
    act: Restructuring, steps: Sequence[Stated], *, actor: Actor, revision: int | None = None
) -> int:
    """Add the steps after those that are there; returns how many. Raises Refused as `editing` does."""
    with editing(act, "import_steps", actor=actor, revision=revision) as fresh:
        for step in steps:
            add_step(fresh, step)
    return len(steps)
