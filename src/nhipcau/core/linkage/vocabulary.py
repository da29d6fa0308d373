"""The distinct words of a column of names, each looked at once: folded, mended, and what it may be in a name.

What counts as a syllable comes from Vietnamese spelling, what counts as a known name from how often the data
at hand have it; surnames and foreign given names are lists of facts (`data/`).
"""

from __future__ import annotations

import csv
import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.resources import files
from typing import Self

import numpy as np
from numpy.typing import NDArray

from nhipcau.core.linkage.codes import Codes, code_of, codes_of
from nhipcau.core.text import fold, folded_syllables

_TONES = "\u0300\u0301\u0303\u0309\u0323"
_TELEX_END = re.compile(r"[sfrxj]$")
_TELEX_DOUBLE = re.compile(r"([aeod])\1|w")
_HONORIFICS = frozenset(
    ["ong", "ba", "anh", "chi", "co", "chu", "bac", "o", "b", "mr", "mrs", "ms", "miss", "dr"]
)
_LETTERS = "abcdeghiklmnopqrstuvx"
_FILLERS = frozenset(("thi", "van", *"abcdefghklmnopqrstvx"))
"""Words inside a name that tell nobody apart; single letters are words cut short."""
_FILLER_IN_FRONT = re.compile("(?:thi|van).{2}")
_SHORT = {
    "ng": "nguien",
    "ngu": "nguien",
    "ngn": "nguien",
    "tr": "tran",
    "ph": "pham",
    "hg": "hoang",
    "trg": "truong",
}
"""Surnames as lists shorten them."""
UNKNOWN_SURNAME = 0.002
"""Weight of a syllable that is in no list of surnames (per cent of people)."""
NO_SYLLABLE = 0.3
"""Weight of a word that is no Vietnamese syllable: Johnson, Huang, a typing error."""


def plain(word: str) -> str:
    """A word folded, with y written i: Lý and Lí, Mỹ and Mĩ are one name."""
    return fold(word).replace("y", "i")


def toned(word: str) -> str:
    """The spelling with marks in one form: the tone last (hoà = hòa), y as i; "" for a word without marks."""
    if word.isascii():
        return ""
    parts = unicodedata.normalize("NFD", word)
    tone = "".join(c for c in parts if c in _TONES)
    body = unicodedata.normalize("NFC", "".join(c for c in parts if c not in _TONES))
    return body.replace("y", "i") + tone


@lru_cache(maxsize=1)
def surnames() -> dict[str, float]:
    """Plain surname → its share of people in per cent, of the whole country."""
    with (files(__package__) / "data" / "surnames.csv").open(encoding="utf-8") as lines:
        return {plain(row["surname"]): float(row["weight"]) for row in csv.DictReader(lines)}


@lru_cache(maxsize=1)
def foreign_given_names() -> frozenset[str]:
    """Plain given names that are taken abroad."""
    text = (files(__package__) / "data" / "foreign_given_names.txt").read_text(encoding="utf-8")
    words = (line for line in text.splitlines() if not line.startswith("#"))
    return frozenset(plain(word) for line in words for word in line.split())


def stays(word: str) -> bool:
    """A foreign given name or a surname: it belongs to a person's name also in brackets behind."""
    return plain(word) in foreign_given_names() or plain(word) in surnames()


def letters_of(word: str) -> int:
    """The word's letters in any order as one number of 64 bits, without a Thị or Văn written together with
    what follows."""
    joined = _FILLER_IN_FRONT.match(word) and word not in syllables()
    return sum(code_of(letter) for letter in (word[3:] if joined else word)) % 2**64


@lru_cache(maxsize=1)
def syllables() -> frozenset[str]:
    """Every possible syllable in plain form."""
    return frozenset(plain(word) for word in folded_syllables())


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Facts about words, by word number; numbers follow the alphabet, 0 is "no word".

    `first` and `second` lead from a raw word to one or (where two were typed together) two word numbers.
    """

    first: NDArray[np.int32]
    second: NDArray[np.int32]
    spelling: Codes
    words: tuple[str, ...]
    code: Codes
    initial: Codes
    letters: Codes
    """A number for the letters of the word in any order; those of several words add up."""
    surname: NDArray[np.float64]
    has_surname: NDArray[np.bool_]
    """The word is in the list of surnames."""
    no_syllable: NDArray[np.bool_]
    known: NDArray[np.bool_]
    foreign: NDArray[np.bool_]
    filler: NDArray[np.bool_]
    thi: NDArray[np.bool_]
    honorific: NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """What the names at hand teach about words; kept, it reads single names as those were read."""

    seen: Counter[str]
    """How often each plain word stands in a name."""
    total: int
    known: frozenset[str]
    """Syllables often enough in names to be no typing error."""
    as_given: dict[str, float] = field(default_factory=dict)
    """How often a word is the given name, of the times it is that or a middle word."""

    @classmethod
    def of(cls, seen: Counter[str]) -> Self:
        """Learned from how often words were seen."""
        least = max(3, seen.total() // 100_000)
        return cls(
            seen,
            seen.total(),
            frozenset(w for w, times in seen.items() if times >= least and w in syllables()),
        )


def without_telex(word: str) -> str:
    """A word with the keystrokes of Telex left standing ("nguyeenx") as it was meant, folded."""
    bare = _TELEX_END.sub("", word) if len(word) > 2 else word
    return _TELEX_DOUBLE.sub(lambda match: match.group(1) or "", bare)


def _two_words(word: str, lexicon: Lexicon) -> tuple[str, str] | None:
    """Where two known words were typed together: the likeliest cut."""
    known, seen = lexicon.known, lexicon.seen
    cuts = [(word[:i], word[i:]) for i in range(2, len(word) - 1) if word[:i] in known and word[i:] in known]
    return max(cuts, key=lambda cut: min(seen[cut[0]], seen[cut[1]]), default=None)


def one_slip_away(word: str, more: str = "") -> set[str]:
    """What the word may have been before one letter was lost, doubled, changed or swapped with its
    neighbour."""
    cuts = [(word[:i], word[i:]) for i in range(len(word) + 1)]
    lost = {a + letter + b for a, b in cuts for letter in _LETTERS + more}
    added = {a + b[1:] for a, b in cuts if b}
    changed = {a + letter + b[1:] for a, b in cuts if b for letter in _LETTERS + more}
    swapped = {a + b[1] + b[0] + b[2:] for a, b in cuts if len(b) > 1}
    return (lost | added | changed | swapped) - {word}


def _typing_error(word: str, lexicon: Lexicon) -> str:
    """The one known word that a typing error was made of; "" where several are as likely."""
    found = sorted((lexicon.seen[near], near) for near in one_slip_away(word) if near in lexicon.known)
    if not found or (len(found) > 1 and found[-1][0] < 4 * found[-2][0]):
        return ""
    return found[-1][1]


def mended(word: str, lexicon: Lexicon) -> tuple[str, ...]:
    """The word or words that a plain word stands for."""
    word = _SHORT.get(word, word)
    if word in lexicon.known or word in syllables() or word in foreign_given_names():
        return (word,)
    meant = without_telex(word)
    if meant != word and meant in lexicon.known:
        return (meant,)
    cut = _two_words(word, lexicon) if len(word) >= 5 else None
    if cut and lexicon.seen[word] < min(lexicon.seen[part] for part in cut) + 20:
        return cut
    if len(word) >= 3 and lexicon.seen[word] <= max(2, lexicon.total // 100_000):
        return (_typing_error(word, lexicon) or word,)
    return (word,)


def _learned(folded: Sequence[str], times: NDArray[np.int64]) -> Lexicon:
    seen: Counter[str] = Counter()
    for word, count in zip(folded, times.tolist(), strict=True):
        seen[word] += count
    return Lexicon.of(seen)


def build(
    raw: Sequence[str], times: NDArray[np.int64], lexicon: Lexicon | None = None
) -> tuple[Vocabulary, Lexicon]:
    """Facts about the distinct raw words (NFC, lower case) of a column, seen so many times each; and what
    they were read by: the lexicon given, else one learned from the column itself."""
    folded = [plain(word) for word in raw]
    lexicon = lexicon or _learned(folded, times)
    known = lexicon.known
    meant = {word: mended(word, lexicon) for word in set(folded)}
    words = ("", *sorted({part for parts in meant.values() for part in parts if part}))
    number = {word: place for place, word in enumerate(words)}
    weights = surnames()
    spelled = [
        code_of(toned(word)) if len(meant[bare]) == 1 else 0 for word, bare in zip(raw, folded, strict=True)
    ]
    facts = Vocabulary(
        first=np.array([number[meant[word][0]] for word in folded], dtype=np.int32),
        second=np.array(
            [number[meant[word][1]] if len(meant[word]) > 1 else 0 for word in folded], dtype=np.int32
        ),
        spelling=np.array(spelled, dtype=np.int64),
        words=words,
        code=codes_of(words),
        initial=np.array([ord(word[0]) if word else 0 for word in words], dtype=np.int64),
        letters=np.array([letters_of(word) for word in words], dtype=np.uint64).astype(np.int64),
        surname=np.array(
            [weights.get(word, UNKNOWN_SURNAME if word in syllables() else NO_SYLLABLE) for word in words]
        ),
        has_surname=np.array([word in weights for word in words]),
        no_syllable=np.array([word not in syllables() for word in words]),
        known=np.array([word in known for word in words]),
        foreign=np.array([word in foreign_given_names() and word not in weights for word in words]),
        filler=np.array([word in _FILLERS for word in words]),
        thi=np.array([word == "thi" for word in words]),
        honorific=np.array([word in _HONORIFICS for word in words]),
    )
    return facts, lexicon
