"""The words of a name: joined ones parted, parted ones joined, keys of Telex and VNI read."""

from __future__ import annotations

import re
from functools import lru_cache

from nhipcau.core.personvalues.name_words import TITLES, marked_names, name_syllables, same_place, word
from nhipcau.core.personvalues.typing_marks import from_telex, from_vni_keys
from nhipcau.core.text import fold, is_syllable

_GAPS = re.compile(r"[\s_·•*|/\\,;:]+")
_DOTS = re.compile(r"(?<=[^\W\d_])\.(?=[^\W\d_]{2,})")
_OPEN_VOWELS = frozenset("aăâeêioôơuưyàáảãạằắẳẵặầấẩẫậèéẻẽẹềếểễệìíỉĩịòóỏõọồốổỗộờớởỡợùúủũụừứửữựỳýỷỹỵ")
_LEAST_JOINED = 6
_EDGES = ".'’‘`´\"“”-–—~^<>=#!?@$%&()[]{}"


def usual_words(line: str) -> list[str] | None:
    """The words of a name that is nothing but usual words of names, the first a family name; else None.

    Most names are: they need no cleaning.
    """
    words = line.split(" ")
    if not 2 <= len(words) <= 6:
        return None
    for at, each in enumerate(words):
        usual = usual_word(each)
        if not usual or (at == 0 and usual == 1):
            return None
    return words


@lru_cache(maxsize=65_536)
def usual_word(text: str) -> int:
    """2: a word of names that is a family name and no title, 1: another, 0: none."""
    if not text.isalpha() or len(text) < 2 or len(text) > 6 or fold(text) not in name_syllables():
        return 0
    known = word(text, marked=not text.isascii())
    if not known.vietnamese or known.foreign_given or known.foreign_surname:
        return 0
    if not (text.islower() or text.isupper() or text[1:].islower()):
        return 0
    return 2 if known.surname > -6.5 and known.plain not in TITLES else 1


def words_of(text: str) -> tuple[list[str], list[str]]:
    """The words of a cleaned name, and the doubts about them."""
    doubts: list[str] = []
    pieces = [
        piece.strip(_EDGES) if len(piece) > 1 else piece for piece in _GAPS.split(_DOTS.sub(". ", text))
    ]
    words = [piece for piece in pieces if any(c.isalnum() for c in piece)]
    dotted = {piece.strip(_EDGES) for piece in _GAPS.split(text) if piece.endswith(".")}
    if len(words) > 3 and all(len(each) == 1 for each in words):
        words = ["".join(words)]
    words = _rejoined(words, doubts)
    found: list[str] = []
    alone = len(words) == 1
    for each in words:
        read = _keyed(each)
        if read != each:
            doubts.append("keys")
        parts = _parted(read, alone)
        if len(parts) > 1:
            doubts.append("joined")
        found += parts
    if found and len(found) > 1 and fold(found[0]) == "ng":
        found[0] = "NGUYỄN" if found[0].isupper() and len(found[1]) > 1 and found[1].isupper() else "Nguyễn"
        doubts.append("abbreviated")
    elif any(len(each) == 1 and each in dotted for each in found):
        doubts.append("abbreviated")
    return found, doubts


def _rejoined(words: list[str], doubts: list[str]) -> list[str]:
    """ "Nguy ễn" as one word: neighbours that only together are a syllable, the second of them no name."""
    found: list[str] = []
    for each in words:
        whole = found[-1] + each if found else ""
        torn = (
            bool(found)
            and each[0].lower() in _OPEN_VOWELS
            and not each[0].isascii()
            and (each.islower() or found[-1].isupper())
            and same_place(each) not in marked_names()
            and is_syllable(whole)
        )
        if torn:
            found[-1] = whole
            doubts.append("joined")
        else:
            found.append(each)
    return found


def _keyed(text: str) -> str:
    """The word with its keys read, cased as it was."""
    if text.isascii() and any(c.isdigit() for c in text):
        read = from_vni_keys(text)
    elif text.isascii() and len(text) > 2:
        known = word(text, marked=False)
        if known.vietnamese or known.foreign_given or known.foreign_surname:
            return text
        read = from_telex(text)
    else:
        return text
    if not read or fold(read) not in name_syllables():
        return text
    if text.isupper():
        return read.upper()
    return read.capitalize() if text[0].isupper() else read


@lru_cache(maxsize=65_536)
def _parted(text: str, alone: bool) -> tuple[str, ...]:
    """ "NguyễnThịHoa", "nguyenthihoa" and "Kimhoa" as their words."""
    known = word(text, marked=not text.isascii())
    if known.vietnamese or known.foreign_given or known.foreign_surname or "-" in text or "'" in text:
        return (text,)
    humps = _humps(text)
    if len(humps) > 1 and all(word(each, marked=not each.isascii()).vietnamese for each in humps):
        return tuple(humps)
    if len(text) < (_LEAST_JOINED if not alone else _LEAST_JOINED + 2):
        return (text,)
    return _split(text, alone)


def _humps(text: str) -> list[str]:
    """ "NguyễnThịHoa" at its capitals; whole where letters all are capitals."""
    found: list[str] = []
    for letter in text:
        if not found or (letter.isupper() and not found[-1][-1].isupper()):
            found.append(letter)
        else:
            found[-1] += letter
    return found


def _split(text: str, alone: bool) -> tuple[str, ...]:
    """The fewest words of names that make the text, the longest first; one that stands alone opens with a
    family name."""
    best: dict[int, tuple[str, ...]] = {0: ()}
    for end in range(2, min(len(text), 40) + 1):
        for begin in range(max(0, end - 6), end - 1):
            if begin not in best or (begin and end < len(text) and begin == end - 1):
                continue
            piece = text[begin:end]
            if not _name_word(piece):
                continue
            made = (*best[begin], piece)
            if end not in best or len(made) < len(best[end]):
                best[end] = made
    found = best.get(len(text))
    if found is None or not 2 <= len(found) <= 5:
        return (text,)
    if alone and word(found[0], marked=not text.isascii()).surname < -7.0:
        return (text,)
    return found


def _name_word(piece: str) -> bool:
    if fold(piece) not in name_syllables():
        return False
    return piece.isascii() or is_syllable(piece)
