"""Sealed files: a key of their own each, pieces of AES-256-GCM, nothing of them in the clear on a disk.

The form, version 1: eight bytes mark, seven bytes nonce, then pieces of at most `PIECE` bytes, each with its
tag. Its nonce is those seven bytes, four bytes number and one that says whether it is the last (the STREAM
construction: Hoang, Reyhanitabar, Rogaway, Vizár 2015), so that a file that is cut, put in another order or
lengthened does not open. `what` is authenticated with each: a file does not open as another.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from nhipcau.core.sealing.errors import NotGenuine, UnknownForm

MARK = b"NCFILE\x00\x01"
KEY_BYTES, NONCE_BYTES, TAG_BYTES = 32, 7, 16
PIECE = 2**18


def file_key() -> bytes:
    """A fresh key for the files of one thing; it is kept in a sealed cell."""
    return secrets.token_bytes(KEY_BYTES)


def sealed_pieces(key: bytes, what: str, pieces: Iterable[bytes]) -> Iterator[bytes]:
    """What the sealed file holds, piece by piece."""
    cipher, nonce, number = AESGCM(key), secrets.token_bytes(NONCE_BYTES), 0
    yield MARK + nonce
    waiting = b""
    for piece in pieces:
        waiting += piece
        while len(waiting) > PIECE:
            yield cipher.encrypt(_nonce(nonce, number, last=False), waiting[:PIECE], what.encode())
            waiting, number = waiting[PIECE:], number + 1
    yield cipher.encrypt(_nonce(nonce, number, last=True), waiting, what.encode())


def unsealed_pieces(key: bytes, what: str, file: BinaryIO) -> Iterator[bytes]:
    """What was sealed. Raises UnknownForm for no sealed file, NotGenuine for one that was changed."""
    head = file.read(len(MARK) + NONCE_BYTES)
    if len(head) != len(MARK) + NONCE_BYTES or not head.startswith(MARK):
        raise UnknownForm("not a sealed file of a form that this version reads")
    cipher, nonce, number = AESGCM(key), head[len(MARK) :], 0
    piece = file.read(PIECE + TAG_BYTES)
    while True:
        following = file.read(PIECE + TAG_BYTES)
        try:
            yield cipher.decrypt(_nonce(nonce, number, last=not following), piece, what.encode())
        except InvalidTag:
            raise NotGenuine(f"piece {number} is not what was sealed as {what}") from None
        if not following:
            return
        piece, number = following, number + 1


@contextmanager
def in_memory(key: bytes, what: str, path: Path) -> Iterator[Path]:
    """The sealed file's content under a path that lies in memory alone and that children can open."""
    descriptor = os.memfd_create("unsealed", os.MFD_CLOEXEC)
    try:
        with path.open("rb") as sealed, os.fdopen(os.dup(descriptor), "wb") as out:
            for piece in unsealed_pieces(key, what, sealed):
                out.write(piece)
        yield Path(f"/proc/{os.getpid()}/fd/{descriptor}")
    finally:
        os.close(descriptor)


def _nonce(first: bytes, number: int, *, last: bool) -> bytes:
    return first + number.to_bytes(4, "big") + bytes([last])
