"""The document's own data."""

from __future__ import annotations

import pytest

from nhipcau.core.planreader.blocks import Block, Page, lay_out
from nhipcau.core.planreader.endings import Zone
from nhipcau.core.planreader.header import read_document, read_letterhead
from nhipcau.core.planreader.rows import Row


def page(*blocks: tuple[Zone, str]) -> Page:
    return lay_out([Block(zone, text, [(0, 1, 1)], Row(text, 1, 1, 0)) for zone, text in blocks])


def front(*lines: str):
    return read_letterhead(page(*(("letterhead", line) for line in lines)).blocks)


NATION = ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"]


@pytest.mark.parametrize(
    ("line", "number"),
    [
        ("Số: 777/KH-UBND", "777/KH-UBND"),
        ("Số 777 /KH - UBND", "777/KH-UBND"),
        ("SỐ: 777-CTr/TU", "777-CTr/TU"),
        ("777/KH-SNV", "777/KH-SNV"),
        ("Số: 777/2031/QĐ-UBND", "777/2031/QĐ-UBND"),
        ("Số:      /KH-UBND", None),
        ("Số: ……/KH-UBND", None),
    ],
)
def test_a_number_is_read_where_there_is_one(line, number):
    assert front(line).number == number


@pytest.mark.parametrize(
    ("line", "place", "issued", "year"),
    [
        ("Hòa Vọng, ngày 07 tháng 9 năm 2031", "Hòa Vọng", "2031-09-07", 2031),
        ("Hòa Vọng, ngày     tháng 9 năm 2031", "Hòa Vọng", None, 2031),
        ("Hòa Vọng, ngày …… tháng …… năm 2031", "Hòa Vọng", None, 2031),
        ("ngày 7 tháng 9 năm 2031", None, "2031-09-07", 2031),
        ("Hòa Vọng, ngày 31 tháng 2 năm 2031", "Hòa Vọng", None, 2031),
        ("Hòa Vọng, ngày tháng năm", "Hòa Vọng", None, None),
    ],
)
def test_place_and_date_are_read_as_far_as_they_are_filled_in(line, place, issued, year):
    found = front(line)
    assert (found.place, found.issued, found.year) == (place, issued, year)


@pytest.mark.parametrize(
    ("lines", "issuer"),
    [
        (["ỦY BAN NHÂN DÂN", "TỈNH HÒA VỌNG"], "Ủy ban nhân dân tỉnh Hòa Vọng"),
        (["UBND TỈNH HÒA VỌNG", "SỞ NGOẠI VỤ"], "Sở Ngoại vụ"),
        (["UBND TỈNH HÒA VỌNG"], "Ủy ban nhân dân tỉnh Hòa Vọng"),
        (["HĐND TỈNH HÒA VỌNG"], "Hội đồng nhân dân tỉnh Hòa Vọng"),
        (["TỈNH ỦY HÒA VỌNG"], "Tỉnh ủy Hòa Vọng"),
        (["Hòa Vọng"], None),
        ([], None),
    ],
)
def test_the_last_body_named_issues_the_document(lines, issuer):
    assert front(*lines, *NATION).issuer == issuer


def test_places_quote_what_was_read():
    whole = page(
        ("letterhead", "UBND TỈNH HÒA VỌNG"),
        ("letterhead", "Số: 777/KH-UBND"),
        ("letterhead", "Hòa Vọng, ngày 07 tháng 9 năm 2031"),
    )
    spans = read_letterhead(whole.blocks).spans
    assert {k: whole.text[a:z] for k, (a, z) in spans.items()} == {
        "issuer": "UBND TỈNH HÒA VỌNG",
        "number": "777/KH-UBND",
        "place": "Hòa Vọng",
        "issued": "ngày 07 tháng 9 năm 2031",
    }


@pytest.mark.parametrize(
    ("blocks", "kind"),
    [
        ([("type", "KẾ HOẠCH")], "Kế hoạch"),
        ([("type", "K Ế H O Ạ C H")], "Kế hoạch"),
        ([("type", "CHƯƠNG TRÌNH HÀNH ĐỘNG")], "Chương trình hành động"),
        ([("letterhead", "Số: 777/CT-UBND")], "Chỉ thị"),
        ([("letterhead", "Số: 777/UBND-VX"), ("subject", "V/v mở lớp")], "Công văn"),
        ([("address", "Kính gửi: Sở Y tế")], "Công văn"),
        ([("body", "Ủy ban nhân dân tỉnh ban hành kế hoạch mở lớp như sau:")], "Kế hoạch"),
        ([("body", "Ủy ban nhân dân tỉnh mở lớp như sau:")], None),
        ([("letterhead", "Số: 777/ZZ-UBND")], None),
    ],
)
def test_the_type_is_told_by_its_line_the_number_or_the_preamble(blocks, kind):
    assert read_document(page(*blocks))["type"] == kind


@pytest.mark.parametrize(
    ("title", "read"),
    [
        ([("title", "Mở lớp tiếng Lào"), ("title", "ở xã Tân Lập.")], "Mở lớp tiếng Lào ở xã Tân Lập"),
        ([("subject", "V/v mở lớp tiếng Lào")], "mở lớp tiếng Lào"),
        ([("subject", "V / v: mở lớp tiếng Lào")], "mở lớp tiếng Lào"),
        ([("title", "CỦA BAN THƯỜNG VỤ về mở lớp")], "về mở lớp"),
        ([("body", "Mở lớp")], None),
    ],
)
def test_a_title_is_what_the_document_is_about(title, read):
    assert read_document(page(*title))["title"] == read


@pytest.mark.parametrize(
    ("title", "period"),
    [
        ("Mở lớp giai đoạn 2031-2035", [2031, 2035]),
        ("Mở lớp giai đoạn 2031 – 2035", [2031, 2035]),
        ("Mở lớp từ năm 2031 đến năm 2033", [2031, 2033]),
        ("Mở lớp năm 2031", [2031, 2031]),
        ("Mở lớp năm 2031-2032", [2031, 2032]),
        ("Mở lớp đến năm 2035", None),
        ("Mở lớp tháng 9 năm 2031", None),
        ("Thực hiện Quyết định số 777/QĐ-UBND ngày 07 tháng 9 năm 2031 về mở lớp", None),
        ("Thực hiện Luật Lớp học năm 2019", None),
        ("Thực hiện Đề án “Mở lớp giai đoạn 2031-2035”", None),
        ("Mở lớp", None),
    ],
)
def test_years_are_the_plans_only_where_the_title_gives_them_to_it(title, period):
    assert read_document(page(("title", title)))["period"] == period


def test_who_signed_for_whom():
    blocks = [
        ("signature", t) for t in ("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", "Lương Mẫu Đơn")
    ]
    assert read_document(page(*blocks))["signatory"] == {
        "name": "Lương Mẫu Đơn",
        "position": "Phó Chủ tịch",
        "on_behalf": "TM. ỦY BAN NHÂN DÂN / KT. CHỦ TỊCH",
    }


def test_an_unsigned_text_has_no_signatory():
    assert read_document(page(("body", "Lương Mẫu Đơn")))["signatory"] == {
        "name": None,
        "position": None,
        "on_behalf": None,
    }


def test_recipients_without_their_marks():
    blocks = ["Nơi nhận:", "- Như trên;", "+ Sở Y tế (b/c);", "- Lưu: VT./."]
    found = read_document(page(*(("recipients", t) for t in blocks)))["recipients"]
    assert found == ["Như trên", "Sở Y tế (b/c)", "Lưu: VT./"]


@pytest.mark.parametrize(
    ("preamble", "issuer"),
    [
        ("UBND tỉnh Hòa Vọng ban hành Kế hoạch mở lớp:", "Ủy ban nhân dân tỉnh Hòa Vọng"),
        ("Tại tỉnh Hòa Vọng, UBND tỉnh ban hành Kế hoạch mở lớp:", "Ủy ban nhân dân tỉnh Hòa Vọng"),
        ("Sở Nội vụ xây dựng và triển khai Kế hoạch mở lớp:", "Sở Nội vụ"),
        ("Mở lớp tiếng Lào cho người dân.", None),
    ],
)
def test_without_a_letterhead_the_preamble_says_who_issues(preamble, issuer):
    assert read_document(page(("body", preamble)))["issuer"] == issuer
