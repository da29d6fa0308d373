"""Pairs that are compared, and clusters made of weighed pairs."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as some

from nhipcau.core.linkage.clustering import LARGEST, Rule, cluster
from nhipcau.core.linkage.codes import code_of, joined, mixed, times_seen
from nhipcau.core.linkage.keys import candidate_pairs, pairs_sharing

RULE = Rule(link=3.0, mean=0.0, mean_of_several=0.0, unseen=-2.0, forbid=-6.0)


def clusters(records: int, *pairs: tuple[int, int, float], rule: Rule = RULE) -> list[int]:
    """The cluster of every record."""
    left, right, weight = (np.array(column) for column in zip(*pairs, strict=True))
    return cluster(records, left, right, weight.astype(float), rule).tolist()


@given(some.lists(some.integers(0, 6), max_size=40))
def test_exactly_the_pairs_that_share_a_value_are_compared(column: list[int]) -> None:
    codes = np.array(column, dtype=np.int64)
    found = set(zip(*(side.tolist() for side in pairs_sharing(codes)), strict=True))
    rows = range(len(column))
    assert found == {(a, b) for a in rows for b in rows if a < b and column[a] == column[b] != 0}


def test_a_pair_that_shares_several_keys_comes_once() -> None:
    left, right = candidate_pairs([np.array([5, 5, 0]), np.array([7, 7, 7])])
    assert list(zip(left.tolist(), right.tolist(), strict=True)) == [(0, 1), (0, 2), (1, 2)]


def test_codes_hold_nothing_for_nothing() -> None:
    assert code_of("") == 0 < code_of("a")
    one, other = np.array([3, 0]), np.array([4, 4])
    assert joined([one, other])[1] == 0 != joined([one, other])[0]
    assert mixed([one, other])[0] != mixed([other, one])[0]
    assert times_seen(np.array([2, 0, 2, 0, 9])).tolist() == [2, 0, 2, 0, 1]


def test_strong_pairs_become_one_cluster_and_weak_ones_do_not() -> None:
    assert clusters(4, (0, 1, 9.0), (2, 3, 2.9)) == [0, 0, 2, 3]


def test_a_pair_that_forbids_keeps_two_clusters_apart() -> None:
    assert clusters(3, (0, 1, 9.0), (1, 2, 5.0), (0, 2, -6.5)) == [0, 0, 2]


def test_pairs_that_were_never_compared_speak_against_a_chain() -> None:
    rule = replace(RULE, unseen=-4.0)
    assert clusters(3, (0, 1, 9.0), (1, 2, 5.0), rule=rule) == [0, 0, 0]
    assert clusters(3, (0, 1, 9.0), (1, 2, 3.5), rule=rule) == [0, 0, 2]


def test_two_clusters_of_several_need_more_than_a_record_that_comes_to_one() -> None:
    rule = replace(RULE, mean_of_several=5.0)
    between = [(0, 2, 6.0), (0, 3, 4.0), (1, 2, 4.0), (1, 3, 4.0)]
    assert clusters(4, (0, 1, 9.0), (2, 3, 9.0), *between, rule=RULE) == [0, 0, 0, 0]
    assert clusters(4, (0, 1, 9.0), (2, 3, 9.0), *between, rule=rule) == [0, 0, 2, 2]
    assert clusters(3, (0, 1, 9.0), *between[:1], between[2], rule=rule) == [0, 0, 0]


def test_no_cluster_grows_beyond_its_limit() -> None:
    chain = [(a, b, 20.0) for a in range(20) for b in range(a + 1, 20)]
    found = clusters(20, *chain)
    assert max(np.bincount(found)) <= LARGEST


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 0, 2)])
def test_the_best_pair_is_taken_first_in_whatever_order_pairs_come(order: tuple[int, ...]) -> None:
    pairs = [(0, 1, 4.0), (1, 2, 8.0), (0, 2, -9.0)]
    assert clusters(3, *(pairs[place] for place in order)) == [0, 1, 1]
