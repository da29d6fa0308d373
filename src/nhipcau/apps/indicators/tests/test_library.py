"""The library that comes with the product, and how it is taken in."""

from __future__ import annotations

import re
from dataclasses import replace
from io import StringIO

import pytest
from django.core.management import call_command
from tests.cast import Cast

from nhipcau.apps.access.actors import System
from nhipcau.apps.indicators.actions import load_library
from nhipcau.apps.indicators.library import Shipped, shipped
from nhipcau.apps.indicators.models import Indicator, IndicatorVersion, Topic
from nhipcau.apps.indicators.splits import dimension

LOADER = System("test")
FORBIDDEN = re.compile(
    r"dân tộc|tôn giáo|tín ngưỡng|thái độ|quan điểm|chính trị|trục xuất|phản động|bỏ trốn", re.I
)


def changed(code: str, **values: object) -> tuple[Shipped, ...]:
    return tuple(
        replace(row, content={**row.content, **values}) if row.code == code else row for row in shipped()
    )


def test_every_definition_is_complete_in_both_languages() -> None:
    rows = shipped()
    assert len(rows) >= 45
    assert len({row.code for row in rows}) == len({row.content["name"] for row in rows}) == len(rows)
    for row in rows:
        for name in ("name", "name_en", "definition", "definition_en", "unit", "source"):
            assert row.content[name], (row.code, name)
        assert len(row.content["definition"]) >= 60, row.code


def test_every_topic_has_definitions() -> None:
    assert {row.topic for row in shipped()} == set(Topic)


def test_values_are_those_of_the_models() -> None:
    for row in shipped():
        found = row.content
        assert found["kind"] in IndicatorVersion.Kind.values
        assert found["over_units"] in IndicatorVersion.OverUnits.values
        assert found["over_time"] in IndicatorVersion.OverTime.values
        assert all(dimension(code) for code in found["splits"]), row.code


def test_a_share_names_two_others_that_are_counted() -> None:
    rows = {row.code: row.content for row in shipped()}
    shares = [found for found in rows.values() if found["kind"] in ("percent", "ratio")]
    assert shares
    for found in shares:
        assert rows[found["numerator"]]["kind"] == rows[found["denominator"]]["kind"] == "count"
    assert not any(found["numerator"] for found in rows.values() if found["kind"] in ("count", "money"))


def test_a_stock_says_its_day_and_a_flow_its_period() -> None:
    for row in shipped():
        if row.content["numerator"]:
            continue
        day = "ngày chốt số liệu" in row.content["definition"]
        assert day == (row.content["over_time"] == "last"), row.code


def test_nothing_asks_what_may_not_be_asked() -> None:
    for row in shipped():
        assert not FORBIDDEN.search(f"{row.content['name']} {row.content['definition']}"), row.code


@pytest.mark.django_db
def test_loading_twice_is_the_same_as_once() -> None:
    first = load_library(actor=LOADER)
    assert len(first.new) == Indicator.objects.count() == IndicatorVersion.objects.in_use().count()
    again = load_library(actor=LOADER)
    assert (again.new, again.changed, again.left) == ([], [], [])


@pytest.mark.django_db
def test_a_changed_definition_is_the_next_version_as_a_draft() -> None:
    load_library(actor=LOADER)
    newer = changed(
        "kieu-hoi", definition="Định nghĩa mới của kiều hối, theo số của cơ quan quản lý ngoại hối."
    )
    assert load_library(actor=LOADER, library=newer).changed == ["kieu-hoi"]
    first, second = IndicatorVersion.objects.filter(indicator__code="kieu-hoi").order_by("number")
    assert (first.state, second.state, second.number) == ("in_use", "draft", 2)
    assert "definition" in second.change_note
    assert load_library(actor=LOADER, library=newer).changed == []


@pytest.mark.django_db
def test_what_the_province_wrote_or_ended_stays(cast: Cast) -> None:
    load_library(actor=LOADER)
    ours = IndicatorVersion.objects.get(indicator__code="kieu-hoi")
    IndicatorVersion.objects.create(
        indicator=ours.indicator,
        number=2,
        name="Kiều hối của tỉnh",
        definition="Của tỉnh",
        unit="USD",
        change_note="Đổi đơn vị tính",
        created_by=cast.coordinator,
    )
    Indicator.objects.filter(code="su-kien").update(ended_at="2026-01-01T00:00:00Z", ended_reason="Thôi")
    assert load_library(actor=LOADER).changed == []
    both = changed("kieu-hoi", unit="nghìn USD")
    both = tuple(
        replace(row, content={**row.content, "unit": "cuộc"}) if row.code == "su-kien" else row
        for row in both
    )
    found = load_library(actor=LOADER, library=both)
    assert (found.changed, found.left) == ([], ["kieu-hoi"])
    assert IndicatorVersion.objects.get(indicator__code="kieu-hoi", number=2).unit == "USD"


@pytest.mark.django_db(transaction=True)
def test_the_command_loads() -> None:
    out = StringIO()
    call_command("load_library", stdout=out)
    assert f"thêm {len(shipped())}" in out.getvalue()
