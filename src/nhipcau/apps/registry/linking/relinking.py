"""The whole register linked again, after the model was trained anew or the rule changed.

What officers said holds. First it is told what would change; carried out, only the persons that change are
touched, part by part, each decided under lock on what stands then.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.utils import timezone

from nhipcau.apps.access.act import act, note
from nhipcau.apps.registry.deriving import derive
from nhipcau.apps.registry.joining import locked
from nhipcau.apps.registry.linking.columns import LINKER, read_standing
from nhipcau.apps.registry.linking.deciding import Decided, decide, said_of
from nhipcau.apps.registry.linking.new_records import Progress, as_found, explained, linking
from nhipcau.apps.registry.linking.undoing import part_linked, tree_of
from nhipcau.apps.registry.models import Membership, Merge, Person, Unlinked
from nhipcau.core.linkage.growing import Found, Grown, grow
from nhipcau.core.linkage.incremental import Known
from nhipcau.core.linkage.model import Model
from nhipcau.core.linkage.weighing import ASK

PART = 2_000


@dataclass(slots=True)
class Change:
    """Records whose persons would change together, and the pairs among them."""

    records: set[int]
    pairs: list[Found]


@dataclass(frozen=True, slots=True)
class Plan:
    """All that were compared, and what would change: how many persons would be joined to another, how many
    parts would leave one, how many pairs would be asked that do not wait yet.
    """

    records: frozenset[int]
    persons: int
    joins: int
    parts: int
    asks: int
    changes: list[Change]


def known_by(model: Model) -> Known:
    """Everybody, weighed by this model."""
    records, places = read_standing(timezone.localdate())
    held = [records]
    del records
    return Known.out_of(held, places.gazetteer, model)


def plan(known: Known) -> Plan:
    """What linking anew would change; nothing is written."""
    pairs = as_found(known.all_pairs())
    with linking():
        now = _standing()
        before = _before_linking(now)
        members = _by_person(before)
        said = said_of(members, all_records=True)
    grown = grow(members, pairs, known.rule, ask=ASK, said=said)
    after = _after(before, grown)
    return _compared(now, after, grown, pairs)


def _standing() -> dict[int, int]:
    rows = Membership.objects.filter(until=None, record__erased_at=None)
    return dict(rows.order_by().values_list("record", "person").iterator(chunk_size=20_000))


def _before_linking(now: dict[int, int]) -> dict[int, int]:
    """Record → the person that it would stand with, had linking joined nobody."""
    homes = dict(now)
    undone = set(now.values())
    merges = list(
        Merge.objects.filter(state=Merge.State.DONE, asked_by=None)
        .order_by("-pk")
        .values_list("kept", "gone", "moved")
    )
    for kept, gone, moved in merges:
        # One that an officer's join stands upon is not undone.
        if kept not in undone:
            continue
        undone.add(gone)
        for record in moved:
            if homes.get(record) == kept:
                homes[record] = gone
    return homes


def _by_person(homes: dict[int, int]) -> dict[int, list[int]]:
    members: dict[int, list[int]] = {}
    for record, person in sorted(homes.items()):
        members.setdefault(person, []).append(record)
    return members


def _after(before: dict[int, int], grown: Grown) -> dict[int, int]:
    leads = {gone: joined.kept for joined in grown.joined for gone in joined.gone}
    return {record: leads.get(person, person) for record, person in before.items()}


def _compared(now: dict[int, int], after: dict[int, int], grown: Grown, pairs: list[Found]) -> Plan:
    there: dict[int, set[int]] = {}
    here: dict[int, set[int]] = {}
    for record, person in now.items():
        there.setdefault(person, set()).add(after[record])
        here.setdefault(after[record], set()).add(person)
    # Persons, old and new, that hang together by a record or by a question; each whole is changed at once.
    union = _Union()
    for record, person in now.items():
        union.join(("now", person), ("after", after[record]))
    changed = {("now", person) for person, parts in there.items() if len(parts) > 1}
    changed |= {("after", person) for person, parts in here.items() if len(parts) > 1}
    for pair in grown.doubtful:
        union.join(("after", after[pair.left]), ("after", after[pair.right]))
        changed.add(("after", after[pair.left]))
    roots = {union.root(each) for each in changed}
    found: dict[tuple[str, int], Change] = {root: Change(set(), []) for root in roots}
    for record, person in now.items():
        root = union.root(("now", person))
        if root in found:
            found[root].records.add(record)
    for pair in pairs:
        if pair.left in now and pair.right in now:
            root = union.root(("now", now[pair.left]))
            if root in found and root == union.root(("now", now[pair.right])):
                found[root].pairs.append(pair)
    return Plan(
        records=frozenset(now),
        persons=len(there),
        joins=sum(len(parts) - 1 for parts in here.values()),
        parts=sum(len(parts) - 1 for parts in there.values()),
        asks=len(grown.doubtful),
        changes=sorted(found.values(), key=lambda change: min(change.records)),
    )


class _Union:
    """Things that hang together."""

    def __init__(self) -> None:
        self._leads: dict[tuple[str, int], tuple[str, int]] = {}

    def root(self, one: tuple[str, int]) -> tuple[str, int]:
        while (at := self._leads.get(one, one)) != one:
            self._leads[one] = self._leads.get(at, at)
            one = at
        return one

    def join(self, one: tuple[str, int], other: tuple[str, int]) -> None:
        self._leads[self.root(one)] = self.root(other)


def carry_out(planned: Plan, known: Known, progress: Progress = lambda _done, _total: None) -> Decided:
    """Part by part; killed in the middle, what was done stands and the next plan holds the rest."""
    joined = asked = done = 0
    for part in _parts(planned.changes):
        records = {record for change in part for record in change.records}
        pairs = [pair for change in part for pair in change.pairs]
        with linking(), act(LINKER, "registry.link_again", Person, permission="merge") as entry:
            decided = _anew(records, pairs, known)
            note(entry, records=len(records), joined=decided.joined, asked=decided.asked)
        joined, asked, done = joined + decided.joined, asked + decided.asked, done + len(part)
        progress(done, len(planned.changes))
    with linking():
        still = Unlinked.objects.order_by("record").values_list("record", flat=True)
        Unlinked.objects.filter(record__in=planned.records.intersection(still)).delete()
    return Decided(joined, asked)


def _anew(records: set[int], pairs: list[Found], known: Known) -> Decided:
    standing = Membership.objects.filter(record__in=records, until=None)
    persons = set(standing.order_by().values_list("person", flat=True).distinct())
    locked(*tree_of(persons))
    derive(part_linked(persons))
    return decide(pairs, records, known.rule, explained(known))


def _parts(changes: Iterable[Change]) -> Iterator[list[Change]]:
    """So many changes at once that their records make a part."""
    part: list[Change] = []
    size = 0
    for change in changes:
        part.append(change)
        size += len(change.records)
        if size >= PART:
            yield part
            part, size = [], 0
    if part:
        yield part
