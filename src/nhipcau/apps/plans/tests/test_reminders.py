"""What the daily mail and private calendars say of tasks."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone
from icalendar import Calendar
from tests.cast import Cast, appoint, make_organisation, make_user

from nhipcau.apps.access.actors import System
from nhipcau.apps.notices.actions import make_digests
from nhipcau.apps.notices.calendars import calendar_of
from nhipcau.apps.notices.models import Mail
from nhipcau.apps.orgs.models import Appointment, Deputy, OrganisationVersion
from nhipcau.apps.plans.models import (
    Assignment,
    Consultation,
    ConsultationAnswer,
    Document,
    EstimateRound,
    Role,
    RoundAgency,
    Status,
    Task,
)

MAKER = System("digest")
TODAY = timezone.localdate()


def given(cast: Cast, agency: Any, due: date | None, status: str = Status.IN_PROGRESS) -> Assignment:
    document = Document.objects.filter(number="38/KH-UBND").first() or Document.objects.create(
        title="Kế hoạch", number="38/KH-UBND", state="approved", created_by=cast.coordinator
    )
    task = Task.objects.create(
        document=document, text=f"Lập danh mục {due}", due_on=due, created_by=cast.coordinator
    )
    return Assignment.objects.create(
        task=task, organisation=agency, role=Role.LEAD, due_on=due, status=status, phrase="Sở"
    )


def lines(user: Any) -> list[str]:
    """Of her mail of today."""
    mail = Mail.objects.filter(recipient=user).first()
    return [line["text"] for part in mail.content["sections"] for line in part["lines"]] if mail else []


@pytest.fixture
def seven(cast: Cast) -> Assignment:
    return given(cast, cast.department_a, TODAY + timedelta(days=7))


def test_an_officer_is_reminded_of_her_agencys_tasks_alone(cast: Cast, seven: Assignment) -> None:
    given(cast, cast.department_a, TODAY + timedelta(days=8))
    given(cast, cast.department_a, None)
    make_digests(TODAY, actor=MAKER)
    (line,) = lines(cast.officer)
    assert "Lập danh mục" in line
    assert "Còn 7 ngày" in line
    assert not lines(cast.outsider)
    assert Mail.objects.get().content["sections"][0]["lines"][0]["href"] == f"/tasks/{seven.task_id}/"


@pytest.mark.parametrize("status", [Status.REPORTED, Status.ACCEPTED])
def test_who_has_reported_is_not_reminded(cast: Cast, seven: Assignment, status: str) -> None:
    Assignment.objects.update(status=status)
    make_digests(TODAY, actor=MAKER)
    assert not lines(cast.officer)


@pytest.mark.parametrize("ended", ["assignment", "task"])
def test_what_has_ended_is_not_reminded_of(cast: Cast, seven: Assignment, ended: str) -> None:
    rows = Assignment.objects if ended == "assignment" else Task.objects
    rows.update(ended_at=timezone.now())
    make_digests(TODAY, actor=MAKER)
    assert not Mail.objects.exists()


def test_the_coordinator_is_told_what_waits_and_who_is_late(cast: Cast) -> None:
    given(cast, cast.department_a, TODAY - timedelta(days=7))
    given(cast, cast.department_a, TODAY - timedelta(days=20))
    given(cast, cast.department_b, TODAY - timedelta(days=20))
    waits = given(cast, cast.department_b, TODAY + timedelta(days=2), Status.REPORTED)
    Assignment.objects.filter(pk=waits.pk).update(done_on=TODAY)
    make_digests(TODAY, actor=MAKER)
    first, second = lines(cast.coordinator)
    assert first.startswith("1 báo cáo chờ công nhận")
    assert second.startswith("Sở Công Thương tỉnh Mẫu: 2 nhiệm vụ quá hạn")
    assert not lines(cast.leader)


def test_five_hundred_officers_of_many_agencies_take_a_fixed_number_of_queries(
    cast: Cast, django_assert_max_num_queries: Any
) -> None:
    kind = OrganisationVersion.Kind.COMMUNE
    agencies = [make_organisation(f"Xã {number}", kind) for number in range(50)]
    for number in range(500):
        appoint(make_user(f"p{number}", "Người Nhận"), "commune_officer", agencies[number % 50])
    for agency in agencies:
        given(cast, agency, TODAY + timedelta(days=7))
        given(cast, agency, TODAY - timedelta(days=7))
    with django_assert_max_num_queries(120):
        while not make_digests(TODAY, actor=MAKER):
            pass
    assert Mail.objects.count() == 502  # the two coordinators too
    assert len(lines(cast.coordinator)) == 20  # the rest is "and 30 more"


def event_of(user: Any) -> Any:
    (event,) = Calendar.from_ical(calendar_of(user, TODAY)).walk("VEVENT")
    return event


def test_a_due_date_stands_in_the_calendar_and_moves(cast: Cast, seven: Assignment) -> None:
    first = event_of(cast.officer)
    assert first["DTSTART"].dt == TODAY + timedelta(days=7)
    assert "38/KH-UBND" in first["DESCRIPTION"]
    Assignment.objects.filter(pk=seven.pk).update(due_on=TODAY + timedelta(days=20))
    moved = event_of(cast.officer)
    assert moved["UID"] == first["UID"]
    assert moved["DTSTART"].dt == TODAY + timedelta(days=20)
    assert moved["SEQUENCE"] == first["SEQUENCE"] + 1
    assert moved["LAST-MODIFIED"].dt >= first["LAST-MODIFIED"].dt


def test_a_change_that_is_no_move_leaves_the_sequence(cast: Cast, seven: Assignment) -> None:
    first = event_of(cast.officer)
    Assignment.objects.filter(pk=seven.pk).update(phrase="Sở Công Thương")
    assert event_of(cast.officer)["SEQUENCE"] == first["SEQUENCE"]


def test_an_ended_one_is_cancelled_and_a_done_one_says_so(cast: Cast, seven: Assignment) -> None:
    first = event_of(cast.officer)
    Assignment.objects.update(status=Status.ACCEPTED, done_on=TODAY)
    done = event_of(cast.officer)
    assert done["SUMMARY"].startswith("Đã xong: ")
    Assignment.objects.update(ended_at=timezone.now())
    ended = event_of(cast.officer)
    assert ended["STATUS"] == "CANCELLED"
    assert first["SEQUENCE"] < done["SEQUENCE"] < ended["SEQUENCE"]
    Assignment.objects.update(ended_at=timezone.now() - timedelta(days=61))
    assert not Calendar.from_ical(calendar_of(cast.officer, TODAY)).walk("VEVENT")


def test_another_agencys_dates_are_in_nobody_elses_calendar(cast: Cast, seven: Assignment) -> None:
    for user in (cast.outsider, cast.coordinator, cast.commune_officer):
        assert not Calendar.from_ical(calendar_of(user, TODAY)).walk("VEVENT")


def test_a_calendar_takes_a_fixed_number_of_queries(cast: Cast, django_assert_num_queries: Any) -> None:
    for days in range(30):
        given(cast, cast.department_a, TODAY + timedelta(days=days))
    with django_assert_num_queries(8):  # the scope, dates, the record, names, opinions, reports, reach
        calendar_of(cast.officer, TODAY)


def test_a_deputy_is_reminded_of_what_the_absent_one_has(cast: Cast, seven: Assignment) -> None:
    stand_in = make_user("deputy", "Người Thay")
    Deputy.objects.create(
        absent=cast.officer,
        deputy=stand_in,
        valid=(TODAY, TODAY + timedelta(days=3)),
        reason="nghỉ phép",
        given_by=cast.coordinator,
    )
    make_digests(TODAY, actor=MAKER)
    assert len(lines(stand_in)) == len(lines(cast.officer)) == 1
    assert event_of(stand_in)["UID"] == event_of(cast.officer)["UID"]


@pytest.mark.parametrize(
    ("post", "told"), [("specialist", False), ("head", True), ("clerk", True), ("", True)]
)
def test_a_specialists_task_is_not_for_her_agencys_other_specialists(
    cast: Cast, seven: Assignment, post: str, told: bool
) -> None:
    colleague = make_user("colleague", "Người Cùng Sở")
    appoint(colleague, "officer", cast.department_a)
    Appointment.objects.filter(user=colleague).update(post=post)
    Assignment.objects.update(specialist=cast.officer)
    make_digests(TODAY, actor=MAKER)
    assert len(lines(cast.officer)) == 1
    assert bool(lines(colleague)) is told
    assert bool(Calendar.from_ical(calendar_of(colleague, TODAY)).walk("VEVENT")) is told


def test_opinions_and_estimates_that_are_missing_are_reminded_of(cast: Cast) -> None:
    due = TODAY + timedelta(days=7)
    draft = Consultation.objects.create(title="Dự thảo quy chế", due_on=due, created_by=cast.coordinator)
    closed = Consultation.objects.create(
        title="Đã đóng", due_on=due, created_by=cast.coordinator, closed_at=timezone.now()
    )
    for asked in (draft, closed):
        ConsultationAnswer.objects.create(consultation=asked, organisation=cast.department_a)
    ConsultationAnswer.objects.create(
        consultation=draft, organisation=cast.department_b, kind="agree", answered_on=TODAY
    )
    money = EstimateRound.objects.create(
        year=2027, send_by=due, finance=cast.department_b, opened_by=cast.coordinator
    )
    RoundAgency.objects.create(round=money, organisation=cast.department_a)
    RoundAgency.objects.create(round=money, organisation=cast.department_b, sent_at=timezone.now())
    make_digests(TODAY, actor=MAKER)
    first, second = lines(cast.officer)
    assert "cho ý kiến về “Dự thảo quy chế”" in first + second
    assert "gửi dự toán năm 2027" in first + second
    assert not lines(cast.outsider)
