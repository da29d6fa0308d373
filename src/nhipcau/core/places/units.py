"""Units, each with its dated versions, and the edges by which one became another."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

TIERS = ("province", "district", "commune")


@dataclass(frozen=True, slots=True)
class Version:
    """What a unit was called, and below which unit it stood, from `since` until the day before `until`.

    `key` is the unit's identity, `code` only the official code of that time: codes are given anew under
    other names. None means without limit.
    """

    key: str
    tier: str
    type: str
    code: str
    name: str
    parent: str
    since: date | None
    until: date | None

    def on(self, day: date) -> bool:
        """Whether it holds on the day."""
        return (self.since is None or self.since <= day) and (self.until is None or day < self.until)

    @property
    def a_day(self) -> date:
        """A day on which it holds: the last one, of what still holds the first."""
        if self.until is not None:
            return self.until - timedelta(days=1)
        return self.since or date.max


@dataclass(frozen=True, slots=True)
class Edge:
    """`kind` is merge, split, rename or abolish; `successor` is empty for a unit that nobody follows."""

    predecessor: str
    successor: str
    kind: str
    on: date
    act: str


@dataclass(slots=True)
class Units:
    """`other_names`: unit → names before its own, folded and without spaces; `spoken`: (unit, short form).

    `acts`: act → its text.
    """

    versions: dict[str, tuple[Version, ...]] = field(default_factory=dict)
    edges: tuple[Edge, ...] = ()
    other_names: dict[str, tuple[str, ...]] = field(default_factory=dict)
    acts: dict[str, str] = field(default_factory=dict)
    spoken: tuple[tuple[str, str], ...] = ()
    _after: dict[str, list[Edge]] = field(default_factory=lambda: defaultdict(list), repr=False)
    _before: dict[str, list[Edge]] = field(default_factory=lambda: defaultdict(list), repr=False)
    _below: dict[str, list[Version]] = field(default_factory=lambda: defaultdict(list), repr=False)

    def __post_init__(self) -> None:
        for edge in self.edges:
            if edge.successor and edge.successor != edge.predecessor:
                self._after[edge.predecessor].append(edge)
                self._before[edge.successor].append(edge)
        for version in self.all():
            self._below[version.parent].append(version)

    def all(self) -> Iterator[Version]:
        """Every version of every unit."""
        for versions in self.versions.values():
            yield from versions

    def at(self, key: str, day: date) -> Version | None:
        """The version that holds on the day."""
        return next((version for version in self.versions.get(key, ()) if version.on(day)), None)

    def nearest(self, key: str, day: date) -> Version | None:
        """The version of the day, else the last before it, else the first after it."""
        versions = self.versions.get(key, ())
        earlier = [version for version in versions if version.since is None or version.since <= day]
        return earlier[-1] if earlier else (versions[0] if versions else None)

    def parents(self, version: Version, day: date | None = None) -> list[Version]:
        """What it lies in, the nearest first, on the day or on a day of its own time."""
        found, day = [], day or version.a_day
        above = self.nearest(version.parent, day) if version.parent else None
        while above is not None:
            found.append(above)
            above = self.nearest(above.parent, day) if above.parent else None
        return found

    def children(self, key: str, day: date) -> list[Version]:
        """What lies directly in it on the day."""
        return [version for version in self._below.get(key, ()) if version.on(day)]

    def after(self, key: str) -> list[Edge]:
        """The edges to what it became."""
        return self._after.get(key, [])

    def before(self, key: str) -> list[Edge]:
        """The edges from what it was made of."""
        return self._before.get(key, [])

    def on(self, key: str, day: date) -> list[Version]:
        """What the unit is on the day: itself, else what it became or was made of, which may be several."""
        there = self.at(key, day)
        if there is not None:
            return [there]
        versions = self.versions.get(key, ())
        ended = bool(versions) and versions[-1].until is not None and versions[-1].until <= day
        return self._along(key, day, forward=ended)

    def _along(self, key: str, day: date, *, forward: bool) -> list[Version]:
        found: dict[str, Version] = {}
        seen, waiting = {key}, [key]
        while waiting:
            edges = (self._after if forward else self._before).get(waiting.pop(0), [])
            for edge in edges:
                other = edge.successor if forward else edge.predecessor
                if other in seen:
                    continue
                seen.add(other)
                there = self.at(other, day)
                if there is not None:
                    found[other] = there
                else:
                    waiting.append(other)
        return list(found.values())

    def divided(self, key: str) -> bool:
        """Whether its area went to several units."""
        return len(self._after.get(key, ())) > 1

    def became(self, version: Version, day: date) -> list[Version]:
        """What it is on the day; of a tier that was abolished, what its parts became."""
        there = self.on(version.key, day)
        if there:
            return there
        found = {
            later.key: later for part in self._below.get(version.key, ()) for later in self.on(part.key, day)
        }
        return list(found.values())


def make_units(
    versions: Iterable[Version],
    edges: Iterable[Edge] = (),
    other_names: Iterable[tuple[str, str]] = (),
    acts: dict[str, str] | None = None,
    spoken: Iterable[tuple[str, str]] = (),
) -> Units:
    """Units of loose versions; those of one unit are put in the order of time."""
    by_key: dict[str, list[Version]] = defaultdict(list)
    for version in versions:
        by_key[version.key].append(version)
    names: dict[str, list[str]] = defaultdict(list)
    for key, name in other_names:
        names[key].append(name)
    return Units(
        {key: tuple(sorted(rows, key=lambda row: row.since or date.min)) for key, rows in by_key.items()},
        tuple(edges),
        {key: tuple(each) for key, each in names.items()},
        acts or {},
        tuple(spoken),
    )
