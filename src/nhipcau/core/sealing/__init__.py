"""Sealing: short texts that nobody may read from the database alone, and numbers found without reading them.

A cell is sealed with AES-256-GCM, bound to its table, column and row; a number is found by a keyed blind
index. The keys lie in a ring: one file outside the database.

    NUMBER = declare(SealedColumn("registry_identitynumber", "number", index="number_index", kind="kind"))

    sealed = NUMBER.seal(ring, row_id, "001085000000")
    NUMBER.unseal(ring, row_id, sealed)             # "001085000000"; raises NotGenuine for any other row
    NUMBER.index_of(ring, "cccd", "001085000000")   # kept beside it
    NUMBER.indexes_of(ring, "cccd", "0010 8500 0000")   # what to search for: under each key that is in use
"""

from nhipcau.core.sealing.blind import blind_index, blind_indexes, key_of_index, plain_number
from nhipcau.core.sealing.cells import LONGEST, Cell, key_of_cell, seal, unseal
from nhipcau.core.sealing.columns import SealedColumn, declare, declared
from nhipcau.core.sealing.errors import (
    NotGenuine,
    NothingToIndex,
    RingMissing,
    RingUnreadable,
    RingUnsafe,
    SealingError,
    TooLong,
    UnknownForm,
    UnknownKey,
)
from nhipcau.core.sealing.keys import MOST_SEALS, Key, KeyRing, Purpose, new_ring
from nhipcau.core.sealing.ringfile import RingFile

__all__ = [
    "LONGEST",
    "MOST_SEALS",
    "Cell",
    "Key",
    "KeyRing",
    "NotGenuine",
    "NothingToIndex",
    "Purpose",
    "RingFile",
    "RingMissing",
    "RingUnreadable",
    "RingUnsafe",
    "SealedColumn",
    "SealingError",
    "TooLong",
    "UnknownForm",
    "UnknownKey",
    "blind_index",
    "blind_indexes",
    "declare",
    "declared",
    "key_of_cell",
    "key_of_index",
    "new_ring",
    "plain_number",
    "seal",
    "unseal",
]
