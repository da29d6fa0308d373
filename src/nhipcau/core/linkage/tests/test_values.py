"""Births, numbers, countries and places as people write them."""

from __future__ import annotations

import pyarrow as pa
import pytest

from nhipcau.core.linkage import values
from nhipcau.core.linkage.codes import code_of
from nhipcau.core.linkage.places import Gazetteer, read_country

ROWS = [
    {
        "prov": "1",
        "old_id": 1,
        "old_name": "Mỹ Lộc",
        "district": "Tri Tôn",
        "new_name": "An Phú",
        "new_code": 10,
    },
    {
        "prov": "1",
        "old_id": 2,
        "old_name": "Tân Hội",
        "district": "Tri Tôn",
        "new_name": "An Phú",
        "new_code": 10,
    },
    {
        "prov": "1",
        "old_id": 3,
        "old_name": "Vĩnh Hòa",
        "district": "Chợ Mới",
        "new_name": "Vĩnh Hòa",
        "new_code": 11,
    },
    {
        "prov": "1",
        "old_id": 4,
        "old_name": "Tân Hội",
        "district": "Chợ Mới",
        "new_name": "Vĩnh Hòa",
        "new_code": 11,
    },
]


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("05/06/1970", (1970, 6, 5)),
        ("1970-06-05", (1970, 6, 5)),
        ("5.6.70", (1970, 6, 5)),
        ("12.3.05", (2005, 3, 12)),
        ("03/25/1970", (1970, 3, 25)),
        ("05061970", (1970, 6, 5)),
        ("19700605", (1970, 6, 5)),
        ("25724", (1970, 6, 5)),
        ("1970", (1970, 0, 0)),
        ("01/01/1970", (1970, 0, 0)),
        ("sinh năm 1970", (1970, 0, 0)),
        ("6/1970", (1970, 0, 0)),
        ("20/13/1970", (1970, 0, 0)),
        ("1286", (0, 0, 0)),
        ("không rõ", (0, 0, 0)),
        ("", (0, 0, 0)),
    ],
)
def test_a_birth_is_understood(written: str, meant: tuple[int, int, int]) -> None:
    assert values.read_birth(written) == meant


@pytest.mark.parametrize(
    "written",
    [
        "0706123456",
        "+84706123456",
        "84706123456",
        "01206123456",
        "+84 120 612 3456",
        "0706.123.456; 0911222333",
    ],
)
def test_a_phone_in_viet_nam_is_one_number(written: str) -> None:
    assert values.vietnamese_phones(pa.array([written])).tolist() == [706123456]


@pytest.mark.parametrize(
    "written", ["+420 602 123 456", "00420602123456", "602123456", "0602 123 456", "602123456 / 0909"]
)
def test_a_phone_abroad_is_one_number(written: str) -> None:
    assert values.own_phones(pa.array([written])).tolist() == [602123456]


def test_no_number_is_nothing() -> None:
    column = pa.array([None, "", "không có", "12"])
    assert values.own_phones(column).tolist() == [0, 0, 0, 0]
    assert values.vietnamese_phones(column).tolist() == [0, 0, 0, 0]


def test_an_identity_number_tells_year_and_sex() -> None:
    papers = values.papers(pa.array(["089 185 012345", "B1234567", "351234567", "x", None]))
    assert papers.kind.tolist() == [values.NATIONAL_ID, values.PASSPORT, values.OLD_CARD, 0, 0]
    assert papers.birth_year.tolist() == [1985, 0, 0, 0, 0]
    assert papers.woman.tolist() == [1, -1, -1, -1, -1]
    assert (papers.code != 0).tolist() == [True, True, True, False, False]


def test_sex_and_mail_are_read() -> None:
    assert values.sexes(pa.array(["Nữ", "NAM", "f", "", None])).tolist() == [1, 0, 1, -1, -1]
    assert values.emails(pa.array([" A@b.vn", "a@B.vn ", "no mail"])).tolist()[:2] == [code_of("a@b.vn")] * 2
    assert values.emails(pa.array(["no mail"])).tolist() == [0]


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("Hoa Kỳ", "US"),
        ("My", "US"),
        ("Cam-pu-chia", "KH"),
        ("CHLB Đức", "DE"),
        ("Đài Loan (Trung Quốc)", "TW"),
        ("no", "NO"),
    ],
)
def test_a_country_is_known_by_any_of_its_names(written: str, code: str) -> None:
    assert read_country(written) == code


def test_a_commune_of_old_and_of_today_are_one_place() -> None:
    gazetteer = Gazetteer(ROWS)
    old = gazetteer.find("1", "Xã Mỹ Lộc", "")
    today = gazetteer.find("1", "an phu", "")
    assert old.commune == today.commune != 0
    assert old.old_commune != 0 == today.old_commune
    assert old.district == gazetteer.find("1", "", "huyện Tri Tôn").district != 0


def test_of_two_communes_of_a_name_the_district_decides() -> None:
    gazetteer = Gazetteer(ROWS)
    assert gazetteer.find("1", "Tân Hội", "").commune == 0
    one, other = gazetteer.find("1", "Tân Hội", "Tri Tôn"), gazetteer.find("1", "Tân Hội, Chợ Mới", "")
    assert one.commune != other.commune
    assert one.old_commune != other.old_commune


def test_a_name_that_a_unit_of_today_bears_too_tells_no_unit_of_old() -> None:
    assert Gazetteer(ROWS).find("1", "Vĩnh Hòa", "").old_commune == 0


def test_a_slip_of_the_keys_still_finds_the_commune() -> None:
    gazetteer = Gazetteer(ROWS)
    assert gazetteer.find("1", "Mỹ Lôcj", "") == gazetteer.find("1", "Mỹ Lộc", "")
    assert gazetteer.find("1", "Đâu đó", "").commune == 0
    assert gazetteer.find("2", "Mỹ Lộc", "").commune == 0
