"""Where a task may be cut in two when nobody pointed at a place: after punctuation, before "và" and a
verb's comma.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

# After ; . : , and before "và", "đồng thời": the usual seams of two assignments in one sentence.
SEAM = re.compile(r"[;.:,]\s+|\s+(?=(?:và|đồng thời|song song)\s)", re.IGNORECASE)
CONTEXT = 40


@dataclass(frozen=True, slots=True)
class Place:
    """`at`: the character with which the second task begins; words around it; the likeliest is chosen."""

    at: int
    before: str
    after: str
    chosen: bool


def places_to_split(text: str) -> list[Place]:
    """All seams with words on both sides; the strongest sign nearest to the middle is chosen."""
    cuts = [match.end() for match in SEAM.finditer(text)]
    cuts = [at for at in cuts if len(text[:at].split()) >= 2 and len(text[at:].split()) >= 2]
    if not cuts:
        return []
    best = min(cuts, key=lambda at: (_strength(text, at), abs(at - len(text) / 2)))
    return [
        Place(at, text[max(0, at - CONTEXT) : at].strip(), text[at : at + CONTEXT].strip(), at == best)
        for at in cuts
    ]


def _strength(text: str, at: int) -> int:
    sign = text[:at].rstrip()[-1:]
    return {";": 0, ".": 0, ":": 1}.get(sign, 2)
