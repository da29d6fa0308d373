"""Guard for PDF: commands that run by themselves, forms without pages, a ZIP hung on the end.

Names may be written with escapes (/J#61vaScript) and may lie in compressed object streams, so both are looked
at; what the reader does not need (attachments) is left alone, since nothing opens it.
"""

from __future__ import annotations

import re
import zlib
from typing import BinaryIO

from nhipcau.core.filegate.pieces import pieces
from nhipcau.core.filegate.rejection import Rejected

_STREAMS = 200
_STREAM_BYTES = 4 * 2**20
_TAIL = 2**16 + 22


def _name(word: str) -> bytes:
    """A pattern for one PDF name, each letter plain or as #xx."""
    letters = (f"(?:{re.escape(c)}|(?i:#{ord(c):02x}))" for c in word)
    return ("/" + "".join(letters) + r"(?![A-Za-z0-9#])").encode()


# What follows is part of the pattern where a name is short enough to turn up in packed data by chance.
_ACTIVE = [
    ("JavaScript", re.compile(_name("JavaScript"))),
    ("Launch", re.compile(_name("Launch"))),
    ("XFA", re.compile(_name("XFA") + rb"\s*(?:\[|\d+\s+\d+\s+R|<)")),
]
_TWICE_PACKED = re.compile(rb"/Filter\s*\[[^\]]{0,120}/Fl(?:ateDecode)?\b[^\]]{0,120}/Fl(?:ateDecode)?\b")
"""No program packs twice; 2 KB of that unpack to a gigabyte."""
_OBJECT_STREAM = re.compile(rb"/ObjStm\b[^\0]{0,400}?stream\r?\n")


def guard_pdf(file: BinaryIO) -> None:
    """Raise Rejected for active content, XFA forms, or a second file format behind the last %%EOF."""
    length = file.seek(0, 2)
    file.seek(max(0, length - _TAIL))
    tail = file.read()
    if tail.find(b"PK\x05\x06", max(0, tail.rfind(b"%%EOF"))) >= 0:
        raise Rejected("polyglot")
    streams: dict[int, None] = {}
    for offset, piece in pieces(file):
        _refuse_active(piece)
        if _TWICE_PACKED.search(piece):
            raise Rejected("zip-bomb")
        streams.update(dict.fromkeys(offset + found.end() for found in _OBJECT_STREAM.finditer(piece)))
    for start in list(streams)[:_STREAMS]:
        file.seek(start)
        _refuse_active(_inflated(file.read(_STREAM_BYTES)))


def _refuse_active(data: bytes) -> None:
    for what, pattern in _ACTIVE:
        if pattern.search(data):
            raise Rejected("active-content", what=what)


def _inflated(data: bytes) -> bytes:
    """The first 4 MB of a compressed stream; nothing where it is packed in another way."""
    try:
        return zlib.decompressobj().decompress(data, _STREAM_BYTES)
    except zlib.error:
        return b""
