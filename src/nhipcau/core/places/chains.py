"""Units with the mentions that speak for them: a commune's own name, its district's, its province's."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from nhipcau.core.places.mentions import Mention, Mentions
from nhipcau.core.places.units import Units, Version

Rank = tuple[int, ...]
ABOVE = {"province": (), "district": ("province",), "commune": ("province", "district")}


@dataclass(frozen=True, slots=True)
class Chain:
    """The spans begin with the unit's own. Of two chains the one of higher rank explains the text better."""

    unit: Version
    spans: tuple[Mention, ...]
    rank: Rank

    def covers(self, index: int) -> bool:
        """Whether the word of this number speaks for the unit."""
        return any(span.begin <= index < span.end for span in self.spans)

    @property
    def tiers(self) -> set[str]:
        return {span.version.tier for span in self.spans}


class Chains:
    """Makes chains; what lies in what is looked up once."""

    def __init__(self, units: Units) -> None:
        self.units = units
        self._related: dict[tuple[str, date | None], tuple[frozenset[str], frozenset[str]]] = {}

    def best(self, named: Mentions, day: date, *, asked: bool) -> list[Chain]:
        """The chains that explain the most of the text, one a unit, those of units that exist on `day` first.

        `asked`: the text is of that day, so units of the day go before others.
        """
        most = _heaviest(named)
        chains: dict[str, Chain] = {}
        top: Rank = (0,)
        for mention in sorted((m for each in named.values() for m in each), key=_weight, reverse=True):
            if mention.weight + sum(most[tier] for tier in ABOVE[mention.version.tier]) < top[0]:
                continue
            chain = self._chain(mention, named, day if asked else None)
            top = max(top, chain.rank)
            kept = chains.get(mention.version.key)
            if kept is None or (chain.rank, chain.unit.on(day)) > (kept.rank, kept.unit.on(day)):
                chains[mention.version.key] = chain
        found = [chain for chain in chains.values() if chain.rank == top]
        province = [chain for chain in found if chain.unit.tier == "province"]
        if province and not any(chain.spans[0].typed for chain in found):
            found = province
        return sorted(found, key=lambda chain: (not chain.unit.on(day), chain.unit.key))

    def _chain(self, mention: Mention, named: Mentions, day: date | None) -> Chain:
        spans, strict = [mention], 0
        above, beside = self.related(mention.version)
        for tier in ABOVE[mention.version.tier]:
            for keys, weight in ((above, 1), (beside, 0)):
                found = _apart(keys, tier, named, spans)
                if found is not None:
                    spans.append(found)
                    strict += weight
                    break
        covered = fits = exact = own = marks = 0
        for span in spans:
            covered += span.weight
            fits += span.type_fits
            exact += span.exact
            own += span.own
            marks += span.marks
        held = day is None or mention.version.on(day)
        return Chain(mention.version, tuple(spans), (covered, strict, held, fits, exact, own, marks))

    def related(self, version: Version) -> tuple[frozenset[str], frozenset[str]]:
        """What the version lies in; and what people name with it across the change of 2025: the province that
        its province became, the districts and provinces of the units that it was made of.
        """
        slot = (version.key, version.since)
        if slot not in self._related:
            above = {parent.key for parent in self.units.parents(version)}
            beside = {edge.successor for key in above for edge in self.units.after(key)}
            origins = [version, *self.units.versions[version.key]]
            origins += [self.units.versions[edge.predecessor][0] for edge in self.units.before(version.key)]
            for origin in origins:
                beside |= {parent.key for parent in self.units.parents(origin)}
            self._related[slot] = (frozenset(above), frozenset(beside - above))
        return self._related[slot]


def _weight(mention: Mention) -> int:
    return mention.weight


def _heaviest(named: Mentions) -> dict[str, int]:
    most = {"province": 0, "district": 0, "commune": 0}
    for each in named.values():
        for mention in each:
            tier = mention.version.tier
            most[tier] = max(most[tier], mention.weight)
    return most


def _apart(keys: frozenset[str], tier: str, named: Mentions, spans: list[Mention]) -> Mention | None:
    """The best mention of one of the units that does not lie in the others' words."""
    best: Mention | None = None
    for key in keys & named.keys():
        for mention in named[key]:
            if mention.version.tier == tier and mention.apart_from(spans):
                if best is None or mention.rank > best.rank:
                    best = mention
                break
    return best
