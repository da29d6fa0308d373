"""Countries and territories that come with the product, and their page."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from tests.cast import SignedIn

from nhipcau.apps.access.actors import System
from nhipcau.apps.reference import shipped
from nhipcau.apps.reference.models import Country
from nhipcau.apps.reference.naming import Countries

pytestmark = pytest.mark.django_db
LOADER = System("load_reference")


def test_all_of_iso_are_there_once_and_have_both_names() -> None:
    shipped.load(actor=LOADER)
    assert shipped.load(actor=LOADER) == 0
    rows = list(Country.objects.all())
    assert len(rows) == len({row.code for row in rows}) == 249
    assert all(row.name and row.name_en and row.source for row in rows)


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("Mỹ", "US"),
        ("my", "US"),
        ("dai loan", "TW"),
        ("Úc", "AU"),
        ("Australia", "AU"),
        ("Đức", "DE"),
        ("Miến Điện", "MM"),
    ],
)
def test_other_names_find(written: str, code: str) -> None:
    shipped.load(actor=LOADER)
    assert code in set(Country.objects.matching(written).values_list("code", flat=True))


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("TW", "Đài Loan (Trung Quốc)"),
        ("HK", "Hồng Công (Trung Quốc)"),
        ("IT", "Ý"),
        ("GB", "Anh"),
        ("US", "Hoa Kỳ"),
        ("VN", "Việt Nam"),
    ],
)
def test_names_are_those_of_officials(code: str, name: str) -> None:
    shipped.load(actor=LOADER)
    assert Country.objects.get(code=code).name == name


def test_no_other_name_means_two_countries() -> None:
    """Of those that a sheet may write: names and other names together."""
    owners: dict[str, set[str]] = {}
    for row in shipped.rows("countries"):
        for name in {row["name"], row["name_en"], *filter(None, row["aliases"].split("; "))}:
            owners.setdefault(name.casefold(), set()).add(row["code"])
    assert {name: codes for name, codes in owners.items() if len(codes) > 1} == {}


def test_what_the_province_changed_stays() -> None:
    mine = Country.objects.create(
        code="KR", name="Đại Hàn Dân Quốc", name_en="Korea", valid=(None, None), source="Tỉnh"
    )
    shipped.load(actor=LOADER)
    assert list(Country.objects.filter(code="KR")) == [mine]


def test_a_code_has_one_name_a_day() -> None:
    more = {"name_en": "Swaziland", "source": "ISO 3166-1"}
    Country.objects.create(code="SZ", name="Swaziland", valid=(None, "2018-04-19"), **more)
    Country.objects.create(code="SZ", name="Eswatini", valid=("2018-04-19", None), **more)
    with pytest.raises(IntegrityError), transaction.atomic():
        Country.objects.create(code="SZ", name="Xoa-di-len", valid=("2020-01-01", None), **more)


def test_the_page_lists_and_searches(signed_in: SignedIn, django_assert_max_num_queries: object) -> None:
    shipped.load(actor=LOADER)
    client = signed_in("officer")
    assert "249 quốc gia và vùng lãnh thổ" in client.get("/reference/countries/").content.decode()
    page = client.get("/reference/countries/", {"q": "han quoc"}).content.decode()
    assert "Hàn Quốc" in page
    assert "Nhật Bản" not in page
    assert "Không có" in client.get("/reference/countries/", {"q": "atlantis"}).content.decode()


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("Mỹ", "US"),
        ("U.S.", "US"),
        (" hoa kỳ ", "US"),
        ("CHLB Đức", "DE"),
        ("Căm-pu-chia", "KH"),
        ("KR", "KR"),
        ("my", "US"),
        ("MY", None),
        ("Áo", "AT"),
        ("Đài loan", "TW"),
        ("Trung Quốc", "CN"),
        ("Wakanda", None),
        ("", None),
    ],
)
def test_a_name_of_a_sheet_means_its_country(written: str, code: str | None) -> None:
    shipped.load(actor=LOADER)
    assert Countries(date(2026, 11, 23)).code_of(written) == code
