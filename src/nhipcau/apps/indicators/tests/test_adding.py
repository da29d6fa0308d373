"""Adding up over units and over time: missing is never zero, ratios come from sums."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nhipcau.apps.indicators.adding import (
    Column,
    NeedsParts,
    add_up,
    over_periods,
    ratio,
    ratio_of_units,
    ratio_over_periods,
    rounded,
)


@dataclass(frozen=True)
class Definition:
    kind: str = "count"
    decimals: int = 0
    over_units: str = "sum"
    over_time: str = "sum"
    numerator_id: int | None = None
    denominator_id: int | None = None


SHARE = Definition(kind="percent", decimals=1, over_units="none", numerator_id=1, denominator_id=2)
PER_HEAD = Definition(kind="ratio", over_units="none", numerator_id=1, denominator_id=2)
AMOUNTS = st.decimals(-(10**15), 10**15, places=6)
MAYBE = st.none() | AMOUNTS
UNITS = st.dictionaries(st.integers(1, 200), MAYBE, max_size=60)


def test_nobody_answered_is_not_zero() -> None:
    total = add_up(Definition(), {1: None, 2: None})
    assert (total.value, total.answered, total.expected, total.missing) == (None, 0, 2, (1, 2))


def test_nothing_to_report_is_zero_and_an_answer() -> None:
    total = add_up(Definition(), {1: Decimal(0), 2: None})
    assert (total.value, total.answered, total.expected, total.missing) == (0, 1, 2, (2,))
    assert not total.complete


@pytest.mark.parametrize(
    ("rule", "value"), [("sum", Decimal(9)), ("average", Decimal("4.5")), ("max", Decimal(7)), ("none", None)]
)
def test_each_rule_over_units(rule: str, value: Decimal | None) -> None:
    values = {1: Decimal(2), 2: None, 3: Decimal(7)}
    assert add_up(Definition(over_units=rule), values).value == value


@pytest.mark.parametrize(
    ("rule", "value"),
    [
        ("sum", Decimal(9)),
        ("average", Decimal("4.5")),
        ("max", Decimal(7)),
        ("last", Decimal(2)),
        ("none", None),
    ],
)
def test_each_rule_over_time(rule: str, value: Decimal | None) -> None:
    values = {"Q1": Decimal(7), "Q2": None, "Q3": Decimal(2)}
    assert over_periods(Definition(over_time=rule), values).value == value


def test_a_stock_takes_no_earlier_figure_for_a_last_one_that_is_missing() -> None:
    total = over_periods(Definition(over_time="last"), {"Q1": Decimal(7), "Q2": None})
    assert (total.value, total.missing) == (None, ("Q2",))


def test_a_ratio_is_of_sums_and_never_an_average() -> None:
    done = Column(Definition(), {1: Decimal(1), 2: Decimal(90)})
    asked = Column(Definition(), {1: Decimal(2), 2: Decimal(100)})
    assert rounded(SHARE, ratio_of_units(SHARE, done, asked).value) == Decimal("89.2")


def test_a_unit_that_gave_one_part_is_missing_from_both() -> None:
    done = Column(Definition(), {1: Decimal(1), 2: Decimal(9)})
    asked = Column(Definition(), {1: Decimal(4), 2: None, 3: Decimal(50)})
    total = ratio_of_units(SHARE, done, asked)
    assert (total.value, total.answered, total.expected, total.missing) == (25, 1, 3, (2, 3))


def test_the_units_asked_are_all_counted() -> None:
    empty: Column[int] = Column(Definition(), {})
    assert ratio_of_units(SHARE, empty, empty, [4, 5]).missing == (4, 5)


def test_dividing_by_nothing_has_no_value() -> None:
    nothing = Column(Definition(), {1: Decimal(0)})
    assert ratio_of_units(SHARE, nothing, nothing).value is None
    assert ratio(PER_HEAD, Decimal(3), Decimal(0)) is None
    assert ratio(PER_HEAD, Decimal(3), Decimal(2)) == Decimal("1.5")


def test_over_time_the_parts_follow_their_own_rules() -> None:
    flow = Column(Definition(over_time="sum"), {"2026": Decimal(10), "2027": Decimal(20)})
    stock = Column(Definition(over_time="last"), {"2026": Decimal(50), "2027": Decimal(60)})
    assert ratio_over_periods(PER_HEAD, flow, stock).value == Decimal("0.5")


@pytest.mark.parametrize("add", [add_up, over_periods])
def test_a_ratio_is_not_added_up(add: object) -> None:
    with pytest.raises(NeedsParts):
        add(SHARE, {1: Decimal(1)})  # type: ignore[operator]


@pytest.mark.parametrize(("value", "shown"), [("2.5", "3"), ("-2.5", "-3"), ("2.49", "2"), ("0.5", "1")])
def test_halves_are_rounded_away_from_zero(value: str, shown: str) -> None:
    assert rounded(Definition(), Decimal(value)) == Decimal(shown)


@given(UNITS)
def test_who_answered_and_who_is_missing_are_everybody(values: dict[int, Decimal | None]) -> None:
    total = add_up(Definition(), values)
    assert total.answered + len(total.missing) == total.expected == len(values)
    assert (total.value is None) == (total.answered == 0)


@given(st.lists(AMOUNTS, min_size=1, max_size=40), st.randoms(use_true_random=False))
def test_a_sum_is_exact_in_every_order(values: list[Decimal], chance: object) -> None:
    shuffled = list(values)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    one = add_up(Definition(), dict(enumerate(values))).value
    other = add_up(Definition(), dict(enumerate(shuffled))).value
    assert one == other
    assert one is not None
    assert int(one * 10**6) == sum(int(value * 10**6) for value in values)


@given(UNITS, UNITS)
def test_the_total_of_parts_of_a_province_is_that_of_the_whole(
    first: dict[int, Decimal | None], second: dict[int, Decimal | None]
) -> None:
    second = {key + 1000: value for key, value in second.items()}
    whole, left, right = (add_up(Definition(), part) for part in ({**first, **second}, first, second))
    given_values = [part.value for part in (left, right) if part.value is not None]
    assert whole.value == (sum(given_values, Decimal(0)) if given_values else None)
    assert whole.missing == left.missing + right.missing


@given(UNITS, st.sampled_from(["sum", "average", "max"]))
def test_who_did_not_answer_changes_no_figure(values: dict[int, Decimal | None], rule: str) -> None:
    answered = {key: value for key, value in values.items() if value is not None}
    definition = Definition(over_units=rule)
    assert add_up(definition, values).value == add_up(definition, answered).value


@given(st.lists(st.tuples(st.integers(0, 10**9), st.integers(1, 10**9)), min_size=1, max_size=30))
def test_a_share_of_parts_lies_between_the_smallest_and_the_largest(pairs: list[tuple[int, int]]) -> None:
    done = Column(Definition(), {key: Decimal(a) for key, (a, _b) in enumerate(pairs)})
    asked = Column(Definition(), {key: Decimal(b) for key, (_a, b) in enumerate(pairs)})
    value = ratio_of_units(PER_HEAD, done, asked).value
    shares = [Fraction(a, b) for a, b in pairs]
    assert value is not None
    assert min(shares) - Fraction(1, 10**40) <= Fraction(value) <= max(shares) + Fraction(1, 10**40)
