"""What the body font prints for each letter, learned from the words only one letter completes."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from math import exp, log, sqrt
from typing import NamedTuple

from nhipcau.core.text.fontmap.candidates import cased, fitting
from nhipcau.core.text.fontmap.channel import Channel
from nhipcau.core.text.fontmap.tokens import Token, looks_wrong
from nhipcau.core.text.lexicon import Lexicon

_ROUNDS = 5
_MOST_OPEN = 4
_MOST_CANDIDATES = 80
_HOPELESS = 1e-5
_EXPLAINS_ALL = 0.88

Counts = dict[str, dict[str, float]]
"""Printed letter → true letter → number."""


class Kind(NamedTuple):
    """What makes two words alike for learning."""

    raw: str
    key: str
    case: str
    foreign: tuple[int, ...]
    capitals: bool
    opens: bool


@dataclass(slots=True)
class _Damaged:
    """A damaged word, what it weighs, and its readings with the logarithm of their probability alone."""

    raw: str
    foreign: tuple[int, ...]
    weight: float
    readings: list[tuple[str, float]]


class BodyLearner:
    """Learns the body font's channel of one text.

    Undamaged words say how often a letter is printed as itself: one that never is must be among the lost. The
    damaged ones tell what each foreign letter stands for; many different words say more than one word many
    times.
    """

    def __init__(self, lines: Iterable[tuple[list[Token], bool]], words: Lexicon) -> None:
        self._clean: Counter[str] = Counter()
        self._damaged: list[_Damaged] = []
        for kind, count in _kinds(lines).items():
            if kind.foreign:
                if _tells_much(kind) and (readings := _readings(kind, words)):
                    self._damaged.append(_Damaged(kind.raw, kind.foreign, sqrt(count), readings))
            elif not looks_wrong(kind.raw):
                for letter in kind.raw:
                    if not letter.isascii():
                        self._clean[letter] += count
        self._fit = _fit(self._damaged)
        self._always_first = _always_first(self._damaged)

    def learn(self) -> Channel:
        """By expectation maximisation over words alone, without their neighbours."""
        channel = self._with_clean()
        for _ in range(_ROUNDS):
            channel = self._channel(self._gather(channel))
        return channel

    def learn_from(self, readings: Iterable[tuple[Token, str]]) -> Channel:
        """From readings that were chosen with their neighbours."""
        chosen = Counter((token.raw, token.foreign, text) for token, text in readings)
        gathered: defaultdict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
        for (raw, foreign, text), count in chosen.items():
            for i in foreign:
                gathered[raw[i]][text[i]] += sqrt(count)
        return self._channel(gathered)

    def _with_clean(self) -> Channel:
        channel = Channel(mixes=False)
        for letter, count in self._clean.items():
            channel.observe(letter, letter, count)
        return channel

    def _gather(self, channel: Channel) -> Counts:
        """Expected numbers. Readings without hope are dropped on the way."""
        gathered: defaultdict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
        for word in self._damaged:
            shares = _posterior(channel, word)
            kept = [(r, share) for r, share in zip(word.readings, shares, strict=True) if share > _HOPELESS]
            word.readings = [r for r, _ in kept]
            for (reading, _), share in kept:
                for i in word.foreign:
                    gathered[word.raw[i]][reading[i]] += share * word.weight
        return gathered

    def _channel(self, gathered: Counts) -> Channel:
        """A body font exchanges letters one for one: the more of a printed letter a true one already holds,
        the more of the true one that printed letter holds, and the more of its words it completes, the more
        goes to it. A printed letter that no single letter explains stands for several and keeps its
        mixture."""
        channel = self._with_clean()
        of_true: defaultdict[str, float] = defaultdict(float)
        for trues in gathered.values():
            for true, number in trues.items():
                of_true[true] += number
        for printed, trues in gathered.items():
            weights = trues
            whole = sum(trues.values())
            fits = self._fit.get(printed, {})
            if fits and max(fits.values()) > _EXPLAINS_ALL:
                weights = {
                    true: n * n / whole * (n / of_true[true]) ** 2 * self._liking(true, n, fits)
                    for true, n in trues.items()
                }
            total = sum(weights.values()) or 1.0
            for true, weight in weights.items():
                channel.observe(true, printed, whole * weight / total)
        self._settle_case(channel)
        return channel

    def _liking(self, true: str, number: float, fits: dict[str, float]) -> float:
        return sqrt(number / (number + self._clean[true])) * fits.get(true.lower(), 0.0) ** 6

    def _settle_case(self, channel: Channel) -> None:
        """Of two printed letters for one small letter, the rarer one that only ever begins words is its
        capital."""
        holders: defaultdict[str, list[tuple[float, str]]] = defaultdict(list)
        for printed, trues in channel.counts.items():
            true = max(trues, key=trues.__getitem__)
            if true != printed and true.islower():
                holders[true].append((trues[true], printed))
        for true, found in holders.items():
            most = max(found)[0]
            for number, printed in found:
                if number < 0.7 * most and printed in self._always_first:
                    channel.move(printed, true, true.upper())


def _kinds(lines: Iterable[tuple[list[Token], bool]]) -> Counter[Kind]:
    return Counter(
        Kind(t.raw, t.key, t.case, t.foreign, capitals, t.breaks or i == 0)
        for tokens, capitals in lines
        for i, t in enumerate(tokens)
        if t.places
    )


def _fit(damaged: list[_Damaged]) -> Counts:
    """Printed letter → true letter (lower case) → share of the different words it completes."""
    kinds: Counter[str] = Counter()
    completed: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for word in damaged:
        for i in word.foreign:
            kinds[word.raw[i]] += 1
            completed[word.raw[i]].update({reading[i].lower() for reading, _ in word.readings})
    return {p: {t: n / kinds[p] for t, n in trues.items()} for p, trues in completed.items()}


def _always_first(damaged: list[_Damaged]) -> frozenset[str]:
    """Printed letters that begin words, or stand in words of capitals."""
    inside = {w.raw[i] for w in damaged for i in w.foreign if i and any(c.islower() for c in w.raw[1:])}
    return frozenset(w.raw[i] for w in damaged for i in w.foreign) - inside


def _tells_much(kind: Kind) -> bool:
    """Not so a word of foreign letters only (it may be Chinese), nor a short one of capitals without a
    vowel in a line that has small letters: QĐ, NĐ, CĐ."""
    if len(kind.foreign) == len(kind.raw):
        return False
    plain = [c for i, c in enumerate(kind.key) if i not in kind.foreign]
    short = not kind.capitals and 1 < len(kind.raw) <= 4 and kind.raw.isupper()
    return not short or any(c in "aeiouy" for c in plain)


def _readings(kind: Kind, words: Lexicon) -> list[tuple[str, float]]:
    if len(kind.foreign) > _MOST_OPEN:
        return []
    found = [
        (word, words.score(None, syllable) + log(share))
        for syllable in fitting(kind.key, kind.foreign)
        for word, share in cased(kind.raw, syllable, kind.case, kind.capitals, kind.opens)
    ]
    found.sort(key=lambda reading: -reading[1])
    return found[:_MOST_CANDIDATES]


def _posterior(channel: Channel, word: _Damaged) -> list[float]:
    log_probability = channel.log_probability
    scores = [
        score + sum([log_probability(word.raw[i], reading[i]) for i in word.foreign])
        for reading, score in word.readings
    ]
    best = max(scores)
    weights = [exp(score - best) for score in scores]
    total = sum(weights)
    return [weight / total for weight in weights]
