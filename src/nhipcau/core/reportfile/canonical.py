"""One way to write a report down as bytes, so that equal reports have equal digests.

Keys sorted, no spaces, UTF-8 in NFC. Numbers are whole, or strings of digits: a float has no place in it.
"""

from __future__ import annotations

import hashlib
import json
import unicodedata
from collections.abc import Mapping
from typing import Any

DIGEST = "digest"


def canonical_bytes(content: Mapping[str, Any]) -> bytes:
    """The content without its digest. Raises ValueError for a float, or what JSON has no word for."""
    plain = _plain({key: value for key, value in content.items() if key != DIGEST})
    return json.dumps(plain, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode("utf-8")


def digest_of(content: Mapping[str, Any]) -> str:
    """sha256 of the canonical bytes, as 64 hexadecimal digits."""
    return hashlib.sha256(canonical_bytes(content)).hexdigest()


def sealed(content: Mapping[str, Any]) -> dict[str, Any]:
    """A copy of the content in canonical form that carries its digest."""
    plain: dict[str, Any] = json.loads(canonical_bytes(content))
    return {**plain, DIGEST: digest_of(plain)}


def _plain(value: object) -> object:
    if isinstance(value, str):
        return unicodedata.normalize("NFC", value)
    if value is None or isinstance(value, (bool, int)):
        return value
    if isinstance(value, Mapping):
        if not all(isinstance(key, str) for key in value):
            raise ValueError("keys of a report are texts")
        return {unicodedata.normalize("NFC", key): _plain(each) for key, each in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(each) for each in value]
    raise ValueError(f"a report holds no {type(value).__name__}")
