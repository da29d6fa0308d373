"""Which open item goes where: by itself where one body takes everything, else by hand or by rule."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db import models
from django.db.models import Q

from nhipcau.apps.orgs.carrying import Carried, Rule
from nhipcau.apps.orgs.models import Allotment, AllotmentRule, Fate
from nhipcau.apps.orgs.restructuring.outline import Kind, Outline, Passage
from nhipcau.core.text import fold

By = AllotmentRule.By


@dataclass(frozen=True, slots=True)
class Item:
    """One open row. `fate` is empty while nobody has said what becomes of it; `owner` as in Target."""

    row: Any
    old: int
    fate: str = ""
    owner: int = 0
    by_hand: bool = False


@dataclass(slots=True)
class Decisions:
    """What was decided: by hand (relation and row), and the rules of each body in their order."""

    hand: dict[tuple[str, str], Allotment] = field(default_factory=dict)
    rules: dict[int, list[AllotmentRule]] = field(default_factory=lambda: defaultdict(list))


def decisions_of(outline: Outline) -> Decisions:
    """Two queries."""
    found = Decisions()
    for each in Allotment.objects.filter(restructuring=outline.act):
        found.hand[each.relation, each.row] = each
    for rule in AllotmentRule.objects.filter(restructuring=outline.act).order_by("position", "pk"):
        found.rules[rule.organisation_id].append(rule)
    return found


def needs_choice(passage: Passage) -> bool:
    """Whether somebody must say what becomes of its items."""
    return passage.sole is None


def stays_unless_said(passage: Passage, carried: Carried) -> bool:
    """A body that goes on keeps its people and those below it, and when it only hands over a function, its
    work; of one that is divided every open task must be allotted.
    """
    if passage.ends:
        return False
    return carried.rule != Rule.MOVES or passage.kinds == {Kind.MOVE_FUNCTION}


def open_rows(outline: Outline, carried: Carried, olds: Iterable[int]) -> models.QuerySet[Any]:
    """Open rows of the relation that belong to the bodies, in the order of locking."""
    manager: Any = carried.model._base_manager
    rows: models.QuerySet[Any] = manager.filter(
        carried.open(outline.today), **{f"{carried.column}__in": list(olds)}
    )
    return rows.order_by("pk")


def items_of(
    outline: Outline, carried: Carried, decisions: Decisions, olds: Iterable[int] | None = None
) -> list[Item]:
    """Every open item of the relation with its fate, of all old bodies or of some; one query, and one for
    each rule that asks.
    """
    found: list[Item] = []
    chosen: dict[int, list[Any]] = defaultdict(list)
    bodies = outline.olds() if olds is None else olds
    for row, old in open_rows(outline, carried, bodies).values_list("pk", carried.column):
        sole = outline.passages[old].sole
        if sole is not None:
            found.append(Item(row, old, Fate.GIVE, sole.owner))
        else:
            chosen[old].append(row)
    for old, mine in chosen.items():
        found += _choose(outline, carried, outline.passages[old], mine, decisions)
    return sorted(found, key=lambda item: item.row)


def _choose(
    outline: Outline, carried: Carried, passage: Passage, rows: list[Any], decisions: Decisions
) -> list[Item]:
    old = passage.predecessor
    left = dict.fromkeys(rows)
    found = []
    for row in rows:
        hand = decisions.hand.get((carried.key, str(row)))
        if hand is not None and allowed(outline, passage, hand.fate, hand.unit_id):
            found.append(_item(outline, row, old, hand.fate, hand.unit_id, by_hand=True))
            del left[row]
    for rule in decisions.rules.get(old, []):
        if not left:
            break
        if allowed(outline, passage, rule.fate, rule.unit_id):
            hits = [row for row in fitting(outline, carried, old, rule) if row in left]
            found += [_item(outline, row, old, rule.fate, rule.unit_id) for row in hits]
            for row in hits:
                del left[row]
    rest = Fate.STAY if stays_unless_said(passage, carried) else ""
    return found + [Item(row, old, rest, old if rest else 0) for row in left]


def allowed(outline: Outline, passage: Passage, fate: str, unit: int | None) -> bool:
    """A decision may be older than the steps: one whose target is gone does not count."""
    if fate == Fate.GIVE:
        target = outline.targets.get(unit or 0)
        return target is not None and target in passage.targets
    return fate == Fate.END or not passage.ends


def _item(
    outline: Outline, row: Any, old: int, fate: str, unit: int | None, *, by_hand: bool = False
) -> Item:
    owner = {Fate.GIVE: lambda: outline.targets[unit or 0].owner, Fate.STAY: lambda: old}.get(
        Fate(fate), lambda: 0
    )()
    return Item(row, old, fate, owner, by_hand)


def fitting(outline: Outline, carried: Carried, old: int, rule: AllotmentRule) -> Iterable[Any]:
    """Keys of the body's open rows that the rule is about."""
    condition = condition_of(carried, rule)
    if condition is None:
        return ()
    return open_rows(outline, carried, [old]).filter(condition).values_list("pk", flat=True)


def condition_of(carried: Carried, rule: AllotmentRule) -> Q | None:
    """None where the relation has nothing that the rule asks about."""
    facets = carried.facets
    if rule.by == By.REST:
        return Q()
    if rule.by == By.RELATION:
        return Q() if rule.value == carried.key else None
    if rule.by == By.WORDS and facets.words:
        return words_q(facets.words, rule.value)
    path = {By.PLAN: facets.plan, By.ROLE: facets.role}.get(By(rule.by), "")
    return Q(**{path: rule.value}) if path and rule.value else None


def words_q(path: str, value: str) -> Q | None:
    """Any of the phrases, which semicolons part, stands in the text; marks and case aside."""
    found = None
    for phrase in value.split(";"):
        folded = fold(phrase).strip()
        if folded:
            one = Q(**{f"{path}__contains": folded})
            found = one if found is None else found | one
    return found


def words_of(carried: Carried, rows: list[Any]) -> list[tuple[Any, str]]:
    """Key and folded text of rows; one query."""
    manager: Any = carried.model._base_manager
    texts = manager.filter(pk__in=rows).values_list("pk", carried.facets.text or "pk")
    return [(row, fold(str(text))) for row, text in texts]


def facts_of(carried: Carried, rows: list[Any]) -> dict[Any, dict[str, Any]]:
    """Text, plan's name and role of rows, by key, empty where the relation has none; one query."""
    facets = carried.facets
    paths = {"text": facets.text, "plan": facets.plan_name, "role": facets.role}
    manager: Any = carried.model._base_manager
    found = manager.filter(pk__in=rows).values("pk", *(path for path in paths.values() if path))
    return {row["pk"]: {name: row[path] if path else "" for name, path in paths.items()} for row in found}


def plans_of(carried: Carried, rows: list[Any], most: int) -> dict[str, str]:
    """Ids and names of the plans that rows belong to; one query."""
    facets = carried.facets
    if not facets.plan or not facets.plan_name:
        return {}
    manager: Any = carried.model._base_manager
    found = manager.filter(pk__in=rows).exclude(**{facets.plan: None}).order_by(facets.plan)
    pairs = found.values_list(facets.plan, facets.plan_name).distinct()[:most]
    return {str(pk): str(name or pk) for pk, name in pairs}
