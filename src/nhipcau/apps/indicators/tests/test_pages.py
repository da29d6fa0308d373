"""The pages of indicators: reading, writing definitions, goals, where figures come from."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries
from tests.cast import Cast, SignedIn
from tests.permissions.world_of_indicators import make_indicator

from nhipcau.apps.access.actors import System
from nhipcau.apps.indicators import registers
from nhipcau.apps.indicators.actions import load_library
from nhipcau.apps.indicators.models import CutOver, Goal, Indicator, IndicatorVersion
from nhipcau.apps.indicators.registers import NamedCount, offer

pytestmark = pytest.mark.django_db
DEFINITION: dict[str, Any] = {
    "name": "Số đoàn khách quốc tế",
    "definition": "Đếm đoàn khách quốc tế đến làm việc trong kỳ, theo ngày đến.",
    "unit": "đoàn",
    "kind": "count",
    "decimals": "0",
    "over_units": "sum",
    "over_time": "sum",
    "splits": ["country"],
}


@pytest.fixture
def offered(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(registers, "_offered", {})
    offer(NamedCount("test.flow", "Số đếm thử", "người", "Thử", lambda *_: {}, no_page="only a test"))
    offer(
        NamedCount("test.stock", "Số tại ngày", "người", "Thử", lambda *_: {}, stock=True, no_page="a test")
    )
    return


def test_the_library_is_listed_by_topic_in_few_queries(
    signed_in: SignedIn, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    load_library(actor=System("test"))
    client = signed_in("officer")
    client.get("/indicators/")
    with django_assert_max_num_queries(12):
        page = client.get("/indicators/").content.decode()
    assert "67 chỉ tiêu kèm định nghĩa" in page
    assert (
        page.index("Người Việt Nam ở nước ngoài")
        < page.index("Chuyên gia, nhân tài")
        < page.index("Kiều hối")
    )


def test_search_ignores_marks_and_finds_by_definition_and_code(signed_in: SignedIn) -> None:
    load_library(actor=System("test"))
    client = signed_in("reader")
    for words in ("kieu hoi", "ngoại hối", "kieu-hoi"):
        page = client.get("/indicators/", {"q": words}).content.decode()
        assert "indicators/kieu-hoi/" in page, words
        assert "indicators/doan-ra/" not in page
    assert (
        "Không có chỉ tiêu nào khớp" in client.get("/indicators/", {"q": "xyz khongdauco"}).content.decode()
    )


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_the_definitions_are_a_file(signed_in: SignedIn, form: str) -> None:
    load_library(actor=System("test"))
    answer = signed_in("officer").post("/indicators/export/", {"format": form, "filters": "topic=ideas"})
    assert answer.status_code == 200
    if form == "csv":
        lines = answer.content.decode("utf-8-sig").splitlines()
        assert len(lines) == 5
        assert lines[1].startswith("y-kien-tiep-nhan,")


def test_a_coordinator_defines_puts_in_use_and_changes(signed_in: SignedIn) -> None:
    client, reader = signed_in("coordinator"), signed_in("officer")
    client.post("/indicators/new/", {**DEFINITION, "code": "doan-khach", "topic": "relations"})
    assert reader.get("/indicators/doan-khach/").status_code == 404
    client.post("/indicators/doan-khach/versions/1/use/")
    assert "Đếm đoàn khách quốc tế" in reader.get("/indicators/doan-khach/").content.decode()
    new = {**DEFINITION, "unit": "lượt đoàn", "change_note": "Đoàn đến hai lần tính hai lượt"}
    answer = client.post("/indicators/doan-khach/versions/new/", new)
    assert answer.status_code == 302
    client.post("/indicators/doan-khach/versions/2/use/")
    first, second = IndicatorVersion.objects.order_by("number")
    assert (first.state, first.ended_reason) == ("ended", "Thay bằng bản 2")
    assert (second.state, second.comparable, second.unit) == ("in_use", False, "lượt đoàn")
    page = reader.get("/indicators/doan-khach/").content.decode()
    assert "Đoàn đến hai lần tính hai lượt" in page
    assert "không so sánh được với bản trước" in page


def test_what_is_in_use_is_not_edited(signed_in: SignedIn) -> None:
    make_indicator("dung", "Đang dùng")
    answer = signed_in("coordinator").post("/indicators/dung/versions/1/", DEFINITION, follow=True)
    assert "giữ nguyên" in answer.content.decode()
    assert IndicatorVersion.objects.get().name == "Đang dùng"


def test_a_second_version_needs_its_note(signed_in: SignedIn) -> None:
    make_indicator("dung", "Đang dùng")
    assert signed_in("coordinator").post("/indicators/dung/versions/new/", DEFINITION).status_code == 422
    assert IndicatorVersion.objects.count() == 1


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"kind": "ratio"}, "chọn cả hai"),
        ({"kind": "percent"}, "Không cộng được phần trăm"),
        ({"kind": "count", "numerator": "OTHER", "denominator": "OTHER"}, "Chỉ phần trăm hoặc tỷ số"),
        ({"kind": "percent", "numerator": "OTHER", "denominator": "OTHER"}, "khác nhau"),
        ({"over_time": "last", "splits": ["year"]}, "không phân tổ theo năm"),
    ],
)
def test_a_definition_that_cannot_hold_is_refused(
    signed_in: SignedIn, given: dict[str, Any], said: str
) -> None:
    other = make_indicator("khac", "Khác")
    sent = {**DEFINITION, "code": "moi", "topic": "other", **given}
    sent = {name: str(other.indicator_id) if value == "OTHER" else value for name, value in sent.items()}
    answer = signed_in("coordinator").post("/indicators/new/", sent)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not Indicator.objects.filter(code="moi").exists()


def test_a_share_is_computed_from_its_parts_alone(signed_in: SignedIn) -> None:
    one, two = make_indicator("mot", "Một"), make_indicator("hai", "Hai")
    sent = {**DEFINITION, "code": "ty-le", "topic": "other", "kind": "percent"}
    sent |= {"numerator": one.indicator_id, "denominator": two.indicator_id}
    assert signed_in("coordinator").post("/indicators/new/", sent).status_code == 302
    share = IndicatorVersion.objects.get(indicator__code="ty-le")
    assert (share.over_units, share.over_time, share.splits) == ("none", "none", [])


def test_a_taken_code_and_a_word_of_the_addresses_are_refused(signed_in: SignedIn) -> None:
    make_indicator("dung", "Đang dùng")
    for code in ("dung", "new", "export", "DUNG"):
        sent = {**DEFINITION, "code": code, "topic": "other"}
        assert signed_in("coordinator").post("/indicators/new/", sent).status_code == 422, code


def test_a_draft_is_dropped_with_the_indicator_that_had_no_other(signed_in: SignedIn) -> None:
    make_indicator("nhap", "Nháp", state="draft")
    client = signed_in("coordinator")
    assert client.post("/indicators/nhap/versions/1/drop/").status_code == 422
    client.post("/indicators/nhap/versions/1/drop/", {"reason": "Trùng"})
    assert not Indicator.objects.exists()


def test_it_ends_but_not_while_a_share_is_computed_from_it(signed_in: SignedIn) -> None:
    one, two = make_indicator("mot", "Một"), make_indicator("hai", "Hai")
    make_indicator("ty-le", "Tỷ lệ chung", kind="ratio", numerator=one.indicator, denominator=two.indicator)
    client = signed_in("coordinator")
    refused = client.post("/indicators/mot/end/", {"reason": "Thôi"})
    assert refused.status_code == 422
    assert "Tỷ lệ chung" in refused.content.decode()
    client.post("/indicators/ty-le/end/", {"reason": "Thôi"})
    client.post("/indicators/mot/end/", {"reason": "Thôi"})
    assert set(IndicatorVersion.objects.in_use().values_list("name", flat=True)) == {"Hai"}
    assert "Thôi" in signed_in("officer").get("/indicators/mot/").content.decode()


def test_a_goal_is_replaced_and_never_overwritten(cast: Cast, signed_in: SignedIn) -> None:
    make_indicator("dung", "Đang dùng")
    client = signed_in("coordinator")
    sent = {"kind": "target", "organisation": cast.department_a.pk, "year": "2030", "source": "Kế hoạch A"}
    client.post("/indicators/dung/goals/", {**sent, "value": "26.362"})
    client.post("/indicators/dung/goals/", {**sent, "value": "26.362"})
    client.post("/indicators/dung/goals/", {**sent, "value": "30.000,5", "source": "Kế hoạch B"})
    first, second = Goal.objects.order_by("pk")
    assert (first.value, first.ended_reason) == (Decimal(26362), "Thay bằng Kế hoạch B")
    assert (second.value, second.ended_at, second.version) == (
        Decimal("30000.5"),
        None,
        IndicatorVersion.objects.get(),
    )
    page = signed_in("officer").get("/indicators/dung/").content.decode()
    assert "30.000,5" in page
    assert "26.362" in page


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"value": "nhiều"}, "Ghi một số"),
        ({"value": "1,500"}, "hai cách"),
        ({"value": "-3"}, "nhỏ hơn 0"),
        ({"value": "9" * 25}, "lớn hơn"),
        ({"year": "²"}, "error"),
        ({"period_end": "14/6/2031"}, "không thuộc năm"),
    ],
)
def test_a_goal_that_is_no_figure_is_refused(signed_in: SignedIn, given: dict[str, str], said: str) -> None:
    make_indicator("dung", "Đang dùng")
    sent = {
        "kind": "target",
        "organisation": "",
        "year": "2030",
        "value": "12",
        "source": "Kế hoạch",
        **given,
    }
    answer = signed_in("coordinator").post("/indicators/dung/goals/", sent)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not Goal.objects.exists()


def test_a_goal_ends_with_its_reason(signed_in: SignedIn) -> None:
    version = make_indicator("dung", "Đang dùng")
    goal = Goal.objects.create(
        indicator=version.indicator, kind="baseline", year=2025, value=Decimal(1), source="Mẫu"
    )
    client = signed_in("coordinator")
    assert client.post(f"/indicators/goals/{goal.pk}/end/").status_code == 422
    client.post(f"/indicators/goals/{goal.pk}/end/", {"reason": "Nhập nhầm năm"})
    assert client.post(f"/indicators/goals/{goal.pk}/end/", {"reason": "Lần nữa"}).status_code == 422
    goal.refresh_from_db()
    assert goal.ended_reason == "Nhập nhầm năm"


def test_figures_are_drawn_from_a_day_and_typed_again(signed_in: SignedIn, offered: None) -> None:
    make_indicator("dung", "Đang dùng")
    client = signed_in("coordinator")
    sent = {"named_count": "test.flow", "from_day": "15/12/2026", "reason": "Sổ đã đủ"}
    assert client.post("/indicators/dung/cut-overs/", sent).status_code == 302
    assert client.post("/indicators/dung/cut-overs/", sent).status_code == 422
    back = {"named_count": "by-hand", "from_day": "15/12/2027", "reason": "Sổ dừng"}
    assert client.post("/indicators/dung/cut-overs/", back).status_code == 302
    rows = list(CutOver.objects.order_by("from_day").values_list("named_count", "from_day"))
    assert rows == [("test.flow", date(2026, 12, 15)), ("", date(2027, 12, 15))]
    assert "Số đếm thử" in signed_in("officer").get("/indicators/dung/").content.decode()


@pytest.mark.parametrize(
    ("over_time", "name"),
    [("sum", "test.stock"), ("last", "test.flow"), ("sum", "test.none"), ("sum", "test.money")],
)
def test_a_count_that_does_not_fit_is_refused(
    signed_in: SignedIn, offered: None, over_time: str, name: str
) -> None:
    make_indicator("dung", "Đang dùng", over_time=over_time)
    sent = {"named_count": name, "from_day": "15/12/2026", "reason": "Thử"}
    assert signed_in("coordinator").post("/indicators/dung/cut-overs/", sent).status_code == 422
    assert not CutOver.objects.exists()


def test_the_source_leads_to_the_rows_behind_it(signed_in: SignedIn) -> None:
    version = make_indicator("lop", "Lớp tập huấn")
    CutOver.objects.create(
        indicator=version.indicator, named_count="plans.courses", from_day=date(2026, 1, 1), reason="Thử"
    )
    page = signed_in("officer").get("/indicators/lop/").content.decode()
    assert "/tasks/kinds/course/?day_from=15%2F12%2F" in page


def test_a_cut_over_is_taken_back(signed_in: SignedIn, offered: None) -> None:
    version = make_indicator("dung", "Đang dùng")
    row = CutOver.objects.create(
        indicator=version.indicator, named_count="test.flow", from_day=date(2026, 1, 1), reason="Thử"
    )
    signed_in("coordinator").post(f"/indicators/cut-overs/{row.pk}/end/", {"reason": "Nhầm ngày"})
    row.refresh_from_db()
    assert row.ended_reason == "Nhầm ngày"


def test_the_library_is_loaded_from_the_page(signed_in: SignedIn) -> None:
    client = signed_in("coordinator")
    page = client.post("/indicators/library/", follow=True).content.decode()
    assert "Đã thêm 67 chỉ tiêu" in page
    assert "không có gì mới" in client.post("/indicators/library/", follow=True).content.decode()
