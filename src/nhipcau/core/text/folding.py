"""Composed form, and the folded form that searches compare."""

from __future__ import annotations

import unicodedata

_BARRED = str.maketrans({"đ": "d", "Đ": "d"})


def nfc(text: str) -> str:
    """The text in Unicode's composed form (NFC), the only form that is stored."""
    return unicodedata.normalize("NFC", text)


def fold(text: str) -> str:
    """What a search compares: lower case, without marks, đ as d, each run of white space one space.

    Characters that are never seen (zero-width, direction marks) are left out. Folding twice changes nothing.
    """
    if text.isascii():
        return " ".join(text.lower().split())
    bare = unicodedata.normalize("NFD", unicodedata.normalize("NFC", text).lower())
    kept = "".join(c for c in bare if unicodedata.category(c) not in ("Mn", "Cf"))
    return " ".join(unicodedata.normalize("NFC", kept).translate(_BARRED).lower().split())
