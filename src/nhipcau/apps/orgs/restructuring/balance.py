"""Totals by old and by new structure, and what must hold of them before an act may be committed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from typing import Any

from django.db.models import Count

from nhipcau.apps.orgs.carrying import Carried, Rule, declared
from nhipcau.apps.orgs.models import OrganisationVersion, RowChange
from nhipcau.apps.orgs.restructuring.outline import Outline

Verb = RowChange.Verb
# Body → [open, closed].
Counts = dict[int, list[int]]


class Unbalanced(Exception):
    """The sums do not agree: nothing is committed. `what` names the sum."""

    def __init__(self, what: str) -> None:
        super().__init__(what)
        self.what = what


def count(outline: Outline, bodies: Collection[int]) -> dict[str, Counts]:
    """Open and closed rows of every moving relation, by body; two queries a relation."""
    return {carried.key: _count(outline, carried, bodies) for carried in declared(Rule.MOVES)}


def _count(outline: Outline, carried: Carried, bodies: Collection[int]) -> Counts:
    manager: Any = carried.model._base_manager
    mine = manager.filter(**{f"{carried.column}__in": list(bodies)}).order_by()
    everything = dict(mine.values_list(carried.column).annotate(Count("pk")))
    still = dict(mine.filter(carried.open(outline.today)).values_list(carried.column).annotate(Count("pk")))
    return {pk: [still.get(pk, 0), everything[pk] - still.get(pk, 0)] for pk in sorted(everything)}


def flows(lines: Iterable[RowChange], key: str) -> Counter[tuple[int, int, str]]:
    """How many rows went from which body to which (0: nowhere), and how."""
    return Counter(
        (line.old_owner or 0, line.new_owner or 0, str(line.verb))
        for line in lines
        if line.relation == key and line.verb != Verb.CHANGED
    )


def account(
    outline: Outline, before: dict[str, Counts], after: dict[str, Counts], lines: list[RowChange]
) -> dict[str, Any]:
    """Both structures side by side; raises Unbalanced. Keys are text, as JSON has them."""
    found: dict[str, Any] = {}
    for key, old in before.items():
        mine = [line for line in lines if line.relation == key]
        _hold(outline, key, (old, after[key]), mine)
        found[key] = {
            "before": {str(pk): counts for pk, counts in old.items()},
            "after": {str(pk): counts for pk, counts in after[key].items()},
            "flows": [[*flow, number] for flow, number in sorted(flows(mine, key).items())],
        }
    _no_gaps(outline)
    return found


def _hold(outline: Outline, key: str, counts: tuple[Counts, Counts], lines: list[RowChange]) -> None:
    """No row is lost, none is made, and every one is where the log says."""
    old, new = counts
    came: Counter[int] = Counter()
    for line in lines:
        if line.verb == Verb.MOVED:
            came[line.new_owner or 0] += 1
            came[line.old_owner or 0] -= 1
        elif line.now is None or (line.verb == Verb.ENDED and line.new_owner != line.old_owner):
            came[line.old_owner or 0] -= 1
    for pk in {*old, *new, *came} - {0}:
        wanted = sum(old.get(pk, ())) + came[pk]
        if sum(new.get(pk, ())) != wanted:
            raise Unbalanced(f"{key}: body {pk} has {sum(new.get(pk, ()))} rows, not {wanted}")
    still = [pk for pk in outline.ending() if new.get(pk, [0, 0])[0]]
    if still:
        raise Unbalanced(f"{key}: open rows are left at {still}")
    # A row that was closed already may be joined as well (its body's open one goes on): so at most.
    stopped = sum(line.verb in (Verb.JOINED, Verb.ENDED, Verb.TAKEN) for line in lines)
    opened, remaining = sum(each[0] for each in old.values()), sum(each[0] for each in new.values())
    if not opened - stopped <= remaining <= opened:
        raise Unbalanced(f"{key}: {opened} open rows became {remaining}, {stopped} stopped")


def _no_gaps(outline: Outline) -> None:
    """Those that end are gone on the day, those that take over are there."""
    there = set(
        OrganisationVersion.objects.filter(
            organisation_id__in=outline.touched(), valid__contains=outline.day
        ).values_list("organisation_id", flat=True)
    )
    wrong = (there & outline.ending()) | (set(outline.touched()) - outline.ending() - there)
    if wrong:
        raise Unbalanced(f"bodies {sorted(wrong)} are there when they should not be, or are not")
