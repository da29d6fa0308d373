"""What the body font prints for each letter, learned from the words only one letter completes."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from math import exp, log

from nhipcau.core.text.fontmap.candidates import cased, fitting
from nhipcau.core.text.fontmap.channel import Channel
from nhipcau.core.text.fontmap.tokens import Token, looks_wrong
from nhipcau.core.text.lexicon import Lexicon

_ROUNDS = 7
_MOST_OPEN = 4
_MOST_CANDIDATES = 150
_HOPELESS = 1e-5
_CONTRADICTED = 0.04

Kind = tuple[str, str, str, tuple[int, ...], bool]
"""A kind of word: raw, key, case, foreign places, whether its line is in capitals."""


@dataclass(slots=True)
class _Damaged:
    """A damaged word: how often it occurs, and its readings with the logarithm of their probability alone."""

    raw: str
    foreign: tuple[int, ...]
    count: int
    readings: list[tuple[str, float]]


def kinds_of(lines: list[tuple[list[Token], bool]]) -> Counter[Kind]:
    """The words of all lines, alike ones counted together."""
    return Counter(
        (t.raw, t.key, t.case, t.foreign, capitals) for tokens, capitals in lines for t in tokens if t.places
    )


def learn_body(kinds: Counter[Kind], words: Lexicon) -> Channel:
    """The body font's channel from the kinds of words and their numbers.

    Undamaged words say how often a letter is printed as itself: one that never is must be among the lost.
    Expectation maximisation over the damaged ones then gathers what each foreign letter stands for.
    """
    clean: Counter[str] = Counter()
    damaged: list[_Damaged] = []
    for kind, count in kinds.items():
        raw, foreign = kind[0], kind[3]
        if foreign:
            if readings := _readings(kind, words):
                damaged.append(_Damaged(raw, foreign, count, readings))
        elif not looks_wrong(raw):
            for letter in raw:
                if not letter.isascii():
                    clean[letter] += count
    channel = _with_clean(clean)
    for number in range(_ROUNDS):
        gathered = _gather(channel, damaged)
        channel = _with_clean(clean)
        _share_out(channel, gathered, _mixed(gathered, damaged) if number else frozenset())
    return channel


def _gather(channel: Channel, damaged: list[_Damaged]) -> dict[str, dict[str, float]]:
    """Expected numbers, printed letter → true letter → number. Readings without hope are dropped."""
    gathered: defaultdict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    for word in damaged:
        posterior = _posterior(channel, word)
        word.readings = [r for r, share in zip(word.readings, posterior, strict=True) if share > _HOPELESS]
        kept = [share for share in posterior if share > _HOPELESS]
        for (reading, _), share in zip(word.readings, kept, strict=True):
            for i in word.foreign:
                gathered[word.raw[i]][reading[i]] += share * word.count
    return gathered


def _mixed(gathered: dict[str, dict[str, float]], damaged: list[_Damaged]) -> frozenset[str]:
    """Printed letters that stand for several true ones: many words leave no room for their commonest one."""
    commonest = {printed: max(trues, key=trues.__getitem__) for printed, trues in gathered.items()}
    whole: Counter[str] = Counter()
    against: Counter[str] = Counter()
    for word in damaged:
        for i in word.foreign:
            printed = word.raw[i]
            whole[printed] += 1
            letter = commonest[printed].lower()
            against[printed] += all(reading[i].lower() != letter for reading, _ in word.readings)
    return frozenset(p for p, n in against.items() if n >= 3 and n > _CONTRADICTED * whole[p])


def _share_out(channel: Channel, gathered: dict[str, dict[str, float]], mixed: frozenset[str]) -> None:
    """A body font exchanges letters one for one: the more of a printed letter a true one already holds, and
    the more of the true one that printed letter holds, the more goes to it. Not so mixed letters."""
    of_true: defaultdict[str, float] = defaultdict(float)
    for trues in gathered.values():
        for true, number in trues.items():
            of_true[true] += number
    for printed, trues in gathered.items():
        weights = trues
        whole = sum(trues.values())
        if printed not in mixed:
            weights = {true: n * (n / whole) * (n / of_true[true]) for true, n in trues.items()}
        total = sum(weights.values()) or 1.0
        for true, weight in weights.items():
            channel.observe(true, printed, whole * weight / total)


def _with_clean(clean: Counter[str]) -> Channel:
    channel = Channel(mixes=False)
    for letter, count in clean.items():
        channel.observe(letter, letter, count)
    return channel


def _readings(kind: Kind, words: Lexicon) -> list[tuple[str, float]]:
    raw, key, case, foreign, capitals = kind
    if len(foreign) > _MOST_OPEN:
        return []
    found = [
        (word, words.score(None, syllable) + log(share))
        for syllable in fitting(key, foreign)
        for word, share in cased(raw, syllable, case, capitals, False)
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
