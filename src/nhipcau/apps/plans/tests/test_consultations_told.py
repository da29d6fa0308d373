"""Who hears what of a consultation: in the application, in the daily mail, in private calendars."""

from __future__ import annotations

import io
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone
from icalendar import Calendar
from tests.cast import Cast

from nhipcau.apps.access.actors import System
from nhipcau.apps.accounts.models import User
from nhipcau.apps.files.actions import attach_file
from nhipcau.apps.notices.actions import make_digests
from nhipcau.apps.notices.calendars import calendar_of
from nhipcau.apps.notices.models import Mail, Notice
from nhipcau.apps.notices.wording import plain
from nhipcau.apps.plans.actions import (
    add_consultation_draft,
    answer_consultation,
    ask_organisations,
    close_consultation,
    settle_remark,
)
from nhipcau.apps.plans.models import Consultation
from nhipcau.apps.plans.tests.consulted import DUE, answer_of, ask, remark

MAKER = System("digest")


@pytest.fixture(autouse=True)
def at_once(settings: Any, tmp_path: Path) -> None:
    settings.JOBS_INLINE = True
    settings.MEDIA_ROOT = tmp_path / "files"


@pytest.fixture
def asked(cast: Cast) -> Consultation:
    return ask(cast)


def told(kind: str) -> set[User]:
    return {row.recipient for row in Notice.objects.filter(kind=f"plans.{kind}")}


def days(user: User) -> dict[str, Any]:
    """Events of her calendar by uid."""
    found = Calendar.from_ical(calendar_of(user, timezone.localdate()))
    return {str(event["UID"]).split("@")[0]: event for event in found.walk("VEVENT")}


def lines(user: User, day: date) -> list[str]:
    make_digests(day, actor=MAKER)
    mail = Mail.objects.filter(recipient=user, key=f"digest:{day}").first()
    return [line["text"] for part in mail.content["sections"] for line in part["lines"]] if mail else []


def test_who_is_asked_is_told_once_and_who_is_asked_later_then(cast: Cast, asked: Consultation) -> None:
    assert told("opinion_asked") == {cast.officer, cast.outsider, cast.commune_officer}
    ask_organisations(asked, {cast.department_a.pk: None, cast.lead_agency.pk: None}, actor=cast.coordinator)
    assert Notice.objects.filter(kind="plans.opinion_asked", recipient=cast.officer).count() == 1


def test_coordinators_hear_of_each_opinion_but_not_of_their_own_writing(
    cast: Cast, asked: Consultation
) -> None:
    remark(cast, asked)
    assert told("opinion_given") == {cast.coordinator, cast.second_coordinator}
    Notice.objects.all().delete()
    answer = answer_of(asked, cast.commune)
    answer_consultation(answer, "agree", actor=cast.coordinator, version=0, letter_number="3/UBND")
    assert told("opinion_given") == {cast.second_coordinator}


def test_an_agency_is_told_when_the_last_of_its_remarks_is_settled(cast: Cast, asked: Consultation) -> None:
    answer = remark(cast, asked)
    answer = answer_of(asked, cast.department_a)
    first = answer.remarks.get()
    answer.remarks.create(draft=first.draft, text="Bỏ Điều 3")
    settle_remark(first, "taken", "", place="Điều 2", actor=cast.coordinator)
    assert told("remarks_settled") == set()
    rest = answer.remarks.get(outcome="")
    settle_remark(rest, "explained", "Điều 3 theo luật", actor=cast.coordinator)
    assert told("remarks_settled") == {cast.officer}
    words = plain(Notice.objects.get(kind="plans.remarks_settled"))
    assert "1" in words and asked.title in words
    # Settled anew is no news.
    settle_remark(rest, "explained", "Điều 3 theo luật, khoản 2", actor=cast.coordinator)
    assert Notice.objects.filter(kind="plans.remarks_settled").count() == 1


def test_all_who_were_asked_hear_that_it_closed_and_of_a_new_version(cast: Cast, asked: Consultation) -> None:
    everybody = {cast.officer, cast.outsider, cast.commune_officer}
    second = attach_file(io.BytesIO("Điều 1. Mới".encode()), "lan-2.txt", actor=cast.coordinator)
    add_consultation_draft(asked, second, actor=cast.coordinator)
    assert told("draft_added") == everybody
    close_consultation(asked, reason="Đã đủ ý kiến", actor=cast.coordinator)
    assert told("consultation_closed") == everybody


def test_the_daily_mail_tells_coordinators_how_many_have_answered(cast: Cast, asked: Consultation) -> None:
    remark(cast, asked)
    Notice.objects.all().delete()
    (line,) = lines(cast.coordinator, asked.due_on - timedelta(days=1))
    assert "1" in line and "3" in line and asked.title in line
    close_consultation(asked, reason="Đủ", actor=cast.coordinator)
    assert not lines(cast.coordinator, asked.due_on + timedelta(days=1))


def test_the_day_stands_in_the_calendars_of_those_asked_and_of_coordinators(
    cast: Cast, asked: Consultation
) -> None:
    due = timezone.localdate() + DUE
    mine = f"opinion-{answer_of(asked, cast.department_a).pk}"
    event = days(cast.officer)[mine]
    assert event["DTSTART"].dt == due
    assert days(cast.coordinator)[f"consultation-{asked.pk}"]["DTSTART"].dt == due
    assert not days(cast.leader)
    remark(cast, asked)
    after = days(cast.officer)[mine]
    assert after["SUMMARY"] != event["SUMMARY"]
    assert after["SEQUENCE"] > event["SEQUENCE"]


def test_closed_without_an_answer_it_is_cancelled_in_calendars(cast: Cast, asked: Consultation) -> None:
    remark(cast, asked)
    close_consultation(asked, reason="Đủ", actor=cast.coordinator)
    assert days(cast.outsider)[f"opinion-{answer_of(asked, cast.department_b).pk}"]["STATUS"] == "CANCELLED"
    given = days(cast.officer)[f"opinion-{answer_of(asked, cast.department_a).pk}"]
    assert given.get("STATUS") != "CANCELLED"
