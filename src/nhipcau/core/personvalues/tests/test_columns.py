"""Which column holds what: headings of registers, two rows of them, and none at all."""

from __future__ import annotations

from datetime import date

import pytest

from nhipcau.core.personvalues import Table, guess_columns
from nhipcau.core.personvalues.headings import match
from nhipcau.core.personvalues.tests.test_places_and_countries import countries

TODAY = date(2026, 11, 23)


def guess(rows: list[list[str]]) -> Table:
    return guess_columns(rows, today=TODAY, countries=countries())


def fields(table: Table) -> list[str]:
    return [column.field or f"({column.left_out})" for column in table.columns]


PERSON = [
    "1",
    "Nguyễn Thị Hoa",
    "12/3/1970",
    "Bình Mỹ, Châu Phú",
    "Mỹ",
    "C1234567",
    "Nguyễn Văn Ba",
    "0912345678",
]
OTHER = ["2", "Trần Văn Ba", "1980", "Mỹ Đức, Châu Phú", "Úc", "B1234567", "Trần Văn Tư", "0987654321"]
EXPECTED = ["row_number", "name", "birth", "origin", "country", "passport_number", "relative_name", "phone"]


def test_headings_below_a_title_block_with_a_row_of_numbers() -> None:
    table = guess(
        [
            ["HỘI THÂN NHÂN KIỀU BÀO XÃ BÌNH MỸ"],
            ["DANH SÁCH NGƯỜI VIỆT NAM Ở NƯỚC NGOÀI NĂM 2026"],
            [],
            [
                "STT",
                "Họ và tên",
                "Ngày, tháng, năm sinh",
                "Nơi ở trước khi xuất cảnh",
                "Quốc gia cư trú",
                "Số hộ chiếu",
                "Thân nhân",
                "ĐT liên hệ",
                "Dân tộc",
                "Tôn giáo",
            ],
            [f"({n})" for n in range(1, 11)],
            [*PERSON, "Kinh", "Không"],
            [*OTHER, "Khmer", "Phật giáo"],
        ]
    )
    assert table.heading_rows == (3,)
    assert table.first == 5
    assert fields(table) == [*EXPECTED, "(ethnicity)", "(belief)"]


def test_headings_without_marks_and_in_capitals() -> None:
    table = guess(
        [
            ["STT", "HO VA TEN", "NGAY SINH", "DIA CHI", "NUOC DINH CU", "SO HO CHIEU", "THAN NHAN", "SO DT"],
            PERSON,
            OTHER,
        ]
    )
    assert fields(table) == EXPECTED


def test_two_rows_of_headings() -> None:
    table = guess(
        [
            ["TT", "Họ và tên", "Năm sinh", "", "Địa chỉ", "", "Nước định cư", "Thân nhân", "", "", "Diện"],
            ["", "", "Nam", "Nữ", "Xã", "Huyện", "", "Họ tên", "Quan hệ", "ĐT", ""],
            [
                "1",
                "Nguyễn Thị Hoa",
                "",
                "1970",
                "Bình Mỹ",
                "Châu Phú",
                "Mỹ",
                "Ba",
                "cha",
                "0912345678",
                "Kết hôn",
            ],
            [
                "2",
                "Trần Văn Ba",
                "1980",
                "",
                "Mỹ Đức",
                "Châu Phú",
                "Úc",
                "Tư",
                "anh",
                "0987654321",
                "Lao động",
            ],
        ]
    )
    assert table.heading_rows == (0, 1)
    assert fields(table) == [
        "row_number",
        "name",
        "birth_male",
        "birth_female",
        "commune",
        "district",
        "country",
        "relative_name",
        "relative_relation",
        "relative_phone",
        "group",
    ]


def test_parts_of_names_and_births_in_columns_of_their_own() -> None:
    table = guess(
        [
            ["Họ và chữ đệm", "Tên", "Giới tính", "", "Ngày sinh", "", "", "Ghi chú"],
            ["", "", "Nam", "Nữ", "Ngày", "Tháng", "Năm", ""],
            ["Nguyễn Thị", "Hoa", "", "x", "1", "2", "1970", "đã về"],
            ["Trần Văn", "Ba", "x", "", "3", "4", "1980", ""],
        ]
    )
    assert fields(table) == [
        "family_and_middle",
        "given_name",
        "sex_male",
        "sex_female",
        "birth_day",
        "birth_month",
        "birth_year",
        "(note)",
    ]


def test_english_headings() -> None:
    table = guess(
        [
            [
                "No.",
                "Full name",
                "Gender",
                "Date of birth",
                "Country of residence",
                "Passport No",
                "Phone",
                "E-mail",
            ],
            ["1", "Nguyen Thi Hoa", "F", "1970-01-02", "USA", "123456789", "+1 408 555 1234", "a@b.com"],
        ]
    )
    assert fields(table) == [
        "row_number",
        "name",
        "sex",
        "birth",
        "country",
        "passport_number",
        "phone",
        "email",
    ]


def test_without_headings_the_cells_tell() -> None:
    table = guess(
        [
            ["1", "Nguyễn Thị Hoa", "Nữ", "1970", "Mỹ", "0912345678", "a@b.vn", "Kinh"],
            ["2", "Trần Văn Ba", "Nam", "1980", "Úc", "0987654321", "c@d.vn", "Khmer"],
            ["3", "Lê Văn Tư", "Nam", "1981", "Nhật", "0912345670", "", "Kinh"],
        ]
    )
    assert table.heading_rows == ()
    assert table.first == 0
    assert fields(table) == ["row_number", "name", "sex", "birth", "country", "phone", "email", "(ethnicity)"]
    assert {column.by for column in table.columns} == {"contents"}


@pytest.mark.parametrize(
    ("heading", "kind"),
    [
        ("Dân tộc", "ethnicity"),
        ("DÂN TỘC", "ethnicity"),
        ("Thành phần dân tộc", "ethnicity"),
        ("Tôn giáo", "belief"),
        ("Thái độ chính trị", "opinion"),
        ("Ngày vào Đảng", "opinion"),
        ("Thu nhập hàng tháng", "wealth"),
        ("Tình trạng sức khỏe", "health"),
        ("Tiền án, tiền sự", "assessment"),
        ("Tình trạng hôn nhân", "private"),
        ("Ghi chú", "note"),
        ("Họ tên chồng", "other-person"),
        ("Religion", "belief"),
        ("Chức sắc", "belief"),
        ("Giáo xứ", "belief"),
        ("Tộc người", "ethnicity"),
        ("Tổ chức phản động", "opinion"),
        ("Đảng/Đoàn", "opinion"),
        ("Sĩ quan VNCH", "opinion"),
        ("Bị trục xuất", "assessment"),
        ("Nhận xét của chính quyền", "assessment"),
        ("Xu hướng tính dục", "private"),
    ],
)
def test_what_is_never_taken_is_recognised(heading: str, kind: str) -> None:
    assert match(heading).left_out == kind
    assert match(heading).field == ""


def test_a_telephone_and_a_people_are_told_apart() -> None:
    assert match("ĐT").field == "phone"
    table = guess(
        [["Họ tên", "Năm sinh", "DT"], ["Nguyễn Văn Ba", "1970", "Kinh"], ["Lê Văn Tư", "1971", "Khmer"]]
    )
    assert fields(table) == ["name", "birth", "(ethnicity)"]


def test_a_field_is_in_one_column() -> None:
    table = guess(
        [["Họ và tên", "Họ và tên", "Năm sinh"], ["Nguyễn Văn Ba", "x", "1970"], ["Lê Văn Tư", "y", "1971"]]
    )
    assert [column.field for column in table.columns].count("name") == 1


@pytest.mark.parametrize(
    "rows", [[], [[]], [["", ""]], [["a"]], [["\ud800", "x" * 5000]], [["1", "2"], ["3", "4"]]]
)
def test_odd_sheets_are_no_trouble(rows: list[list[str]]) -> None:
    guess(rows)
