"""New records into clusters that stand, by the same rule as `clustering`, within what officers decided.

A cluster is a person, its members are her records. What an officer called different is never joined, also not
through a third; two that both have a history do not join by themselves; what falls short of the rule, and
what the rule would join but may not, is for a person to decide.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from nhipcau.core.linkage.clustering import LARGEST, MOST, Rule

Couple = tuple[int, int]
"""Two records, the lower number first."""


@dataclass(frozen=True, slots=True)
class Found:
    """Two records and the weight of their pair."""

    left: int
    right: int
    weight: float


@dataclass(frozen=True, slots=True)
class Said:
    """What was decided before: holds whatever the weights say."""

    apart: Collection[Couple] = ()
    """Records that an officer called two persons."""
    same: Collection[Couple] = ()
    """Records that an officer called one person."""
    firm: Collection[int] = ()
    """Clusters with a history: no two of them join by themselves."""
    asked: Collection[Couple] = ()
    """Records whose pair waits at the desk, or of which an officer could not tell."""


@dataclass(frozen=True, slots=True)
class Joined:
    """Clusters that become one: `kept`, and each other one with the pair that brought it."""

    kept: int
    gone: dict[int, Found]


@dataclass(slots=True)
class Grown:
    """What became of the clusters, and the pairs that are to be asked, one for two clusters."""

    joined: list[Joined] = field(default_factory=list)
    doubtful: list[Found] = field(default_factory=list)


class _Growing:
    """Clusters by their lowest number while they grow."""

    def __init__(self, members: Mapping[int, Collection[int]], weights: Iterable[Found], said: Said) -> None:
        self.cluster_of = {record: cluster for cluster, records in members.items() for record in records}
        self.home = {cluster: cluster for cluster in members}
        self.members = {cluster: list(records) for cluster, records in members.items()}
        self.parts = {cluster: [cluster] for cluster in members}
        self.edges: dict[int, list[tuple[int, Found]]] = {}
        self.firm = set(said.firm) & set(members)
        self.apart: dict[int, set[int]] = {}
        for left, right in said.apart:
            one, other = self.cluster_of.get(left), self.cluster_of.get(right)
            if one is not None and other is not None and one != other:
                self.apart.setdefault(one, set()).add(other)
                self.apart.setdefault(other, set()).add(one)
        self.weights = {(pair.left, pair.right): pair.weight for pair in weights}

    def of(self, record: int) -> int | None:
        cluster = self.cluster_of.get(record)
        return None if cluster is None else self.home[cluster]

    def forbidden(self, one: int, other: int) -> bool:
        return other in self.apart.get(one, ())

    def both_firm(self, one: int, other: int) -> bool:
        return one in self.firm and other in self.firm

    def fits(self, one: int, other: int, rule: Rule) -> bool:
        """All cross pairs together speak for it, and none forbids it."""
        ours, theirs = self.members[one], self.members[other]
        if len(ours) + len(theirs) > LARGEST:
            return False
        total = 0.0
        for a in ours:
            for b in theirs:
                weight = self.weights.get((min(a, b), max(a, b)), rule.unseen)
                if weight <= rule.forbid:
                    return False
                total += min(weight, MOST)
        return len(ours) + len(theirs) == 2 or rule.enough(total, len(ours), len(theirs))

    def join(self, one: int, other: int, pair: Found) -> None:
        kept, gone = min(one, other), max(one, other)
        left, right = self.cluster_of[pair.left], self.cluster_of[pair.right]
        self.edges.setdefault(left, []).append((right, pair))
        self.edges.setdefault(right, []).append((left, pair))
        for cluster in self.parts[gone]:
            self.home[cluster] = kept
        self.parts[kept] += self.parts.pop(gone)
        self.members[kept] += self.members.pop(gone)
        if gone in self.firm:
            self.firm.add(kept)
        enemies = self.apart.pop(gone, set())
        for enemy in enemies:
            self.apart[enemy].discard(gone)
            self.apart[enemy].add(kept)
        if enemies:
            self.apart.setdefault(kept, set()).update(enemies)

    def outcome(self, firm: Collection[int]) -> list[Joined]:
        """Each whole with the one that stays: the one with a history, else the lowest number."""
        found = []
        for parts in self.parts.values():
            if len(parts) == 1:
                continue
            kept = min(parts, key=lambda cluster: (cluster not in firm, cluster))
            gone: dict[int, Found] = {}
            wait = [kept]
            while wait:
                for other, pair in self.edges.get(wait.pop(), ()):
                    if other != kept and other not in gone:
                        gone[other] = pair
                        wait.append(other)
            found.append(Joined(kept, gone))
        return sorted(found, key=lambda joined: joined.kept)


def grow(
    members: Mapping[int, Collection[int]],
    pairs: Iterable[Found],
    rule: Rule,
    *,
    ask: float,
    driving: Collection[int] | None = None,
    said: Said | None = None,
) -> Grown:
    """Join clusters, the best pair first. Only pairs with a `driving` record (None: all) join or are asked;
    the others count where wholes are weighed. Pairs from `ask` bits on are worth asking.
    """
    said = said or Said()
    ordered = sorted(pairs, key=lambda pair: (-pair.weight, pair.left, pair.right))
    growing = _Growing(members, ordered, said)
    _decided(growing, said)
    for pair in ordered:
        if pair.weight < rule.link:
            break
        one, other = growing.of(pair.left), growing.of(pair.right)
        if one is None or other is None or one == other or not _drives(pair, driving):
            continue
        if growing.forbidden(one, other) or growing.both_firm(one, other):
            continue
        if growing.fits(one, other, rule):
            growing.join(one, other, pair)
    worth = [pair for pair in ordered if pair.weight >= ask and _drives(pair, driving)]
    return Grown(growing.outcome(set(said.firm)), _doubtful(growing, worth, said))


def _drives(pair: Found, driving: Collection[int] | None) -> bool:
    return driving is None or pair.left in driving or pair.right in driving


def _decided(growing: _Growing, said: Said) -> None:
    """One person by an officer's word: joined before any weight is looked at."""
    for left, right in sorted(said.same):
        one, other = growing.of(left), growing.of(right)
        if one is None or other is None or one == other:
            continue
        if not growing.forbidden(one, other) and not growing.both_firm(one, other):
            growing.join(one, other, Found(left, right, growing.weights.get((left, right), 0.0)))


def _doubtful(growing: _Growing, worth: Iterable[Found], said: Said) -> list[Found]:
    """The best pair between two clusters that stay two, unless it was decided or waits already."""
    settled = set()
    for left, right in said.asked:
        one, other = growing.of(left), growing.of(right)
        if one is not None and other is not None:
            settled.add((min(one, other), max(one, other)))
    found = []
    for pair in worth:
        one, other = growing.of(pair.left), growing.of(pair.right)
        if one is None or other is None or one == other or growing.forbidden(one, other):
            continue
        between = (min(one, other), max(one, other))
        if between not in settled:
            settled.add(between)
            found.append(pair)
    return found
