"""A leader finds what is stuck, and the tasks behind a figure."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from django.utils import timezone
from playwright.sync_api import Page, expect
from tests.cast import Cast

from nhipcau.apps.plans.actions import enter_task
from nhipcau.apps.plans.drafting import Named
from nhipcau.apps.plans.models import Assignment, Obstacle

SignIn = Callable[[str], None]


def test_a_leader_finds_what_is_stuck_and_who_can_clear_it(page: Page, sign_in: SignIn, cast: Cast) -> None:
    today = timezone.localdate()
    tasks = [
        enter_task(
            text, [Named(cast_name, "lead")], actor=cast.coordinator, kind="note", number="5/TB", due_on=day
        )
        for text, cast_name, day in (
            ("Giao đất dự án của hội doanh nhân", "Sở Công Thương", today - timedelta(days=45)),
            ("Lập danh sách chuyên gia", "Sở Tài chính", today + timedelta(days=9)),
        )
    ]
    Obstacle.objects.create(
        assignment=Assignment.objects.get(task=tasks[0]),
        text="Chưa xác nhận ranh giới khu đất",
        clearer=cast.department_b,
        raised_by=cast.officer,
    )
    sign_in("leader")
    page.goto("/")

    stuck = page.locator("section", has=page.locator("#q2"))
    expect(stuck).to_contain_text("Chưa xác nhận ranh giới khu đất")
    expect(stuck).to_contain_text("Sở Tài chính tỉnh Mẫu")
    late = page.locator(".ld-ag tbody tr").first
    expect(late).to_contain_text("Sở Công Thương tỉnh Mẫu")
    late.locator("td.c-over a").click()
    expect(page.locator("tbody tr")).to_have_count(1)
    expect(page.locator("tbody")).to_contain_text("Giao đất dự án của hội doanh nhân")

    page.goto("/")
    page.locator(".ld-heat a").last.click()
    expect(page.locator("tbody")).to_contain_text("Giao đất dự án của hội doanh nhân")
    page.goto("/")
    stuck.get_by_role("link", name="Giao đất dự án").click()
    expect(page.locator("main")).to_contain_text("Chưa xác nhận ranh giới khu đất")
