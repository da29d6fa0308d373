"""The same pairs on Spark; needs the extra `spark` and Java."""

from __future__ import annotations

import importlib
import importlib.util
import shutil

import pytest

from nhipcau.core.linkage import keys, model, preparing, reading, weighing
from nhipcau.core.linkage.engine import Weighed, predict
from nhipcau.core.linkage.places import Gazetteer
from nhipcau.core.linkage.tests import otherwise

THERE = importlib.util.find_spec("pyspark") is not None and shutil.which("java") is not None


def pairs(found: Weighed) -> dict[tuple[int, int], float]:
    """The weight of each pair of rows."""
    rows = zip(found.left.tolist(), found.right.tolist(), found.strangers.tolist(), strict=True)
    return {(min(a, b), max(a, b)): weight for a, b, weight in rows}


@pytest.mark.heavy
@pytest.mark.skipif(not THERE, reason="pyspark or Java is not installed: pip install 'nhipcau[spark]'")
def test_spark_gives_the_pairs_and_weights_of_duckdb() -> None:
    spark = importlib.import_module("nhipcau.core.linkage.spark")
    records, _, gazetteer = otherwise.make(300, seed=5)
    prepared = preparing.prepare(reading.in_form(records), Gazetteer(gazetteer.to_pylist()))
    values = keys.key_values(prepared)
    here = pairs(predict(prepared, *keys.candidate_pairs(values), model.load(), weighing.KEPT))
    there = pairs(spark.predict(prepared, values, model.load(), weighing.KEPT))
    assert there.keys() == here.keys()
    assert there == pytest.approx(here, abs=1e-3)
