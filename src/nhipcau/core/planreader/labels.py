"""Labels in front of items: I. → 1. → 1.1. → a) → - → +, and what may follow what."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from nhipcau.core.planreader.folding import UPPER

Style = Literal["article", "part", "upper", "roman", "arabic", "decimal", "letter", "bracket", "dash", "plus"]

LETTERS = "abcdđeghiklmnopqrstuvxy"
_ROMAN = re.compile(
    r"(?P<l>X{0,3}(?:IX|IV|V?I{0,3}))"
    rf"(?:\s?[.):](?!\d)\s*(?=\S|$)|\s?-\s+(?=[{UPPER}]))"
)
_DECIMAL = re.compile(
    r"(?P<l>\d{1,2}(?:\.\d{1,2}){1,3})(?:\.|\)|:)?(?!\d|/|%|,|[.,]?\d)(?:\s+(?=\S)|(?=[^\W\d_])|$)"
)
_ARABIC = re.compile(
    r"(?P<l>\d{1,2})"
    rf"(?:\s?(?:[.)]|\.\)|/(?=\s))(?!\d)\s*(?=\S|$)|-\s+(?=[{UPPER}]))"
)
_LETTER = re.compile(rf"(?P<l>[a-zđ])\s?(?:\)|\.(?=\s|[{UPPER}]|$)|/(?=\s))\s*(?=\S|$)")
_UPPER = re.compile(r"(?P<l>[A-HĐ])\s?[.)]\s+(?=\S)")
_ARTICLE = re.compile(r"(?P<l>(?:Điều|ĐIỀU) \d{1,3})\s?[.:]\s*(?=\S|$)")
_PART = re.compile(
    r"(?P<l>(?:PHẦN|Phần) (?:(?:THỨ|thứ) \w+|[IVX]+|\d+)|(?:MỤC|Mục|CHƯƠNG|Chương) (?:[IVX]+|"
    rf"\d+))\s?(?:[.:-]\s*|\s+(?=[{UPPER}])|$)"
)
_DASH = re.compile(r"(?P<l>[-–—•●▪■◦‣\uf0b7\uf02d])\s*(?=\S)|(?P<s>\*)\s+(?=\S)")
_BRACKET = re.compile(r"\((?P<l>\d{1,2}|[a-zđ])\)\s+(?=\S)")
_PLUS = re.compile(r"(?P<l>[+○])\s*(?=\S)")
_TRIES: list[tuple[Style, re.Pattern[str]]] = [
    ("roman", _ROMAN), ("decimal", _DECIMAL), ("arabic", _ARABIC), ("letter", _LETTER), ("bracket", _BRACKET),
    ("article", _ARTICLE),
    ("part", _PART), ("upper", _UPPER), ("dash", _DASH), ("plus", _PLUS),
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Label:
    """A label at the start of a text: its style, its bare form ("III", "2.1", "đ", "-") and where the words
    begin.
    """

    style: Style
    bare: str
    end: int

    @property
    def bullet(self) -> bool:
        return self.style in ("dash", "plus")


def label_at(text: str) -> Label | None:
    """The label that `text` begins with, or None."""
    for style, pattern in _TRIES:
        m = pattern.match(text)
        if m and m.end() > 0 and m.group(0).strip():
            bare = m.group("l") or (m.group("s") if style == "dash" else "")
            if bare:
                return Label(style, bare, m.end())
    return None


def roman_value(bare: str) -> int:
    """The number that a Roman numeral stands for."""
    values = {"I": 1, "V": 5, "X": 10}
    total = 0
    for c, following in zip(bare, [*bare[1:], ""], strict=True):
        total += -values[c] if following and values[following] > values[c] else values[c]
    return total


def ordinal(label: Label) -> int:
    """Place of a label in its row: I, 1, a are 1; bullets are 0. Letters count in Vietnamese order."""
    if label.style == "roman":
        return roman_value(label.bare)
    if label.style == "bracket" and label.bare.isdigit():
        return int(label.bare)
    if label.style in ("arabic", "decimal", "article"):
        return int(re.split(r"[. ]", label.bare)[-1])
    if label.style in ("letter", "upper", "bracket"):
        letter = label.bare.lower()
        return LETTERS.index(letter) + 1 if letter in LETTERS else 0
    return 0


def follows(label: Label, before: Label | None) -> bool:
    """Whether `label` can come after `before` in one row; slips such as "d" then "e" (no "đ") are allowed."""
    if label.bullet:
        return True
    here = ordinal(label)
    there = ordinal(before) if before is not None else 0
    return here == 1 or there < here <= there + 2
