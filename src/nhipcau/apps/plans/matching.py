"""Agency phrases → organisations and sets, by the names that held on the document's day.

First hit wins: a phrase that means a set; a name or alias; an abbreviation (the reference table's
expansion, or capitals read as initials); a group by its kinds; a general phrase that stays as written.
Two organisations that fit equally are a question for the reviewer, never a guess.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from nhipcau.apps.orgs.directory import Directory, directory
from nhipcau.apps.plans.groups import Group, group_of
from nhipcau.apps.plans.phrases import (
    Word,
    likeness,
    place_words,
    spells,
    without_committee,
    without_place,
    words,
)
from nhipcau.apps.reference.models import Abbreviation, abbreviation_key
from nhipcau.core.text import fold

_IN_BRACKETS = re.compile(r"\s*\([^)]*\)\s*$")
_HEAD_OF = re.compile(r"^(?:Thủ trưởng|Giám đốc|Chủ tịch|Trưởng|Chánh)\s+(?=\w+\s)", re.IGNORECASE)
ENOUGH_ALIKE = 0.55
MOST_CANDIDATES = 3


@dataclass(frozen=True, slots=True)
class Match:
    """What a phrase means: one of `organisation`, `set` (ids), a `group` not yet a set, `as_written`, or
    nothing.

    `candidates` are ids of organisations that might be meant, best first.
    """

    phrase: str
    organisation: int | None = None
    set: int | None = None
    group: Group | None = None
    as_written: bool = False
    candidates: tuple[int, ...] = ()


@dataclass(slots=True)
class _Name:
    pk: int
    words: list[str]
    placed: bool


@dataclass(slots=True)
class Matcher:
    """Matches phrases against a directory.

    `places`: the province's own names, besides those the directory knows.
    """

    known: Directory
    abbreviations: dict[str, list[str]] = field(default_factory=dict)
    places: Sequence[str] = ()
    _own: list[tuple[str, ...]] = field(init=False, default_factory=list)
    _names: list[_Name] = field(init=False, default_factory=list)
    _exact: dict[str, set[int]] = field(init=False, default_factory=dict)
    _memo: dict[str, Match] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        self._own = place_words([*self.places, *self.known.own_places()])
        for known in self.known.organisations.values():
            for text in (known.name, known.abbreviation, *known.aliases):
                if text:
                    self._exact.setdefault(fold(text), set()).add(known.pk)
            for text in (known.name, *known.aliases):
                bare, placed = self._bare(text)
                self._names.append(_Name(known.pk, [word.low for word in bare], placed))

    def match(self, phrase: str) -> Match:
        """The meaning of one phrase."""
        key = " ".join(phrase.split())
        if key not in self._memo:
            self._memo[key] = self._match(key)
        return self._memo[key]

    def learn(self, phrase: str, set_id: int) -> None:
        """From now on the phrase means the set."""
        self.known.phrases[fold(phrase)] = set_id
        self._memo.pop(" ".join(phrase.split()), None)

    def _match(self, phrase: str) -> Match:
        folded = fold(phrase).strip(" .;:,")
        if folded in self.known.phrases:
            return Match(phrase, set=self.known.phrases[folded])
        exact = self._exact.get(folded, set())
        if len(exact) == 1:
            return Match(phrase, organisation=next(iter(exact)))
        found = self._spelled(phrase)
        if len(found) == 1:
            return Match(phrase, organisation=found[0])
        group = group_of(phrase)
        if group is not None and not found:
            return Match(phrase, group=group, as_written=group.vague)
        return Match(phrase, candidates=tuple(found or self._alike(phrase))[:MOST_CANDIDATES])

    def _bare(self, text: str) -> tuple[list[Word], bool]:
        bare, placed = without_place(without_committee(words(text)), self._own)
        return bare, placed

    def _spelled(self, phrase: str) -> list[int]:
        """Ids whose name the phrase spells; the one that agrees about the place comes alone."""
        best: dict[int, bool] = {}
        for reading in self._readings(phrase):
            bare, placed = self._bare(reading)
            for name in self._names:
                if spells(bare, name.words):
                    best[name.pk] = best.get(name.pk, False) or name.placed == placed
        agreeing = [pk for pk, agrees in best.items() if agrees]
        return agreeing if len(agreeing) == 1 else list(best)

    def _readings(self, phrase: str) -> Iterable[str]:
        """The phrase; without what stands in brackets and without "the head of"; with the abbreviations
        of the reference table written out.
        """
        yield phrase
        plain = _HEAD_OF.sub("", _IN_BRACKETS.sub("", phrase)).strip()
        if plain not in ("", phrase):
            yield plain
        tokens = phrase.split()
        for size in range(min(4, len(tokens)), 0, -1):
            for at in range(len(tokens) - size + 1):
                piece = " ".join(tokens[at : at + size])
                if sum(letter.isupper() for letter in piece) < 2:
                    continue
                for expansion in self.abbreviations.get(abbreviation_key(piece), ()):
                    yield " ".join([*tokens[:at], expansion, *tokens[at + size :]])

    def _alike(self, phrase: str) -> list[int]:
        bare = [word.low for word in self._bare(phrase)[0]]
        scores: dict[int, float] = {}
        for name in self._names:
            begins = len(name.words) > 1 and bare[: len(name.words)] == name.words
            score = 1.0 if begins else likeness(bare, name.words)
            scores[name.pk] = max(scores.get(name.pk, 0.0), score)
        ranked = sorted(scores.items(), key=lambda item: (-item[1], item[0]))
        return [pk for pk, score in ranked if score >= ENOUGH_ALIKE]

    def name(self, pk: int) -> str:
        """The organisation's name on the day; empty for one that does not exist then."""
        known = self.known.organisations.get(pk)
        return known.name if known else ""


def abbreviations(day: date) -> dict[str, list[str]]:
    """The reference table as of the day: key → what it may stand for. One query."""
    found: dict[str, list[str]] = {}
    rows = Abbreviation.objects.filter(valid__contains=day).order_by("key", "pk")
    for key, expansion in rows.values_list("key", "expansion"):
        found.setdefault(key, []).append(expansion)
    return found


def matcher(day: date, places: Sequence[str] = ()) -> Matcher:
    """A matcher for documents of the day; five queries."""
    return Matcher(directory(day), abbreviations(day), places)
