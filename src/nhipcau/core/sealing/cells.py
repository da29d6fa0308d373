"""One sealed cell: AES-256-GCM, bound to table, column and row.

The form, version 1: one byte version, four bytes key id, twelve bytes nonce, the ciphertext, sixteen bytes
tag. Version, key id, table, column and row are authenticated with it (NIST SP 800-38D, "additional
authenticated data"): bytes moved to another row, or from another column, do not open. The nonce is random
(the same, 8.2.2), so sealing one text twice gives different bytes; `keys.MOST_SEALS` is its limit. The length
of a text shows.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import TypeAlias
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from nhipcau.core.sealing.errors import NotGenuine, TooLong, UnknownForm
from nhipcau.core.sealing.keys import ID_BYTES, KeyRing, Purpose

RowId: TypeAlias = int | str | UUID

VERSION = 1
LONGEST = 64 * 1024  # bytes
NONCE_BYTES, TAG_BYTES = 12, 16
HEAD_BYTES = 1 + ID_BYTES
_DOMAIN = b"nhipcau/cell"


@dataclass(frozen=True, slots=True)
class Cell:
    """Where a sealed text lies. The row must have its id before its cell is sealed."""

    table: str
    column: str
    row: RowId

    def __post_init__(self) -> None:
        if not self.table or not self.column or self.row in (None, ""):
            raise ValueError("a cell has a table, a column and a row")


def together(*parts: bytes) -> bytes:
    """Parts with their lengths, so that no two lists of parts give the same bytes."""
    return b"".join(len(part).to_bytes(4, "big") + part for part in parts)


def head(key_id: bytes) -> bytes:
    """The first bytes of all that a key has made."""
    return bytes([VERSION]) + key_id


def _bound(first: bytes, cell: Cell) -> bytes:
    return together(_DOMAIN, first, cell.table.encode(), cell.column.encode(), str(cell.row).encode())


def seal(ring: KeyRing, cell: Cell, text: str) -> bytes:
    """The text as bytes for that cell alone. Raises TooLong above 64 KiB."""
    plain = text.encode()
    if len(plain) > LONGEST:
        raise TooLong(f"a sealed text has at most {LONGEST} bytes")
    key = ring.current(Purpose.CELLS)
    first, nonce = head(key.id_bytes), secrets.token_bytes(NONCE_BYTES)
    return first + nonce + AESGCM(key.secret).encrypt(nonce, plain, _bound(first, cell))


def unseal(ring: KeyRing, cell: Cell, sealed: bytes) -> str:
    """The text that was sealed for this cell.

    Raises NotGenuine for bytes that were changed or that belong elsewhere, UnknownKey when the ring lacks
    the key, UnknownForm for what was never a sealed cell.
    """
    sealed = bytes(sealed)
    key = ring.key(Purpose.CELLS, key_of_cell(sealed))
    first, nonce = sealed[:HEAD_BYTES], sealed[HEAD_BYTES : HEAD_BYTES + NONCE_BYTES]
    rest = sealed[HEAD_BYTES + NONCE_BYTES :]
    try:
        return AESGCM(key.secret).decrypt(nonce, rest, _bound(first, cell)).decode()
    except InvalidTag:
        raise NotGenuine(f"not what was sealed for {cell.table}.{cell.column}, row {cell.row}") from None


def key_of_cell(sealed: bytes) -> str:
    """The id of the key that a cell was sealed with. Raises UnknownForm."""
    sealed = bytes(sealed)
    if len(sealed) < HEAD_BYTES + NONCE_BYTES + TAG_BYTES or sealed[0] != VERSION:
        raise UnknownForm("not a sealed cell of a form that this version reads")
    return sealed[1:HEAD_BYTES].hex()
