"""New records against those that are linked already."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pyarrow as pa
import pytest

from nhipcau.core.linkage import incremental, keys, model, preparing, reading, weighing
from nhipcau.core.linkage.engine import predict
from nhipcau.core.linkage.incremental import Known, Matches
from nhipcau.core.linkage.places import Gazetteer
from nhipcau.core.linkage.tests import otherwise

MADE = otherwise.make(1_500, seed=21)
RECORDS = reading.in_form(MADE[0])
PERSON = dict(zip(MADE[1]["record_id"].to_pylist(), MADE[1]["person_id"].to_pylist(), strict=True))
GAZETTEER = Gazetteer(MADE[2].to_pylist())


NEW = RECORDS.slice(0, 100).set_column(0, "record_id", pa.array(range(90_000, 90_100)))


@pytest.fixture(scope="module")
def known() -> Iterator[Known]:
    made = Known(RECORDS.slice(100), GAZETTEER, model.load())
    yield made
    made.close()


@pytest.fixture(scope="module")
def among(known: Known) -> Matches:
    """A hundred new records, matched together."""
    return known.match(NEW)


def test_new_records_find_their_person_there(known: Known, among: Matches) -> None:
    found = among.certain(known.rule.link)
    pairs = zip(found.new.tolist(), (found.other % 90_000).tolist(), strict=True)
    right = [PERSON[new] == PERSON[other] for new, other in pairs]
    there = {PERSON[row] for row in range(100, len(RECORDS))}
    returning = {row for row in range(100) if PERSON[row] in there}
    assert sum(right) >= 0.97 * len(right)
    assert len(returning & set(found.new.tolist())) >= 0.85 * len(returning)


def test_one_record_alone_is_weighed_as_it_is_among_many(known: Known, among: Matches) -> None:
    for row in range(0, 100, 25):
        alone = known.match(NEW.slice(row, 1))
        here = (among.new == row) & (among.other < 90_000)
        expected = dict(zip(among.other[here].tolist(), among.weight[here].tolist(), strict=True))
        assert dict(zip(alone.other.tolist(), alone.weight.tolist(), strict=True)) == pytest.approx(expected)


def test_new_records_are_weighed_against_each_other_too(known: Known) -> None:
    twice = pa.concat_tables([NEW.slice(0, 1), NEW.slice(0, 1)])
    twice = twice.set_column(0, "record_id", pa.array([90_001, 90_002]))
    found = known.match(twice)
    assert 90_002 in found.other[found.new == 0].tolist()


def test_a_record_like_no_other_finds_nothing(known: Known) -> None:
    stranger = reading.in_form(pa.table({"record_id": [90_001], "name": ["Zzyzx Qwrtp"]}))
    assert len(known.match(stranger).weight) == 0
    assert len(known.match(NEW.slice(0, 0)).weight) == 0


def test_a_known_record_that_comes_again_weighs_what_linking_all_at_once_gives(known: Known) -> None:
    there = RECORDS.slice(100)
    prepared = preparing.prepare(there, GAZETTEER)
    left, right = keys.candidate_pairs(keys.key_values(prepared))
    whole = predict(prepared, left, right, model.load(), weighing.KEPT)
    weight = weighing.weigh(whole.strangers, whole.kin, whole.namesakes)
    again = known.match(there.slice(7, 1))
    found = dict(zip(again.other.tolist(), again.weight.tolist(), strict=True))
    ids = prepared["unique_id"].to_numpy()
    mine = ((whole.left == 7) | (whole.right == 7)) & (weight >= weighing.KEPT)
    others = ids[np.where(whole.left == 7, whole.right, whole.left)[mine]]
    assert {int(other) for other in others} <= set(found)
    for other, bits in zip(others.tolist(), weight[mine].tolist(), strict=True):
        assert found[other] == pytest.approx(bits)


def test_pairs_weigh_the_same_in_groups_as_at_once(
    known: Known, among: Matches, monkeypatch: pytest.MonkeyPatch
) -> None:
    there = known.all_pairs()
    assert len(among.weight) > 37 and len(there.weight) > 37
    monkeypatch.setattr(incremental, "PART", 37)
    for column in ("new", "other", "weight"):
        np.testing.assert_array_equal(getattr(known.match(NEW), column), getattr(among, column))
    for column in ("left", "right", "weight"):
        np.testing.assert_array_equal(getattr(known.all_pairs(), column), getattr(there, column))


def test_records_are_let_go_once_they_are_prepared(known: Known) -> None:
    held = [RECORDS.slice(100)]
    made = Known.out_of(held, GAZETTEER, model.load())
    assert not held
    for column in ("left", "right", "weight"):
        np.testing.assert_array_equal(getattr(made.all_pairs(), column), getattr(known.all_pairs(), column))
    made.close()
