"""Dimensions, their categories, and whether parts fit their total."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from nhipcau.apps.access.actors import System
from nhipcau.apps.indicators.figures import written
from nhipcau.apps.indicators.splits import REMAINDER, check, dimension, dimensions, remainder
from nhipcau.apps.reference import shipped
from nhipcau.core.workdays import Window

SEX = dimension("sex")
GROUP = dimension("group")
assert SEX is not None
assert GROUP is not None
ALL_SEXES = ("male", "female", REMAINDER)


def faults(found: object, total: int | None, **parts: int | None) -> list[str]:
    given_parts = {code: None if value is None else Decimal(value) for code, value in parts.items()}
    known = [category.code for category in found.categories(None)]  # type: ignore[attr-defined]
    whole = None if total is None else Decimal(total)
    return [fault.code for fault in check(found, whole, given_parts, known=known)]  # type: ignore[arg-type]


def test_parts_that_make_the_total_fit() -> None:
    assert faults(SEX, 10, male=4, female=5, unknown=1) == []


def test_parts_left_blank_are_not_zero() -> None:
    assert faults(SEX, 10, male=4, female=None) == []
    assert faults(SEX, 10, male=4, female=5, unknown=0) == ["sum-under-total"]


def test_more_than_the_total_is_refused() -> None:
    assert faults(SEX, 10, male=6, female=5) == ["sum-over-total"]
    assert faults(SEX, 10, male=11) == ["part-over-total"]


def test_one_person_can_be_in_several_groups() -> None:
    assert faults(GROUP, 10, worker=8, married=7, student=10) == []
    assert faults(GROUP, 10, worker=11) == ["part-over-total"]


def test_odd_parts_are_named() -> None:
    assert faults(SEX, 10, male=-1) == ["negative"]
    assert faults(SEX, 10, other=1) == ["unknown-category"]
    assert faults(SEX, None, male=1) == []


def test_the_fault_says_what_to_do() -> None:
    with translation.override("vi"):
        (fault,) = check(SEX, Decimal(26362), {"male": Decimal(30000)}, known=ALL_SEXES)
    assert "30.000" in fault.words
    assert "26.362" in fault.words


@given(st.lists(st.integers(0, 10**9), min_size=2, max_size=2), st.integers(0, 10**9))
def test_the_remainder_makes_the_parts_fit(values: list[int], more: int) -> None:
    parts = dict(zip(("male", "female"), map(Decimal, values), strict=True))
    total = sum(parts.values(), Decimal(more))
    rest = remainder(total, parts)
    assert rest == more
    assert check(SEX, total, {**parts, REMAINDER: rest}, known=ALL_SEXES) == []


@pytest.mark.django_db
def test_every_dimension_says_what_is_not_known_but_the_year() -> None:
    shipped.load(actor=System("test"))
    window = Window(date(2026, 12, 15), date(2027, 12, 14))
    for found in dimensions():
        codes = [category.code for category in found.categories(window)]
        assert len(codes) == len(set(codes))
        assert (codes[-1] == REMAINDER) == (found.code != "year")
        for category in found.categories(window):
            assert category.vi
            assert category.en
    country, year = dimension("country"), dimension("year")
    assert country is not None
    assert year is not None
    assert len(country.categories(None)) == 250
    assert [category.code for category in year.categories(window)] == ["2026", "2027"]


def test_the_historical_label_is_no_name_of_a_group() -> None:
    for category in GROUP.categories(None):
        assert "Việt kiều" not in category.vi
    assert "Việt kiều" in {category.formerly for category in GROUP.categories(None)}


def test_names_follow_the_language() -> None:
    with translation.override("vi"):
        assert SEX.label == "Theo giới tính"
        assert SEX.categories(None)[1].label == "Nữ"
    with translation.override("en"):
        assert SEX.categories(None)[1].label == "Female"


@pytest.mark.parametrize(
    ("value", "shown"),
    [("26362.000000", "26.362"), ("12.500000", "12,5"), ("0", "0"), ("1E+3", "1.000"), ("100", "100")],
)
def test_a_figure_is_written_as_it_was_typed(value: str, shown: str) -> None:
    with translation.override("vi"):
        assert written(Decimal(value)) == shown
