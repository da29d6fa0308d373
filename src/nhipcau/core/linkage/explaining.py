"""Why a pair weighs what it weighs: its weight taken apart by what was compared.

The bits against strangers are a sum: of the odds before anything is looked at, and of what each comparison
adds, the rarity of an agreed value with it. What speaks against kin and namesakes is no sum with them
(`weighing`), so what it takes away stands as one part of its own, `KIN`.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa

from nhipcau.core.linkage.comparing import COMPARISONS, RARITIES, Comparison, Grade
from nhipcau.core.linkage.engine import Columns, Weigher
from nhipcau.core.linkage.model import prior, weighing
from nhipcau.core.linkage.rarity import Frequencies
from nhipcau.core.linkage.weighing import RIVALS, weigh

KIN = "kin"
"""The part that is no comparison: what is taken away because kin or namesakes of a village share it."""
RIVAL = "rival"
"""Its only grade."""
_DIGITS = 4


@dataclass(frozen=True, slots=True)
class Part:
    """What one comparison adds: `on` and `grade` are codes of `comparing`."""

    on: str
    grade: str
    bits: float
    shared_by: int | None = None
    """Records that have the agreed value, where its rarity counts."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """A pair's weight: `prior` and the bits of all parts together."""

    prior: float
    parts: tuple[Part, ...]

    @property
    def weight(self) -> float:
        """Bits for one person."""
        return self.prior + sum(part.bits for part in self.parts)

    def as_json(self) -> dict[str, Any]:
        """As it is kept."""
        parts = [
            {"on": part.on, "grade": part.grade, "bits": part.bits}
            | ({} if part.shared_by is None else {"shared_by": part.shared_by})
            for part in self.parts
        ]
        return {"prior": self.prior, "parts": parts}


def prior_bits(records: int) -> float:
    """The odds that two records taken at random are one person's, in bits."""
    chance = prior(records)
    return math.log2(chance / (1 - chance))


def explain(
    weigher: Weigher, frequencies: Frequencies, records: int, left: pa.Table, right: pa.Table
) -> list[Evidence]:
    """Evidence of each row of the left with the same row of the right (tables of `engine.comparable`)."""
    if not len(left):
        return []
    found = weigher.explain(left, right)
    weight = weigh(*(found[name] for name in RIVALS))
    commonest = {
        name: np.maximum(
            *(np.maximum(frequencies.times(name, side[name].to_numpy()), 1) for side in (left, right))
        )
        for name in RARITIES
    }
    before = round(prior_bits(records), _DIGITS)
    made = []
    for row in range(len(left)):
        parts = []
        for comparison in COMPARISONS:
            grade = _grade(comparison, int(found[f"gamma_{comparison.name}"][row]))
            if grade is not None:
                bits = _bits(found, comparison, row)
                shared = int(commonest[grade.rarity][row]) if grade.rarity else None
                parts.append(Part(comparison.name, grade.key, bits, shared))
        rest = round(float(weight[row]) - before - sum(part.bits for part in parts), _DIGITS)
        made.append(Evidence(before, (*parts, Part(KIN, RIVAL, rest))))
    return made


def _grade(comparison: Comparison, gamma: int) -> Grade | None:
    """Splink counts the grades that weigh from the last one, 0; below 0 nothing could be compared."""
    return None if gamma < 0 else weighing(comparison)[-1 - gamma]


def _bits(columns: Columns, comparison: Comparison, row: int) -> float:
    rarity = columns.get(f"mw_tf_adj_{comparison.name}")
    bits = float(columns[f"mw_{comparison.name}"][row]) + (float(rarity[row]) if rarity is not None else 0.0)
    return round(bits, _DIGITS)
