"""A private calendar: RFC 5545, for whoever has the address and nobody else."""

from __future__ import annotations

import uuid
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.test import Client
from icalendar import Calendar
from tests.cast import Cast, SignedIn, make_user

from nhipcau.apps.notices.actions import end_feed, make_feed
from nhipcau.apps.notices.calendars import digest_of
from nhipcau.apps.notices.models import CalendarFeed
from nhipcau.apps.notices.registers import CalendarEvent
from nhipcau.apps.notices.tests.conftest import Shelf

DUE = CalendarEvent(
    uid="assignment-7",
    day=date(2026, 11, 30),
    summary="Lập danh mục dự án; gửi Sở, ngành\nkhẩn",
    description="Sở Công Thương\nchủ trì, " + "rất dài, " * 40,
    href="/tasks/12/",
    sequence=0,
    changed_at=datetime(2026, 11, 1, 3, 4, 5, 678, tzinfo=UTC),
)


@pytest.fixture
def address(cast: Cast, shelf: Shelf, settings: Any) -> str:
    settings.PUBLIC_ADDRESS, settings.PUBLIC_HOST = "https://nhipcau.example.gov.vn", "nhipcau.example.gov.vn"
    shelf.calendar = [DUE]
    feed, secret = make_feed(actor=cast.officer)
    return f"/calendar/{feed.pk}/{secret}.ics"


def test_it_is_read_back_as_it_was_meant(address: str) -> None:
    answer = Client().get(address)
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    read = Calendar.from_ical(answer.content)
    assert (read["VERSION"], read["METHOD"]) == ("2.0", "PUBLISH")
    (event,) = read.walk("VEVENT")
    assert event["SUMMARY"] == DUE.summary
    assert event["UID"] == "assignment-7@nhipcau.example.gov.vn"
    assert event["DTSTART"].dt == date(2026, 11, 30)
    assert event["DTEND"].dt == date(2026, 12, 1)
    assert (event["SEQUENCE"], event["STATUS"], event["TRANSP"]) == (0, "CONFIRMED", "TRANSPARENT")
    assert event["URL"] == "https://nhipcau.example.gov.vn/tasks/12/"
    assert event["DTSTAMP"].dt == datetime(2026, 11, 1, 3, 4, 5, tzinfo=UTC)


def test_its_lines_are_as_the_standard_wants_them(address: str) -> None:
    body = Client().get(address).content
    lines = body.split(b"\r\n")
    assert lines[-1] == b""
    assert b"\n" not in body.replace(b"\r\n", b"")
    assert max(len(line) for line in lines) <= 75
    assert b"DTSTART;VALUE=DATE:20261130" in lines
    assert b"REFRESH-INTERVAL;VALUE=DURATION:PT6H" in lines


def test_a_move_and_an_end_are_told(address: str, shelf: Shelf) -> None:
    shelf.calendar = [replace(DUE, day=date(2026, 12, 15), sequence=1), replace(DUE, uid="b", cancelled=True)]
    events = Calendar.from_ical(Client().get(address).content).walk("VEVENT")
    found = {str(event["UID"]).split("@")[0]: event for event in events}
    assert (found["assignment-7"]["SEQUENCE"], found["assignment-7"]["DTSTART"].dt.month) == (1, 12)
    assert found["b"]["STATUS"] == "CANCELLED"


def test_no_cookie_and_no_session(address: str) -> None:
    client = Client()
    answer = client.get(address)
    assert answer.status_code == 200
    assert not answer.cookies
    assert not client.cookies
    assert "no-referrer" in answer["Referrer-Policy"]


def test_who_has_it_already_gets_304(address: str, shelf: Shelf) -> None:
    tag = Client().get(address)["ETag"]
    same = Client().get(address, headers={"If-None-Match": tag})
    assert (same.status_code, same.content) == (304, b"")
    shelf.calendar = []
    assert Client().get(address, headers={"If-None-Match": tag}).status_code == 200


def test_only_the_digest_of_the_secret_is_kept(address: str) -> None:
    secret = address.rsplit("/", 1)[1].removesuffix(".ics")
    feed = CalendarFeed.objects.get()
    assert feed.secret_digest == digest_of(secret)
    assert secret not in str(vars(feed))
    assert len(secret) == 43


def test_a_wrong_address_is_no_page(address: str) -> None:
    start, _secret = address.rsplit("/", 1)
    for wrong in (
        f"{start}/{'x' * 43}.ics",
        f"/calendar/{uuid.uuid4()}/x.ics",
        f"{start}/.ics",
        "/calendar/",
    ):
        assert Client().get(wrong).status_code == 404
    assert Client().post(address).status_code in (403, 405)


def test_one_look_is_all_a_guess_costs(address: str, django_assert_max_num_queries: Any) -> None:
    with django_assert_max_num_queries(7):  # those of transaction and identity among them
        Client().get(address[:-8] + "xxxx.ics")


def test_a_new_address_ends_the_old_one_and_switching_off_ends_it(address: str, cast: Cast) -> None:
    feed, secret = make_feed(actor=cast.officer)
    assert Client().get(address).status_code == 404
    new = f"/calendar/{feed.pk}/{secret}.ics"
    assert Client().get(new).status_code == 200
    end_feed(feed, actor=cast.officer)
    assert Client().get(new).status_code == 404


def test_the_locked_and_those_without_a_role_have_no_calendar(address: str, cast: Cast) -> None:
    CalendarFeed.objects.update(user=make_user("idle", "Chưa Có Việc"))
    assert Client().get(address).status_code == 404
    CalendarFeed.objects.update(user=cast.officer)
    type(cast.officer).objects.filter(pk=cast.officer.pk).update(is_active=False)
    assert Client().get(address).status_code == 404


def test_the_page_shows_the_address_once(cast: Cast, shelf: Shelf, signed_in: SignedIn) -> None:
    client = signed_in("officer")
    assert ".ics" not in client.get("/messages/reminders/").content.decode()
    made = client.post("/messages/calendar/new/")
    page = made.content.decode()
    secret = page.split(".ics")[0].rsplit("/", 1)[1]
    assert CalendarFeed.objects.get().secret_digest == digest_of(secret)
    assert "no-store" in made["Cache-Control"]
    assert secret not in client.get("/messages/reminders/").content.decode()
    assert client.post("/messages/calendar/end/").status_code == 302
    assert not CalendarFeed.objects.current().exists()


def test_nobody_ends_anothers(address: str, signed_in: SignedIn) -> None:
    assert signed_in("outsider").post("/messages/calendar/end/").status_code == 404
    assert CalendarFeed.objects.current().exists()


def test_days_that_lie_ahead_come_first_when_there_are_too_many(
    address: str, shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("nhipcau.apps.notices.calendars.MOST_EVENTS", 1)
    shelf.calendar = [replace(DUE, day=date(2026, 6, 1)), replace(DUE, day=date(2099, 1, 1))]
    (event,) = Calendar.from_ical(Client().get(address).content).walk("VEVENT")
    assert event["DTSTART"].dt.year == 2099


def test_who_asks_too_often_waits(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("nhipcau.apps.notices.views.feed.MOST", 3)
    answers = [Client().get(address).status_code for _turn in range(4)]
    assert answers == [200, 200, 200, 429]
    assert "Retry-After" in Client().get(address)
