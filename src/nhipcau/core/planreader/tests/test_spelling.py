"""A name that a document spells otherwise, or cuts."""

from __future__ import annotations

import pytest

from nhipcau.core.planreader.spelling import Spelling

TEXT = """Sở Tư pháp mở lớp. Sở Tư pháp rà soát văn bản du lịch. Phối hợp với Sở Tư pháp.
Hội Người cao tuổi vận động. Hội Người cao tuổi báo cáo. Văn hóa, Thể thao và Du lịch.
Công an tỉnh. Công an tỉnh kiểm tra."""


@pytest.mark.parametrize(
    ("name", "strange"),
    [
        ("Sở Tư pháp", False),
        ("Văn hóa, Thể thao và Du lich", True),
        ("Sở Tư phảp", True),
        ("Sở Tu phap tinh", True),
        ("Sở Ngọai vuu", True),
        ("Sở Chăm chỉ", True),
        ("Sở, ban, ngành", False),
        ("Sở ngành liên quan", False),
        ("UBND tỉnh", False),
        ("VNPT", False),
        ("Uỷ ban Mặt trận", False),
    ],
)
def test_a_name_is_strange_when_the_document_or_the_language_spells_it_otherwise(name, strange):
    assert Spelling(TEXT).strange(name) is strange


@pytest.mark.parametrize(
    ("name", "cut"),
    [
        ("Hội Người", True),
        ("Hội Người cao tuổi", False),
        ("Công an tỉnh", False),
        ("Sở Khoa học và", True),
        ("Sở Tư", True),
        ("Đài Truyền hình", False),
        ("", False),
    ],
)
def test_a_name_is_cut_when_it_goes_on_wherever_else_it_stands(name, cut):
    assert Spelling(TEXT).goes_on(name) is cut


def test_no_name_goes_on_over_the_end_of_a_line_or_to_what_is_done():
    text = "Sở Y tế\nHướng dẫn khám. Sở Y tế\nHướng dẫn tiêm."
    assert not Spelling(text).goes_on("Sở Y tế")
    assert not Spelling("Ban Dân vận tổ chức lớp. Ban Dân vận tổ chức thi.").goes_on("Ban Dân vận")


def test_abbreviations_and_the_older_place_of_a_mark_are_not_strange():
    text = "Các cơ sở NTTS. Tỉnh uỷ giao. Tỉnh uỷ họp. Ban Dân vận Tỉnh ủy."
    assert not Spelling(text).strange("Các cơ sở NTTS")
    assert not Spelling(text).strange("Ban Dân vận Tỉnh ủy")
    assert Spelling(text).strange("Các cơ sở Nttsx")
