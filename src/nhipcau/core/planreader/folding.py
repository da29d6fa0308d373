"""A shadow of a text for matching: lower case, one placing of the tone mark, the same length as the text.

Offsets found in the shadow are offsets in the text, so every rule can match the shadow and quote the text.
"""

from __future__ import annotations

import re
import unicodedata

# The capitals of Vietnamese, for a character class (a range of code points would take small letters in).
UPPER = "A-ZĐ" + "".join(
    unicodedata.normalize("NFC", base + tone)
    for base in ("A", "Ă", "Â", "E", "Ê", "I", "O", "Ô", "Ơ", "U", "Ư", "Y")
    for tone in ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
    if not (base + tone).isascii()
)

_INVISIBLE = dict.fromkeys(
    [0x00AD, 0x061C, *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2070), 0xFEFF]
)
_CONTROL = dict.fromkeys(range(32), " ") | {0x7F: " ", 0x85: " ", 0x2028: " ", 0x2029: " "}
_SPACES = dict.fromkeys([0x00A0, 0x1680, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000], " ")
_LONE = dict.fromkeys(range(0xD800, 0xE000), "\ufffd")
_CLEAN = {**_CONTROL, **_SPACES, **_INVISIBLE, **_LONE}
_DASHES = "–—−‐‑‒―"

# "hoà", "uỷ" and "hòa", "ủy" are one word: the second placing is taken, never after q ("quý").
_OLD = ["oà", "oá", "oả", "oã", "oạ", "oè", "oé", "oẻ", "oẽ", "oẹ", "uỳ", "uý", "uỷ", "uỹ", "uỵ"]
_NEW = ["òa", "óa", "ỏa", "õa", "ọa", "òe", "óe", "ỏe", "õe", "ọe", "ùy", "úy", "ủy", "ũy", "ụy"]
_PLACING = dict(zip(_OLD, _NEW, strict=True))
_PLACING_RE = re.compile(r"(?<!q)(?:" + "|".join(_OLD) + r")(?!\w)")


def clean(text: str) -> str:
    """Composed form (NFC), unusual spaces as spaces, characters that are never seen left out."""
    return unicodedata.normalize("NFC", text).translate(_CLEAN)


def one_line(text: str) -> str:
    """Runs of white space as one space, none at the ends."""
    return " ".join(text.split())


def shadow(text: str) -> str:
    """`text` in lower case, dashes as "-", tone marks in the newer place; always as long as `text`."""
    low = text.lower()
    if len(low) != len(text):
        low = "".join(c if len(c.lower()) != 1 else c.lower() for c in text)
    # Most texts have none: looking costs a fraction of translating.
    for dash in _DASHES:
        if dash in low:
            low = low.replace(dash, "-")
    return _PLACING_RE.sub(lambda m: _PLACING[m.group()], low)
