"""Keys and the ring they hang on: of each purpose one is current, earlier ones are kept for reading.

A key never shows: its secret is left out of `repr`, and it refuses to be pickled into caches and reports.
"""

from __future__ import annotations

import base64
import json
import secrets
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, NoReturn

from nhipcau.core.sealing.errors import RingUnreadable, UnknownKey

FORMAT = "nhipcau-keys/1"
KEY_BYTES = 32
# Four random bytes: rings of two instances do not take each other's keys for their own.
ID_BYTES = 4
# NIST SP 800-38D, 8.3: with random 96-bit nonces one key may seal at most 2^32 times, so that two nonces
# are alike with a probability below 2^-32.
MOST_SEALS = 2**32


class Purpose(StrEnum):
    """What a key is for; no key serves two purposes."""

    CELLS = "cells"
    INDEX = "index"


@dataclass(frozen=True, slots=True)
class Key:
    """One key. `id` is hexadecimal and stands openly in all that the key has made."""

    id: str
    purpose: Purpose
    made: datetime
    secret: bytes = field(repr=False)
    retired: datetime | None = None

    @property
    def id_bytes(self) -> bytes:
        return bytes.fromhex(self.id)

    def __reduce__(self) -> NoReturn:
        raise TypeError("a key is not pickled")


@dataclass(frozen=True, slots=True)
class KeyRing:
    """All keys of an instance. Never changed: each change is a new ring."""

    keys: tuple[Key, ...]

    def current(self, purpose: Purpose) -> Key:
        """The key that new cells or indexes are made with."""
        return next(key for key in self.keys if key.purpose is purpose and key.retired is None)

    def all_of(self, purpose: Purpose) -> tuple[Key, ...]:
        """The current key first, then the retired ones, newest first."""
        of = [key for key in self.keys if key.purpose is purpose]
        return tuple(sorted(of, key=lambda key: (key.retired is None, key.made), reverse=True))

    def key(self, purpose: Purpose, key_id: str) -> Key:
        """Raises UnknownKey."""
        for key in self.keys:
            if key.id == key_id and key.purpose is purpose:
                return key
        raise UnknownKey(key_id)

    def ids(self) -> frozenset[str]:
        return frozenset(key.id for key in self.keys)

    def with_new(self, *purposes: Purpose) -> KeyRing:
        """A ring on which a fresh key is the current one of each purpose; the former ones are retired."""
        now = datetime.now(UTC)
        kept = [
            replace(key, retired=now) if key.purpose in purposes and key.retired is None else key
            for key in self.keys
        ]
        return KeyRing((*kept, *(_fresh(purpose, now, self.ids()) for purpose in purposes)))

    def without(self, key_id: str) -> KeyRing:
        """A ring without a retired key. Raises UnknownKey; ValueError for a current one."""
        gone = next((key for key in self.keys if key.id == key_id), None)
        if gone is None:
            raise UnknownKey(key_id)
        if gone.retired is None:
            raise ValueError("a current key is not dropped")
        return KeyRing(tuple(key for key in self.keys if key is not gone))

    def joined_with(self, others: Iterable[Key]) -> KeyRing:
        """This ring and, retired, those keys of another that it lacks."""
        now, known = datetime.now(UTC), self.ids()
        more = [replace(key, retired=key.retired or now) for key in others if key.id not in known]
        return KeyRing((*self.keys, *more))

    def __reduce__(self) -> NoReturn:
        raise TypeError("a key ring is not pickled")


def new_ring() -> KeyRing:
    """A first ring: one key of each purpose."""
    return KeyRing(()).with_new(*Purpose)


def _fresh(purpose: Purpose, now: datetime, taken: frozenset[str]) -> Key:
    while (key_id := secrets.token_hex(ID_BYTES)) in taken:
        pass
    return Key(key_id, purpose, now, secrets.token_bytes(KEY_BYTES))


def written(ring: KeyRing) -> bytes:
    """The ring as the file holds it."""
    rows = [
        {
            "id": key.id,
            "purpose": key.purpose.value,
            "made": key.made.isoformat(),
            "retired": key.retired.isoformat() if key.retired else None,
            "secret": base64.b64encode(key.secret).decode("ascii"),
        }
        for key in ring.keys
    ]
    return json.dumps({"format": FORMAT, "keys": rows}, indent=1).encode("ascii") + b"\n"


def read(content: bytes) -> KeyRing:
    """The ring that a file holds. Raises RingUnreadable, without a word of the content."""
    try:
        document = json.loads(content)
        if document["format"] != FORMAT:
            raise ValueError
        keys = tuple(_key(row) for row in document["keys"])
        ring = KeyRing(keys)
        current = [key.purpose for key in keys if key.retired is None]
        if sorted(current) != sorted(Purpose) or len(ring.ids()) != len(keys):
            raise ValueError
    except (ValueError, TypeError, KeyError, AttributeError):
        # `from None`: the cause could quote the content.
        raise RingUnreadable("the file of keys is not one, or is damaged") from None
    return ring


def _key(row: dict[str, Any]) -> Key:
    secret = base64.b64decode(row["secret"], validate=True)
    if (
        len(secret) != KEY_BYTES
        or len(bytes.fromhex(row["id"])) != ID_BYTES
        or row["id"] != row["id"].lower()
    ):
        raise ValueError
    retired = datetime.fromisoformat(row["retired"]) if row["retired"] else None
    return Key(row["id"], Purpose(row["purpose"]), datetime.fromisoformat(row["made"]), secret, retired)
