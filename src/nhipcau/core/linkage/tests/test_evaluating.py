"""Clusters against the truth."""

from __future__ import annotations

import pyarrow as pa
import pytest

from nhipcau.core.linkage.evaluating import Unfit, score

TRUTH = pa.table({"record_id": [1, 2, 3, 4, 5], "person_id": [7, 7, 7, 8, 9], "family_id": [1, 1, 1, 1, 2]})


def test_clusters_that_meet_the_truth_score_one() -> None:
    found = score(TRUTH, pa.table({"record_id": [5, 4, 3, 2, 1], "cluster_id": ["c", "b", "a", "a", "a"]}))
    assert (found.precision, found.recall, found.f1, found.b_cubed_f1) == (1.0, 1.0, 1.0, 1.0)
    assert (found.mixed_clusters, found.kin_mixed, found.largest) == (0, 0.0, 3)


def test_kin_taken_for_one_person_are_counted() -> None:
    found = score(TRUTH, pa.table({"record_id": [1, 2, 3, 4, 5], "cluster_id": [1, 1, 2, 2, 3]}))
    assert found.precision == pytest.approx(1 / 2)
    assert found.recall == pytest.approx(1 / 3)
    assert (found.false_pairs, found.missed_pairs, found.mixed_clusters) == (1, 2, 1)
    assert found.kin_mixed == pytest.approx(10_000 / 3)
    assert found.b_cubed_precision == pytest.approx((1 + 1 + 0.5 + 0.5 + 1) / 5)


def test_a_record_without_a_cluster_stands_alone() -> None:
    found = score(TRUTH, pa.table({"record_id": [1, 2], "cluster_id": [4, 4]}))
    assert (found.clusters, found.precision) == (4, 1.0)
    assert score(TRUTH, pa.table({"record_id": pa.array([], pa.int64()), "cluster_id": []})).clusters == 5


def test_a_table_that_does_not_fit_is_refused() -> None:
    with pytest.raises(Unfit, match="cluster_id"):
        score(TRUTH, pa.table({"record_id": [1]}))
    with pytest.raises(Unfit, match="twice"):
        score(TRUTH, pa.table({"record_id": [1, 1], "cluster_id": [1, 1]}))


def test_without_families_kin_are_not_counted() -> None:
    assert (
        score(TRUTH.drop(["family_id"]), TRUTH.rename_columns(["record_id", "cluster_id", "x"])).kin_mixed
        is None
    )
