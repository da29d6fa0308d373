"""A file in overlapping pieces, so that a search through it costs no memory."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

PIECE = 2**20
OVERLAP = 1024


def pieces(file: BinaryIO) -> Iterator[tuple[int, bytes]]:
    """(offset, bytes) of 1 MB each, the last 1 KB of a piece again in front of the next."""
    file.seek(0)
    at, kept = 0, b""
    while fresh := file.read(PIECE):
        yield at - len(kept), kept + fresh
        at += len(fresh)
        kept = (kept + fresh)[-OVERLAP:]
        file.seek(at)
