"""Names that are almost what was written."""

from __future__ import annotations

from datetime import date

from nhipcau.core.places.chains import Chains
from nhipcau.core.places.names import Index
from nhipcau.core.places.units import Version
from nhipcau.core.places.words import TIER_OF, TYPE_WORDS, split

MOST = 5


def near(
    phrase: str, index: Index, chains: Chains, beside: tuple[Version, ...], today: date
) -> list[Version]:
    """Units of almost this name, of the type's tier when one is written: those within the units `beside`
    first, at most five.
    """
    tiers, key = _wanted(phrase)
    most = len(key) // 4
    inside = {unit.key for unit in beside}
    scored: dict[str, tuple[tuple[int, int, bool, str], Version]] = {}
    for other, bearers in index.exact.items():
        gap = distance(key, other, most)
        if gap > most:
            continue
        for version in (named.version for named in bearers):
            if not tiers or version.tier in tiers:
                above, across = chains.related(version)
                rank = (-len(inside & (above | across)), gap, not version.on(today), version.key)
                if version.key not in scored or rank < scored[version.key][0]:
                    scored[version.key] = (rank, version)
    return [version for _rank, version in sorted(scored.values(), key=lambda pair: pair[0])][:MOST]


def _wanted(phrase: str) -> tuple[set[str], str]:
    """The tiers that the phrase's type is of, and its name without it."""
    plain = [word.plain for word in split(phrase)[1]]
    for length in (2, 1):
        types = TYPE_WORDS.get(tuple(plain[:length]))
        if types and len(plain) > length:
            return {TIER_OF[each] for each in types}, "".join(plain[length:])
    return set(), "".join(plain)


def distance(one: str, other: str, most: int) -> int:
    """How many letters to change, add or leave out; two that changed places count once.

    More than `most` is not counted on.
    """
    if abs(len(one) - len(other)) > most:
        return most + 1
    before: list[int] = []
    last = list(range(len(other) + 1))
    for i, left in enumerate(one, start=1):
        row = [i] + [0] * len(other)
        for j, right in enumerate(other, start=1):
            row[j] = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (left != right))
            if i > 1 and j > 1 and left == other[j - 2] and one[i - 2] == right:
                row[j] = min(row[j], before[j - 2] + 1)
        if min(row) > most:
            return most + 1
        before, last = last, row
    return last[-1]
