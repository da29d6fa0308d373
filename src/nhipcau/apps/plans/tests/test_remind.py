"""Reminding an agency by Zalo or telephone: words to copy, a note that it was done."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone, translation
from tests.cast import Cast, SignedIn

from nhipcau.apps.plans.actions import end_task, note_reminder
from nhipcau.apps.plans.models import Assignment, Document, Reminder, Role, Task
from nhipcau.apps.plans.refusals import Refused
from nhipcau.apps.plans.reminder_text import reminder_text

TODAY = timezone.localdate()


@pytest.fixture
def given(cast: Cast) -> Assignment:
    document = Document.objects.create(
        title="Kế hoạch",
        number="38/KH-UBND",
        issued_on=date(2026, 2, 5),
        state="approved",
        created_by=cast.coordinator,
    )
    task = Task.objects.create(
        document=document, text="Lập danh mục\ndự án.", due_on=TODAY, created_by=cast.coordinator
    )
    Assignment.objects.create(task=task, organisation=cast.department_b, role=Role.COORDINATE, phrase="Sở")
    return Assignment.objects.create(
        task=task, organisation=cast.department_a, role=Role.LEAD, due_on=TODAY, phrase="Sở"
    )


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_words_are_vietnamese_whoever_copies_them(given: Assignment, language: str) -> None:
    given.due_on = date(2026, 11, 30)
    with translation.override(language):
        words = reminder_text(
            given,
            agency="Sở Công Thương",
            sender="Sở Ngoại vụ",
            today=date(2026, 11, 23),
            address="https://nhipcau.example.vn/tasks/1/",
        )
    assert words == (
        "Kính gửi Sở Công Thương. Sở Ngoại vụ trân trọng nhắc việc thực hiện nhiệm vụ “Lập danh mục dự án” "
        "(theo Kế hoạch số 38/KH-UBND ngày 05/02/2026), thời hạn 30/11/2026 (còn 7 ngày). Đề nghị quý "
        "cơ quan, đơn vị cập nhật tiến độ hoặc báo cáo kết quả tại "
        "https://nhipcau.example.vn/tasks/1/. Trân trọng cảm ơn!"
    )


def test_overdue_and_without_a_date_read_well(given: Assignment) -> None:
    def of(due: date | None) -> str:
        given.due_on = due
        return reminder_text(given, agency="A", sender="B", today=date(2026, 11, 23), address="C")

    assert "thời hạn 20/11/2026 (quá hạn 3 ngày)." in of(date(2026, 11, 20))
    assert "(theo Kế hoạch số 38/KH-UBND ngày 05/02/2026). Đề nghị" in of(None)


def test_what_was_done_stands_on_the_page_and_in_the_history(
    cast: Cast, given: Assignment, signed_in: SignedIn
) -> None:
    client = signed_in("coordinator")
    address = f"/tasks/roles/{given.pk}/remind/"
    page = client.get(address).content.decode()
    assert "Kính gửi Sở Công Thương tỉnh Mẫu. Sở Ngoại vụ tỉnh Mẫu trân trọng nhắc" in page
    assert f"/tasks/{given.task_id}/" in page
    said = {"channel": "telephone", "said_on": f"{TODAY:%d/%m/%Y}", "words": "Hẹn <thứ sáu>"}
    assert client.post(address, said)["Location"] == f"/tasks/{given.task_id}/"
    shown = client.get(f"/tasks/{given.task_id}/").content.decode()
    assert "Hẹn &lt;thứ sáu&gt;" in shown
    assert "(điện thoại)." in shown  # the history's sentence
    assert Reminder.objects.get().created_by == cast.coordinator


def test_the_agency_reads_it_and_others_in_the_task_do_not(
    cast: Cast, given: Assignment, signed_in: SignedIn
) -> None:
    note_reminder(given, "zalo", TODAY, words="Bí mật của Sở A", actor=cast.coordinator)
    address = f"/tasks/{given.task_id}/"
    for name, sees in (("officer", True), ("leader", True), ("outsider", False)):
        assert ("Bí mật của Sở A" in signed_in(name).get(address).content.decode()) is sees, name
    assert "/remind/" not in signed_in("officer").get(address).content.decode()


def test_only_the_coordinator_notes_one(cast: Cast, given: Assignment) -> None:
    with pytest.raises(PermissionDenied):
        note_reminder(given, "zalo", TODAY, actor=cast.officer)


def test_no_day_to_come_and_no_ended_task(cast: Cast, given: Assignment, signed_in: SignedIn) -> None:
    with pytest.raises(Refused, match="reminder-day"):
        note_reminder(given, "zalo", TODAY + timedelta(days=1), actor=cast.coordinator)
    tomorrow = {"channel": "zalo", "said_on": f"{TODAY + timedelta(days=1):%d/%m/%Y}"}
    assert signed_in("coordinator").post(f"/tasks/roles/{given.pk}/remind/", tomorrow).status_code == 422
    end_task(given.task, reason="xong", actor=cast.coordinator)
    with pytest.raises(Refused, match="task-ended"):
        note_reminder(given, "zalo", TODAY, actor=cast.coordinator)
    assert not Reminder.objects.exists()


@pytest.mark.parametrize("sent", [{"channel": "pigeon"}, {"said_on": "32/13/2026"}, {"words": "x" * 501}])
def test_odd_input_notes_nothing(given: Assignment, signed_in: SignedIn, sent: dict[str, Any]) -> None:
    good = {"channel": "zalo", "said_on": f"{TODAY:%d/%m/%Y}"}
    answer = signed_in("coordinator").post(f"/tasks/roles/{given.pk}/remind/", {**good, **sent})
    assert answer.status_code == 422
    assert not Reminder.objects.exists()


def test_a_phrase_that_names_nobody_cannot_be_reminded(given: Assignment, signed_in: SignedIn) -> None:
    Assignment.objects.filter(pk=given.pk).update(organisation=None)
    assert signed_in("coordinator").get(f"/tasks/roles/{given.pk}/remind/").status_code == 404
