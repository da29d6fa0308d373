"""Telephone numbers, numbers of cards and passports, e-mail, sex, groups."""

from __future__ import annotations

import pytest

from nhipcau.core.personvalues import (
    IdentityNumber,
    Phone,
    Problem,
    read_email,
    read_groups,
    read_identity_number,
    read_phone,
    read_sex,
)

YEAR = 2026


def called(text: str, country: str = "") -> str:
    found = read_phone(text, country=country)
    assert isinstance(found, Phone), (text, found)
    return found.e164


@pytest.mark.parametrize(
    "written",
    [
        "0912345678",
        "0912 345 678",
        "0912.345.678",
        "+84 912345678",
        "(+84) 912 345 678",
        "+84(0)912345678",
        "0084912345678",
        "84912345678",
        "912345678",
        "ĐT: 0912345678 (vợ)",
        "Zalo 0912345678",
    ],
)
def test_one_vietnamese_number_in_many_ways(written: str) -> None:
    assert called(written, "VN") == "+84912345678"


@pytest.mark.parametrize(
    ("old", "now"),
    [
        ("01201234567", "+84701234567"),
        ("01691234567", "+84391234567"),
        ("0123 1234567", "+84831234567"),
        ("+84 1991234567", "+84591234567"),
        ("04 38251234", "+842438251234"),
        ("0710 3841234", "+842923841234"),
        ("0296 3841234", "+842963841234"),
    ],
)
def test_old_prefixes_become_those_of_today(old: str, now: str) -> None:
    assert called(old, "VN") == now


def test_a_number_without_its_country_gets_none() -> None:
    found = read_phone("0912345678")
    assert isinstance(found, Phone)
    assert (found.digits, found.e164, found.country, found.doubts) == ("0912345678", "", "", ("country",))
    assert called("0912345678", "TW") == "+886912345678"


def test_foreign_numbers_keep_their_country() -> None:
    found = read_phone("+886 912 345 678")
    assert isinstance(found, Phone)
    assert (found.e164, found.country) == ("+886912345678", "TW")
    shared = read_phone("001 (408) 555-1234")
    assert isinstance(shared, Phone)
    assert (shared.e164, shared.country) == ("+14085551234", "")


def test_a_prefix_of_today_that_was_an_area_is_told() -> None:
    found = read_phone("0763841234", country="VN")
    assert isinstance(found, Phone)
    assert found.doubts == ("may-be-landline",)


def test_two_numbers_of_a_cell_are_both_kept() -> None:
    found = read_phone("0912345678 / 0987654321", country="VN")
    assert isinstance(found, Phone)
    assert [found.e164, *(each.e164 for each in found.others)] == ["+84912345678", "+84987654321"]
    assert "several" in found.doubts


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("8.49E+11", "scientific"),
        ("12345", "phone-length"),
        ("0952345678", "phone-prefix"),
        ("+999123456789", "phone-country"),
        ("1111111111", "placeholder"),
        ("gọi sau", "phone-unread"),
    ],
)
def test_numbers_that_cannot_be_are_refused(written: str, code: str) -> None:
    found = read_phone(written, country="VN")
    assert isinstance(found, Problem)
    assert found.code == code


def test_a_citizens_number_tells_year_sex_and_province() -> None:
    found = read_identity_number("089 185 001234", year=YEAR)
    assert found == IdentityNumber("089185001234", "citizen", 1985, "female", "089")


def test_a_citizens_number_against_the_other_cells_is_told() -> None:
    found = read_identity_number("089185001234", year=YEAR, born=1986, sex="male")
    assert isinstance(found, IdentityNumber)
    assert found.doubts == ("birth", "sex")


def test_a_zero_that_the_spreadsheet_dropped_comes_back() -> None:
    found = read_identity_number("89185001234", year=YEAR)
    assert isinstance(found, IdentityNumber)
    assert (found.number, found.doubts) == ("089185001234", ("lost-zero",))


@pytest.mark.parametrize(
    ("written", "passport", "number", "kind"),
    [
        ("352123456", False, "352123456", "card"),
        ("352123456", True, "352123456", "passport"),
        ("CMND: 352 123 456", False, "352123456", "card"),
        ("HC: 352123457", False, "352123457", "passport"),
        ("c1234567", False, "C1234567", "passport"),
        ("C1234567 cấp ngày 12/3/2015", True, "C1234567", "passport"),
        ("TK1234567", True, "TK1234567", "passport"),
    ],
)
def test_kinds_of_numbers(written: str, passport: bool, number: str, kind: str) -> None:
    found = read_identity_number(written, year=YEAR, passport=passport)
    assert isinstance(found, IdentityNumber)
    assert (found.number, found.kind) == (number, kind)


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("8.92E+10", "scientific"),
        ("12345", "identity-length"),
        ("089985001234", "cccd-impossible"),
        ("123456789", "placeholder"),
        ("chưa làm", "identity-unread"),
    ],
)
def test_numbers_of_no_card_are_refused(written: str, code: str) -> None:
    found = read_identity_number(written, year=YEAR)
    assert isinstance(found, Problem)
    assert found.code == code


@pytest.mark.parametrize(
    ("written", "sex"),
    [
        ("Nam", "male"),
        ("NỮ", "female"),
        ("Nu", "female"),
        ("f", "female"),
        ("Male", "male"),
        ("gái", "female"),
    ],
)
def test_sexes(written: str, sex: str) -> None:
    assert read_sex(written) == sex


@pytest.mark.parametrize("written", ["N", "1", "0", "khác gì"])
def test_a_sex_is_never_guessed(written: str) -> None:
    assert read_sex(written) == Problem("sex-unread")


def test_addresses_of_electronic_mail() -> None:
    assert read_email("Mailto: A.b@GMAIL.com") == "A.b@gmail.com"
    assert read_email("a.b @ gmail.com; c@d.vn") == "a.b@gmail.com"
    assert read_email("a@gmail") == Problem("email-unread")
    assert read_email("không có") is None


@pytest.mark.parametrize(
    ("written", "groups"),
    [
        ("Việt kiều", ("former_national",)),
        ("XKLĐ", ("worker",)),
        ("Lao động, kết hôn", ("married", "worker")),
        ("du học sinh", ("student",)),
        ("Lấy chồng Đài Loan", ("married",)),
        ("đoàn tụ gia đình", ("settled",)),
    ],
)
def test_groups_as_registers_name_them(written: str, groups: tuple[str, ...]) -> None:
    assert read_groups(written) == groups
