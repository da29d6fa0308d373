"""Countries by any of their names; origins by old units and new ones."""

from __future__ import annotations

import csv
from datetime import date
from functools import cache
from importlib.resources import files

import pytest

from nhipcau.core.personvalues import Countries, Country, Origin, Origins, Problem
from nhipcau.core.places import Resolver, shipped

TODAY = date(2026, 11, 23)


@cache
def countries() -> Countries:
    text = (files("nhipcau.apps.reference") / "data" / "countries.csv").read_text("utf-8")
    rows = csv.DictReader(text.splitlines())
    return Countries((row["code"], [row["name"], row["name_en"], *row["aliases"].split(";")]) for row in rows)


@cache
def origins() -> Origins:
    return Origins(Resolver(shipped()), today=TODAY, home="An Giang")


def code(text: str, *, codes: bool = False) -> str | None:
    found = countries().read(text, codes=codes)
    return found.code if isinstance(found, (Country, Problem)) else None


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("Mỹ", "US"),
        ("my", "US"),
        ("MY", "US"),
        ("U.S.A", "US"),
        ("Nước Mỹ", "US"),
        ("Dai Loan", "TW"),
        ("Trung Quốc (Đài Loan)", "TW"),
        ("Trung Quốc", "CN"),
        ("Ô-xtrây-li-a", "AU"),
        ("Kampuchia", "KH"),
        ("CH Séc", "CZ"),
        ("đang ở Nhật", "JP"),
        ("Paris, Pháp", "FR"),
        ("Mỹ (California)", "US"),
        ("Anh", "GB"),
        ("Y", "IT"),
        ("TW", "TW"),
        ("Liên Xô", "country-gone"),
        ("Mỹ/Úc", "several-countries"),
        ("Camphuchia", "country-near"),
        ("Atlantis", "country-unread"),
        ("", None),
        ("không rõ", None),
    ],
)
def test_countries_by_any_name(written: str, expected: str | None) -> None:
    assert code(written) == expected


def test_a_column_of_codes_reads_them_as_codes() -> None:
    assert code("MY", codes=True) == "MY"
    doubtful = countries().read("MY")
    assert isinstance(doubtful, Country)
    assert doubtful.doubts == ("code",)


def test_the_city_beside_the_country_is_kept() -> None:
    found = countries().read("California, Hoa Kỳ")
    assert found == Country("US", "California")


def test_every_shipped_name_means_its_own_country() -> None:
    text = (files("nhipcau.apps.reference") / "data" / "countries.csv").read_text("utf-8")
    wrong = [
        (row["code"], name, code(name))
        for row in csv.DictReader(text.splitlines())
        for name in (row["name"], row["name_en"], *row["aliases"].split(";"))
        if name.strip() and code(name.strip()) != row["code"]
    ]
    assert wrong == []


def now(*cells: str) -> list[str]:
    found = origins().read(*cells)
    assert isinstance(found, Origin), found
    return [unit.name for unit in found.now]


def test_old_and_new_communes_are_found() -> None:
    assert now("Bình Mỹ", "Châu Phú") == ["Xã Bình Mỹ"]
    assert now("X. Bình Mỹ", "H. Châu Phú", "An Giang") == ["Xã Bình Mỹ"]
    assert now("Bến Nghé", "Quận 1", "TP HCM") == ["Phường Sài Gòn"]
    assert now("", "", "", "ấp Bình Hòa, xã Bình Mỹ, Châu Phú") == ["Xã Bình Mỹ"]


def test_a_district_alone_gives_its_communes_and_says_so() -> None:
    found = origins().read("", "Châu Phú")
    assert isinstance(found, Origin)
    assert found.tier == "district"
    assert len(found.now) > 1
    assert {"not-a-commune", "province-assumed"} <= set(found.doubts)


def test_a_divided_commune_has_candidates_never_a_guess() -> None:
    divided = next(
        version
        for version in shipped().all()
        if version.tier == "commune"
        and shipped().divided(version.key)
        and any(above.name == "Tỉnh An Giang" for above in shipped().parents(version))
    )
    above = [unit.name for unit in shipped().parents(divided)]
    found = origins().read(divided.name, *above)
    assert isinstance(found, Origin)
    assert len(found.now) > 1
    assert "divided" in found.doubts


def test_a_commune_written_wrongly_is_not_taken_for_its_district() -> None:
    found = origins().read("Bình Mỹy", "Châu Phú")
    assert isinstance(found, Problem)
    assert found.code == "place-near"
    assert "Bình Mỹ" in str(found.values["near"])


def test_cells_that_say_nothing_are_no_origin() -> None:
    assert origins().read("", "-", "", "không rõ") is None
