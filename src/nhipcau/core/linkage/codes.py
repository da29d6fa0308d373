"""Whole numbers in place of words: what is compared and blocked on is a 64-bit code, the same on every
machine.

A code is never negative and 0 stands for "nothing there", so that two empty values are never taken for equal.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

Codes = NDArray[np.int64]

_LAST_63 = np.uint64(0x7FFF_FFFF_FFFF_FFFF)
_STEP = np.uint64(0x9E37_79B9_7F4A_7C15)
_FIRST = np.uint64(0xBF58_476D_1CE4_E5B9)
_SECOND = np.uint64(0x94D0_49BB_1331_11EB)


def code_of(word: str) -> int:
    """The code of one word; 0 for the empty one."""
    if not word:
        return 0
    return int.from_bytes(blake2b(word.encode(), digest_size=8).digest(), "little") >> 1 or 1


def codes_of(words: Iterable[str]) -> Codes:
    """The codes of many words."""
    return np.fromiter((code_of(word) for word in words), dtype=np.int64)


def _stir(value: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """The mixing step of splitmix64 (Steele, Lea, Flood 2014)."""
    value = (value ^ (value >> np.uint64(30))) * _FIRST
    value = (value ^ (value >> np.uint64(27))) * _SECOND
    return value ^ (value >> np.uint64(31))


def mixed(parts: Sequence[Codes], *, salt: int = 0) -> Codes:
    """One code for several, in their order; 0s are mixed like any other value."""
    total = np.full(len(parts[0]), np.uint64(salt), dtype=np.uint64)
    for part in parts:
        total = _stir(total + _STEP + part.astype(np.uint64))
    codes: Codes = (total & _LAST_63).astype(np.int64)
    return np.where(codes == 0, 1, codes)


def joined(parts: Sequence[Codes], *, salt: int = 0) -> Codes:
    """One code for several, 0 where one of them is missing."""
    whole = np.all(np.stack([part != 0 for part in parts]), axis=0)
    return np.where(whole, mixed(parts, salt=salt), 0)


def times_seen(codes: Codes) -> NDArray[np.int64]:
    """How often each entry's code stands in the column; 0 for the missing."""
    order = np.argsort(codes)
    ordered = codes[order]
    edges = np.flatnonzero(np.concatenate(([True], ordered[1:] != ordered[:-1], [True])))
    sizes = np.diff(edges)
    seen = np.empty(len(codes), dtype=np.int64)
    seen[order] = np.repeat(sizes, sizes)
    seen[codes == 0] = 0
    return seen


def shortened(codes: Codes) -> NDArray[np.int32]:
    """Codes in 31 bits, 0 kept: half the room, and two of 2 billion values at most taken for one."""
    return np.where(codes == 0, 0, codes % 0x7FFF_FFFE + 1).astype(np.int32)
