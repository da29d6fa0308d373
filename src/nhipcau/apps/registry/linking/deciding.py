"""What is done with weighed pairs: sure ones join their persons, doubtful ones go to the review desk.

All of it in the running transaction, on what stands in it: weights say how like records are, which never
changes; whose they are and what officers said is read here, under the lock of the persons.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass

from django.db.models import F, Q

from nhipcau.apps.registry.deriving import derive
from nhipcau.apps.registry.joining import APART, BY_HAND, join_sure, locked
from nhipcau.apps.registry.models import Membership, Merge, Pair, Person, Recall
from nhipcau.apps.registry.recalling import recall
from nhipcau.core.linkage.clustering import Rule
from nhipcau.core.linkage.growing import Couple, Found, Grown, Joined, Said, grow
from nhipcau.core.linkage.weighing import ASK

State = Pair.State
Explained = Callable[[list[Found]], list[dict[str, object]]]
"""Evidence of pairs, as it is kept."""


@dataclass(frozen=True, slots=True)
class Stands:
    """Persons with their records, and what officers said of these."""

    members: dict[int, list[int]]
    said: Said


def members_of(records: Collection[int]) -> dict[int, list[int]]:
    """The persons of these records, locked, each with all her standing records."""
    persons = set(_persons(records))
    while True:
        held = locked(*persons)
        now = set(_persons(records))
        # Somebody joined two of them before they were locked.
        if now <= set(held):
            break
        persons |= now
    found: dict[int, list[int]] = {person: [] for person in now}
    rows = Membership.objects.filter(person__in=now, until=None, record__erased_at=None)
    for person, record in rows.order_by("person", "record").values_list("person", "record"):
        found[person].append(record)
    return found


def _persons(records: Collection[int]) -> Iterable[int]:
    rows = Membership.objects.filter(record__in=list(records), until=None, record__erased_at=None)
    return rows.order_by().values_list("person", flat=True).distinct()


def standing(records: Collection[int]) -> Stands:
    """The persons of these records and all that was decided of them."""
    members = members_of(records)
    return Stands(members, said_of(members))


def _said_with(records: Collection[int]) -> set[int]:
    """Records that an officer called one with some of these, and those."""
    wanted = set(records)
    same = Pair.objects.filter(state=State.SAME).order_by().values_list("left", "right")
    return {record for both in same if not wanted.isdisjoint(both) for record in both}


def _decided(records: Collection[int] | None) -> Iterator[tuple[int, int, str]]:
    """Pairs between these records (None: all there are) that officers decided, or that wait for them. What
    officers decided is little, and read whole: row security would be asked for each of many numbers.
    """
    by_officers = Pair.objects.exclude(state__in=(State.OPEN, State.LINKED))
    waiting = Pair.objects.filter(state=State.OPEN)
    if records is not None:
        waiting = waiting.filter(left__in=records)
    inside = None if records is None else set(records)
    for rows in (by_officers, waiting):
        for left, right, state in rows.order_by().values_list("left", "right", "state"):
            if inside is None or (left in inside and right in inside):
                yield left, right, state


def said_of(members: dict[int, list[int]], *, all_records: bool = False) -> Said:
    """`all_records`: these are all that there are, and nothing is asked by number."""
    records = None if all_records else [record for each in members.values() for record in each]
    apart: set[Couple] = set()
    same: set[Couple] = set()
    asked: set[Couple] = set()
    for left, right, state in _decided(records):
        if state in APART:
            apart.add((left, right))
        else:
            (same if state == State.SAME else asked).add((left, right))
    apart.update(_kept_apart(records))
    return Said(apart, same, _firm(None if all_records else list(members)), asked)


def _kept_apart(records: Collection[int] | None) -> Iterator[Couple]:
    """Of persons whose join waits for a second officer, or was refused by her: nothing joins them behind her
    back, whomever they were joined to since. What was taken apart stands in pairs (joining.keep_apart).
    """
    refused = Q(state=Merge.State.REFUSED) & ~Q(decided_by=F("asked_by"))
    waits = Merge.objects.filter(refused | Q(state=Merge.State.PROPOSED))
    if not waits.exists():
        return
    rows = Membership.objects.all()
    if records is None:
        rows = rows.filter(Q(person__in=waits.values("kept")) | Q(person__in=waits.values("gone")))
    else:
        rows = rows.filter(record__in=records)
    ever: dict[int, set[int]] = defaultdict(set)
    for person, record in rows.order_by().values_list("person", "record"):
        ever[person].add(record)
    merges = waits.filter(kept__in=ever, gone__in=ever)
    for kept, gone in merges.values_list("kept", "gone"):
        for one in ever[kept] - ever[gone]:
            for other in ever[gone] - ever[kept]:
                yield (min(one, other), max(one, other))


def _firm(persons: Collection[int] | None) -> frozenset[int]:
    """Those with a history, as `joining.has_history`."""
    by_officer = Q(by__in=(Membership.By.OFFICER, Membership.By.APART)) | Q(record__origin__in=BY_HAND)
    rows = Membership.objects.filter(by_officer)
    if persons is not None:
        rows = rows.filter(person__in=persons)
    return frozenset(rows.order_by().values_list("person", flat=True).distinct())


@dataclass(frozen=True, slots=True)
class Decided:
    """How many persons were joined to another, and how many pairs were put to the desk."""

    joined: int
    asked: int


def decide(pairs: list[Found], new: Collection[int], rule: Rule, explained: Explained) -> Decided:
    """Join and ask, in the running transaction. `pairs` with a `new` record join or are asked."""
    # What weighs less joins nothing and is not asked: it only counts where wholes are weighed.
    likely = {record for pair in pairs if pair.weight >= ASK for record in (pair.left, pair.right)}
    stands = standing(likely | _said_with(new))
    grown = grow(stands.members, pairs, rule, ask=ASK, driving=new, said=stands.said)
    return carry_out(grown, explained)


def carry_out(grown: Grown, explained: Explained) -> Decided:
    """What was found, into the database; evidence is made only for what is kept."""
    sure = [pair for joined in grown.joined for pair in joined.gone.values()]
    told = explained([*sure, *grown.doubtful])
    rows = _pairs(sure, told[: len(sure)], State.LINKED)
    _pairs(grown.doubtful, told[len(sure) :], State.OPEN)
    join_sure(
        {
            joined.kept: {person: rows[pair.left, pair.right] for person, pair in joined.gone.items()}
            for joined in grown.joined
        }
    )
    changed = {person for joined in grown.joined for person in (joined.kept, *joined.gone)}
    derive(changed)
    _recall(grown.joined)
    _settle([joined.kept for joined in grown.joined])
    return Decided(len(sure), len(grown.doubtful))


def _recall(joined: Iterable[Joined]) -> None:
    """Who was joined to somebody whose data may not be used is no longer used either: nor in files."""
    gone = {each.kept: each.gone for each in joined}
    restricted = Person.objects.filter(pk__in=gone).exclude(restricted_at=None).values_list("pk", flat=True)
    if persons := [person for kept in restricted for person in gone[kept]]:
        recall(persons, Recall.Why.RESTRICTED)


def _pairs(found: list[Found], told: list[dict[str, object]], state: str) -> dict[Couple, Pair]:
    """A row for each, as it weighs now; one that an officer decided keeps what was said of it."""
    there = _rows(found)
    weighed = zip(found, told, strict=True)
    new, again = [], []
    for pair, evidence in weighed:
        row = there.get((pair.left, pair.right))
        if row is None:
            row = Pair(left_id=pair.left, right_id=pair.right)
            new.append(row)
        elif row.state in (State.OPEN, State.LINKED):
            again.append(row)
        else:
            continue
        row.weight, row.evidence, row.state = pair.weight, evidence, state
    Pair.objects.bulk_create(new, batch_size=2000)
    Pair.objects.bulk_update(again, ["weight", "evidence", "state"], batch_size=500)
    return there | {(row.left_id, row.right_id): row for row in new}


def _rows(found: list[Found]) -> dict[Couple, Pair]:
    wanted = {(pair.left, pair.right) for pair in found}
    rows = Pair.objects.filter(left__in={left for left, _right in wanted})
    return {(row.left_id, row.right_id): row for row in rows if (row.left_id, row.right_id) in wanted}


def _settle(persons: Collection[int]) -> None:
    """Pairs that waited, of records that are now one person's, wait no more."""
    home: dict[int, int] = {}
    rows = Membership.objects.filter(person__in=list(persons), until=None)
    for record, person in rows.order_by().values_list("record", "person"):
        home[record] = person
    waiting = Pair.objects.filter(left__in=list(home), state=State.OPEN)
    settled = [
        pk
        for pk, left, right in waiting.order_by().values_list("pk", "left", "right")
        if home[left] == home.get(right)
    ]
    Pair.objects.filter(pk__in=settled).update(state=State.LINKED)
