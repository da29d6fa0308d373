"""Whole rows: what they say of a person, and which column is wrong."""

from __future__ import annotations

from datetime import date

from nhipcau.core.personvalues import (
    Country,
    IdentityNumber,
    Name,
    Origin,
    PartialDay,
    Phone,
    Understanding,
    Understood,
)
from nhipcau.core.personvalues.tests.test_places_and_countries import countries, origins

TODAY = date(2026, 11, 23)


def read(*cells: tuple[str, str]) -> Understood:
    columns = {code: index for index, (code, _) in enumerate(cells)}
    reader = Understanding(columns, today=TODAY, countries=countries(), origins=origins())
    return reader.read([text for _, text in cells])


def codes(found: Understood) -> dict[int, str]:
    return {index: problem.code for index, problem in found.problems.items()}


def test_a_whole_row() -> None:
    found = read(
        ("name", "NGUYỄN THỊ HOA"),
        ("birth", "12.3.70"),
        ("sex", "Nữ"),
        ("commune", "Bình Mỹ"),
        ("district", "Châu Phú"),
        ("country", "Mỹ"),
        ("group", "Kết hôn"),
        ("relative_name", "ông Nguyễn Văn Ba, ĐT 0912345678"),
        ("identity_number", "089170001234"),
        ("nationality", "Việt Nam, Hoa Kỳ"),
        ("occupation", " làm  móng "),
        ("email", ""),
    )
    assert found.problems == {}
    name, birth, origin = found.values["name"], found.values["birth"], found.values["origin"]
    assert isinstance(name, Name)
    assert isinstance(birth, PartialDay)
    assert isinstance(origin, Origin)
    assert (name.display, birth.iso, origin.now[0].name) == ("Nguyễn Thị Hoa", "1970-03-12", "Xã Bình Mỹ")
    assert found.values["sex"] == "female"
    assert found.values["country"] == Country("US")
    assert found.values["group"] == ("married",)
    assert found.values["nationality"] == (Country("VN"), Country("US"))
    assert found.values["occupation"] == "làm móng"
    phone, number = found.values["relative_phone"], found.values["identity_number"]
    assert isinstance(phone, Phone)
    assert isinstance(number, IdentityNumber)
    assert (phone.e164, number.doubts) == ("+84912345678", ())
    assert "email" not in found.values


def test_each_wrong_cell_is_told_by_its_column() -> None:
    found = read(("name", "Trần Văn 12"), ("birth", "31/02/1970"), ("country", "Atlantis"), ("sex", "N"))
    assert codes(found) == {0: "name-digits", 1: "no-such-day", 2: "country-unread", 3: "sex-unread"}


def test_a_row_without_a_name_is_wrong() -> None:
    assert codes(read(("name", ""), ("birth", "1970"))) == {0: "no-name"}


def test_an_empty_row_is_nothing() -> None:
    assert read(("name", ""), ("birth", "-"), ("country", "…")).empty


def test_names_births_and_sexes_of_several_columns() -> None:
    found = read(
        ("family_and_middle", "NGUYỄN THỊ"),
        ("given_name", "HOA"),
        ("birth_male", ""),
        ("birth_female", "1970"),
        ("group_worker", "x"),
        ("group_married", "X"),
    )
    name, birth = found.values["name"], found.values["birth"]
    assert isinstance(name, Name)
    assert isinstance(birth, PartialDay)
    assert (name.display, birth.iso, found.values["sex"]) == ("Nguyễn Thị Hoa", "1970", "female")
    assert found.values["group"] == ("married", "worker")


def test_two_ticks_where_one_belongs_are_told() -> None:
    assert codes(read(("name", "Lê Văn Ba"), ("sex_male", "x"), ("sex_female", "x"))) == {2: "no-mark"}
    assert codes(read(("name", "Lê Văn Ba"), ("birth_male", "1970"), ("birth_female", "1971"))) == {
        2: "disagree"
    }


def test_a_citizens_number_that_says_otherwise_is_a_doubt() -> None:
    found = read(("name", "Lê Văn Ba"), ("birth", "1971"), ("identity_number", "089170001234"))
    assert found.problems == {}
    assert "birth" in found.doubts["identity_number"]


def test_a_short_row_is_read_as_far_as_it_goes() -> None:
    reader = Understanding({"name": 0, "birth": 5}, today=TODAY, countries=countries(), origins=origins())
    assert set(reader.read(["Lê Văn Ba"]).values) == {"name"}
