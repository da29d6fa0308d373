from __future__ import annotations

from nhipcau.apps.reporting.section_labels import labels


def test_a_deeper_count_begins_anew() -> None:
    assert labels([1, 2, 2, 3, 3, 1, 2]) == ["I.", "1.", "2.", "a)", "b)", "II.", "1."]


def test_letters_are_those_of_officials() -> None:
    assert labels([3] * 6) == ["a)", "b)", "c)", "d)", "đ)", "e)"]
    assert labels([3] * 24)[-2:] == ["y)", "aa)"]


def test_numbers_are_roman_at_the_top() -> None:
    assert labels([1] * 44)[3::10] == ["IV.", "XIV.", "XXIV.", "XXXIV.", "XLIV."]
