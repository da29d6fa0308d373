"""Learning the parameters from records that nobody has labelled.

u comes from pairs taken at random; m by expectation maximisation in blocks that are nearly pure (the same
paper, phone, mail address, or name and full date), so that kin, who share a household, do not spoil it.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa
from splink import Linker

from nhipcau.core.linkage.comparing import COMPARISONS, Comparison, Grade
from nhipcau.core.linkage.engine import Duck, comparable, quiet
from nhipcau.core.linkage.model import LEAST, Model, Shares, prior, weighing

RANDOM_PAIRS = 3e6
BLOCKS = (
    "l.paper = r.paper and l.paper <> 0",
    "l.phone = r.phone and l.phone <> 0",
    "l.email = r.email and l.email <> 0",
    "l.pair = r.pair and l.birth_year = r.birth_year and l.birth_month = r.birth_month"
    " and l.birth_day = r.birth_day and l.birth_day <> 0 and l.pair <> 0",
)
_UNIFORM = 0.1


def _level(grade: Grade) -> dict[str, Any]:
    level: dict[str, Any] = {"sql_condition": grade.condition, "label_for_charts": grade.key}
    if grade.nothing:
        return level | {"is_null_level": True}
    if grade.m is not None:
        level |= {"m_probability": grade.m, "fix_m_probability": True}
    if grade.u is not None and not grade.rarity:
        level |= {"u_probability": grade.u, "fix_u_probability": True}
    return level


def _settings(records: int) -> dict[str, Any]:
    return {
        "link_type": "dedupe_only",
        "unique_id_column_name": "unique_id",
        "probability_two_random_records_match": prior(records),
        "blocking_rules_to_generate_predictions": ["1=0"],
        "comparisons": [
            {
                "output_column_name": comparison.name,
                "comparison_description": comparison.name,
                "comparison_levels": [_level(grade) for grade in comparison.grades],
            }
            for comparison in COMPARISONS
        ],
        "max_iterations": 20,
        "em_convergence": 0.002,
    }


def train(prepared: pa.Table, note: str = "", random_pairs: float = RANDOM_PAIRS) -> Model:
    """The parameters that the records themselves show, with the fixed priors of `comparing`."""
    with quiet(), Duck() as duck:
        linker = Linker(
            duck.register(comparable(prepared), "records"), _settings(len(prepared)), log_level=None
        )
        linker.training.estimate_u_using_random_sampling(max_pairs=random_pairs, seed=1)
        for block in BLOCKS:
            linker.training.estimate_parameters_using_expectation_maximisation(
                block, estimate_without_term_frequencies=True, max_pairs=RANDOM_PAIRS
            )
        written = linker.misc.save_model_to_json()
    learned = {comparison["output_column_name"]: comparison for comparison in written["comparisons"]}
    return Model(
        {c.name: _shares(c, learned[c.name]["comparison_levels"], prepared) for c in COMPARISONS}, note
    )


def _shares(comparison: Comparison, levels: list[dict[str, Any]], prepared: pa.Table) -> dict[str, Shares]:
    by_key = {level["label_for_charts"]: level for level in levels}
    found = {}
    for grade in weighing(comparison):
        level = by_key[grade.key]
        m = grade.m if grade.m is not None else level.get("m_probability") or LEAST
        u = grade.u if grade.u is not None else level.get("u_probability") or LEAST / 10
        if grade.rarity and grade.u is None:
            u = u / agreeing_by_chance(prepared[grade.rarity].to_numpy())
        found[grade.key] = Shares(min(max(float(m), LEAST), 1.0), min(max(float(u), LEAST / 10), 1.0))
    return found


def agreeing_by_chance(values: np.ndarray[Any, Any]) -> float:
    """How often two records with a value agree on it."""
    counts = np.unique(values[values > 0], return_counts=True)[1].astype(np.float64)
    total = counts.sum()
    return float((counts * (counts - 1)).sum() / (total * (total - 1))) if total > 1 else 1.0
