"""Which figures are drawn and which are typed, and what is drawn."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from tests.permissions.world_of_indicators import make_indicator

from nhipcau.apps.indicators import registers
from nhipcau.apps.indicators.drawn import draw, source_of
from nhipcau.apps.indicators.models import CutOver, IndicatorVersion
from nhipcau.apps.indicators.registers import NamedCount, named_counts, offer
from nhipcau.core.workdays import Window

pytestmark = pytest.mark.django_db
YEAR = Window(date(2026, 12, 15), date(2027, 12, 14))
KNOWN: dict[tuple[int, str], Decimal] = {(1, ""): Decimal(5), (1, "male"): Decimal(2)}


def counts(
    _window: Window, organisations: Collection[int] | None, split: str | None
) -> Mapping[Any, Decimal]:
    return {
        key: value
        for key, value in KNOWN.items()
        if (split is None) == (key[1] == "") and (organisations is None or key[0] in organisations)
    }


@pytest.fixture(autouse=True)
def offered(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(registers, "_offered", {})
    for name in ("test.flow", "test.other"):
        offer(
            NamedCount(
                name, "Thử", "người", "Thử", counts, splits=("sex",), no_page="only a test has these rows"
            )
        )
    return


def cut(version: IndicatorVersion, day: date, name: str = "test.flow") -> CutOver:
    return CutOver.objects.create(indicator=version.indicator, named_count=name, from_day=day, reason="Thử")


def source(version: IndicatorVersion, window: Window = YEAR) -> str | None:
    found = source_of(IndicatorVersion.objects.get(pk=version.pk), window)
    return found and found.name


def test_without_a_cut_over_it_is_typed() -> None:
    version = make_indicator("nguoi", "Người")
    assert source(version) is None
    assert draw(version, YEAR, [1, 2]) is None


def test_from_the_first_day_of_the_window_on_it_is_drawn() -> None:
    version = make_indicator("nguoi", "Người")
    cut(version, YEAR.first)
    found = draw(version, YEAR, [1, 2])
    assert found is not None
    assert (dict(found.values), found.named_count) == ({1: 5, 2: 0}, "test.flow")


def test_a_flow_that_crosses_the_cut_over_is_typed_whole() -> None:
    version = make_indicator("nguoi", "Người")
    cut(version, date(2027, 1, 1))
    assert source(version) is None
    assert source(version, Window(date(2027, 1, 1), date(2027, 1, 14))) == "test.flow"


def test_a_stock_is_drawn_by_its_last_day() -> None:
    version = make_indicator("nguoi", "Người", over_time="last")
    cut(version, YEAR.last)
    assert source(version) == "test.flow"
    cut(version, date(2028, 1, 1), "")
    assert source(version) == "test.flow"


def test_it_can_be_typed_again_from_a_day_on() -> None:
    version = make_indicator("nguoi", "Người")
    cut(version, date(2025, 1, 1))
    cut(version, date(2027, 3, 1), "")
    assert source(version) is None
    assert source(version, Window(date(2025, 12, 15), date(2026, 12, 14))) == "test.flow"
    assert source(version, Window(date(2027, 12, 15), date(2028, 12, 14))) is None


def test_another_count_in_between_makes_it_typed() -> None:
    version = make_indicator("nguoi", "Người")
    cut(version, date(2025, 1, 1))
    cut(version, date(2027, 3, 1), "test.other")
    assert source(version) is None
    cut(version, date(2027, 3, 5), "test.flow")
    assert source(version) is None


def test_a_new_reason_for_the_same_count_changes_nothing() -> None:
    version = make_indicator("nguoi", "Người")
    cut(version, date(2025, 1, 1))
    cut(version, date(2027, 3, 1))
    assert source(version) == "test.flow"


def test_what_was_taken_back_does_not_hold() -> None:
    version = make_indicator("nguoi", "Người")
    row = cut(version, date(2025, 1, 1))
    CutOver.objects.filter(pk=row.pk).update(ended_at="2026-01-01T00:00:00Z", ended_reason="Nhầm")
    assert source(version) is None


def test_a_count_that_nobody_offers_any_more_is_typed() -> None:
    version = make_indicator("nguoi", "Người")
    cut(version, date(2025, 1, 1), "gone.count")
    assert source(version) is None


def test_a_split_is_drawn_where_the_count_knows_it() -> None:
    version = make_indicator("nguoi", "Người")
    cut(version, date(2025, 1, 1))
    found = draw(version, YEAR, [1, 2], "sex")
    assert found is not None
    assert dict(found.values) == {1: 5, 2: 0}
    assert dict(found.by_category) == {(1, "male"): 2}
    assert draw(version, YEAR, [1, 2], "country") is None


def test_a_ratio_is_drawn_where_both_parts_are() -> None:
    over, under = make_indicator("tu", "Tử số"), make_indicator("mau", "Mẫu số")
    share = make_indicator(
        "ty-le", "Tỷ lệ", kind="percent", numerator=over.indicator, denominator=under.indicator
    )
    cut(over, date(2025, 1, 1))
    assert draw(share, YEAR, [1, 2]) is None
    cut(under, date(2025, 1, 1))
    found = draw(share, YEAR, [1, 2])
    assert found is not None
    assert dict(found.values) == {1: 100, 2: None}
    assert found.parts is not None


def test_an_offer_has_a_page_or_says_why_not_and_one_name() -> None:
    with pytest.raises(ValueError, match="page"):
        offer(NamedCount("test.new", "Thử", "người", "Thử", counts))
    with pytest.raises(ValueError, match="already"):
        offer(NamedCount("test.flow", "Thử", "người", "Thử", counts, no_page="x"))
    assert [count.name for count in named_counts()] == ["test.flow", "test.other"]


@pytest.mark.parametrize(
    ("unit", "drawn"), [("triệu đồng", Decimal("1.5")), ("Đồng", 1_500_000), ("tỷ đồng", Decimal("0.0015"))]
)
def test_amounts_are_drawn_into_the_unit_of_the_definition(unit: str, drawn: Decimal) -> None:
    offer(NamedCount("test.money", "Thử", "đồng", "Thử", spent, money=True, no_page="a test"))
    version = make_indicator("kinh-phi", "Kinh phí", kind="money", unit=unit)
    cut(version, date(2025, 1, 1), "test.money")
    found = draw(version, YEAR, [1])
    assert found is not None
    assert found.values[1] == drawn


def test_an_amount_in_foreign_money_is_typed() -> None:
    offer(NamedCount("test.money", "Thử", "đồng", "Thử", spent, money=True, no_page="a test"))
    version = make_indicator("kinh-phi", "Kinh phí", kind="money", unit="triệu USD")
    cut(version, date(2025, 1, 1), "test.money")
    assert draw(version, YEAR, [1]) is None


def spent(*_: object) -> Mapping[Any, Decimal]:
    return {(1, ""): Decimal(1_500_000)}
