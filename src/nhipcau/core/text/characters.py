"""Characters that nobody sees or that only look right: taken out, or made the plain ones."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from itertools import pairwise

from nhipcau.core.text.textmap import Edit, TextMap, apply_edits

# Anything beyond printable ASCII and composed Vietnamese letters is looked at; clean text passes in one scan.
_UNUSUAL = re.compile(
    "[^\n\t\x20-\x7e\xa1-\xac\xae-\u01b0\u1ea0-\u1ef9\u2010\u2011\u2013\u2014\u2018-\u201e\u2022\u2026\u2032\u2033]"
)
_DECOMPOSED = re.compile("[A-Za-z\xc0-\u01b0\u1ea0-\u1ef9][\u0300-\u036f]+")
_LIGATURES_AND_WIDE = re.compile("[\ufb00-\ufb06\uff01-\uff5e\U0001d400-\U0001d7ff]")
_LINE_ENDS = "\r\x0b\x0c\x85\u2028\u2029"


def normalise(text: str) -> tuple[str, TextMap, list[str]]:
    """Composed letters, plain spaces and line ends, ASCII digits; nothing invisible.

    Notes: "nfd", "invisible", "lookalikes". Soft hyphens stay where the text may be in an old encoding that
    writes a letter with that code; `drop_soft_hyphens` takes them out afterwards.
    """
    if not _UNUSUAL.search(text):
        return text, TextMap.identity(len(text)), []
    notes: list[str] = []
    first, first_map = apply_edits(text, _plain_edits(text, notes))
    second, second_map = apply_edits(first, _composing_edits(first, notes))
    return second, first_map.then(second_map), notes


def drop_soft_hyphens(text: str) -> tuple[str, TextMap]:
    """Soft hyphens out."""
    return apply_edits(text, [(m.start(), m.end(), "") for m in re.finditer("\xad", text)])


def _plain_edits(text: str, notes: list[str]) -> list[Edit]:
    edits: list[Edit] = []
    for match in _UNUSUAL.finditer(text):
        at, character = match.start(), match.group()
        if character == "\r" and text[at + 1 : at + 2] == "\n":
            edits.append((at, at + 1, ""))
            continue
        new, note = _plain(character)
        if new != character:
            edits.append((at, at + 1, new))
            if note and note not in notes:
                notes.append(note)
    return edits


@lru_cache(maxsize=4096)
def _plain(character: str) -> tuple[str, str]:
    """(what stands for the character, the note to make)."""
    category = unicodedata.category(character)
    if character in _LINE_ENDS:
        return "\n", ""
    if category == "Zs":
        return " ", ""
    if category == "Nd" and not character.isascii():
        return str(unicodedata.decimal(character)), "lookalikes"
    if _LIGATURES_AND_WIDE.match(character):
        return unicodedata.normalize("NFKC", character), "lookalikes"
    if category in ("Cf", "Cc", "Cs") and character not in "\n\t\xad":
        return "", "invisible"
    return character, ""


def _composing_edits(text: str, notes: list[str]) -> list[Edit]:
    edits: list[Edit] = []
    if unicodedata.is_normalized("NFC", text):
        return edits
    for start, end in _clusters(text):
        piece = text[start:end]
        composed = unicodedata.normalize("NFC", piece)
        if composed != piece:
            edits.append((start, end, composed))
    if edits:
        notes.append("nfd")
    return edits


def _clusters(text: str) -> list[tuple[int, int]]:
    """Stretches that start at a character on which nothing earlier can act: NFC works on each alone."""
    bounds = [0]
    for i in range(1, len(text)):
        if text[i] < "\u0300" or _stands_alone(text[i - 1], text[i]):
            bounds.append(i)
    bounds.append(len(text))
    return [(a, b) for a, b in pairwise(bounds) if b > a]


def _stands_alone(before: str, character: str) -> bool:
    return unicodedata.combining(character) == 0 and unicodedata.is_normalized("NFC", before + character)
