"""What somebody who looks for people typed: names, years, countries, telephones; and how the index is asked.

The index keeps its words by kind (migration 0012, `registry_words`): a plain word is of a name, "@" any word
that a record is known by, "~" the inside of a word of a name, "<" a telephone from its end, "=" what a person
now is. So "hoa" finds whoever is called Hoa and not everybody in Hoa Kỳ. First names alone are asked for a
word; when nobody fits, everything that is known; at last the inside of words as well.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import IntEnum, StrEnum
from functools import lru_cache

from nhipcau.apps.registry.entering import TELLING_DIGITS
from nhipcau.core.text import fold, folded_syllables

MOST_PARTS = 8
LONGEST_COUNTRY = 5
# Less than that is the beginning of a year or a number of a house.
LEAST_DIGITS = 4
FIRST_YEAR, LAST_YEAR = 1900, 2099
_WORD = re.compile(r"[^\W_]+")
_DAY = re.compile(r"(?<!\d)\d{1,2}[/.\-](?:\d{1,2}[/.\-])?((?:19|20)\d\d)(?!\d)")
# So many digits, however they are grouped, are one telephone number.
_PHONE = re.compile(r"[+(]*\d(?:[\s().\-]*\d){6,}")
_NOTHING = "\x00"


class Kind(StrEnum):
    WORD = "word"
    YEAR = "year"
    COUNTRY = "country"
    PHONE = "phone"
    # "mỹ" is a name and a country.
    EITHER = "either"


class Width(IntEnum):
    """How far a word is looked for."""

    WHOLE = 1
    NAMES = 2
    EVERYTHING = 3
    INSIDE = 4


@dataclass(frozen=True, slots=True)
class Part:
    """`said` as it was typed; `word` folded, or the digits; `country` its code; `whole`: nobody goes on
    typing the word.
    """

    kind: Kind
    said: str
    word: str = ""
    country: str = ""
    whole: bool = False

    def asked(self, width: Width) -> str:
        """The part as PostgreSQL's tsquery has it. Whole words are asked with whole lists of the index, which
        is much cheaper than all that begins so.
        """
        if self.kind == Kind.YEAR:
            return f"'@{self.word}'"
        if self.kind == Kind.COUNTRY:
            return f"'={self.country}'"
        if self.kind == Kind.PHONE:
            return _asked_phone(self.word)
        kind, end = "" if width <= Width.NAMES else "@", ":*"
        if self.whole and width != Width.NAMES:
            end = ""
        ways = [f"'{kind}{self.word}'{end}"]
        if width == Width.INSIDE:
            ways.append(f"'~{self.word}':*")
        if self.country:
            ways.append(f"'={self.country}'")
        return ways[0] if len(ways) == 1 else f"({' | '.join(ways)})"


def _asked_phone(digits: str) -> str:
    """A whole number is told by its last digits, however it begins; of less, the beginning or the end."""
    if len(digits) >= TELLING_DIGITS:
        return f"'@{digits[-TELLING_DIGITS:]}'"
    begun = digits.lstrip("0") or digits
    return f"('@{begun}':* | '<{digits[::-1]}':*)"


def read(words: str, countries: Mapping[str, str]) -> tuple[Part, ...]:
    """The parts of what was typed. `countries`: codes by each of their names, folded."""
    parts: list[Part] = []

    def year(found: re.Match[str]) -> str:
        parts.append(Part(Kind.YEAR, found.group(), found.group(1)))
        return f" {_NOTHING} "

    def phone(found: re.Match[str]) -> str:
        parts.append(Part(Kind.PHONE, found.group().strip(), re.sub(r"\D", "", found.group())))
        return f" {_NOTHING} "

    rest = _PHONE.sub(phone, _DAY.sub(year, words.replace(_NOTHING, " ")))
    for stretch in rest.split(_NOTHING):
        parts += _read_words(_WORD.findall(stretch), countries)
    last = parts[-1] if parts else None
    return tuple(replace(part, whole=_whole(part.word, last=part is last)) for part in parts[:MOST_PARTS])


def _whole(word: str, *, last: bool) -> bool:
    """A syllable, and not one that is still being typed: "nguyen" can go on to none, "tra" to "tran"."""
    return word in folded_syllables() and (not last or word in _final())


@lru_cache(maxsize=1)
def _final() -> frozenset[str]:
    """The folded syllables that no other begins with."""
    known = sorted(folded_syllables())
    return frozenset(
        one for one, after in zip(known, [*known[1:], ""], strict=True) if not after.startswith(one)
    )


def _read_words(said: list[str], countries: Mapping[str, str]) -> list[Part]:
    parts, at = [], 0
    while at < len(said):
        length = _country_at(said, at, countries)
        if length > 1:
            text = " ".join(said[at : at + length])
            parts.append(Part(Kind.COUNTRY, text, country=countries[fold(text)]))
        else:
            parts.append(_one(said[at], countries))
        at += max(length, 1)
    return [part for part in parts if part.word or part.country]


def _country_at(said: list[str], at: int, countries: Mapping[str, str]) -> int:
    """How many words from there are the name of a country, at most; 0 where none is."""
    for length in range(min(LONGEST_COUNTRY, len(said) - at), 0, -1):
        if fold(" ".join(said[at : at + length])) in countries:
            return length
    return 0


def _one(said: str, countries: Mapping[str, str]) -> Part:
    word = "".join(_WORD.findall(fold(said)))
    if word.isdecimal() and word.isascii():
        return _digits(said, word)
    code = countries.get(word, "")
    if not code:
        return Part(Kind.WORD, said, word)
    # "Canada" is nobody's name; "Nga", "Anh" and "Mỹ" are, and two letters may be the beginning of one.
    kind = Kind.EITHER if word in folded_syllables() or len(word) < LEAST_DIGITS else Kind.COUNTRY
    return Part(kind, said, word, code)


def _digits(said: str, word: str) -> Part:
    if len(word) == LEAST_DIGITS and FIRST_YEAR <= int(word) <= LAST_YEAR:
        return Part(Kind.YEAR, said, word)
    return Part(Kind.PHONE, said, word)


def queries(parts: tuple[Part, ...], more: str = "") -> list[tuple[Width, str]]:
    """What the index is asked, one after the other until somebody fits. `more` must hold in each."""
    if not parts:
        return [(Width.NAMES, more)] if more else []
    wider = any(part.kind in (Kind.WORD, Kind.EITHER) for part in parts)
    found: dict[str, Width] = {}
    for width in Width if wider else [Width.NAMES]:
        found.setdefault(
            " & ".join([*(part.asked(width) for part in parts), *([more] if more else [])]), width
        )
    return [(width, asked) for asked, width in found.items()]


def holding(*, country: str = "", group: str = "", basis: str = "") -> str:
    """What chosen filters ask of the index."""
    return " & ".join(
        f"'={said.lower()}'" for said in (country, group, basis) if _WORD.fullmatch(said.replace("_", ""))
    )
