"""Names of a letterhead as running text writes them."""

from __future__ import annotations

import pytest

from nhipcau.core.planreader.casing import from_capitals


@pytest.mark.parametrize(
    ("printed", "written"),
    [
        ("ỦY BAN NHÂN DÂN TỈNH HÒA VỌNG", "Ủy ban nhân dân tỉnh Hòa Vọng"),
        ("UỶ BAN NHÂN DÂN TỈNH HOÀ VỌNG", "Ủy ban nhân dân tỉnh Hòa Vọng"),
        ("HỘI ĐỒNG NHÂN DÂN THÀNH PHỐ LA GIANG", "Hội đồng nhân dân thành phố La Giang"),
        ("TỈNH ỦY HÒA VỌNG", "Tỉnh ủy Hòa Vọng"),
        ("BAN THƯỜNG VỤ TỈNH ỦY HÒA VỌNG", "Ban Thường vụ Tỉnh ủy Hòa Vọng"),
        ("ĐẢNG ỦY XÃ TÂN LẬP", "Đảng ủy xã Tân Lập"),
        ("VĂN PHÒNG", "Văn phòng"),
        ("BAN CHỈ ĐẠO TỈNH HÒA VỌNG", "Ban Chỉ đạo tỉnh Hòa Vọng"),
        ("ỦY BAN MẶT TRẬN TỔ QUỐC VIỆT NAM TỈNH HÒA VỌNG", "Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh Hòa Vọng"),
        ("ĐOÀN ĐẠI BIỂU QUỐC HỘI TỈNH HÒA VỌNG", "Đoàn đại biểu Quốc hội tỉnh Hòa Vọng"),
        ("SỞ NGOẠI VỤ", "Sở Ngoại vụ"),
        ("SỞ GIÁO DỤC VÀ ĐÀO TẠO", "Sở Giáo dục và Đào tạo"),
        ("SỞ VĂN HÓA, THỂ THAO VÀ DU LỊCH", "Sở Văn hóa, Thể thao và Du lịch"),
        ("THỦ TƯỚNG CHÍNH PHỦ", "Thủ tướng Chính phủ"),
        ("THỊ TRẤN SÔNG ĐÁY", "thị trấn Sông Đáy"),
        ("TỈNH ĐOÀN HÒA VỌNG", "Tỉnh đoàn Hòa Vọng"),
    ],
)
def test_capitals_become_the_letters_of_running_text(printed, written):
    assert from_capitals(printed) == written


@pytest.mark.parametrize("text", ["Sở Ngoại vụ", "UBND tỉnh Hòa Vọng", "văn phòng", ""])
def test_what_is_not_in_capitals_stays(text):
    assert from_capitals(text) == text
