"""A step of an act: who merges into whom, who is divided, abolished, renamed, which function moves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Max

from nhipcau.apps.access.actors import Actor
from nhipcau.apps.orgs.models import Restructuring, RestructuringStep, StepUnit
from nhipcau.apps.orgs.restructuring.stages import editing


@dataclass(frozen=True, slots=True)
class Body:
    """A body in a step: one that exists (`organisation`, its id), or one to be made; `name` also renames."""

    organisation: int | None = None
    name: str = ""
    abbreviation: str = ""
    kind: str = ""
    parent: int | None = None


@dataclass(frozen=True, slots=True)
class Stated:
    """A step as stated; `kind` is a RestructuringStep.Kind. For a renaming `olds` has the new name."""

    kind: str
    olds: Sequence[Body] = ()
    news: Sequence[Body] = ()
    tier: str = ""
    function: str = ""
    legal_basis: str = ""


def state_step(
    act: Restructuring, stated: Stated, *, actor: Actor, revision: int | None = None
) -> RestructuringStep:
    """Add the step after those that are there. Whether it holds is told by the preview."""
    with editing(act, "state_step", actor=actor, revision=revision) as fresh:
        return add_step(fresh, stated)


def add_step(act: Restructuring, stated: Stated) -> RestructuringStep:
    """Write the step; inside `editing`."""
    last = act.steps.aggregate(last=Max("position"))["last"] or 0
    step = RestructuringStep.objects.create(
        restructuring=act,
        position=last + 1,
        kind=RestructuringStep.Kind(stated.kind),
        tier=stated.tier,
        function=stated.function.strip(),
        legal_basis=stated.legal_basis.strip(),
    )
    sides = ((StepUnit.Side.OLD, stated.olds), (StepUnit.Side.NEW, stated.news))
    for side, bodies in sides:
        for position, body in enumerate(bodies):
            StepUnit.objects.create(
                step=step,
                side=side,
                position=position,
                organisation_id=body.organisation,
                name=" ".join(body.name.split())[:200],
                abbreviation=body.abbreviation.strip()[:40],
                kind=body.kind,
                parent_id=body.parent,
            )
    return step
