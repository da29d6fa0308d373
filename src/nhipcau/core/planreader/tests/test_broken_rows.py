"""Breaks in the rows of the outline, behind which a heading may be lost."""

from __future__ import annotations

import pytest

from nhipcau.core.planreader.broken_rows import breaks_of
from nhipcau.core.planreader.schema import BlockView


def breaks(*lines: tuple[int, str]) -> dict[str, set[int]]:
    text, blocks = "", []
    for level, words in lines:
        blocks.append(BlockView(span=[len(text), len(text) + len(words)], kind="item", level=level))
        text += words + "\n"
    return breaks_of(text, blocks).marked


def test_whole_rows_are_not_broken():
    assert (
        breaks((1, "I. VIỆC"), (2, "1. Một."), (3, "a) A."), (3, "b) B."), (2, "2. Hai."), (1, "II. XONG"))
        == {}
    )


@pytest.mark.parametrize(
    ("lines", "marked"),
    [
        ([(1, "1. Một."), (2, "- A."), (1, "3. Ba.")], {"number-left-out": {0, 1}}),
        ([(1, "a) A."), (1, "c) C.")], {}),
        ([(1, "d) D."), (1, "e) E.")], {}),
        ([(1, "a) A."), (1, "e) E.")], {"number-left-out": {0}}),
        (
            [(1, "I. A"), (2, "a) A."), (2, "b) B."), (2, "a) C."), (2, "b) D."), (1, "II. B")],
            {"row-anew": {3, 4}},
        ),
        ([(1, "1. A."), (1, "a) B."), (2, "- C.")], {"other-labels": {1, 2}}),
        ([(1, "1. A."), (1, "Sở Y tế"), (1, "- B."), (1, "2. C.")], {"line-between": {2}}),
        ([(1, "1. A."), (1, "- B; mở lớp. Sở Y tế"), (1, "- C."), (1, "2. D.")], {"line-swallowed": {2}}),
        ([(1, "1. A."), (1, "Mở lớp ở xã."), (1, "2. C.")], {}),
        ([(0, "KẾ HOẠCH"), (1, "1. A."), (0, "Nơi nhận:"), (1, "2. B.")], {}),
    ],
)
def test_what_stands_behind_a_break_is_marked_until_the_row_goes_on(lines, marked):
    assert breaks(*lines) == marked


def test_a_block_is_told_what_is_broken_above_it():
    found = breaks_of("", [])
    found.add("row-anew", 3, 5)
    assert (found.signs(4), found.signs(5)) == ({"row-anew"}, set())
