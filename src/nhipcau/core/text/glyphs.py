"""Passages that hold glyph numbers instead of characters: "7ӵ GR" for "Tự do", "+ҥQK SK~F" for "Hạnh phúc".

A PDF without a table from glyphs to characters gives glyph numbers. Fonts made after Times New Roman number
the space 3 and go on as ASCII does, so plain letters are shifted by 29; after them come the letters of Mac
Roman. Marked Vietnamese letters are elsewhere in each font: they stay for `fontmap`.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal

from nhipcau.core.text.fontmap.tokens import VIETNAMESE
from nhipcau.core.text.lexicon import lexicon, patterns
from nhipcau.core.text.passages import choose
from nhipcau.core.text.textmap import TextMap, apply_edits

Way = Literal["plain", "glyphs"]

_WAYS: tuple[Way, ...] = ("plain", "glyphs")
_SHIFT, _FIRST_MAC = 29, 98
_TRIGGER = re.compile("[\x03\x0f-\x12\x13-\x1c\u0100-\u024f\u0400-\u052f]")
_WORD = re.compile("[^ \t\n\r\xa0\x03]+")
_DASHES = re.compile("[-–—*•…]+")
_CODE = re.compile(r"[0-9A-ZĐ/.,:;()%+-]+")
_UNKNOWN, _WRONGLY_DECODED, _UNSURE = -13.0, -15.0, -1.0
_NEUTRAL, _UNLIKELY_CODE, _ODD_SIGNS = -3.0, -9.0, -7.0
_PLAIN_NUMBER = re.compile(r"[\d./,:;()%–-]*|(\W)\1*|\(?[A-Za-zĐđ][.)]")
_LEAST_WORDS = 2


def decode_glyph_numbers(text: str) -> tuple[str, TextMap, bool]:
    """The text with such passages made letters again, the map back, and whether there were any."""
    unchanged = text, TextMap.identity(len(text)), False
    if all(c in VIETNAMESE for c in set(_TRIGGER.findall(text))):
        return unchanged
    words = [(m.start(), m.group()) for m in _WORD.finditer(text)]
    if sum(_score(w, "glyphs") > _score(w, "plain") for w in {w for _, w in words}) < _LEAST_WORDS:
        return unchanged
    chosen = choose(text, words, _WAYS, _score)
    if sum(way == "glyphs" for way in chosen) < _LEAST_WORDS:
        return unchanged
    edits = []
    end = 0
    for (at, word), way in zip(words, chosen, strict=True):
        edits += [(i, i + 1, " ") for i in range(end, at) if text[i] == "\x03"]
        if way == "glyphs" and not _DASHES.fullmatch(word):
            edits += [(at + i, at + i + 1, new) for i, c in enumerate(word) if (new := _character(c)) != c]
        end = at + len(word)
    decoded, mapping = apply_edits(text, edits)
    return decoded, mapping, True


def _character(printed: str) -> str:
    """The character whose glyph has this number, or the number's own character where that is not known."""
    number = ord(printed)
    if 3 <= number < _FIRST_MAC:
        return chr(number + _SHIFT)
    if _FIRST_MAC <= number < _FIRST_MAC + 62:
        return bytes([number - _FIRST_MAC + 0x80]).decode("mac_roman")
    return printed


@lru_cache(maxsize=65536)
def _score(word: str, way: Way) -> float:
    """How likely the word is Vietnamese when read so; its foreign letters may be any marked letter."""
    read = word if way == "plain" else "".join(_character(c) for c in word)
    unknown = _UNKNOWN if way == "plain" else _WRONGLY_DECODED
    if way == "plain" and not read.isprintable():
        return unknown
    if way == "glyphs" and _CODE.fullmatch(read):
        return _UNLIKELY_CODE if _PLAIN_NUMBER.fullmatch(word) else _NEUTRAL
    if way == "plain" and _PLAIN_NUMBER.fullmatch(word):
        return 0.0
    inside = [i for i, c in enumerate(read) if c.isalnum() or c == "_"]
    read = read[inside[0] : inside[-1] + 1] if inside else ""
    if not any(c.isalpha() for c in read):
        return _ODD_SIGNS
    pattern = "".join("?" if not c.isascii() and c not in VIETNAMESE else c.lower() for c in read)
    if not any(c.isalpha() for c in pattern):
        return unknown
    known = lexicon()
    found = (pattern,) if pattern in known else patterns().get(pattern, ())
    if not found:
        return unknown
    return max(known.score(None, w) for w in found) + _UNSURE * pattern.count("?")
