"""Tables that lost their cells: heads and rows found again among the paragraphs."""

from __future__ import annotations

import pytest

from nhipcau.core.planreader.blocks import Block, lay_out
from nhipcau.core.planreader.flat_tables import FIRST_NUMBER, fitted, heads_at, restore_cells
from nhipcau.core.planreader.rows import Row

HEADS = ["STT", "Nội dung", "Cơ quan chủ trì", "Cơ quan phối hợp", "Thời gian"]
ROWS = [
    ["1", "Rà soát danh mục", "Sở Nội vụ", "Các sở, ngành", "Quý II/2027"],
    ["2", "Mở lớp ở xã", "Sở Y tế", "UBND các xã", "Tháng 9 năm 2027"],
]


def blocks(*texts: str, zone: str = "body") -> list[Block]:
    return lay_out([Block(zone, t, [(0, 1, 1)], Row(t, 1, 1, 0)) for t in texts]).blocks


def cells(*texts: str):
    page = lay_out([Block("body", t, [(0, 1, 1)], Row(t, 1, 1, 0)) for t in texts])
    restore_cells(page)
    return [b.cell and (b.cell.table - FIRST_NUMBER, b.cell.row, b.cell.column) for b in page.blocks]


@pytest.mark.parametrize(
    ("texts", "kinds"),
    [
        (HEADS, ["order", "content", "lead", "partner", "time"]),
        (["TT", "Nhiệm vụ", "Thời gian hoàn thành", "1"], ["order", "content", "time"]),
        (["Nội dung", "Cơ quan chủ trì", "Thời gian"], []),
        (["STT", "Nội dung", "Ghi chú"], []),
        (["STT", "Nội dung"], []),
        (["STT", "Mở lớp ở xã", "Thời gian"], []),
    ],
)
def test_heads_need_an_order_a_content_and_who_or_when(texts, kinds):
    assert heads_at(blocks(*texts), 0) == kinds


def test_whole_rows_get_their_columns():
    found = cells("Mở đầu.", *HEADS, *ROWS[0], *ROWS[1], "PHỤ LỤC II")
    assert found[0] is None
    assert found[1:6] == [(0, 0, c) for c in range(5)]
    assert found[6:11] == [(0, 1, c) for c in range(5)]
    assert found[11:16] == [(0, 2, c) for c in range(5)]
    assert found[-1] is None


def test_two_tables_are_two():
    found = cells(*HEADS, *ROWS[0], *HEADS, *ROWS[1])
    assert {place[0] for place in found if place} == {0, 1}


@pytest.mark.parametrize(
    ("row", "columns"),
    [
        (["1", "Rà soát danh mục", "Sở Nội vụ", "Quý II/2027"], [0, 1, 2, 4]),
        (["1", "Rà soát danh mục", "2027-2030"], [0, 1, 4]),
        (["1", "Rà soát danh mục", "Lập sổ theo dõi", "Sở Nội vụ"], [0, 1, 1, 2]),
        (["1", "Rà soát", "Sở Nội vụ", "Sở Y tế", "Sở Tư pháp"], [0, 1, 2, 3, 1]),
        (["1", "Rà soát", "trước ngày 15/9/2027"], [0, 1, 4]),
    ],
)
def test_a_row_with_too_few_or_many_paragraphs_is_told_by_what_they_look_like(row, columns):
    kinds = ["order", "content", "lead", "partner", "time"]
    assert fitted(blocks(*row), kinds) == columns


def test_a_product_column_takes_what_is_neither_a_body_nor_a_time():
    kinds = ["order", "content", "lead", "product"]
    assert fitted(blocks("1", "Rà soát", "Báo cáo kết quả", "Sở Y tế", "Danh mục"), kinds)[2:] == [3, 2, 3]


def test_text_without_a_table_is_left_alone():
    assert cells("I. NHIỆM VỤ", "1. Mở lớp.", "STT", "2. Mời thầy.") == [None] * 4
