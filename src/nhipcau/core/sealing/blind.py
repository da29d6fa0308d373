"""The blind index: HMAC-SHA-256 over a number and its kind, under a key of its own.

Equal numbers have equal indexes, so a number is found and two rows are matched without unsealing. Without the
key the few digits of a number cannot be tried out; with it they can, so it is guarded like the cells' key.
Equality is all that shows. The form, version 1: one byte version, four bytes key id, 32 bytes digest (FIPS
198-1, full length).
"""

from __future__ import annotations

import hmac
import unicodedata

from nhipcau.core.sealing.cells import HEAD_BYTES, VERSION, head, together
from nhipcau.core.sealing.errors import NothingToIndex, UnknownForm
from nhipcau.core.sealing.keys import Key, KeyRing, Purpose

DIGEST_BYTES = 32
_DOMAIN = b"nhipcau/index"


def plain_number(written: str) -> str:
    """Letters and digits alone, capitals, digits of any script as 0-9: "b 123.456-7" is "B1234567"."""
    shown = unicodedata.normalize("NFKC", written).upper()
    return "".join(
        str(unicodedata.decimal(sign)) if sign.isdecimal() else sign for sign in shown if sign.isalnum()
    )


def _index(key: Key, kind: str, number: str) -> bytes:
    plain = plain_number(number)
    if not plain:
        raise NothingToIndex("a number without a letter or digit has no index")
    said = together(_DOMAIN, kind.encode(), plain.encode())
    return head(key.id_bytes) + hmac.digest(key.secret, said, "sha256")


def blind_index(ring: KeyRing, kind: str, number: str) -> bytes:
    """What is kept beside the sealed number. Raises NothingToIndex."""
    return _index(ring.current(Purpose.INDEX), kind, number)


def blind_indexes(ring: KeyRing, kind: str, number: str) -> tuple[bytes, ...]:
    """What to search for, the current key's first: while indexes are made anew two keys are in use."""
    return tuple(_index(key, kind, number) for key in ring.all_of(Purpose.INDEX))


def key_of_index(index: bytes) -> str:
    """The id of the key that an index was made with. Raises UnknownForm."""
    index = bytes(index)
    if len(index) != HEAD_BYTES + DIGEST_BYTES or index[0] != VERSION:
        raise UnknownForm("not a blind index of a form that this version reads")
    return index[1:HEAD_BYTES].hex()
