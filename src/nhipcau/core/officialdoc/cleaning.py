"""Text on its way into a document: composed, without what a Word file cannot hold or nobody can see."""

from __future__ import annotations

import re
import unicodedata

_GONE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb"
    "\ud800-\udfff\ufdd0-\ufdef]"
)
_LINES = re.compile("\r\n|[\n\r\x85\u2028\u2029]")
_NEVER = re.compile(
    "[" + "".join(chr(plane * 0x10000 + end) for plane in range(17) for end in (0xFFFE, 0xFFFF)) + "]"
)


def lines(text: str) -> list[str]:
    """The text's lines, each composed (NFC) with single spaces; empty ones are left out."""
    clean = _GONE.sub("", _NEVER.sub("", unicodedata.normalize("NFC", text)))
    return [line for line in (" ".join(each.split()) for each in _LINES.split(clean)) if line]


def line(text: str) -> str:
    """The text as one line."""
    return " ".join(lines(text))
