"""A step that is not to be carried out after all; what was allotted to its new bodies goes with it."""

from __future__ import annotations

from nhipcau.apps.access.actors import Actor
from nhipcau.apps.orgs.models import Restructuring, RestructuringStep
from nhipcau.apps.orgs.restructuring.stages import editing


def remove_step(
    act: Restructuring, step: RestructuringStep, *, actor: Actor, revision: int | None = None
) -> None:
    """Those behind it move up. Raises Refused as `editing` does."""
    with editing(act, "remove_step", actor=actor, revision=revision) as fresh:
        fresh.steps.filter(pk=step.pk).delete()
        for position, left in enumerate(fresh.steps.order_by("position", "pk"), start=1):
            if left.position != position:
                left.position = position
                left.save(update_fields=["position"])
