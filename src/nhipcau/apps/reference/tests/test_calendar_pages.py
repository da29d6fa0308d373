"""The pages of the calendar: a year, the versions, a decision."""

from __future__ import annotations

from datetime import date

import pytest
from django.test.utils import CaptureQueriesContext
from tests.cast import SignedIn

from nhipcau.apps.access.actors import System
from nhipcau.apps.reference.models import CalendarVersion
from nhipcau.apps.reference.shipped_calendar import load_calendar
from nhipcau.apps.webkit.formats import format_date
from nhipcau.core.workdays import shipped_calendar

FORM = {
    "title": "Hoán đổi ngày làm việc dịp Quốc khánh",
    "document": "77/VPCP",
    "issuer": "Văn phòng Chính phủ",
    "decided_on": "01/3/2027",
    "off": "01/9/2027",
    "working": "28/8/2027",
    "ordinary": "",
}


@pytest.fixture
def loaded(db: None) -> None:
    load_calendar(actor=System("test"))


def test_a_year_marks_days_off_and_worked_saturdays(loaded: None, signed_in: SignedIn) -> None:
    answer = signed_in("officer").get("/reference/calendar/2026/")
    cells = {cell.day: cell for month in answer.context["months"] for week in month.weeks for cell in week}
    assert cells[date(2026, 1, 2)].sign == "off" and cells[date(2026, 1, 2)].letter
    assert cells[date(2026, 1, 10)].sign == "worked" and cells[date(2026, 1, 10)].words
    assert cells[date(2026, 1, 11)].sign == "weekend"
    assert cells[date(2026, 1, 5)].sign == ""
    worked = shipped_calendar().between(date(2025, 12, 31), date(2026, 12, 31))
    assert f"Năm 2026 có {worked} ngày làm việc" in answer.content.decode()
    january = answer.context["months"][0]
    assert [line.day.day for line in january.named] == [1, 2, 10]


def test_an_earlier_version_is_shown_as_it_was(loaded: None, signed_in: SignedIn) -> None:
    answer = signed_in("coordinator").get("/reference/calendar/2026/?version=1")
    cells = {cell.day: cell for month in answer.context["months"] for week in month.weeks for cell in week}
    assert cells[date(2026, 1, 2)].sign == ""
    assert "Đây là bản lịch trước" in answer.content.decode()
    assert signed_in("coordinator").get("/reference/calendar/2026/?version=99").status_code == 404


def test_a_year_that_is_not_known_says_so(loaded: None, signed_in: SignedIn) -> None:
    assert "Chưa có ngày nghỉ lễ" in signed_in("leader").get("/reference/calendar/2040/").content.decode()
    assert signed_in("leader").get("/reference/calendar/1500/").status_code == 404
    assert signed_in("leader").get("/reference/calendar/").context["known"]


def test_without_a_calendar_the_page_says_what_to_do(db: None, signed_in: SignedIn) -> None:
    assert "load_reference" in signed_in("coordinator").get("/reference/calendar/").content.decode()
    assert "load_reference" in signed_in("coordinator").get("/reference/calendar/versions/").content.decode()


def test_a_decision_makes_the_next_version_with_its_source(loaded: None, signed_in: SignedIn) -> None:
    client = signed_in("coordinator")
    answer = client.post("/reference/calendar/new/", FORM)
    assert answer.status_code == 302 and answer.headers["Location"] == "/reference/calendar/2027/"
    made = CalendarVersion.objects.get(number=3)
    assert (made.document, made.issuer, made.decided_on) == (
        "77/VPCP",
        "Văn phòng Chính phủ",
        date(2027, 3, 1),
    )
    page = client.get("/reference/calendar/versions/").content.decode()
    assert "77/VPCP" in page and format_date(date(2027, 8, 28)) in page
    # A second click gives the one that is there.
    assert client.post("/reference/calendar/new/", FORM).status_code == 302
    assert CalendarVersion.objects.count() == 3


@pytest.mark.parametrize(
    "change",
    [
        {"off": "", "working": ""},
        {"off": "31/02/2027"},
        {"off": "sớm"},
        {"off": "01/9/20277"},
        {"off": "05/9/2027"},
        {"working": "30/8/2027"},
        {"decided_on": ""},
        {"off": "; ".join(["01/9/2027"] * 61)},
    ],
)
def test_what_cannot_be_is_told_beside_the_form(
    loaded: None, signed_in: SignedIn, change: dict[str, str]
) -> None:
    answer = signed_in("coordinator").post("/reference/calendar/new/", {**FORM, **change})
    assert answer.status_code == 422
    assert CalendarVersion.objects.count() == 2


def test_the_pages_ask_few_queries(
    loaded: None, signed_in: SignedIn, django_assert_max_num_queries: CaptureQueriesContext
) -> None:
    client = signed_in("coordinator")
    client.get("/reference/calendar/")
    for address in ("/reference/calendar/2026/", "/reference/calendar/versions/"):
        with django_assert_max_num_queries(14):  # type: ignore[operator]
            client.get(address)
