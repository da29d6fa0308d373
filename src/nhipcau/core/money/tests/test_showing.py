from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nhipcau.core.money import MOST, UNITS, add_up, in_unit, read_amount, spoken, understood, unit_named

DONG, TRIEU, TY = UNITS


@pytest.mark.parametrize(
    ("amount", "dong", "trieu", "ty"),
    [
        (None, "…", "…", "…"),
        (0, "-", "-", "-"),
        (1_500_000, "1.500.000", "1,5", "0,00"),
        (1_250_000_000, "1.250.000.000", "1.250,0", "1,25"),
        (49_999, "49.999", "0,0", "0,00"),
        (50_000, "50.000", "0,1", "0,00"),
        (1_005_000_000, "1.005.000.000", "1.005,0", "1,01"),
    ],
)
def test_none_zero_and_almost_nothing_are_told_apart(
    amount: int | None, dong: str, trieu: str, ty: str
) -> None:
    assert (in_unit(amount, DONG), in_unit(amount, TRIEU), in_unit(amount, TY)) == (dong, trieu, ty)


@given(st.integers(min_value=1, max_value=MOST), st.sampled_from(UNITS))
def test_what_is_shown_is_at_most_half_a_step_away(amount: int, unit: object) -> None:
    assert unit in UNITS
    chosen = next(each for each in UNITS if each == unit)
    shown = Decimal(in_unit(amount, chosen).replace(".", "").replace(",", "."))
    step = Decimal(1).scaleb(-chosen.digits) * chosen.dong
    assert abs(shown * chosen.dong - amount) <= step / 2


def test_an_unknown_unit_is_millions() -> None:
    assert unit_named("ty") == TY
    assert unit_named("²") == TRIEU


def test_a_sum_says_of_how_many_it_is() -> None:
    found = add_up([1, None, 0, 4])
    assert (found.amount, found.known, found.total, found.whole) == (5, 3, 4, False)
    assert add_up([None, None]).amount is None
    assert add_up([]).amount is None
    assert add_up([0]).amount == 0


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        (0, "0 đồng"),
        (1_500_000, "1.500.000 đồng (1,5 triệu)"),
        (2_000_000_000, "2.000.000.000 đồng (2 tỷ)"),
        (1_234_567, "1.234.567 đồng"),
        (1_200_000_000_000, "1.200.000.000.000 đồng (1.200 tỷ)"),
    ],
)
def test_what_was_understood_is_said_back(amount: int, words: str) -> None:
    assert understood(amount) == words


@given(st.integers(min_value=0, max_value=MOST))
def test_what_is_said_back_is_read_as_the_same(amount: int) -> None:
    whole, _, short = understood(amount).partition(" (")
    assert read_amount(whole) == amount
    assert not short or read_amount(short.rstrip(")")) == amount


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        (0, "không đồng"),
        (5, "năm đồng"),
        (10, "mười đồng"),
        (15, "mười lăm đồng"),
        (21, "hai mươi mốt đồng"),
        (101, "một trăm linh một đồng"),
        (1_005, "một nghìn không trăm linh năm đồng"),
        (1_500_000, "một triệu năm trăm nghìn đồng"),
        (1_000_000_001, "một tỷ không trăm linh một đồng"),
        (2_015_000_000, "hai tỷ không trăm mười lăm triệu đồng"),
        (1_000_000_000_000, "một nghìn tỷ đồng"),
    ],
)
def test_an_amount_is_spelled_as_on_paper(amount: int, words: str) -> None:
    assert spoken(amount) == words
