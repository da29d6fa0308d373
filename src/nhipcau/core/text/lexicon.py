"""How likely a Vietnamese syllable is, alone and after another one.

Counts come from two sources (docs/decisions/0002-vietnamese-text.md): official phrases written for this
project (`data/phrases.txt`, `data/frequent.txt`) and the pairs inside dictionary words (`data/compounds.txt`,
from pyvi's word list, MIT). A document's own undamaged words are added on top for the time of its repair.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Mapping
from copy import copy
from functools import cache
from importlib.resources import files
from itertools import combinations, pairwise
from math import log

from nhipcau.core.text.syllables import is_syllable

Pair = tuple[str, str]

START = "^"
"""Stands before the first word of a heading, a sentence, a labelled line."""

_WORD = re.compile(r"[^\W\d_]+")
_PHRASE_WEIGHT = 2.0
_COMPOUND_WEIGHT = 0.5
_BACK_OFF = 3.0
_OPEN_GLIDE = re.compile("(?:[oòỏõóọ][aàảãáạeèẻẽéẹ]|[uùủũúụ][yỳỷỹýỵ])$")


class Lexicon:
    """Counts of syllables and of pairs, and a document's own on top of them (`with_words`)."""

    def __init__(self, words: Mapping[str, float], pairs: Mapping[Pair, float]) -> None:
        self.words = words
        self.pairs = pairs
        self._total: float = sum(words.values())
        self._followed = _followed(pairs)
        self._own_words: Mapping[str, float] = {}
        self._own_pairs: Mapping[Pair, float] = {}
        self._own_followed: Mapping[str, float] = {}
        self._cache: dict[tuple[str | None, str], float] = {}

    def with_words(self, words: Counter[str], pairs: Counter[Pair]) -> Lexicon:
        """This lexicon with the counts of a text's words (all of them known) added, each one running word."""
        other = copy(self)
        other._own_words, other._own_pairs, other._own_followed = words, pairs, _followed(pairs)
        other._total = self._total + sum(words.values())
        other._cache = {}
        return other

    def __contains__(self, word: object) -> bool:
        return word in self.words

    def score(self, before: str | None, word: str) -> float:
        """Natural logarithm of the probability of `word` (lower case) after `before` (None: a break)."""
        key = (before, word)
        found = self._cache.get(key)
        if found is None:
            found = self._cache[key] = self._score(before, word)
        return found

    def _score(self, before: str | None, word: str) -> float:
        alone = (self.words.get(word, 0.0) + self._own_words.get(word, 0.0) + 0.02) / self._total
        if before is None:
            return log(alone)
        followed = self._followed.get(before, 0.0) + self._own_followed.get(before, 0.0)
        if not followed:
            return log(alone)
        pair = (before, word)
        together = self.pairs.get(pair, 0.0) + self._own_pairs.get(pair, 0.0)
        return log((together + _BACK_OFF * alone) / (followed + _BACK_OFF))


def _followed(pairs: Mapping[Pair, float]) -> dict[str, float]:
    followed: defaultdict[str, float] = defaultdict(float)
    for (first, _), count in pairs.items():
        followed[first] += count
    return dict(followed)


@cache
def lexicon() -> Lexicon:
    """The lexicon of the language, loaded once (about 40 ms)."""
    words: defaultdict[str, float] = defaultdict(float)
    pairs: defaultdict[Pair, float] = defaultdict(float)
    for rank, word in enumerate(_read("frequent.txt").split()):
        words[word] += 4000.0 / (rank + 15)
    for line in _read("compounds.txt").splitlines():
        first, *followers = line.split()
        words[first] += 0.3 + _COMPOUND_WEIGHT * len(followers)
        for follower in followers:
            words[follower] += _COMPOUND_WEIGHT
            pairs[first, follower] += _COMPOUND_WEIGHT
    for phrase in re.split(r"[;\n]", _read("phrases.txt")):
        syllables = _WORD.findall(phrase)
        for syllable in syllables:
            words[syllable] += _PHRASE_WEIGHT
        for pair in pairwise([START, *syllables]):
            pairs[pair] += _PHRASE_WEIGHT
    _add_other_spellings(words)
    return Lexicon(dict(words), dict(pairs))


@cache
def patterns() -> dict[str, tuple[str, ...]]:
    """Every syllable of the lexicon under each pattern it fits: any of its marked letters replaced by "?"."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for word in lexicon().words:
        places = [i for i, letter in enumerate(word) if not letter.isascii()]
        for size in range(1, len(places) + 1):
            for chosen in combinations(places, size):
                found["".join("?" if i in chosen else c for i, c in enumerate(word))].append(word)
    return {pattern: tuple(sorted(fitting)) for pattern, fitting in found.items()}


def _read(name: str) -> str:
    return (files("nhipcau.core.text") / "data" / name).read_text("utf-8")


def _add_other_spellings(words: dict[str, float]) -> None:
    """Both placements of the tone (hòa, hoà), the one that is not listed half as likely as the listed one."""
    for word, count in list(words.items()):
        if _OPEN_GLIDE.search(word) and (other := _move_tone(word)) not in words and is_syllable(other):
            words[other] = count / 2


def _move_tone(word: str) -> str:
    first, second = (unicodedata.normalize("NFD", letter) for letter in word[-2:])
    if len(first) > 1:
        return word[:-2] + first[0] + unicodedata.normalize("NFC", second + first[1:])
    return word[:-2] + unicodedata.normalize("NFC", first + second[1:]) + second[0]
