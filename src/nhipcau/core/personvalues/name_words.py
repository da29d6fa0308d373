"""What single words of names are, family, given or foreign, and how they are cased."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from importlib.resources import files
from math import log
from typing import NamedTuple

from nhipcau.core.text import fold, is_syllable, nfc
from nhipcau.core.text.lexicon import lexicon

_PIECE = re.compile(r"[^\W\d_]+")
SURNAME_FLOOR, GIVEN_FLOOR = log(1e-5), log(1e-4)
MIDDLE = frozenset({"thi", "van"})
"""Folded: words that say by their place in which order a name stands."""
TITLES = frozenset(
    {
        "ong",
        "ba",
        "mr",
        "mrs",
        "ms",
        "miss",
        "co",
        "chi",
        "chu",
        "anh",
        "bac",
        "em",
        "chau",
        "cu",
        "dr",
        "sir",
    }
)
"""Folded."""
COMPOUND = {("ton", "nu"), ("ton", "that"), ("cong", "tang"), ("cong", "huyen")}


class Word(NamedTuple):
    """`surname`, `given`: natural logarithms of how likely among people; `plain` is folded.

    `vietnamese`: it can be a syllable of the language, with or without its marks.
    """

    plain: str
    surname: float
    given: float
    vietnamese: bool
    foreign_given: bool
    foreign_surname: bool
    marked: bool


def listed(name: str) -> list[str]:
    """The lines of `data/<name>.txt` that are no comments."""
    lines = (files(__package__) / "data" / f"{name}.txt").read_text("utf-8").splitlines()
    return [line.strip() for line in lines if line.strip() and not line.startswith("#")]


@cache
def _surnames() -> tuple[dict[str, float], dict[str, float]]:
    """Shares by the word as written, and by the folded word."""
    shares: dict[str, float] = {}
    for line in listed("surnames"):
        word, weight = line.split()
        shares[same_place(word)] = float(weight) / 1000
    return shares, _folded(shares)


@cache
def _givens() -> tuple[dict[str, float], dict[str, float]]:
    words = list(dict.fromkeys(same_place(word) for line in listed("given") for word in line.split()))
    weights = {word: 1.0 / (rank + 25) for rank, word in enumerate(words)}
    total = sum(weights.values())
    shares = {word: weight / total for word, weight in weights.items()}
    return shares, _folded(shares)


def _folded(shares: dict[str, float]) -> dict[str, float]:
    found: dict[str, float] = {}
    for word, share in shares.items():
        found[fold(word)] = found.get(fold(word), 0.0) + share
    return found


@cache
def _plain_syllables() -> frozenset[str]:
    """Folded syllables: those of the lexicon and of names."""
    middle = (line.split()[0] for line in listed("middle"))
    names = {*_surnames()[0], *_givens()[0], *middle}
    return frozenset(fold(word) for word in {*lexicon().words, *names} if is_syllable(word))


@cache
def name_syllables() -> frozenset[str]:
    """Folded words that stand in Vietnamese names."""
    middle = (fold(line.split()[0]) for line in listed("middle"))
    return frozenset({*_surnames()[1], *_givens()[1], *middle})


@cache
def marked_names() -> frozenset[str]:
    """The same with their marks, in lower case."""
    middle = (same_place(line.split()[0]) for line in listed("middle"))
    return frozenset({*_surnames()[0], *_givens()[0], *middle})


@cache
def _foreign() -> tuple[frozenset[str], frozenset[str]]:
    given = frozenset(word for line in listed("foreign_given") for word in line.split())
    return given, frozenset(word for line in listed("foreign_surnames") for word in line.split())


@cache
def _places() -> dict[str, str]:
    """The later placement of a tone mark → the earlier one: hoà → hòa, thuý → thúy."""
    marks = "\u0300\u0301\u0303\u0309\u0323"
    return {nfc(a + b + mark): nfc(a + mark + b) for a, b in ("oa", "oe", "uy") for mark in marks}


@lru_cache(maxsize=65_536)
def same_place(word: str) -> str:
    """Lower case, the tone mark of an open rhyme on its first vowel: "Hoà" and "Hòa" are one word."""
    low = nfc(word).lower()
    earlier = _places().get(low[-2:])
    if earlier is None or low.startswith("qu"):
        return low
    return low[:-2] + earlier


@lru_cache(maxsize=100_000)
def word(text: str, marked: bool) -> Word:
    """What the word is. `marked`: the name has marks somewhere, so that one without them is written so."""
    plain = fold(text)
    low = same_place(text)
    surnames, givens = _surnames(), _givens()
    surname = surnames[0].get(low, 0.0) if marked else surnames[1].get(plain, 0.0)
    given = givens[0].get(low, 0.0) if marked else givens[1].get(plain, 0.0)
    foreign = _foreign()
    return Word(
        plain,
        log(surname) if surname else SURNAME_FLOOR,
        log(given) if given else GIVEN_FLOOR,
        plain in _plain_syllables() if low.isascii() else is_syllable(low),
        plain in foreign[0],
        plain in foreign[1],
        not low.isascii(),
    )


@lru_cache(maxsize=100_000)
def cased(text: str) -> str:
    """The word in proper case: "NGUYỄN" → "Nguyễn", "H'HEN" → "H'Hen"; "McDonald" stays."""
    return _PIECE.sub(lambda piece: _capital(piece[0]), text)


def _capital(piece: str) -> str:
    first = piece[0].upper()
    if len(first) > 1 or _humped(piece):
        return piece
    return nfc(first + piece[1:].lower())


def _humped(piece: str) -> bool:
    """Two stretches of at least two letters that begin with a capital each: "McDonald", not "NguyễN"."""
    capitals = [at for at, letter in enumerate(piece) if letter.isupper()]
    return len(capitals) == 2 and capitals[0] == 0 and 2 <= capitals[1] <= len(piece) - 2
