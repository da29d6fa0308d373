"""Which words a damaged word may have been."""

from __future__ import annotations

from functools import lru_cache

from nhipcau.core.text.fontmap.tokens import Token
from nhipcau.core.text.lexicon import patterns

_ABBREVIATIONS = ("QĐ", "NĐ", "CĐ", "LĐ", "HĐND", "HĐQT", "BCĐ", "TTĐT", "KHĐT", "LĐTBXH", "ĐBQH", "QĐND")
_CAPITAL_AT_START, _CAPITAL_INSIDE = 0.4, 0.06


def fitting(key: str, opened: tuple[int, ...]) -> tuple[str, ...]:
    """Syllables of the lexicon that agree with `key` everywhere but at the opened places."""
    pattern = "".join("?" if i in opened else c for i, c in enumerate(key))
    return patterns().get(pattern, ())


@lru_cache(maxsize=131072)
def cased(raw: str, syllable: str, case: str, capitals: bool, opens: bool) -> tuple[tuple[str, float], ...]:
    """The syllable in the ways its case may be written in place of `raw`, with their probabilities.

    ASCII letters keep their case, the others follow it; where the first letter is not ASCII and the rest is
    small, both cases are possible. `capitals`: the line is in capitals; `opens`: a sentence may begin here.
    """
    if case == "upper" or (case == "open" and capitals):
        return ((syllable.upper(), 1.0),)
    rest = syllable[1:]
    if raw[0].isascii():
        return ((raw[0] + rest, 1.0),)
    capital = _CAPITAL_AT_START if opens else _CAPITAL_INSIDE
    return (syllable, 1.0 - capital), (syllable[0].upper() + rest, capital)


def abbreviated(token: Token) -> str | None:
    """The one common abbreviation that a word of capitals may be, whatever its foreign letters are."""
    agreeing = [
        a
        for a in _ABBREVIATIONS
        if len(a) == len(token.raw) and all(i in token.foreign or c == a[i] for i, c in enumerate(token.raw))
    ]
    return agreeing[0] if len(agreeing) == 1 and len(token.foreign) < len(token.raw) else None
