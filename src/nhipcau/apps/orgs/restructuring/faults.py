"""What forbids an act as it is stated, and what its reader should know. Codes and facts, no sentences."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any, TypeAlias

from nhipcau.apps.orgs.carrying import undeclared
from nhipcau.apps.orgs.models import Lineage, OrganisationVersion, RestructuringStep, StepUnit
from nhipcau.apps.orgs.restructuring.outline import Kind, Outline
from nhipcau.core.text import fold

Fault: TypeAlias = dict[str, Any]
# How many old and new bodies a step names: least and most of each; None is any number.
SHAPES: dict[str, tuple[int, int | None, int, int | None]] = {
    Kind.MERGE: (1, None, 1, 1),
    Kind.SPLIT: (1, 1, 2, None),
    Kind.ABOLISH: (1, None, 0, None),
    Kind.ABOLISH_TIER: (0, 0, 0, None),
    Kind.RENAME: (1, 1, 0, 0),
    Kind.MOVE_FUNCTION: (1, 1, 1, None),
}


def faults(outline: Outline) -> list[Fault]:
    """Everything that keeps the act from being submitted or carried out, in the order of the steps."""
    found = [_fault("undeclared", relations=", ".join(keys)) for keys in [undeclared()] if keys]
    if not outline.steps:
        return [*found, _fault("no-steps")]
    for step in outline.steps:
        found += _of_step(outline, step)
    found += _days(outline)
    found += _circles(outline)
    found += _names(outline)
    return found


def _fault(code: str, step: RestructuringStep | None = None, **values: Any) -> Fault:
    return {"code": code, "step": step.position if step else 0, "values": values}


def _of_step(outline: Outline, step: RestructuringStep) -> Iterator[Fault]:
    """Whether a step names as many bodies as its kind asks, and does something."""
    units = list(step.units.all())
    olds = [unit for unit in units if unit.side == StepUnit.Side.OLD]
    news = {outline.targets[unit.pk] for unit in units if unit.side == StepUnit.Side.NEW}
    least_old, most_old, least_new, most_new = SHAPES[step.kind]
    wrong_olds = len(olds) < least_old or (most_old is not None and len(olds) > most_old)
    wrong_news = len(news) < least_new or (most_new is not None and len(news) > most_new)
    if wrong_olds or wrong_news:
        yield _fault("shape-" + step.kind.replace("_", "-"), step)
        return
    if step.kind == Kind.MERGE and {unit.organisation_id for unit in olds} == {each.owner for each in news}:
        yield _fault("shape-merge", step)
    if step.kind == Kind.ABOLISH_TIER and not any(
        Kind.ABOLISH_TIER in passage.kinds for passage in outline.passages.values()
    ):
        yield _fault("empty-tier", step)
    if step.kind == Kind.RENAME and not olds[0].name:
        yield _fault("no-name", step)
    if step.kind == Kind.MOVE_FUNCTION and not step.function.strip():
        yield _fault("no-function", step)
    for unit in units:
        if unit.side == StepUnit.Side.NEW and unit.organisation_id is None and not unit.kind:
            yield _fault("no-kind", step, name=unit.name)


def _days(outline: Outline) -> Iterator[Fault]:
    """Every body exists on the day, since before it, and has no name from a later day."""
    ids = set(outline.touched())
    rows = OrganisationVersion.objects.filter(organisation_id__in=ids)
    there: set[int] = set()
    begins: set[int] = set()
    later: set[int] = set()
    for pk, valid in rows.values_list("organisation_id", "valid"):
        lower, upper = valid.lower, valid.upper
        if lower is not None and lower > outline.day:
            later.add(pk)
        elif upper is None or upper > outline.day:
            there.add(pk)
            if lower == outline.day:
                begins.add(pk)
    changing = outline.ending() | {each.organisation for each in outline.renamings}
    for pk in sorted(ids):
        if pk not in there:
            yield _fault("not-there", name=outline.name_of(pk))
        elif pk in changing and pk in begins:
            yield _fault("begins-that-day", name=outline.name_of(pk))
        elif pk in changing and pk in later:
            yield _fault("later-name", name=outline.name_of(pk))


def _circles(outline: Outline) -> Iterator[Fault]:
    """Nobody takes over and gives away at once, ends twice, or inherits from her own heir."""
    owners = {target.owner for passage in outline.passages.values() for target in passage.targets}
    for pk in sorted(owners & outline.olds()):
        yield _fault("chain", name=outline.name_of(pk))
    renamed = {each.organisation for each in outline.renamings}
    ends = Counter(pk for pk, _step in outline.ended_by)
    for pk in sorted(pk for pk, count in ends.items() if count > 1 or pk in renamed):
        yield _fault("twice", name=outline.name_of(pk))
    for pk in sorted(_own_ancestors(outline)):
        yield _fault("cycle", name=outline.name_of(pk))


def _own_ancestors(outline: Outline) -> set[int]:
    """Old bodies that already descend from a body which is to inherit from them."""
    forward: dict[int, set[int]] = {}
    rows = Lineage.objects.exclude(kind__in=(Lineage.Kind.RENAME, Lineage.Kind.MOVE_FUNCTION))
    for old, new in rows.filter(successor__isnull=False).values_list("predecessor_id", "successor_id"):
        forward.setdefault(old, set()).add(new or 0)
    found = set()
    for pk, passage in outline.passages.items():
        if passage.ends and any(_reaches(forward, target.owner, pk) for target in passage.targets):
            found.add(pk)
    return found


def _reaches(forward: dict[int, set[int]], start: int, goal: int) -> bool:
    seen, waiting = {start}, [start]
    while waiting:
        for each in forward.get(waiting.pop(), ()):
            if each == goal:
                return True
            if each not in seen:
                seen.add(each)
                waiting.append(each)
    return False


def _names(outline: Outline) -> Iterator[Fault]:
    """A new name belongs to nobody else who exists on the day and does not end with this act."""
    wanted = {unit.name_fold: unit.name for unit in outline.made if unit.name}
    wanted |= {fold(each.unit.name): each.unit.name for each in outline.renamings if each.unit.name}
    leaving = outline.ending() | {each.organisation for each in outline.renamings}
    rows = OrganisationVersion.objects.filter(name_fold__in=wanted, valid__contains=outline.day)
    # Places of other provinces may well bear the name of ours.
    for known in rows.working().exclude(organisation_id__in=leaving).order_by("pk"):
        yield _fault("name-taken", name=wanted[known.name_fold])
    kinds: dict[str, set[str]] = {}
    for step in outline.steps:
        for unit in step.units.all():
            if unit.side == StepUnit.Side.NEW and unit.organisation_id is None:
                kinds.setdefault(unit.name_fold, set()).add(unit.kind)
    for name, several in kinds.items():
        if len(several) > 1:
            yield _fault("two-kinds", name=wanted.get(name, name))
