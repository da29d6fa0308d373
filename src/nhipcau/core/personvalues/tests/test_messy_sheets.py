"""Sheets as people send them: what is nobody is no person, and nothing is guessed without a word."""

from __future__ import annotations

from datetime import date

import pytest

from nhipcau.core.personvalues import (
    Name,
    Orders,
    PartialDay,
    Problem,
    Understanding,
    guess_columns,
    puts_month_first,
    read_birth,
    read_name,
)
from nhipcau.core.personvalues.tests.test_places_and_countries import countries, origins

TODAY = date(2026, 11, 23)


def order(*cells: str) -> str:
    orders = Orders()
    orders.see(cells)
    return orders.found


def fields(*rows: list[str]) -> dict[str, int]:
    table = guess_columns(rows, today=TODAY, countries=countries())
    return {column.field: column.index for column in table.columns if column.field}


@pytest.mark.parametrize(
    "text",
    [
        "XÃ BÌNH MỸ",
        "II. Phường Mỹ Bình",
        "Ấp Bình Hòa",
        "TM. ỦY BAN NHÂN DÂN",
        "KT. CHỦ TỊCH",
        "Phó Chủ tịch",
        "Người lập bảng",
        "NGUOI LAP BIEU",
        "Tổng cộng",
        "Cộng:",
        "Họ và tên",
        "UBND xã Bình Mỹ",
    ],
)
def test_headings_of_sections_sums_and_offices_are_nobody(text: str) -> None:
    found = read_name(text)
    assert isinstance(found, Problem)
    assert found.code == "nobody"


@pytest.mark.parametrize(
    "text",
    [
        "Xa Thị Hương",
        "Quan Vân Trường",
        "Tô Ánh Nguyệt",
        "Danh Sách",
        "Tống Công",
        "TONG CONG",
        "LE KE TOAN",
        "Chu Tích",
        "Lưu Ý Nhi",
        "Lê Cộng Hòa",
        "Bàn Thị Ấp",
        "Phùng Văn Ấp",
    ],
)
def test_names_that_sound_like_offices_are_people(text: str) -> None:
    assert isinstance(read_name(text), Name)


def test_who_signed_the_list_is_not_on_it() -> None:
    reader = Understanding({"name": 1, "birth": 2}, today=TODAY, countries=countries(), origins=origins())
    rows = (["1", "Trần Văn Hai", "1970"], ["", "KT. CHỦ TỊCH"], ["", "(Ký tên)"], ["", "Trần Văn Hai"])
    found = [reader.read(row) for row in rows]
    assert [bool(each.problems) for each in found] == [False, True, True, True]
    again = reader.read(["2", "Lê Thị Ba", "1971"])
    assert isinstance(again.values["name"], Name)
    assert not reader.read(["", "Lê Thị Tư"]).problems


def test_two_people_with_a_word_of_kin_between_them_are_two() -> None:
    found = read_name("Nguyễn Thị Hoa và chồng Trần Văn Bé")
    assert isinstance(found, Problem)
    assert found.code == "two-names"


@pytest.mark.parametrize(
    ("text", "display"),
    [
        ("Anh ruột: Trần Văn Tư", "Trần Văn Tư"),
        ("Hộ ông: Lê Văn Tư", "Lê Văn Tư"),
        ("Con gái: Lê Thị Năm", "Lê Thị Năm"),
    ],
)
def test_whose_name_it_is_is_no_part_of_it(text: str, display: str) -> None:
    found = read_name(text)
    assert isinstance(found, Name)
    assert found.display == display


def test_where_people_settled_is_a_country_and_no_tick() -> None:
    rows = [["Nguyễn Văn Hùng", "1970", "Mỹ"], ["Trần Thị Lan", "1981", "Úc"], ["Lê Văn Sơn", "1985", "Pháp"]]
    assert fields(["Họ và tên", "Năm sinh", "Nơi định cư"], *rows)["country"] == 2
    found = fields(["Họ và tên", "Năm sinh", "Diện định cư"], *rows)
    assert "group_settled" not in found


def test_a_surname_has_its_given_names_beside_it() -> None:
    found = fields(["No", "Surname", "Given names", "DOB"], ["1", "NGUYEN", "Anh Thu", "1970"])
    assert (found["family_and_middle"], found["given_name"]) == (1, 2)


def test_a_column_of_months_first_is_read_so_and_says_so() -> None:
    assert puts_month_first(["03/25/1990", "04/05/1985", "1970"])
    assert not puts_month_first(["03/25/1990", "25/03/1990"])
    assert not puts_month_first(["04/05/1985"])
    assert order("04/05/1985", "1970") == order("25/03/1990", "04/05/1985") == "day"
    assert order("25/03/1990", "03/25/1990", "04/05/1985") == "both"
    assert order("03/25/1990", *["25/03/1990"] * 20) == "day"
    assert order("25/03/1990", *["03/25/1990"] * 20) == "month"
    found = read_birth("04/05/1985", today=TODAY, month_first=True)
    assert isinstance(found, PartialDay)
    assert (found.iso, found.doubts) == ("1985-04-05", ("month-first-here",))
    same = read_birth("05/05/1985", today=TODAY, month_first=True)
    assert isinstance(same, PartialDay)
    assert same.doubts == ()


@pytest.mark.parametrize("text", ["..../..../1971", "…/…/1971", "__/__/1971", "xx/xx/1971", " / /1971"])
def test_a_day_and_month_that_stayed_empty_leave_the_year(text: str) -> None:
    found = read_birth(text, today=TODAY)
    assert isinstance(found, PartialDay)
    assert found.iso == "1971"


@pytest.mark.parametrize(
    ("text", "iso", "doubts"),
    [
        ("04/05/1985", "1985", ("either-way",)),
        ("05/05/1985", "1985-05-05", ()),
        ("25/03/1990", "1990-03-25", ()),
        ("03/25/1990", "1990-03-25", ("month-first",)),
        ("1990-03-04", "1990-03-04", ()),
        ("1985", "1985", ()),
    ],
)
def test_where_a_column_has_both_orders_only_what_is_certain_is_taken(
    text: str, iso: str, doubts: tuple[str, ...]
) -> None:
    found = read_birth(text, today=TODAY, either_way=True)
    assert isinstance(found, PartialDay)
    assert (found.iso, found.doubts) == (iso, doubts)


@pytest.mark.parametrize(
    ("above", "field"),
    [
        ("Nơi cư trú", "city"),
        ("Nơi ở nước ngoài", "city"),
        ("Nơi ở hiện nay", "city"),
        ("Nơi cư trú ở nước ngoài", "city"),
        ("Nước sở tại", "city"),
        ("Quê quán", "province"),
        ("Địa chỉ thường trú", "province"),
        ("Nơi cư trú trước khi xuất cảnh", "province"),
        ("Địa chỉ trong nước", "province"),
    ],
)
def test_a_town_is_abroad_below_where_people_live(above: str, field: str) -> None:
    rows = [
        ["Họ và tên", "Năm sinh", above, ""],
        ["", "", "Nước", "Thành phố"],
        ["Nguyễn Thị Hương", "1970", "Mỹ", "Houston"],
        ["Trần Văn Thắng", "1982", "Đức", "Berlin"],
    ]
    assert fields(*rows)[field] == 3


def test_a_town_beside_a_commune_is_a_province() -> None:
    rows = [
        ["Họ và tên", "Năm sinh", "Nơi cư trú", "", ""],
        ["", "", "Xã", "Huyện", "Thành phố"],
        ["Nguyễn Thị Hương", "1970", "Phong Điền", "Phong Điền", "Cần Thơ"],
    ]
    assert fields(*rows)["province"] == 4
