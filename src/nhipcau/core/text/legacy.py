"""Text in the encodings from before Unicode, TCVN3 (ABC fonts) and VNI, whole documents or single passages.

Tables after TCVN 5712:1993 (VN3, the fonts .VnTime …) and VNI for Windows, read as Latin-1. TCVN3 has no
marked capitals of its own (a second font draws them), so capitals follow the plain letters around them.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Literal

from nhipcau.core.text.fontmap.tokens import VIETNAMESE
from nhipcau.core.text.lexicon import lexicon
from nhipcau.core.text.passages import choose
from nhipcau.core.text.textmap import Edit, TextMap, apply_edits

Encoding = Literal["plain", "tcvn3", "vni"]

TCVN3 = dict(
    zip(
        "¡¢£¤¥¦§¨©ª«¬\xad®µ¶·¸¹»¼½¾ÆÇÈÉÊËÌÎÏÐÑÒÓÔÕÖ×ØÜÝÞßáâãäåæçèéêëìíîïñòóôõö÷øùúûüýþ",
        "ĂÂÊÔƠƯĐăâêôơưđàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ",
        strict=True,
    )
)
"""Latin-1 character → Vietnamese letter."""
_WITHOUT_CAPITAL = frozenset(p for p, letter in TCVN3.items() if letter.upper() not in TCVN3.values())

_VNI_SINGLE = {"ô": "ơ", "ö": "ư", "ñ": "đ", "í": "í", "ì": "ì", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ"}
_ACUTE, _GRAVE, _HOOK, _TILDE, _DOT = "\u0301", "\u0300", "\u0309", "\u0303", "\u0323"
_HAT, _BREVE = "\u0302", "\u0306"
_VNI_MARKS = {
    "ù": _ACUTE,
    "ø": _GRAVE,
    "û": _HOOK,
    "õ": _TILDE,
    "ï": _DOT,
    "â": _HAT,
    "á": _HAT + _ACUTE,
    "à": _HAT + _GRAVE,
    "å": _HAT + _HOOK,
    "ã": _HAT + _TILDE,
    "ä": _HAT + _DOT,
    "ê": _BREVE,
    "é": _BREVE + _ACUTE,
    "è": _BREVE + _GRAVE,
    "ú": _BREVE + _HOOK,
    "ü": _BREVE + _TILDE,
    "ë": _BREVE + _DOT,
}


def _vni_table() -> dict[str, str]:
    table: dict[str, str] = {}
    for printed, letter in _VNI_SINGLE.items():
        table[printed] = letter
        table[printed.upper()] = letter.upper()
    bases = {"a": "a", "e": "e", "o": "o", "u": "u", "y": "y", "ô": "ơ", "ö": "ư"}
    for base, letter in bases.items():
        for mark, combining in _VNI_MARKS.items():
            composed = unicodedata.normalize("NFC", letter + combining)
            if len(composed) == 1:
                for printed in (mark, mark.upper()):
                    table[base + printed] = composed
                    table[base.upper() + printed] = composed.upper()
    return table


VNI = _vni_table()
"""One or two Latin-1 characters → Vietnamese letter."""

_WORD = re.compile("(?<![A-Za-z\xa1-\uffff])(?=[A-Za-z]*+[\xa1-\uffff])[A-Za-z\xa1-\uffff]++")
_REACH = 300
_UNKNOWN, _FOREIGN, _ABBREVIATION, _WRONGLY_DECODED = -13.0, -17.0, -9.0, 2.0
_ABBREVIATED = re.compile("(?=.*Đ)[A-ZĐ]{2,6}")
_COMMITTEE = re.compile(r"\s+(?:ban|viªn)\b")
_PLAIN_WORD = re.compile(r"(?<![\w/-])[^\W\d_]{2,}(?![\w/-])")
_OPENS_LINE = re.compile(r"[ \t]*(?:[-+*•–] ?|(?:[A-Z]+|[0-9.]+|[a-zđ])[.)] )?")
_ENCODINGS: tuple[Encoding, ...] = ("plain", "tcvn3", "vni")
_PUNCTUATION = "“”‘’–—…•«»°·"


def decode_legacy(text: str) -> tuple[str, TextMap, list[str]]:
    """The text with its passages in TCVN3 or VNI decoded, the map back, and which of the two were found.

    Each word is plain, TCVN3 or VNI; neighbours tend to be alike; the choice that makes the most likely
    Vietnamese wins. A passage of two or three clear words is enough; a lone doubtful word is left as it is.
    """
    found = [(m.start(), m.group()) for m in _WORD.finditer(text)]
    if not _worth_a_look({word for _, word in found}):
        return text, TextMap.identity(len(text)), []
    chosen = choose(text, found, _ENCODINGS, _score)
    edits: list[Edit] = []
    for (at, word), encoding in zip(found, chosen, strict=True):
        if encoding != "plain":
            units = _units(word, encoding, encoding == "tcvn3" and _in_capitals(text, at, word))
            edits += [(at + a, at + b, new) for a, b, new in units]
            if encoding == "tcvn3" and word[0] in _WITHOUT_CAPITAL and _opens_sentence(text, at, word):
                edits[-len(units)] = (at, at + 1, units[0][2].upper())
    decoded, mapping = apply_edits(text, edits)
    return decoded, mapping, [e for e in ("tcvn3", "vni") if e in chosen]


def _worth_a_look(words: set[str]) -> bool:
    gains = [max(_score(w, "tcvn3"), _score(w, "vni")) > max(_score(w, "plain"), _UNKNOWN) for w in words]
    return sum(gains) >= 2


@lru_cache(maxsize=65536)
def _score(word: str, encoding: Encoding) -> float:
    """How likely the word is Vietnamese when read so. Words that are none weigh the same, a little less
    decoded."""
    unknown = _UNKNOWN if VIETNAMESE.issuperset(c for c in word if ord(c) > 0xA0) else _FOREIGN
    read = word
    if encoding != "plain":
        unknown -= _WRONGLY_DECODED
        units = _units(word, encoding, False)
        kept = _kept(word, units)
        if any(not c.isascii() and c not in _PUNCTUATION for c in kept):
            return unknown
        read = apply_edits(word, units)[0]
        if _ABBREVIATED.fullmatch(read):
            return _ABBREVIATION
    read = read.strip(_PUNCTUATION).lower()
    known = lexicon()
    return known.score(None, read) if read in known.words else unknown


def _kept(word: str, units: list[Edit]) -> str:
    covered = {i for a, b, _ in units for i in range(a, b)}
    return "".join(c for i, c in enumerate(word) if i not in covered)


@lru_cache(maxsize=65536)
def _units(word: str, encoding: Encoding, capitals: bool) -> list[Edit]:
    """The edits inside a word that decode it."""
    edits: list[Edit] = []
    i = 0
    while i < len(word):
        size, new = _unit(word, i, encoding)
        if new:
            edits.append((i, i + size, new.upper() if capitals else new))
        i += size
    return edits


def _unit(word: str, i: int, encoding: Encoding) -> tuple[int, str]:
    if encoding == "tcvn3":
        return 1, TCVN3.get(word[i], "")
    pair = VNI.get(word[i : i + 2], "") if len(word) > i + 1 else ""
    return (2, pair) if pair else (1, VNI.get(word[i], ""))


def _in_capitals(text: str, at: int, word: str) -> bool:
    """Whether a word is set in capitals: by its own plain letters, else by the other words of its line."""
    own = [c for c in word if c.isascii()]
    if len(own) > 1 or (own and own[0].islower()):
        return all(c.isupper() for c in own)
    after = at + len(word)
    before, behind = text[max(0, at - _REACH) : at], text[after : after + _REACH]
    rest = before[before.rfind("\n") + 1 :] + " " + behind.partition("\n")[0]
    letters = [c for other in _PLAIN_WORD.findall(rest) for c in other if c.isascii()]
    return len(letters) > 1 and sum(c.isupper() for c in letters) > 0.8 * len(letters)


def _opens_sentence(text: str, at: int, word: str) -> bool:
    """Whether a word that TCVN3 cannot write with a capital should have one: at the head of a sentence or
    of a labelled line, and in the title of every "Ủy ban" and "Ủy viên"."""
    if _COMMITTEE.match(text, at + len(word)) and _units(word, "tcvn3", False)[0][2] == "ủ":
        return True
    above, newline, line = text[max(0, at - _REACH) : at].rpartition("\n")
    if line:
        return bool(_OPENS_LINE.fullmatch(line)) or line[-2:] in (". ", "? ", "! ")
    return not newline or not above.rstrip() or above.rstrip()[-1] in ".;:?!"
