"""The chain's head outside the database: one line a batch, in a file that is only appended to.

Whoever can rewrite the database can recompute the chain; the lines noted here would no longer agree. Copy
the file elsewhere to be safe from whoever can write both.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings

RESTORED = "restored"
LINK = 32
_TAIL = 1024


@dataclass(frozen=True, slots=True)
class Head:
    """`restored` marks a line written after a backup came back: positions beyond it were lost on purpose."""

    position: int
    link: bytes
    noted_at: str
    restored: bool = False


def path() -> Path:
    """DATA/audit/heads.log"""
    return Path(settings.DATA) / "audit" / "heads.log"


def append(position: int, link: bytes, now: datetime, *, restored: bool = False) -> None:
    """Add a line, on disk when this returns."""
    target = path()
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    words = [str(position), link.hex(), now.isoformat(timespec="seconds"), *([RESTORED] if restored else [])]
    with target.open("a", encoding="ascii") as file:
        file.write("\t".join(words) + "\n")
        file.flush()
        os.fsync(file.fileno())


def last() -> Head | None:
    """The last whole line, read from the file's end."""
    if not path().exists():
        return None
    with path().open("rb") as file:
        file.seek(max(0, file.seek(0, os.SEEK_END) - _TAIL))
        lines = file.read().decode("ascii", "replace").splitlines()
    return next((head for line in reversed(lines) if (head := _head(line))), None)


def _head(line: str) -> Head | None:
    words = line.split("\t")
    if len(words) < 3 or not words[0].isdigit() or len(words[1]) != 2 * LINK:
        return None
    return Head(int(words[0]), bytes.fromhex(words[1]), words[2], words[-1] == RESTORED)


def read() -> list[Head]:
    """All lines; a last line cut short by a crash is passed over. Empty when there is no file."""
    if not path().exists():
        return []
    lines = path().read_text(encoding="ascii").splitlines()
    return [head for line in lines if (head := _head(line))]
