from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nhipcau.core.money import MOST, UNITS, AmountError, in_unit, read_amount, read_quantity


@pytest.mark.parametrize(
    ("typed", "dong"),
    [
        ("1.500.000", 1_500_000),
        ("1500000", 1_500_000),
        ("1 500 000", 1_500_000),
        ("1,500,000", 1_500_000),
        ("1.500.000 đồng", 1_500_000),
        ("1.500.000đ", 1_500_000),
        ("1,5 triệu", 1_500_000),
        ("1.5 triệu", 1_500_000),
        ("1,5tr", 1_500_000),
        ("1,5 TRIỆU ĐỒNG", 1_500_000),
        ("2 tỷ", 2_000_000_000),
        ("2 tỉ", 2_000_000_000),
        ("2 ty", 2_000_000_000),
        ("2 tỷ 500 triệu", 2_500_000_000),
        ("2 tỷ 500 triệu đồng", 2_500_000_000),
        ("1.200 triệu", 1_200_000_000),
        ("1.234,5 triệu", 1_234_500_000),
        ("500 nghìn", 500_000),
        ("500 ngàn", 500_000),
        ("500k", 500_000),
        ("0", 0),
        ("-", 0),
        ("", None),
        ("  ", None),
        ("…", None),
        ("1,5 triê\u0323u", 1_500_000),
    ],
)
def test_an_amount_is_read_as_officials_write_it(typed: str, dong: int | None) -> None:
    assert read_amount(typed) == dong


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("1,500", "two-ways"),
        ("1,500 triệu", "two-ways"),
        ("1,5", "part-of-dong"),
        ("0,0000001 tỷ", None),
        ("0,0000000001 tỷ", "part-of-dong"),
        ("-5", "negative"),
        ("(5)", "negative"),
        ("500 triệu 2 tỷ", "order"),
        ("2 tỷ 3 tỷ", "order"),
        ("2 tỷ 500", "unreadable"),
        ("nhiều", "unreadable"),
        ("1.50.000", "unreadable"),
        ("1.500.00", "unreadable"),
        ("12 usd", "unreadable"),
        ("²", "unreadable"),
        ("١٢", "unreadable"),
        ("1e9", "unreadable"),
        ("=1+1", "unreadable"),
        ("9" * 20, "too-large"),
        ("9" * 5000, "too-large"),
    ],
)
def test_what_could_mean_two_things_or_nothing_is_refused(typed: str, code: str | None) -> None:
    if code is None:
        assert read_amount(typed) == 100
        return
    with pytest.raises(AmountError) as refused:
        read_amount(typed)
    assert refused.value.code == code


def test_a_refusal_names_both_readings() -> None:
    with pytest.raises(AmountError) as refused:
        read_amount("1,500 triệu")
    assert (refused.value.one, refused.value.other) == ("1.500 triệu", "1,5 triệu")
    assert read_amount(refused.value.one) == 1_500_000_000
    assert read_amount(refused.value.other) == 1_500_000


@given(st.integers(min_value=0, max_value=MOST))
def test_what_is_shown_in_dong_is_read_as_the_same_amount(amount: int) -> None:
    assert read_amount(in_unit(amount, UNITS[0])) == amount
    assert read_amount(f"{amount} đồng") == amount


@given(st.integers(min_value=0, max_value=10**6), st.integers(min_value=0, max_value=999))
def test_millions_with_a_fraction_keep_every_dong(whole: int, thousands: int) -> None:
    assert read_amount(f"{whole},{thousands:03d}0 triệu") == whole * 10**6 + thousands * 1000


@given(st.text(max_size=80))
def test_no_text_breaks_the_reading(text: str) -> None:
    try:
        found = read_amount(text)
    except AmountError:
        return
    assert found is None or 0 <= found <= MOST


@given(st.text(max_size=80))
def test_no_text_breaks_the_reading_of_a_quantity(text: str) -> None:
    try:
        found = read_quantity(text)
    except AmountError:
        return
    assert found is None or found >= 0


@pytest.mark.parametrize(
    ("typed", "count"), [("12", 12), ("1,5", Decimal("1.5")), ("1.200", 1200), ("0", 0), ("", None)]
)
def test_a_quantity_may_have_a_fraction(typed: str, count: Decimal | None) -> None:
    assert read_quantity(typed) == count
