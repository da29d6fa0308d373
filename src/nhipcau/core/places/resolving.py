"""Which unit an address means, what it was on a day and what it is today. Several when the text does not
tell: candidates, never a guess.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from nhipcau.core.places.chains import Chains
from nhipcau.core.places.gaps import Gap, Text, gaps, unread
from nhipcau.core.places.mentions import mentions
from nhipcau.core.places.names import make_index
from nhipcau.core.places.near import near
from nhipcau.core.places.units import Units, Version
from nhipcau.core.places.words import split


class Status(StrEnum):
    """Divided: the unit is certain, but its area went to several of today's. Unknown: see `missing`."""

    FOUND = "found"
    DIVIDED = "divided"
    AMBIGUOUS = "ambiguous"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Reading:
    """One unit that the text may mean: as it was on the day asked about, and what it is today.

    Of a district that was abolished these are the communes that its own became.
    """

    unit: Version
    then: list[Version]
    now: list[Version]


@dataclass(frozen=True, slots=True)
class Answer:
    """`missing` are units that the text names and that are not there, `unread` other words, `near` names
    that it may have meant.
    """

    text: str
    status: Status
    readings: list[Reading] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)
    near: list[Version] = field(default_factory=list)

    @property
    def now(self) -> list[Version]:
        """Today's units of all readings, each once."""
        return list({unit.key: unit for reading in self.readings for unit in reading.now}.values())


class Resolver:
    """Reads addresses; the index of names is made once, a quarter of a second for the whole country."""

    def __init__(self, units: Units) -> None:
        self.units = units
        self.index = make_index(units)
        self.chains = Chains(units)

    def resolve(self, text: str, *, today: date, on: date | None = None, suggest: bool = True) -> Answer:
        """What the text means, read as of `on` when given.

        `suggest=False` leaves out the names that are near: looking for them takes the longest.
        """
        whole, words = split(text)
        read = Text(whole, words, mentions(words, self.index))
        chains = self.chains.best(read.named, on or today, asked=on is not None)
        missing = gaps(read, chains)
        fitting = [chain for chain, gap in zip(chains, missing, strict=True) if not gap]
        if fitting:
            readings = [self._reading(chain.unit, on, today) for chain in fitting]
            return Answer(text, _status(readings), readings, [], unread(read, fitting))
        first = missing[0] if missing else [Gap(text.strip(), ())]
        phrases = [gap.phrase for gap in first if gap.phrase]
        close = near(first[0].phrase, self.index, self.chains, first[0].beside, today) if suggest else []
        return Answer(text, Status.UNKNOWN, [], phrases, [], close)

    def resolve_many(self, texts: Iterable[str], *, today: date, on: date | None = None) -> Iterator[Answer]:
        """One answer a text, without names that are near; what comes again is read once."""
        known: dict[str, Answer] = {}
        for text in texts:
            if text not in known:
                known[text] = self.resolve(text, today=today, on=on, suggest=False)
            yield known[text]

    def _reading(self, unit: Version, on: date | None, today: date) -> Reading:
        then = self.units.became(unit, on) if on else [unit]
        return Reading(unit, then, self.units.became(unit, today))


def _status(readings: list[Reading]) -> Status:
    today = {tuple(sorted(unit.key for unit in reading.now)) for reading in readings}
    if len(readings) == 1:
        several = len(readings[0].now) > 1 and readings[0].unit.tier == "commune"
        return Status.DIVIDED if several else Status.FOUND
    return Status.FOUND if len(today) == 1 and len(next(iter(today))) == 1 else Status.AMBIGUOUS
