"""Whatever comes in whatever order: what was called different stays apart, what is one stays one."""

from __future__ import annotations

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from nhipcau.core.linkage.clustering import LARGEST
from nhipcau.core.linkage.growing import Found, Grown, Said, grow
from nhipcau.core.linkage.weighing import ASK, rule

RULE = rule(1_000)
RECORDS = range(12)
COUPLES = list(combinations(RECORDS, 2))
ALONE = {record: [record] for record in RECORDS}
WEIGHTS = st.dictionaries(st.sampled_from(COUPLES), st.floats(-20, 30), max_size=40)
SOME = st.sets(st.sampled_from(COUPLES), max_size=6)


def whole(grown: Grown) -> dict[int, int]:
    """Record → person, where each record began alone."""
    homes = {record: record for record in RECORDS}
    for joined in grown.joined:
        homes |= dict.fromkeys(joined.gone, joined.kept)
    return homes


def found(weights: dict[tuple[int, int], float]) -> list[Found]:
    return [Found(left, right, weight) for (left, right), weight in weights.items()]


@given(WEIGHTS, SOME, SOME, st.sets(st.sampled_from(list(RECORDS))))
def test_what_was_called_different_is_never_one_also_not_through_a_third(weights, apart, same, firm):
    grown = grow(ALONE, found(weights), RULE, ask=ASK, said=Said(apart, same, firm))
    homes = whole(grown)
    assert all(homes[left] != homes[right] for left, right in apart)
    # No two that officers worked on become one by themselves.
    assert all(homes[one] != homes[other] for one, other in combinations(sorted(firm), 2))
    # Who is kept is nobody's who goes: a join leads nowhere twice, and never in a circle.
    kept = {joined.kept for joined in grown.joined}
    gone = [person for joined in grown.joined for person in joined.gone]
    assert not kept & set(gone)
    assert len(gone) == len(set(gone))


@given(WEIGHTS, SOME)
def test_what_was_called_one_is_one_unless_two_say_otherwise(weights, same):
    homes = whole(grow(ALONE, found(weights), RULE, ask=ASK, said=Said(same=same)))
    assert all(homes[left] == homes[right] for left, right in same)


@given(WEIGHTS, SOME, st.sets(st.sampled_from(list(RECORDS))))
def test_what_is_asked_is_open_once_and_worth_it(weights, apart, firm):
    grown = grow(ALONE, found(weights), RULE, ask=ASK, said=Said(apart=apart, firm=firm))
    homes = whole(grown)
    between = [tuple(sorted((homes[pair.left], homes[pair.right]))) for pair in grown.doubtful]
    assert len(between) == len(set(between))
    assert all(one != other for one, other in between)
    assert all(pair.weight >= ASK for pair in grown.doubtful)
    assert not {(pair.left, pair.right) for pair in grown.doubtful} & apart


@given(WEIGHTS, st.sets(st.sampled_from(list(RECORDS))), st.randoms())
def test_the_order_in_which_pairs_come_changes_nothing(weights, new, random):
    pairs = found(weights)
    first = grow(ALONE, pairs, RULE, ask=ASK, driving=new)
    random.shuffle(pairs)
    assert grow(ALONE, pairs, RULE, ask=ASK, driving=new) == first
    touched = {record for joined in first.joined for record in (joined.kept, *joined.gone)}
    assert all(
        any(pair.left in new or pair.right in new for pair in joined.gone.values()) for joined in first.joined
    )
    assert touched <= set(RECORDS)


def test_more_than_a_dozen_records_are_shown_not_joined():
    members = {1: list(range(1, LARGEST + 1)), 50: [50]}
    grown = grow(members, [Found(1, 50, 30.0)], RULE, ask=ASK)
    assert (grown.joined, grown.doubtful) == ([], [Found(1, 50, 30.0)])


def test_one_good_pair_does_not_bridge_two_families():
    members = {1: [1, 2, 3], 4: [4, 5, 6]}
    grown = grow(members, [Found(3, 4, 8.0)], RULE, ask=ASK)
    assert (grown.joined, grown.doubtful) == ([], [Found(3, 4, 8.0)])


def test_what_waits_at_the_desk_is_not_asked_again():
    pairs = [Found(1, 2, 3.0), Found(1, 3, 2.0)]
    members = {1: [1], 2: [2, 3]}
    assert grow(members, pairs, RULE, ask=ASK).doubtful == [Found(1, 2, 3.0)]
    assert grow(members, pairs, RULE, ask=ASK, said=Said(asked=[(1, 3)])).doubtful == []
