"""What a cell says, before anybody asks what it means: clean text, and whether it says anything at all."""

from __future__ import annotations

import re
from functools import lru_cache

from nhipcau.core.text import fold, is_syllable, nfc, repair

MOST_CHARACTERS = 1_000
_PLAIN = re.compile("[\x20-\x7e]*")
_USUAL = re.compile("[\n\x20-\x7e°·\xc0-\xff\u0100-\u017f\u01a0\u01a1\u01af\u01b0\u1ea0-\u1ef9–—‘’“”…]*")
_WORD = re.compile(r"[^\W\d_]+")
_UNSEEN = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\xad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ud800-\udfff]"
)
_SPACES = re.compile(r"[^\S\n]+")
# What people write where they have nothing to write; without marks too.
_NOTHING_TEXT = """
    #div/0! | #n/a | #name? | #ref! | #value! | bỏ trống | cập nhật sau | chưa biết | chưa có | chưa rõ |
    chưa xác định | đang cập nhật | k | k có | k rõ | không | không biết | không có |
    không có thông tin |
    không đề | không điền | không nhớ | không rõ | không thấy | không xác định | ko | ko biết | ko có |
    ko rõ |
    kr | n/a | nan | nil | none | not known | null | unknown
"""
_NOTHING = frozenset(nfc(" ".join(each.split())) for each in _NOTHING_TEXT.split("|"))
_NOTHING_PLAIN = frozenset(fold(each) for each in _NOTHING)


@lru_cache(maxsize=65_536)
def tidy(text: str) -> str:
    """Composed letters, old encodings and look-alikes mended, nothing unseen, single spaces; lines kept.

    What is longer than `MOST_CHARACTERS` is cut. Never raises.
    """
    text = text[:MOST_CHARACTERS]
    if _PLAIN.fullmatch(text):
        return _SPACES.sub(" ", text).strip()
    text = nfc(text.replace("\r\n", "\n").replace("\r", "\n"))
    if not _USUAL.fullmatch(text) or _looks_damaged(text):
        text = repair(text).text
    text = _UNSEEN.sub(" " if "\t" in text else "", text)
    lines = (_SPACES.sub(" ", line).strip() for line in text.split("\n"))
    return nfc("\n".join(line for line in lines if line))


def _looks_damaged(text: str) -> bool:
    """Whether a word has marks and is no syllable, as in "NguyÔn" and "Nguyeãn"; "José" is looked at too."""
    return any(not word.isascii() and not is_syllable(word) for word in _WORD.findall(text))


@lru_cache(maxsize=16_384)
def says_nothing(text: str) -> bool:
    """Whether a tidy cell is empty, or says that nothing is known: "-", "…", "không rõ", "N/A"."""
    if not text:
        return True
    bare = " ".join(text.lower().split()).strip(" .,;:-–—_?…/\\*()'\"")
    return not bare or bare in (_NOTHING_PLAIN if bare.isascii() else _NOTHING)


def one_line(text: str) -> str:
    """The tidy text with its lines joined."""
    return " ".join(text.split("\n"))
