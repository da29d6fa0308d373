"""Where a text names units: every run of words that is somebody's name, with the type written before it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from nhipcau.core.places.names import LONGEST, Index, Named
from nhipcau.core.places.units import Version
from nhipcau.core.places.words import BEHIND, STREET, TIER_OF, Word, number_of, type_before


@dataclass(frozen=True, slots=True)
class Mention:
    """One version under one name, in the words from `begin` (its type's first) until before `end`.

    `type_fits`: 1 the type is written, 0 none is, -1 another of the same tier. `weight` grows with how much
    of the text it explains.
    """

    version: Version
    begin: int
    end: int
    typed: bool
    type_fits: int
    exact: bool
    own: bool
    marks: bool
    weight: int

    def apart_from(self, spans: list[Mention]) -> bool:
        return all(self.end <= other.begin or other.end <= self.begin for other in spans)

    @property
    def rank(self) -> tuple[bool, int, int, bool, bool, bool]:
        """Another type only where nothing else is named."""
        return (self.type_fits >= 0, self.weight, self.type_fits, self.exact, self.own, self.marks)


Mentions = dict[str, list[Mention]]


def mentions(words: list[Word], index: Index) -> Mentions:
    """Unit → its mentions, the best first."""
    found: Mentions = defaultdict(list)
    for first, word in enumerate(words):
        before = type_before(words, first)
        begin, types = before if before is not None else (first, frozenset[str]())
        if not types and _in_a_street(words, first):
            continue
        key = ""
        for end in range(first + 1, min(first + LONGEST, len(words)) + 1):
            if words[end - 1].joined != word.joined:
                break
            key += words[end - 1].plain
            hits = _bearers(index, key, words[end - 1].plain) if types else _untyped(index, key)
            if hits:
                behind = _behind(words, end) if not types else frozenset[str]()
                span = (begin, end + bool(behind))
                _add(found, hits, types or behind, span, words[first:end])
            if key.replace("y", "i") not in index.starts:
                break
    for each in found.values():
        if len(each) > 1:
            each.sort(key=lambda mention: mention.rank, reverse=True)
    return found


def _in_a_street(words: list[Word], first: int) -> bool:
    return first > 0 and words[first - 1].part == words[first].part and words[first - 1].plain in STREET


def _behind(words: list[Word], end: int) -> frozenset[str]:
    """The type that English writes behind the name."""
    if end < len(words) and words[end].part == words[end - 1].part:
        return BEHIND.get((words[end].plain,), frozenset())
    return frozenset()


def _untyped(index: Index, key: str) -> list[tuple[Named, bool]]:
    """A number alone is a house."""
    return [] if key.isdigit() else index.find(key)


def _bearers(index: Index, key: str, last: str) -> list[tuple[Named, bool]]:
    """After a type a number is a name, and a Roman one is the same as its digits."""
    number = number_of(last)
    return index.find(key) + (index.find(key[: -len(last)] + number) if number else [])


def _add(
    found: Mentions,
    hits: list[tuple[Named, bool]],
    types: frozenset[str],
    span: tuple[int, int],
    words: list[Word],
) -> None:
    begin, end = span
    tiers = {TIER_OF[each] for each in types}
    marked = " ".join(word.marked for word in words)
    with_marks = any(word.has_marks for word in words)
    for named, exact in hits:
        fits = _fit(named, types, tiers)
        if fits is not None:
            same = with_marks and named.marked in ("", marked)
            weight = 2 * (end - begin) - (fits <= 0)
            found[named.version.key].append(
                Mention(named.version, begin, end, bool(types), fits, exact, named.own, same, weight)
            )


def _fit(named: Named, types: frozenset[str], tiers: set[str]) -> int | None:
    """None: the text names a unit of another tier."""
    if not types:
        return 0
    if named.types & types or (not named.types and named.version.type in types):
        return 1
    return -1 if named.version.tier in tiers else None
