"""What people type: numbers, words, days."""

from __future__ import annotations

from datetime import date

import pytest
from django import forms

from nhipcau.apps.webkit.addresses import clean, whole
from nhipcau.apps.webkit.days import DayField


@pytest.mark.parametrize(("value", "number"), [("0", 0), ("42", 42), ("007", 7), ("9" * 18, 10**18 - 1)])
def test_digits_are_a_number(value: str, number: int) -> None:
    assert whole(value) == number


@pytest.mark.parametrize("value", ["", "-1", "+1", "1.5", " 1", "²", "٣", "१", "1_000", "1\x00", "9" * 19])
def test_everything_else_is_none(value: str) -> None:
    assert whole(value) is None


def test_a_place_may_allow_fewer_digits() -> None:
    assert (whole("99999", digits=5), whole("100000", digits=5)) == (99999, None)


def test_words_are_cleaned_of_what_no_database_takes_and_have_an_end() -> None:
    assert clean(" kế\x00 hoạch ") == "kế hoạch"
    assert clean("x" * 5000, 60) == "x" * 60


@pytest.mark.parametrize("value", ["1/1/1900", "31/12/2200", "2026-07-01", "1-7-2026", "1.7.2026"])
def test_a_day_is_read_as_officials_write_it(value: str) -> None:
    assert isinstance(DayField().clean(value), date)


@pytest.mark.parametrize(
    "value", ["31/12/9999", "1/1/0207", "31/12/1899", "1/1/2201", "30/2/2026", "²/7/2026"]
)
def test_a_day_that_nobody_meant_is_refused(value: str) -> None:
    with pytest.raises(forms.ValidationError):
        DayField().clean(value)
