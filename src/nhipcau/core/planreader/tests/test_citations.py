"""Cited documents."""
# ruff: noqa: E501 - documents stand as they are printed

from __future__ import annotations

from nhipcau.core.planreader.reading import read_text

TEXT = """Thực hiện Nghị quyết số 36-
NQ/TW ngày 26 tháng 3 năm 2004 của Bộ Chính trị; Quyết định 339-QĐ/TU ngày 21/3/2017 của Ban Thường vụ Tỉnh ủy;
Kế hoạch số 84 /KH-UBND ngày 13/6/2022 của UBND tỉnh; Công văn số 574/UBND-NC; Nghị định số 30/2020/NĐ-CP;
Luật số 41/2024/QH15; Kết luận số 33 của Bộ Chính trị; Quyết định số 411/QĐ-TTg của Thủ tướng Chính phủ ngày 31/3/2022;
Chỉ thị số 32-CT/TW, ngày 18/02/2019 của Ban Bí thư.

I. NHIỆM VỤ
1. Thực hiện Nghị quyết 36-NQ/TW; hoạt động 24/7, đạt 5/10 chỉ tiêu, tăng 3-5% mỗi năm.
2. Tổng kết Chương trình số 84 và Kết luận số 33.
"""


def test_numbers_dates_and_issuers_are_read():
    cited = {c["number"]: c for c in read_text(TEXT)["citations"]}
    assert list(cited) == [
        "36-NQ/TW", "339-QĐ/TU", "84/KH-UBND", "574/UBND-NC", "30/2020/NĐ-CP", "41/2024/QH15", "411/QĐ-TTg", "32-CT/TW", "33",
    ]  # fmt: skip
    assert cited["36-NQ/TW"]["issued"] == "2004-03-26"
    assert cited["36-NQ/TW"]["type"] == "Nghị quyết"
    assert cited["36-NQ/TW"]["issuer"] == "Bộ Chính trị"
    assert cited["339-QĐ/TU"]["issuer"] == "Ban Thường vụ Tỉnh ủy"
    assert cited["84/KH-UBND"]["issued"] == "2022-06-13"
    assert cited["574/UBND-NC"]["type"] == "Công văn"
    assert cited["411/QĐ-TTg"]["issued"] == "2022-03-31"
    assert cited["32-CT/TW"]["issued"] == "2019-02-18"
    assert cited["33"]["issued"] is None


def test_the_documents_own_number_is_no_citation():
    text = "ỦY BAN NHÂN DÂN\nTỈNH X\nSố: 12/KH-UBND\nX, ngày 5 tháng 3 năm 2026\nKẾ HOẠCH\nCông tác\n\nI. NHIỆM VỤ\n1. Thực hiện Kế hoạch số 12/KH-UBND.\n"
    assert read_text(text)["citations"] == []


def test_a_number_in_capitals_gives_way_to_the_mixed_form():
    cited = read_text("THỰC HIỆN CHỈ THỊ SỐ 32/CT-TTG\n\nThực hiện Chỉ thị số 32/CT-TTg của Thủ tướng.")[
        "citations"
    ]
    assert [c["number"] for c in cited] == ["32/CT-TTg"]
