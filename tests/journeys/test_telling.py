"""The coordinator copies a reminder and notes it; an officer reads her messages and makes her calendar."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.utils import timezone
from playwright.sync_api import BrowserContext, Page, expect
from tests.cast import Cast

from nhipcau.apps.access.identity import acting
from nhipcau.apps.notices.models import Notice
from nhipcau.apps.plans.models import Assignment, Document, Reminder, Role, Task
from nhipcau.apps.plans.telling import tell_agency

pytestmark = pytest.mark.browser


@pytest.fixture
def given(transactional_db: None, cast: Cast) -> Assignment:
    today = timezone.localdate()
    document = Document.objects.create(
        title="Kế hoạch", number="38/KH-UBND", state="approved", created_by=cast.coordinator
    )
    task = Task.objects.create(
        document=document, text="Lập danh mục dự án", due_on=today, created_by=cast.coordinator
    )
    return Assignment.objects.create(
        task=task, organisation=cast.department_a, role=Role.LEAD, due_on=today, phrase="Sở"
    )


def test_a_reminder_is_copied_and_noted(
    page: Page, context: BrowserContext, sign_in: Callable[[str], None], given: Assignment
) -> None:
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    sign_in("coordinator")
    page.goto(f"/tasks/{given.task_id}/")
    page.get_by_role("link", name="Nhắc Sở Công Thương").click()
    page.get_by_role("button", name="Sao chép").click()
    expect(page.get_by_role("button", name="Đã sao chép")).to_be_visible()
    copied = page.evaluate("() => navigator.clipboard.readText()")
    assert copied.startswith("Kính gửi Sở Công Thương tỉnh Mẫu. Sở Ngoại vụ tỉnh Mẫu trân trọng nhắc")
    page.get_by_label("Gặp trực tiếp").or_(page.get_by_label("gặp trực tiếp")).check()
    page.get_by_label("Nội dung trao đổi").fill("Hẹn thứ sáu")
    page.get_by_role("button", name="Ghi nhận").click()
    expect(page.get_by_text("Hẹn thứ sáu")).to_be_visible()
    assert Reminder.objects.get().channel == "in_person"


def test_messages_are_read_and_the_calendar_is_made(
    page: Page, sign_in: Callable[[str], None], given: Assignment, cast: Cast
) -> None:
    with acting(cast.coordinator):
        for number in range(2):
            tell_agency(given, "plans.returned", key=f"r{number}", actor=cast.coordinator, reason="thiếu")
    sign_in("officer")
    page.goto("/")
    page.get_by_role("link", name="2 thông báo chưa đọc").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Còn 2 thông báo chưa đọc")
    page.get_by_role("button", name="Mở xem").first.click()
    expect(page).to_have_url(f"/tasks/{given.task_id}/")
    page.get_by_role("link", name="1 thông báo chưa đọc").click()
    page.get_by_role("button", name="Đánh dấu đã đọc tất cả").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Bạn đã đọc hết thông báo")
    assert not Notice.objects.filter(read_at=None).exists()
    page.goto("/messages/reminders/")
    page.get_by_role("button", name="Tạo lịch riêng của tôi").click()
    address = page.get_by_label("Địa chỉ lịch của bạn").input_value()
    answer = page.request.get(address)
    assert "BEGIN:VEVENT" in answer.text()
    assert "set-cookie" not in answer.headers
