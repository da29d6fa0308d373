"""Spreadsheet cells: text stays text."""

import pytest

from nhipcau.core.filegate.cells import csv_text, sheet_text


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", "\0", "＝", "＋", "－", "＠"])
@pytest.mark.parametrize("before", ["", " ", '"', "'", "\ufeff", "\u200b", "  “"])
def test_what_looks_like_a_formula_gets_an_apostrophe(start: str, before: str) -> None:
    assert csv_text(f"{before}{start}1+1").startswith("'")


@pytest.mark.parametrize("text", ["Sở Ngoại vụ", "1. Chủ trì", "", "a=b", "(1)"])
def test_plain_text_stays_as_it_is(text: str) -> None:
    assert csv_text(text) == text


def test_nothing_is_an_empty_cell() -> None:
    assert csv_text(None) == sheet_text(None) == ""


def test_control_characters_and_surrogates_are_left_out_of_a_workbook() -> None:
    assert sheet_text("a\0\x07b\ud800c") == "abc"


def test_a_text_longer_than_a_cell_may_be_is_cut_with_a_mark() -> None:
    assert len(sheet_text("a" * 40_000)) == 32_000
    assert sheet_text("a" * 40_000).endswith("…")
