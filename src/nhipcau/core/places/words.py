"""The words of an address, folded, where one part ends, and which words say what kind of unit follows."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from nhipcau.core.text import fold, nfc

# Types of unit, folded; the longer ones first where one is the end of another.
TYPE_WORDS: dict[tuple[str, ...], frozenset[str]] = {
    ("thi", "tran"): frozenset({"township"}),
    ("thi", "xa"): frozenset({"district_town"}),
    ("thanh", "pho"): frozenset({"provincial_city", "city"}),
    ("dac", "khu"): frozenset({"special_zone"}),
    ("phuong",): frozenset({"ward"}),
    ("huyen",): frozenset({"rural_district"}),
    ("quan",): frozenset({"urban_district"}),
    ("tinh",): frozenset({"province"}),
    ("xa",): frozenset({"commune"}),
    ("tt",): frozenset({"township"}),
    ("tx",): frozenset({"district_town"}),
    ("tp",): frozenset({"provincial_city", "city"}),
    ("dk",): frozenset({"special_zone"}),
    ("p",): frozenset({"ward"}),
    ("f",): frozenset({"ward"}),
    ("h",): frozenset({"rural_district"}),
    ("q",): frozenset({"urban_district"}),
    ("t",): frozenset({"province"}),
    ("x",): frozenset({"commune"}),
    ("commune",): frozenset({"commune"}),
    ("ward",): frozenset({"ward"}),
    ("district",): frozenset({"urban_district", "rural_district", "district_town", "provincial_city"}),
    ("province",): frozenset({"province"}),
    ("city",): frozenset({"city", "provincial_city"}),
    ("town",): frozenset({"township", "district_town"}),
    ("township",): frozenset({"township"}),
}
# English writes the type behind the name as well.
BEHIND = {
    words: types
    for words, types in TYPE_WORDS.items()
    if words[0] in ("commune", "ward", "district", "province", "city", "town", "township")
}
# As they are written with marks: "quán" and "xá" are no types of unit.
_MARKED = {"thị", "trấn", "xã", "thành", "phố", "đặc", "khu", "phường", "huyện", "quận", "tỉnh"}
# "huyện đảo", "xã đảo": a word of the type, not of the name.
_OF_TYPE = ("dao",)
# What may stand behind a name, or in front of one, without being a part of it.
_AFTER = "cu moi nay truoc thuoc nuoc viet vn vietnam va o tai hien gan st street road"
_BEFORE = "ubnd hdnd dia chi que quan goc noi tru tai o thuong ho khau ben cho"
AFTER, BEFORE = frozenset(_AFTER.split(" ")), frozenset(_BEFORE.split(" "))
# What follows one of these is a street, a house or a hamlet.
STREET = frozenset(
    [
        "duong",
        "so",
        "ap",
        "thon",
        "khu",
        "to",
        "ngo",
        "hem",
        "ngach",
        "kiet",
        "kp",
        "khom",
        "buon",
        "ban",
        "xom",
        "toa",
        "lo",
        "quoc",
        "ql",
        "tl",
        "lang",
        "kcn",
    ]
)
TIER_OF = {
    "province": "province",
    "city": "province",
    "urban_district": "district",
    "rural_district": "district",
    "district_town": "district",
    "provincial_city": "district",
    "commune": "commune",
    "ward": "commune",
    "township": "commune",
    "special_zone": "commune",
}
_TOKEN = re.compile(r"[^\W\d_]+(?:['’ʼ`´‘][^\W\d_]+)*|\d+")
_BREAK = re.compile(r"[,;\n\r\t|/()\[\]:]|\s[-–—]\s")
_DASH = re.compile(r"\s+[-–—]\s+")
_ROMAN = {
    "i": 1,
    "ii": 2,
    "iii": 3,
    "iv": 4,
    "v": 5,
    "vi": 6,
    "vii": 7,
    "viii": 8,
    "ix": 9,
    "x": 10,
    "xi": 11,
}
_TONES = dict.fromkeys(map(ord, "\u0300\u0301\u0303\u0309\u0323"))


@dataclass(frozen=True, slots=True)
class Word:
    """`plain` is folded, without apostrophes and leading zeros; `marked` keeps the marks, tones at the end.

    `part` counts the parts of the text that commas and the like divide, `joined` those that more than a dash
    divides: names have dashes.
    """

    plain: str
    marked: str
    part: int
    joined: int
    start: int
    end: int

    @property
    def has_marks(self) -> bool:
        return self.plain != self.marked


@lru_cache(maxsize=50_000)
def forms(token: str) -> tuple[str, str]:
    """Folded, and with marks: "hoà" and "hòa" are one."""
    if token.isdigit():
        number = token.lstrip("0") or "0"
        return number, number
    low = nfc(token).lower()
    bare = re.sub(r"\W", "", low)
    plain = re.sub(r"\W", "", fold(bare))
    apart = unicodedata.normalize("NFD", bare)
    tones = "".join(mark for mark in apart if ord(mark) in _TONES)
    return plain, apart.translate(_TONES) + tones if bare != plain else plain


def split(text: str, *, longest: int = 400) -> tuple[str, list[Word]]:
    """The text in composed form, cut at `longest` characters, and its words."""
    text = nfc(text[:longest])
    found, part, joined, last = [], 0, 0, 0
    for match in _TOKEN.finditer(text):
        gap = text[last : match.start()]
        if gap != " " and _BREAK.search(gap):
            part += 1
            joined += not _DASH.fullmatch(gap)
        last = match.end()
        plain, marked = forms(match[0])
        if plain:
            found.append(Word(plain, marked, part, joined, match.start(), match.end()))
    return text, found


def type_before(words: list[Word], index: int) -> tuple[int, frozenset[str]] | None:
    """The type that the words before `index` name in the same part: where it begins, and which types."""
    first = index
    if index >= 2 and words[index - 1].plain in _OF_TYPE and words[index - 1].part == words[index].part:
        first -= 1
    return _type_ending_at(words, first, words[index].part if index < len(words) else None)


def _type_ending_at(words: list[Word], end: int, part: int | None) -> tuple[int, frozenset[str]] | None:
    for length in (2, 1):
        begin = end - length
        if begin < 0 or (part is not None and words[begin].part != part):
            continue
        types = TYPE_WORDS.get(tuple(word.plain for word in words[begin:end]))
        if types is not None and all(_may_be_type(word) for word in words[begin:end]):
            return begin, types
    return None


def _may_be_type(word: Word) -> bool:
    return not word.has_marks or word.marked in _MARKED_FORMS


def types_named(words: list[Word]) -> list[tuple[int, int, frozenset[str]]]:
    """Where a type of unit stands: its first word, the word after it, which types; short ones only where a
    part begins."""
    found, index = [], 0
    while index < len(words):
        for length in (2, 1):
            if index + length >= len(words):
                continue
            here = words[index : index + length]
            types = TYPE_WORDS.get(tuple(word.plain for word in here))
            whole = len({word.part for word in words[index : index + length + 1]}) == 1
            if types is None or not whole or not all(_may_be_type(word) for word in here):
                continue
            first = index == 0 or words[index - 1].part != words[index].part
            if length == 2 or len(here[0].plain) > 2 or first or here[0].plain == "xa":
                found.append((index, index + length, types))
                index += length - 1
                break
        index += 1
    return found


def number_of(word: str) -> str:
    """A Roman numeral as digits; nothing for another word."""
    return str(_ROMAN[word]) if word in _ROMAN else ""


def type_of(name: str, tier: str) -> str:
    """The type of unit of this tier that a name begins with; nothing when it says none."""
    words = split(name)[1]
    for length in (2, 1):
        types = TYPE_WORDS.get(tuple(word.plain for word in words[:length]), frozenset())
        fitting = [each for each in types if TIER_OF[each] == tier]
        if fitting and len(words) > length and all(_may_be_type(word) for word in words[:length]):
            return fitting[0]
    return ""


_MARKED_FORMS = {forms(word)[1] for word in _MARKED}
