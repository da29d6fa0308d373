"""Who goes where: the steps of an act as passages from old bodies to new ones."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.utils import timezone

from nhipcau.apps.orgs.directory import versions
from nhipcau.apps.orgs.models import (
    Lineage,
    OrganisationVersion,
    Restructuring,
    RestructuringStep,
    StepUnit,
)

Kind = RestructuringStep.Kind
EDGES: dict[str, str] = {
    Kind.MERGE: Lineage.Kind.MERGE,
    Kind.SPLIT: Lineage.Kind.SPLIT,
    Kind.ABOLISH: Lineage.Kind.ABOLISH,
    Kind.ABOLISH_TIER: Lineage.Kind.ABOLISH,
    Kind.RENAME: Lineage.Kind.RENAME,
    Kind.MOVE_FUNCTION: Lineage.Kind.MOVE_FUNCTION,
}


@dataclass(frozen=True, slots=True)
class Target:
    """A body that takes over. `owner` is its id, or minus its unit's until the act makes it."""

    owner: int
    unit: int
    name: str
    kind: str

    @property
    def to_be_made(self) -> bool:
        return self.owner < 0


@dataclass(slots=True)
class Passage:
    """What happens to one old body, all steps of the act together.

    `ends`: it exists no longer from the day on. `names`: its name leads to the targets (a function that
    moves takes no name along).
    """

    predecessor: int
    ends: bool = False
    names: bool = False
    targets: list[Target] = field(default_factory=list)
    kinds: set[str] = field(default_factory=set)

    @property
    def sole(self) -> Target | None:
        """The one body that takes everything; None where somebody must choose."""
        return self.targets[0] if self.ends and len(self.targets) == 1 else None


@dataclass(frozen=True, slots=True)
class Edge:
    kind: str
    predecessor: int
    target: Target | None
    function: str
    legal_basis: str


@dataclass(frozen=True, slots=True)
class Renaming:
    organisation: int
    unit: StepUnit
    step: RestructuringStep


@dataclass(slots=True)
class Outline:
    """An act worked out as of now. `passages` by old body; `made` the units that stand for new bodies."""

    act: Restructuring
    day: date
    today: date
    steps: list[RestructuringStep] = field(default_factory=list)
    passages: dict[int, Passage] = field(default_factory=dict)
    edges: list[Edge] = field(default_factory=list)
    renamings: list[Renaming] = field(default_factory=list)
    targets: dict[int, Target] = field(default_factory=dict)
    made: list[StepUnit] = field(default_factory=list)
    versions: dict[int, OrganisationVersion] = field(default_factory=dict)
    ended_by: set[tuple[int, int]] = field(default_factory=set)

    def olds(self) -> set[int]:
        """Every body that gives something away."""
        return set(self.passages)

    def ending(self) -> set[int]:
        return {pk for pk, passage in self.passages.items() if passage.ends}

    def touched(self) -> list[int]:
        """Ids of all bodies that exist already and take part, in the order of locking."""
        owners = {target.owner for target in self.targets.values() if target.owner > 0}
        return sorted(self.olds() | owners | {each.organisation for each in self.renamings})

    def target_of(self, owner: int) -> Target | None:
        return next((each for each in self.targets.values() if each.owner == owner), None)

    def name_of(self, owner: int) -> str:
        """The name of a body that takes part, existing or to be made."""
        known = self.versions.get(owner)
        target = None if known else self.target_of(owner)
        return known.name if known else target.name if target else str(owner)

    def kind_of(self, owner: int) -> str:
        known = self.versions.get(owner)
        target = None if known else self.target_of(owner)
        return known.kind if known else target.kind if target else ""


def outline_of(act: Restructuring) -> Outline:
    """Work the steps out; four queries. Faults are told by `faults`, not here: a wrong act has an outline."""
    found = Outline(act, act.effective_on, timezone.localdate())
    found.steps = list(act.steps.prefetch_related("units"))
    units = [unit for step in found.steps for unit in step.units.all()]
    named = {unit.organisation_id for unit in units if unit.side == StepUnit.Side.OLD}
    tiers = {step.pk: _tier(step, found, named) for step in found.steps if step.kind == Kind.ABOLISH_TIER}
    ids = {unit.organisation_id for unit in units if unit.organisation_id}
    ids |= {unit.parent_id for unit in units if unit.parent_id}
    ids |= {pk for bodies in tiers.values() for pk in bodies}
    found.versions = versions(ids, found.day)
    _name_targets(found, [unit for unit in units if unit.side == StepUnit.Side.NEW])
    for step in found.steps:
        _take_in(found, step, tiers.get(step.pk, []))
    return found


def _tier(step: RestructuringStep, outline: Outline, named: set[int | None]) -> list[int]:
    """Every working body of the kind on the day, but those that another step names."""
    rows = OrganisationVersion.objects.working().filter(kind=step.tier, valid__contains=outline.day)
    rows = rows.exclude(organisation_id__in=[pk for pk in named if pk])
    return list(rows.order_by("organisation_id").values_list("organisation_id", flat=True))


def _name_targets(outline: Outline, news: Iterable[StepUnit]) -> None:
    """One target a body: new ones of the same name in several steps are the same."""
    by_key: dict[str, Target] = {}
    for unit in sorted(news, key=lambda unit: unit.pk):
        key = f"{unit.organisation_id}" if unit.organisation_id else unit.name_fold
        if key not in by_key:
            known = outline.versions.get(unit.organisation_id or 0)
            name, kind = (known.name, known.kind) if known else (unit.name, unit.kind)
            by_key[key] = Target(unit.organisation_id or -unit.pk, unit.pk, name, kind)
            if unit.organisation_id is None:
                outline.made.append(unit)
        outline.targets[unit.pk] = by_key[key]


def _take_in(outline: Outline, step: RestructuringStep, tier: list[int]) -> None:
    units = list(step.units.all())
    old_units = [unit for unit in units if unit.side == StepUnit.Side.OLD and unit.organisation_id]
    olds = list(dict.fromkeys([unit.organisation_id for unit in old_units if unit.organisation_id] + tier))
    news = list(dict.fromkeys(outline.targets[unit.pk] for unit in units if unit.side == StepUnit.Side.NEW))
    basis = step.legal_basis or outline.act.legal_basis
    if step.kind == Kind.RENAME:
        outline.renamings += [Renaming(unit.organisation_id or 0, unit, step) for unit in old_units]
        outline.edges += [Edge(EDGES[step.kind], pk, _itself(outline, pk), "", basis) for pk in olds]
        return
    for pk in olds:
        goes_on = step.kind == Kind.MOVE_FUNCTION or any(target.owner == pk for target in news)
        others = [target for target in news if target.owner != pk]
        if goes_on and not others:
            continue
        passage = outline.passages.setdefault(pk, Passage(pk))
        passage.ends = passage.ends or not goes_on
        if not goes_on:
            outline.ended_by.add((pk, step.pk))
        passage.names = passage.names or step.kind != Kind.MOVE_FUNCTION
        passage.kinds.add(step.kind)
        passage.targets += [target for target in others if target not in passage.targets]
        ends: list[Target | None] = [*others] if others else [None]
        outline.edges += [Edge(EDGES[step.kind], pk, target, step.function, basis) for target in ends]


def _itself(outline: Outline, pk: int) -> Target:
    known = outline.versions.get(pk)
    return Target(pk, 0, known.name if known else "", known.kind if known else "")
