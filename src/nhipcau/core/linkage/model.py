"""The model's parameters, and the Splink settings made of them.

For each grade: m, its share among pairs of one person, and u, its share among pairs of strangers; for a grade
that weighs by rarity, u is its share among the strangers who agree on that value. The weight of a grade is
log2(m / u), for one with rarity log2(m / (u × frequency of the value)).
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

from nhipcau.core.linkage.comparing import COMPARISONS, Comparison, Grade

FORMAT = 3
PAIRS_A_RECORD = 0.5
"""True pairs a record that are expected beforehand; the same for every size."""
LEAST = 1e-5


class UnreadableModel(Exception):
    """The file is no model of this version; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Shares:
    """m and u of one grade."""

    m: float
    u: float

    @property
    def weight(self) -> float:
        """Bits for the same person, without the rarity of the value."""
        return math.log2(self.m / self.u)


@dataclass(frozen=True, slots=True)
class Model:
    """m and u of every grade, by comparison and grade."""

    shares: dict[str, dict[str, Shares]]
    note: str = ""

    def of(self, comparison: Comparison, grade: Grade) -> Shares:
        """The shares of one grade."""
        return self.shares[comparison.name][grade.key]

    def as_json(self) -> str:
        """The file's text."""
        rows = {
            name: {key: {"m": float(f"{s.m:.4g}"), "u": float(f"{s.u:.4g}")} for key, s in grades.items()}
            for name, grades in self.shares.items()
        }
        return json.dumps({"format": FORMAT, "note": self.note, "shares": rows}, indent=1) + "\n"


def weighing(comparison: Comparison) -> list[Grade]:
    """The grades that weigh anything."""
    return [grade for grade in comparison.grades if not grade.nothing]


def parse(text: str, where: str) -> Model:
    """A model from its file's text."""
    try:
        written = json.loads(text)
        if written["format"] != FORMAT:
            raise UnreadableModel(
                f"{where}: a model of format {written['format']}; make one with `nhipcau link train`"
            )
        shares = {
            comparison.name: {
                grade.key: Shares(**written["shares"][comparison.name][grade.key])
                for grade in weighing(comparison)
            }
            for comparison in COMPARISONS
        }
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise UnreadableModel(
            f"{where}: not a model for linking; make one with `nhipcau link train`"
        ) from error
    wrong = [s for grades in shares.values() for s in grades.values() if not (0 < s.m <= 1 and 0 < s.u <= 1)]
    if wrong:
        raise UnreadableModel(f"{where}: every m and u lies above 0 and is at most 1")
    return Model(shares, str(written.get("note", "")))


def load(path: Path | None = None) -> Model:
    """A model from a file; without one, the model that is shipped."""
    if path is None:
        return parse((files(__package__) / "data" / "model.json").read_text(encoding="utf-8"), "model.json")
    try:
        return parse(path.read_text(encoding="utf-8"), str(path))
    except OSError as error:
        raise UnreadableModel(f"{path}: {error.strerror}") from error


def prior(records: int) -> float:
    """The chance that two records taken at random are one person's: it falls with the number of records."""
    return min(0.5, 2 * PAIRS_A_RECORD / max(records - 1, 1))


# --- Splink -------------------------------------------------------------------------------------------------


def _level(comparison: Comparison, grade: Grade, model: Model) -> dict[str, Any]:
    level: dict[str, Any] = {"sql_condition": grade.condition, "label_for_charts": grade.key}
    if grade.nothing:
        return level | {"is_null_level": True}
    shares = model.of(comparison, grade)
    if not grade.rarity:
        return level | {"m_probability": shares.m, "u_probability": shares.u}
    # Splink adds log2(u) - log2(frequency): with u = 1 the weight is log2(m) - log2(frequency).
    return level | {
        "m_probability": shares.m / shares.u,
        "u_probability": 1.0,
        "tf_adjustment_column": grade.rarity,
        "tf_adjustment_weight": 1.0,
        "disable_tf_exact_match_detection": True,
    }


def settings(model: Model, records: int, keys: Iterable[str] = ()) -> dict[str, Any]:
    """Splink's settings for predicting among so many records."""
    return {
        "link_type": "dedupe_only",
        "unique_id_column_name": "unique_id",
        "probability_two_random_records_match": prior(records),
        "blocking_rules_to_generate_predictions": [f"l.{key} = r.{key}" for key in keys] or ["1=0"],
        "comparisons": [
            {
                "output_column_name": comparison.name,
                "comparison_description": comparison.name,
                "comparison_levels": [_level(comparison, grade, model) for grade in comparison.grades],
            }
            for comparison in COMPARISONS
        ],
        "retain_matching_columns": False,
        "retain_intermediate_calculation_columns": True,
    }
