"""Whether two texts say the same: exactly, but for writing (marks, case, punctuation), or nearly.

The measure is general: the share of runs of SPAN syllables that both have (Jaccard). Nothing is fitted to
examples. Texts with other figures are never nearly the same, whatever the measure says: each counts.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from nhipcau.apps.reporting.answering import likeness
from nhipcau.core.text import fold

SPAN = 3
# More in common than apart.
NEAR = 0.5
# Texts of more runs are compared by the smallest of them; the error is about 1/sqrt(SKETCH).
SKETCH = 128
_WORDS = re.compile(r"[^\W_]+")
_FIGURES = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class Print:
    """What a text is compared by: `key` of the same texts, `sketch` and `figures` of nearly the same."""

    key: str
    sketch: tuple[int, ...]
    figures: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Alike:
    """`same` texts, the first of them first, and `near` ones: indexes into what was compared."""

    same: tuple[int, ...]
    near: tuple[int, ...] = ()


def words(text: str) -> list[str]:
    """Syllables and figures as they are compared."""
    return _WORDS.findall(fold(text))


def shingles(text: str) -> frozenset[int]:
    """All runs of SPAN syllables, each as a number; a shorter text is one run."""
    found = words(text)
    if not found:
        return frozenset()
    last = max(1, len(found) - SPAN + 1)
    return frozenset(zlib.crc32(" ".join(found[at : at + SPAN]).encode()) for at in range(last))


def figures(text: str) -> tuple[str, ...]:
    """The figures of a text, each as often as it stands there: "05" is "5"."""
    return tuple(sorted(each.lstrip("0") or "0" for each in _FIGURES.findall(text)))


def print_of(text: str) -> Print:
    """Everything at once."""
    return Print(likeness(text), sketch(shingles(text)), figures(text))


def sketch(runs: Collection[int]) -> tuple[int, ...]:
    """The SKETCH smallest runs, in order."""
    return tuple(sorted(runs)[:SKETCH])


def resemblance(one: Collection[int], other: Collection[int]) -> float:
    """0 to 1: the share of the runs of both that both have; of sketches, an estimate of it."""
    mine, yours = frozenset(one), frozenset(other)
    either, both = mine | yours, mine & yours
    if not either:
        return 1.0
    if len(mine) < SKETCH and len(yours) < SKETCH:
        return len(both) / len(either)
    if len(both) <= NEAR * SKETCH:
        # Not near: the rough figure, an upper bound, is enough.
        return len(both) / SKETCH
    lowest = sorted(either)[:SKETCH]
    return sum(run in both for run in lowest) / len(lowest)


def alike(prints: Sequence[Print]) -> list[Alike]:
    """Groups in the order of their first texts. Every text stands in one group.

    A near text is near the first one of its group, not to some other of it: groups make no chains.
    """
    same: dict[str, list[int]] = {}
    for at, each in enumerate(prints):
        same.setdefault(each.key or f"#{at}", []).append(at)
    leaders: list[tuple[Print, frozenset[int], list[int], list[int]]] = []
    by_figures: dict[tuple[str, ...], list[int]] = {}
    for members in same.values():
        first = prints[members[0]]
        mine = frozenset(first.sketch)
        rivals = by_figures.setdefault(first.figures, [])
        best = max(
            ((resemblance(mine, leaders[at][1]), -at) for at in rivals if first.key and leaders[at][0].key),
            default=(0.0, 0),
        )
        if best[0] > NEAR:
            leaders[-best[1]][3].extend(members)
        else:
            rivals.append(len(leaders))
            leaders.append((first, mine, members, []))
    return [Alike(tuple(members), tuple(near)) for _first, _mine, members, near in leaders]
