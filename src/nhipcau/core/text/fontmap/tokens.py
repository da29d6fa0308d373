"""Words of a damaged text: where they are, which of their letters cannot be right, how they are cased."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from nhipcau.core.text.syllables import is_syllable

Case = Literal["lower", "title", "upper", "open"]

_SMALL_LETTERS = "àáâãèéêìíòóôõùúýăđĩũơư" + "".join(chr(c) for c in range(0x1EA1, 0x1EFA, 2))
VIETNAMESE = frozenset(_SMALL_LETTERS + _SMALL_LETTERS.upper())
"""Every Vietnamese letter outside ASCII, both cases."""
LOWER_LETTERS = tuple(_SMALL_LETTERS)

_LETTER = "[^\\W\\d_²³¹¼½¾⁰-₟①-⓿]"
# Signs that broken maps put in place of letters. They count as letters where the text has them inside a word.
_SIGNS = "¡¢£¤¥¦¨ª¬¯±´µ¶¸º¿÷†‡\ufffd\ue000-\uf8ff"
_ANY_SIGN = re.compile(f"[{_SIGNS}]")
_SIGN_INSIDE = re.compile(
    f"(?<={_LETTER})[{_SIGNS}](?={_LETTER})|(?<!{_LETTER})[bcdđghklmnpqrstvx]++([{_SIGNS}])(?![{_SIGNS}])",
    re.I,
)
_ASCII = re.compile("[\x00-\x7f]+")
_MARKED = f"(?:[^\x00-\x7f\\W\\d_²³¹¼½¾⁰-₟①-⓿]|[{_SIGNS}])"
_MARKED_WORD = re.compile(f"(?<![A-Za-z])[A-Za-z]*+{_MARKED}(?:{_LETTER}|[{_SIGNS}])*+|{_MARKED}+")
_BUILT_LIKE_SYLLABLE = re.compile(
    "(?:ngh?|nh|gh?|gi|kh?|ph|qu|th|tr|ch?|[bdlmnprstvxh]|[^\x00-\x7f])?"
    "[aeiouy\x80-\U0010ffff]{1,5}(?:ch|nh|ng|[cmnpt])?",
    re.IGNORECASE,
)
_SMALL, _CAPITAL = re.compile("[a-z]"), re.compile("[A-Z]")
_BREAKS = frozenset(".;:!?()[]…")
_CODE = frozenset("0123456789/-@")
_ACRONYM = re.compile("[A-ZĐ]+")


def may_be_damaged(text: str) -> bool:
    """A quick look: whether any word holds a letter that is not Vietnamese, or cannot be a syllable."""
    return any(
        looks_wrong(word)
        or (not VIETNAMESE.issuperset(_ASCII.sub("", word)) and _BUILT_LIKE_SYLLABLE.fullmatch(word))
        for word in set(_MARKED_WORD.findall(text))
    )


@dataclass(slots=True)
class Token:
    """One word. `places`: indexes of its letters outside ASCII; `foreign`: of those not Vietnamese."""

    start: int
    raw: str
    key: str
    places: tuple[int, ...]
    foreign: tuple[int, ...]
    case: Case
    breaks: bool = False
    """A full stop or the like stands between the word before and this one."""
    coded: bool = False
    """Part of a number or an address: 38/KH-UBND."""

    @property
    def end(self) -> int:
        return self.start + len(self.raw)


@lru_cache(maxsize=65536)
def _anatomy(raw: str) -> tuple[str, tuple[int, ...], tuple[int, ...], Case]:
    places = tuple(i for i, c in enumerate(raw) if not c.isascii())
    foreign = tuple(i for i in places if raw[i] not in VIETNAMESE)
    return raw.lower() if raw.isascii() else _lower_ascii(raw), places, foreign, _case(raw)


def _lower_ascii(raw: str) -> str:
    return "".join(c.lower() if c.isascii() or c in VIETNAMESE else c for c in raw)


def _case(raw: str) -> Case:
    sure = [i for i, c in enumerate(raw) if c.isascii()]
    later = [raw[i] for i in sure if i]
    if later:
        if all(c.isupper() for c in later):
            return "upper"
        return "title" if raw[0].isascii() and raw[0].isupper() else "lower"
    if sure and raw[0].islower():
        return "lower"
    return "open"


def letter_signs(text: str) -> str:
    """The signs that this text has inside words, or after a beginning that has no vowel yet."""
    if not _ANY_SIGN.search(text):
        return ""
    return "".join(sorted({m.group(1) or m.group() for m in _SIGN_INSIDE.finditer(text)}))


@lru_cache(maxsize=64)
def _word_pattern(signs: str) -> re.Pattern[str]:
    if not signs:
        return re.compile(f"{_LETTER}+")
    one = f"(?:{_LETTER}|[{re.escape(signs)}])"
    return re.compile(f"{one}++")


def tokenize(line: str, offset: int = 0, signs: str = "") -> list[Token]:
    """The words of a line, `offset` added to their places; `signs` count as letters."""
    tokens: list[Token] = []
    end = 0
    for match in _word_pattern(signs).finditer(line):
        start, raw = match.start(), match.group()
        if signs and not any(c.isalpha() for c in raw):
            continue
        between = line[end:start]
        end = match.end()
        breaks = between != " " and not _BREAKS.isdisjoint(between)
        coded = between[-1:] in _CODE or line[end : end + 1] in _CODE
        tokens.append(Token(offset + start, raw, *_anatomy(raw), breaks, coded))
    return tokens


@lru_cache(maxsize=65536)
def looks_wrong(raw: str) -> bool:
    """A word built like a syllable that yet cannot be one, nor an abbreviation (HĐND), nor a label."""
    if raw.isascii() or len(raw) == 1 or not _BUILT_LIKE_SYLLABLE.fullmatch(raw):
        return False
    if is_syllable(raw):
        return _mixed_case(raw)
    return not _ACRONYM.fullmatch(raw)


def _mixed_case(raw: str) -> bool:
    """Capitals after small letters, or small ones among capitals: HIàN."""
    return len(raw) > 1 and not (raw.islower() or raw.isupper() or raw[1:].islower())


def in_capitals(line: str, tokens: list[Token]) -> bool:
    """Whether a line is set in capitals, by its ASCII letters."""
    if not tokens or len(_SMALL.findall(line)) > len(_CAPITAL.findall(line)):
        return False
    letters = [c for t in tokens if len(t.raw) > 1 and not t.coded for c in t.raw if c.isascii()]
    return len(letters) > 3 and sum(c.isupper() for c in letters) > 0.7 * len(letters)
