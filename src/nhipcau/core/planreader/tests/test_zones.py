"""Which row belongs to which part of a document."""

from __future__ import annotations

import pytest

from nhipcau.core.planreader.layout import measure
from nhipcau.core.planreader.rows import Row
from nhipcau.core.planreader.zones import (
    ADDRESS,
    BARE_NUMBER,
    NATION,
    NUMBER,
    PLACE_DATE,
    SUBJECT,
    is_type,
    join_split_dates,
    type_named,
    zones_of,
)


def rows(*lines: str) -> list[Row]:
    out, gap = [], 0
    for n, line in enumerate(lines):
        if line:
            out.append(Row(line, 1, n + 1, gap))
        gap = 0 if line else gap + 1
    return out


def zones(*lines: str) -> list[str]:
    these = rows(*lines)
    return list(zones_of(these, measure(these)))


@pytest.mark.parametrize(
    ("pattern", "text", "expected"),
    [
        (NUMBER, "số: 777/kh-ubnd", True),
        (NUMBER, "số: /kh-ubnd", True),
        (NUMBER, "số:", True),
        (NUMBER, "số 777-ctr/tu", True),
        (NUMBER, "số lượng lớp học", False),
        (NUMBER, "số 777 phố hàng mẫu", False),
        (BARE_NUMBER, "777/kh-ubnd", True),
        (BARE_NUMBER, "777/2031/qđ-ubnd", True),
        (BARE_NUMBER, "07/9/2031", False),
        (BARE_NUMBER, "777 lớp", False),
        (PLACE_DATE, "hòa vọng, ngày 07 tháng 9 năm 2031", True),
        (PLACE_DATE, "hòa vọng, ngày     tháng     năm 2031", True),
        (PLACE_DATE, "ngày 07 tháng 9 năm 2031", True),
        (PLACE_DATE, "mở lớp trước ngày 07 tháng 9 năm 2031", False),
        (PLACE_DATE, "ngày 07 tháng 9 năm 2031 mở lớp", False),
        (NATION, "cộng hòa xã hội chủ nghĩa việt nam", True),
        (NATION, "độc lập - tự do - hạnh phúc", True),
        (NATION, "đảng cộng sản việt nam", True),
        (NATION, "đảng cộng sản việt nam lãnh đạo", False),
        (SUBJECT, "v/v mở lớp", True),
        (SUBJECT, "v / v: mở lớp", True),
        (SUBJECT, "về việc mở lớp", False),
        (ADDRESS, "kính gửi: sở y tế", True),
        (ADDRESS, "sở y tế kính gửi", False),
    ],
)
def test_rows_of_a_letterhead_are_known_by_their_shape(pattern, text, expected):
    assert bool(pattern.match(text)) is expected


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("kế hoạch", "kế hoạch"),
        ("kế hoạch:", "kế hoạch"),
        ("k ế h o ạ c h", "kế hoạch"),
        ("chương trình hành động", "chương trình hành động"),
        ("kế hoạch mở lớp", None),
        ("lớp học", None),
        ("", None),
    ],
)
def test_a_type_is_a_row_of_its_own(text, named):
    assert type_named(text) == named


def test_a_type_stands_in_capitals():
    assert is_type(rows("KẾ HOẠCH")[0])
    assert not is_type(rows("Kế hoạch")[0])


HEAD = [
    "ỦY BAN NHÂN DÂN", "TỈNH HÒA VỌNG", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc",
    "Số: 777/KH-UBND", "Hòa Vọng, ngày 07 tháng 9 năm 2031",
]  # fmt: skip
END = ["Nơi nhận:", "- Như trên;", "- Lưu: VT.", "TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH", "Lương Mẫu Đơn"]


def test_a_plan_from_letterhead_to_signature():
    lines = [
        *HEAD,
        "",
        "KẾ HOẠCH",
        "Mở lớp tiếng Lào",
        "",
        "I. NHIỆM VỤ",
        "",
        "1. Mở lớp.",
        "",
        "2. Trồng cây.",
        "",
        *END,
    ]
    expected = ["letterhead"] * 6 + ["type", "title"] + ["body"] * 3 + ["recipients"] * 3 + ["signature"] * 3
    assert zones(*lines) == expected


def test_a_letter_has_a_subject_and_an_address():
    lines = [
        *HEAD[:5],
        "V/v mở lớp",
        "tiếng Lào",
        HEAD[5],
        "",
        "Kính gửi:",
        "- Sở Y tế;",
        "- Sở Nội vụ.",
        "",
        "Để lớp học mở đúng hạn, các sở rà soát.",
        "",
        *END,
    ]
    found = zones(*lines)
    assert found[5:11] == ["subject", "subject", "letterhead", "address", "address", "address"]
    assert found[11] == "body"


def test_bodies_in_capitals_above_the_type_are_the_letterhead_without_number_or_motto():
    assert (
        zones("SỞ NGOẠI VỤ", "", "KẾ HOẠCH", "Mở lớp", "", "I. NHIỆM VỤ", "", "1. Mở lớp.")[0] == "letterhead"
    )
    assert (
        zones("LỚP HỌC VEN SÔNG", "", "KẾ HOẠCH", "Mở lớp", "", "I. NHIỆM VỤ", "", "1. Mở lớp.")[0] == "body"
    )


def test_a_title_ends_where_the_preamble_or_a_label_begins():
    lines = [
        *HEAD,
        "",
        "KẾ HOẠCH",
        "Mở lớp tiếng Lào cho người dân",
        "các xã ven sông",
        "",
        "Căn cứ quy chế làm việc;",
        "",
        "1. Mở lớp.",
    ]
    assert zones(*lines)[6:] == ["type", "title", "title", "body", "body"]
    assert zones(*HEAD, "KẾ HOẠCH", "I. NHIỆM VỤ", "1. Mở lớp.")[6:] == ["type", "body", "body"]


def test_a_text_that_lost_its_letterhead_has_a_title_before_its_legal_basis():
    assert zones("Mở lớp tiếng Lào", "", "Căn cứ quy chế làm việc;", "", "1. Mở lớp.") == [
        "title",
        "body",
        "body",
    ]
    assert zones("Mở lớp tiếng Lào.", "", "Căn cứ quy chế làm việc;", "", "1. Mở lớp.") == ["body"] * 3


@pytest.mark.parametrize(
    ("lines", "joined"),
    [
        (["Hòa Vọng, ngày 07 tháng 9", "năm 2031"], ["Hòa Vọng, ngày 07 tháng 9 năm 2031"]),
        (["Hòa Vọng,", "ngày 07 tháng 9 năm 2031"], ["Hòa Vọng, ngày 07 tháng 9 năm 2031"]),
        (["Số:", "777/KH-UBND"], ["Số: 777/KH-UBND"]),
        (["Số:", "Mở lớp"], ["Số:", "Mở lớp"]),
        (["Hòa Vọng,", "Lớp học"], ["Hòa Vọng,", "Lớp học"]),
    ],
)
def test_halves_of_place_and_date_or_number_are_one_row(lines, joined):
    assert [r.text for r in join_split_dates(rows(*lines))] == joined
