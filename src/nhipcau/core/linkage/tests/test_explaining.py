"""A pair's weight taken apart: the parts are the weight."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nhipcau.core.linkage import model, reading
from nhipcau.core.linkage.comparing import COMPARISONS
from nhipcau.core.linkage.explaining import KIN, RIVAL, Evidence
from nhipcau.core.linkage.incremental import Known, Pairs
from nhipcau.core.linkage.places import Gazetteer
from nhipcau.core.linkage.tests import otherwise

MADE = otherwise.make(600, seed=5)
RECORDS = reading.in_form(MADE[0])
GRADES = {comparison.name: {grade.key for grade in comparison.grades} for comparison in COMPARISONS}


@pytest.fixture(scope="module")
def known() -> Iterator[Known]:
    made = Known(RECORDS, Gazetteer(MADE[2].to_pylist()), model.load())
    yield made
    made.close()


@pytest.fixture(scope="module")
def pairs(known: Known) -> Pairs:
    return known.among(RECORDS["record_id"].to_numpy())


@pytest.fixture(scope="module")
def told(known: Known, pairs: Pairs) -> list[Evidence]:
    return known.explain(pairs.left, pairs.right)


@given(data=st.data())
@settings(max_examples=200, deadline=None)
def test_the_parts_together_are_the_weight(pairs: Pairs, told: list[Evidence], data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(told) - 1))
    found = told[at]
    assert found.weight == pytest.approx(float(pairs.weight[at]), abs=0.01)
    written = found.as_json()
    assert written["prior"] + sum(part["bits"] for part in written["parts"]) == pytest.approx(found.weight)
    for part in found.parts[:-1]:
        assert part.grade in GRADES[part.on]
        assert part.grade != "none"
    # Kin only ever take away; what remains is never more than against strangers.
    assert (found.parts[-1].on, found.parts[-1].grade) == (KIN, RIVAL)
    assert found.parts[-1].bits <= 0.01


def test_a_rare_name_speaks_louder_and_says_who_has_it(pairs: Pairs, told: list[Evidence]) -> None:
    same = [part for each in told for part in each.parts if (part.on, part.grade) == ("name", "same")]
    by_bits = sorted(same, key=lambda part: part.bits)
    assert by_bits[0].shared_by is not None
    assert by_bits[-1].shared_by is not None
    assert by_bits[0].shared_by > by_bits[-1].shared_by >= 2


def test_known_records_asked_alone_and_together_weigh_the_same(known: Known, pairs: Pairs) -> None:
    some = np.unique(pairs.left)[:5]
    alone = known.among(some)
    whole = {(a, b): w for a, b, w in zip(pairs.left, pairs.right, pairs.weight, strict=True)}
    assert len(alone.left)
    for a, b, w in zip(alone.left, alone.right, alone.weight, strict=True):
        assert whole[a, b] == pytest.approx(w)
    assert set(some.tolist()) <= set(alone.left.tolist()) | set(alone.right.tolist())


def test_a_record_that_is_not_known_has_no_pairs(known: Known) -> None:
    assert len(known.among(np.array([10**9])).left) == 0
    assert len(known.among(np.zeros(0, dtype=np.int64)).left) == 0
    assert known.explain(np.zeros(0, np.int64), np.zeros(0, np.int64)) == []


def test_nothing_is_known_of_an_empty_register() -> None:
    empty = Known(RECORDS.slice(0, 0), Gazetteer([]), model.load())
    assert len(empty) == 0
    assert len(empty.among(np.array([1])).left) == 0
    assert len(empty.match(RECORDS.slice(0, 2)).weight) <= 1
    empty.close()
