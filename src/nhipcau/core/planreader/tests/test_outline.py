"""The outline: which label hangs under which, and what is a heading."""

from __future__ import annotations

import pytest

from nhipcau.core.planreader.blocks import Block, lay_out
from nhipcau.core.planreader.outline import Node, heading_end, outline_of, sections_of
from nhipcau.core.planreader.rows import Row


def outline(*texts: str) -> Node:
    return outline_of(lay_out([Block("body", t, [(0, 1, 1)], Row(t, 1, 1, 0)) for t in texts]))


def paths(*texts: str) -> list[str]:
    return [n.path() for n in outline(*texts).walk() if n.block is not None]


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (["I. NHIỆM VỤ", "1. Mở lớp.", "2. Trồng cây.", "II. KINH PHÍ"], ["I", "I.1", "I.2", "II"]),
        (["1. Sở Y tế", "a) Mở lớp.", "b) Trồng cây.", "2. Sở Nội vụ"], ["1", "1.a", "1.b", "2"]),
        (["1. Mở lớp", "1.1. Lớp ngày.", "1.1.1. Buổi sáng.", "1.2. Lớp đêm."], ["1", "1.1", "1.1.1", "1.2"]),
        (["II. NHIỆM VỤ", "2. Mở lớp", "2.1. Lớp ngày."], ["II", "II.2", "II.2.1"]),
        (["c) Mở lớp.", "d) Trồng cây.", "đ) Sửa cầu.", "e) Làm đường."], ["c", "d", "đ", "e"]),
        (["c) Mở lớp.", "d) Trồng cây.", "e) Sửa cầu."], ["c", "d", "e"]),
        (["Điều 1. Mở lớp", "1. Lớp ngày.", "Điều 2. Hiệu lực"], ["1", "1.1", "2"]),
        (["Phần thứ nhất: NHIỆM VỤ", "I. MỞ LỚP", "Phần thứ hai: KINH PHÍ"], ["1", "1.I", "2"]),
        (["A. MỞ LỚP", "I. LỚP NGÀY", "1. Buổi sáng.", "B. KINH PHÍ"], ["A", "A.I", "A.I.1", "B"]),
        (["I. NHIỆM VỤ", "- Mở lớp.", "+ Lớp ngày.", "- Trồng cây."], ["I", "I", "I", "I"]),
        (["I. NHIỆM VỤ", "Mở lớp ngay trong năm."], ["I", "I"]),
    ],
)
def test_labels_hang_where_their_row_goes_on(texts, expected):
    assert paths(*texts) == expected


def test_a_row_may_start_anew_inside_an_item_that_ends_with_a_colon():
    texts = ["1. Lớp ngày.", "2. Lớp đêm:", "a) Gồm các buổi:", "1. Buổi tối.", "2. Buổi khuya."]
    assert paths(*texts) == ["1", "2", "2.a", "2.a.1", "2.a.2"]


def test_a_number_too_large_for_a_label_is_no_label():
    root = outline("1. Mở lớp từ năm", "77. Trong năm ấy trồng cây.")
    assert [n.label is not None for n in root.walk() if n.block] == [True, False]


def test_other_zones_and_table_cells_are_not_in_the_outline():
    blocks = [
        Block(zone, "1. Mở lớp.", [(0, 1, 1)], Row("1. Mở lớp.", 1, 1, 0))
        for zone in ("recipients", "annex", "note")
    ]
    assert outline_of(lay_out(blocks)).children == []


def headings(*texts: str) -> list[str]:
    return [s["heading"] for s in sections_of(outline(*texts))]


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (["I. NHIỆM VỤ", "1. Mở lớp."], ["NHIỆM VỤ"]),
        (["1. Sở Ngoại vụ", "a) Mở lớp."], ["Sở Ngoại vụ"]),
        (["1. Sở Ngoại vụ:", "a) Mở lớp."], ["Sở Ngoại vụ"]),
        (["1. Sở Ngoại vụ.", "- Mở lớp."], ["Sở Ngoại vụ"]),
        (["1. Sở Ngoại vụ: Mở lớp tiếng Lào."], ["Sở Ngoại vụ"]),
        (["1. Chế độ báo cáo: Các sở báo cáo kết quả."], ["Chế độ báo cáo"]),
        (["1. Đề nghị Hội Người cao tuổi: Vận động hội viên."], ["Đề nghị Hội Người cao tuổi"]),
        (["1. Việc cần làm, cụ thể:", "a) Mở lớp."], ["Việc cần làm"]),
    ],
)
def test_headings_are_told_from_items(texts, expected):
    assert headings(*texts) == expected


@pytest.mark.parametrize(
    "texts",
    [
        ["1. Mở lớp tiếng Lào cho người dân."],
        ["1. Mở lớp tiếng Lào;", "2. Trồng cây."],
        ["1. Mở các lớp sau: lớp ngày, lớp đêm."],
        ["1. Tổ chức các lớp: Lớp ngày, lớp đêm."],
        ["- NHIỆM VỤ", "Mở lớp."],
        ["1. Mở lớp tiếng Lào. Trồng cây ven sông.", "- Lớp ngày."],
        ["1. Trồng cây ven sông.", "Chủ trì: Sở Y tế."],
    ],
)
def test_items_are_no_headings(texts):
    assert headings(*texts) == []


def test_a_single_sentence_is_a_heading_when_most_of_its_neighbours_are():
    texts = [
        "1. Lớp ngày",
        "- Buổi sáng.",
        "2. Lớp đêm",
        "- Buổi tối.",
        "3. Mở lớp dành cho những người đã đi làm ở các xã ven sông và các xã vùng cao trong ba năm.",
        "- Buổi trưa.",
    ]
    assert len(headings(*texts)) == 3
    assert len(headings(*texts[:2], *texts[4:])) == 1


def test_a_heading_that_shares_its_block_ends_at_the_colon():
    node = outline("1. Sở Ngoại vụ: Mở lớp tiếng Lào.").children[0]
    assert node.block is not None
    assert node.block.text[: heading_end(node)] == "1. Sở Ngoại vụ"


def test_a_section_quotes_its_words():
    page = lay_out([Block("body", t, [(0, 1, 1)], Row(t, 1, 1, 0)) for t in ("I. NHIỆM VỤ", "1. Mở lớp.")])
    (section,) = sections_of(outline_of(page))
    assert (section["path"], page.text[slice(*section["span"])]) == ("I", "NHIỆM VỤ")
