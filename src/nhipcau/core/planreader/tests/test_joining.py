"""Which rows belong to one paragraph."""
# ruff: noqa: E501 - one case a line

from __future__ import annotations

import pytest

from nhipcau.core.planreader.joining import dangles, first_verb, glue, is_caps, joins, lone_label, unclosed
from nhipcau.core.planreader.layout import Layout, ends_open, is_full, line_width, starts_low
from nhipcau.core.planreader.rows import Row

NARROW = Layout(width=30, gaps=True, ragged=False, ems=14)


def row(text: str, gap: int = 0, kind="line") -> Row:
    return Row(text, 1, 1, gap, kind=kind)


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("Mở lớp tiếng Lào cho người", "dân xã Tân Lập.", True),
        ("Mở lớp tiếng Lào do Sở", "Y tế rà soát.", True),
        ("Mở lớp tiếng Lào theo đề án “Lớp", "Học” của xã.", True),
        ("1.", "Mở lớp.", True),
        ("Mở lớp.", "Trồng cây.", False),
        ("Mở lớp tiếng Lào:", "Trồng cây.", False),
        ("Mở lớp tiếng Lào cho dân xã.", "Trồng cây.", True),
        ("Mở lớp tiếng Lào cho người", "2. Trồng cây.", False),
        ("NHIỆM VỤ", "Mở lớp.", False),
    ],
)
def test_a_row_goes_on_where_the_one_before_was_open_or_full(before, after, expected):
    assert joins(row(before), row(after), NARROW) is expected


def test_a_blank_line_parts_sentences():
    before = "Mở lớp tiếng Lào cho dân xã."
    assert joins(row(before), row("Trồng cây."), NARROW)
    assert not joins(row(before), row("Trồng cây.", gap=1), NARROW)


def test_whole_paragraphs_go_on_only_where_a_long_sentence_was_cut():
    long = "Mở lớp tiếng Lào cho người dân các xã ven sông và các xã vùng cao của"
    assert joins(row(long, kind="paragraph"), row("tỉnh trong năm.", kind="paragraph"), NARROW)
    assert not joins(row("Mở lớp cho", kind="paragraph"), row("dân.", kind="paragraph"), NARROW)
    assert not joins(row(long, kind="paragraph"), row("Tỉnh trong năm.", kind="paragraph"), NARROW)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("mở lớp của", True), ("trước ngày", True), ("Quyết định số", True), ("do Sở", True), ("ngày 07 tháng", True),
        ("mở lớp", False), ("của lớp", False), ("nội dung", False), ("hợp đồng số lớn", False),
    ],
)  # fmt: skip
def test_a_row_that_ends_in_a_linking_word_waits_for_another(text, expected):
    assert dangles(row(text)) is expected


@pytest.mark.parametrize(
    ("before", "after", "between"),
    [
        ("777-", "NQ/TW", ""),
        ("777", "/KH-UBND", ""),
        ("mở", "lớp", " "),
        ("mở -", "lớp", " "),
        ("777/", "KH", ""),
    ],
)
def test_nothing_stands_inside_a_number_that_a_line_end_cut(before, after, between):
    assert glue(before, after) == between


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("NHIỆM VỤ", True),
        ("I. NHIỆM VỤ", True),
        ("Nhiệm vụ", False),
        ("A", False),
        ("777", False),
        ("", False),
    ],
)
def test_capitals(text, expected):
    assert is_caps(text) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("rà soát danh mục", True),
        (" xây dựng", True),
        ("gắnkết", False),
        ("lớp học rà soát", False),
        ("", False),
    ],
)
def test_a_task_opens_with_a_verb(text, expected):
    assert first_verb(text) is expected


def test_small_marks_of_rows():
    assert lone_label("a)")
    assert not lone_label("a) Mở lớp")
    assert unclosed("đề án “Mở lớp")
    assert not unclosed("đề án “Mở lớp”")
    assert ends_open("mở lớp,")
    assert not ends_open("“mở lớp.”")
    assert starts_low("dân xã")
    assert starts_low("; dân xã")
    assert not starts_low("Dân xã")


def test_a_full_line_has_no_place_for_the_next_word():
    layout = Layout(width=20, gaps=False, ragged=False)
    assert is_full(row("mở lớp tiếng Lào"), row("người"), layout)
    assert not is_full(row("mở lớp"), row("người"), layout)
    assert line_width([10] * 9 + [99]) == 99
    assert line_width([10] * 99 + [99]) == 10
