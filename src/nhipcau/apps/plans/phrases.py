"""How documents write bodies: words, initials, places, groups. Text alone, no database.

A phrase and a name are the same body when their words agree once marks, case, joiners ("và", "-", "&")
and the province's own name are set aside, and a run of capitals in the phrase may stand for the first
letters of as many words: "Sở KH&ĐT", "Sở LĐ-TB và XH", "VP UBND tỉnh", "CA tỉnh".
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from nhipcau.core.text import fold

# The province itself, however it is written: "tỉnh", "thành phố", "tỉnh Lam Giang".
PLACE = "@"
_JOINERS = {"va", "cua"}
_TOKEN = re.compile(r"[^\W_]+(?:\.[^\W_]+)*", re.UNICODE)
_CITY = (("thanh", "pho"), ("tp",))
_PROVINCE = (*_CITY, ("tinh",))
_UNITS = (
    ("xa",),
    ("phuong",),
    ("thi", "tran"),
    ("dac", "khu"),
    ("huyen",),
    ("quan",),
    ("thi", "xa"),
    ("thanh", "pho"),
)
_COMMITTEE = ("uy", "ban", "nhan", "dan")
# Often left out: "Ủy ban Mặt trận Tổ quốc (Việt Nam) tỉnh".
_COUNTRY = ["viet", "nam"]
_LONGEST_INITIALS = 10


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a phrase: folded, and whether it is written in capitals and so may be initials."""

    low: str
    capitals: bool = False


def words(text: str) -> list[Word]:
    """The words that carry meaning; joiners and punctuation are left out."""
    found = []
    for token in _TOKEN.findall(text):
        for part in token.split("."):
            low = fold(part)
            if low and (low not in _JOINERS or part.isupper()):
                found.append(Word(low, part.isupper() and not part.isdigit()))
    return found


def place_words(places: Iterable[str]) -> list[tuple[str, ...]]:
    """How the own province may end a phrase, longest first: "tinh lam giang", "lam giang", "tinh".

    A province ("tỉnh X") is not the city of the same name: only the kinds that `places` name count, both
    where they name none.
    """
    found: set[tuple[str, ...]] = set()
    kinds: set[tuple[str, ...]] = set()
    for place in places:
        name = tuple(word.low for word in words(place))
        kind = next((head for head in _PROVINCE if name[: len(head)] == head), ())
        name = name[len(kind) :]
        same = _CITY if kind in _CITY else (kind,) if kind else ()
        kinds.update(same)
        if name:
            found.update({name, *((*head, *name) for head in same)})
    found.update(kinds or _PROVINCE)
    return sorted(found, key=lambda name: (-len(name), name))


def without_place(phrase: Sequence[Word], places: Sequence[tuple[str, ...]]) -> tuple[list[Word], bool]:
    """The phrase without the province at its end, and whether it stood there.

    What remains has at least one word.
    """
    low = tuple(word.low for word in phrase)
    for name in places:
        if len(low) > len(name) and low[-len(name) :] == name and not _names_a_unit(low[: -len(name)]):
            return list(phrase[: -len(name)]), True
    return list(phrase), False


def _names_a_unit(rest: tuple[str, ...]) -> bool:
    """Whether what stands before is the kind of a smaller unit, so the place is that unit's name."""
    return any(rest[-len(unit) :] == unit for unit in _UNITS)


def without_committee(phrase: Sequence[Word]) -> list[Word]:
    """The commune itself ("xã Tân Phú") of its committee; a committee without a unit stays."""
    low = tuple(word.low for word in phrase)
    head = 1 if low[:1] == ("ubnd",) else len(_COMMITTEE) if low[: len(_COMMITTEE)] == _COMMITTEE else 0
    rest = low[head:]
    is_unit = head and any(len(rest) > len(unit) and rest[: len(unit)] == unit for unit in _UNITS)
    return list(phrase[head:]) if is_unit else list(phrase)


def spells(phrase: Sequence[Word], name: list[str], at: int = 0, name_at: int = 0) -> bool:
    """Whether the phrase, its capitals read as initials, spells the name."""
    while at < len(phrase):
        word = phrase[at]
        if name_at < len(name) and word.low == name[name_at]:
            at, name_at = at + 1, name_at + 1
            continue
        if name[name_at : name_at + 2] == _COUNTRY and word.low != "vn":
            name_at += 2
            continue
        size = len(word.low)
        initials = "".join(each[0] for each in name[name_at : name_at + size])
        if not word.capitals or not 1 < size <= _LONGEST_INITIALS or initials != word.low:
            return False
        at, name_at = at + 1, name_at + size
    return name_at == len(name) or name[name_at:] == _COUNTRY


def likeness(first: Collection[str], second: Collection[str]) -> float:
    """Shared words over all words (Dice), 0 to 1; a word that stands twice counts twice."""
    if not first or not second:
        return 0.0
    rest = list(second)
    shared = 0
    for word in first:
        if word in rest:
            rest.remove(word)
            shared += 1
    return 2 * shared / (len(first) + len(second))
