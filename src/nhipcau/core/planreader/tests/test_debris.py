"""What is no line of the text: page numbers, rules, stamps, running heads."""

from __future__ import annotations

import pytest

from nhipcau.core.planreader.debris import (
    drop_debris,
    is_address,
    is_footnote,
    is_page_number,
    is_rule,
    is_stamp,
)
from nhipcau.core.planreader.rows import Row


def row(text: str) -> Row:
    return Row(text, 1, 1, 0)


@pytest.mark.parametrize(
    ("test", "text", "expected"),
    [
        (is_page_number, "12", True),
        (is_page_number, "- 12 -", True),
        (is_page_number, "2031", False),
        (is_page_number, "12.", False),
        (is_page_number, "12 lớp", False),
        (is_rule, "________", True),
        (is_rule, "-----", True),
        (is_rule, "***", True),
        (is_rule, "- Mở lớp", False),
        (is_address, "https://lophoc.invalid/kh", True),
        (is_address, "Mở lớp trên https://lophoc.invalid/kh", False),
        (is_footnote, "Mở lớp tiếng Lào.", False),
        (is_stamp, "Mở lớp tiếng Lào.", False),
    ],
)
def test_debris_is_known_by_its_shape(test, text, expected):
    assert test(row(text)) is expected


def test_dropped_rows_are_counted_and_leave_the_next_row_torn():
    rows, gone = drop_debris([row("Mở lớp tiếng Lào cho"), row("12"), row("người dân."), row("_______")])
    assert [r.text for r in rows] == ["Mở lớp tiếng Lào cho", "người dân."]
    assert rows[1].torn
    assert sum(gone.values()) == 2
