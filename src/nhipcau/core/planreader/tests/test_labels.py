"""Labels in front of items, and what may follow what."""
# ruff: noqa: E501 - one case a line

from __future__ import annotations

import pytest

from nhipcau.core.planreader.labels import follows, label_at, ordinal, roman_value


@pytest.mark.parametrize(
    ("text", "style", "bare", "words"),
    [
        ("I. Mở lớp", "roman", "I", "Mở lớp"),
        ("XIV. Mở lớp", "roman", "XIV", "Mở lớp"),
        ("II - Mở lớp", "roman", "II", "Mở lớp"),
        ("1. Mở lớp", "arabic", "1", "Mở lớp"),
        ("12) Mở lớp", "arabic", "12", "Mở lớp"),
        ("1.Mở lớp", "arabic", "1", "Mở lớp"),
        ("1/ Mở lớp", "arabic", "1", "Mở lớp"),
        ("2.1. Mở lớp", "decimal", "2.1", "Mở lớp"),
        ("2.1 Mở lớp", "decimal", "2.1", "Mở lớp"),
        ("2.1.3. Mở lớp", "decimal", "2.1.3", "Mở lớp"),
        ("a) Mở lớp", "letter", "a", "Mở lớp"),
        ("đ. Mở lớp", "letter", "đ", "Mở lớp"),
        ("(1) Mở lớp", "bracket", "1", "Mở lớp"),
        ("(đ) Mở lớp", "bracket", "đ", "Mở lớp"),
        ("B. MỞ LỚP", "upper", "B", "MỞ LỚP"),
        ("Điều 7. Mở lớp", "article", "Điều 7", "Mở lớp"),
        ("Phần thứ hai: Mở lớp", "part", "Phần thứ hai", "Mở lớp"),
        ("Chương II", "part", "Chương II", ""),
        ("- Mở lớp", "dash", "-", "Mở lớp"),
        ("–Mở lớp", "dash", "–", "Mở lớp"),
        ("* Mở lớp", "dash", "*", "Mở lớp"),
        ("+ Mở lớp", "plus", "+", "Mở lớp"),
    ],
)
def test_a_label_is_known_by_its_shape(text, style, bare, words):
    label = label_at(text)
    assert label is not None
    assert (label.style, label.bare, text[label.end :]) == (style, bare, words)
    assert label.bullet == (style in ("dash", "plus"))


@pytest.mark.parametrize(
    "text",
    [
        "Mở lớp", "2031 là năm mở lớp", "1.500 học viên", "2,5 triệu đồng", "07/9/2031", "15/11 hằng năm",
        "Điều kiện mở lớp", "Điều 7 của quy chế", "Phần lớn học viên", "Mục tiêu", "học viên) mở lớp", "(UBND) mở lớp",
        "*", "-", "I", "",
    ],
)  # fmt: skip
def test_words_and_numbers_of_a_sentence_are_no_labels(text):
    assert label_at(text) is None


@pytest.mark.parametrize(("bare", "value"), [("I", 1), ("IV", 4), ("IX", 9), ("XIV", 14), ("XXIX", 29)])
def test_roman_numerals_are_counted(bare, value):
    assert roman_value(bare) == value


@pytest.mark.parametrize(
    ("text", "place"),
    [("III. x", 3), ("7. x", 7), ("2.4. x", 4), ("đ) x", 5), ("e) x", 6), ("(3) x", 3), ("(b) x", 2), ("C. x", 3),
     ("Điều 9. x", 9), ("- x", 0)],
)  # fmt: skip
def test_a_label_has_its_place_in_its_row(text, place):
    label = label_at(text)
    assert label is not None
    assert ordinal(label) == place


@pytest.mark.parametrize(
    ("here", "before", "expected"),
    [
        ("2. x", "1. x", True),
        ("3. x", "1. x", True),
        ("4. x", "1. x", False),
        ("1. x", "7. x", True),
        ("2. x", "2. x", False),
        ("2. x", "3. x", False),
        ("e) x", "d) x", True),
        ("g) x", "e) x", True),
        ("- x", "7. x", True),
        ("1. x", None, True),
        ("2. x", None, True),
        ("3. x", None, False),
    ],
)
def test_a_row_goes_on_by_one_or_with_one_left_out_or_starts_anew(here, before, expected):
    label = label_at(here)
    assert label is not None
    assert follows(label, label_at(before) if before else None) is expected
