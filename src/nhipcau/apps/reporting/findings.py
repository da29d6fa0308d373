"""What a check found: where, whether it stops the report, and words that say what to do."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """`stop`: the report cannot be sent so; else it is a warning, which a reason answers."""

    code: str
    place: str
    words: str
    stop: bool = False
