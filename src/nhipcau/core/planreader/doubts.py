"""Which fields of a task the reader is not sure of: the signs of each weighed into a probability."""

from __future__ import annotations

import math
from collections.abc import Iterable

from nhipcau.core.planreader.doubt_weights import BASE, WEIGHTS
from nhipcau.core.planreader.evidence import FIELDS, Signs, signs_of
from nhipcau.core.planreader.schema import BlockView, Task

# A field that is wrong in one of seventeen such cases is worth a look: at this level about one task in
# seven is marked (`score --doubts` and `calibrate` print the figures).
LEAST = 0.06
# Who looks at a task sees its other fields too: those at least a fifth as doubtful as the most doubtful one
# are named with it.
NEAR = 0.2

Table = tuple[dict[str, float], dict[str, dict[str, float]]]


def probability(field: str, signs: Iterable[str], table: Table = (BASE, WEIGHTS)) -> float:
    """How probable it is that a field with these signs is wrong."""
    base, weights = table
    total = base[field] + sum(weights[field].get(sign, 0.0) for sign in signs)
    return 1.0 / (1.0 + math.exp(-total))


def doubts_of(signs: Signs, nobody: bool, table: Table = (BASE, WEIGHTS)) -> list[str]:
    """The doubtful fields of a task, in the order of FIELDS.

    Where nobody is named, scope and agencies are one question: a direction to all, or somebody missed.
    """
    chances = {field: probability(field, signs[field], table) for field in FIELDS}
    if nobody:
        chances["agencies"] = chances["scope"] = max(chances["agencies"], chances["scope"])
    most = max(chances.values())
    if most < LEAST:
        return []
    return [field for field in FIELDS if chances[field] >= min(LEAST, NEAR * most)]


def mark_doubts(text: str, blocks: list[BlockView], tasks: list[Task]) -> None:
    """Set the doubts of every task; what stands there before are the guesses of the reader's own rules."""
    for task, signs in zip(tasks, signs_of(text, blocks, tasks), strict=True):
        task["doubts"] = doubts_of(signs, nobody=not task["agencies"])
