"""An officer updates and attaches; the coordinator returns, then accepts. In a real browser, with and without
scripts.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.utils import translation
from django.utils.translation import gettext
from playwright.sync_api import Browser, Page, expect
from tests.cast import Cast
from tests.journeys.conftest import PHONE, session_of
from tests.life import report

from nhipcau.apps.plans.models import Assignment, Evidence
from nhipcau.apps.plans.tests.test_life import given

SignIn = Callable[[str], None]
WHY = "Đề nghị bổ sung số doanh nghiệp đã kết nối."


@pytest.fixture(autouse=True)
def folder(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "files"


def vi(words: str) -> str:
    """A text of ours as the page says it."""
    with translation.override("vi"):
        return gettext(words)


def test_an_officer_updates_and_attaches_the_coordinator_returns_then_accepts(
    page: Page, sign_in: SignIn, cast: Cast, tmp_path: Path
) -> None:
    mine = given(cast)
    file = tmp_path / "danh sách.txt"
    file.write_text("42 chuyên gia", encoding="utf-8")
    sign_in("officer")
    page.goto("/")
    page.get_by_role("link", name=vi("Update")).first.click()
    page.get_by_role("link", name=vi("Update or report")).click()
    page.get_by_label(vi("What was done")).fill("Đã lập danh sách chuyên gia.")
    page.get_by_label(vi("Evidence")).set_input_files(file)
    page.get_by_label(vi("It is done: send the report to the lead agency")).check()
    page.get_by_role("button", name=vi("Send"), exact=True).click()
    expect(page.get_by_text(vi("The report is sent."))).to_be_visible()
    expect(page.get_by_role("link", name="danh sách.txt")).to_be_visible()

    sign_in("coordinator")
    page.goto("/")
    page.locator("a[href='/tasks/?status=reported']").click()
    page.get_by_role("link", name=mine.task.text).first.click()
    page.get_by_text(vi("Return it with a reason")).click()
    page.get_by_label(vi("Reason"), exact=False).first.fill(WHY)
    page.get_by_role("button", name=vi("Return the report")).click()
    expect(page.get_by_text(WHY).first).to_be_visible()

    sign_in("officer")
    page.goto(f"/tasks/roles/{mine.pk}/")
    expect(page.get_by_text(WHY)).to_be_visible()
    page.get_by_label(vi("What was done")).fill("Đã bổ sung: 12 doanh nghiệp.")
    page.get_by_label(vi("It is done: send the report to the lead agency")).check()
    page.get_by_role("button", name=vi("Send"), exact=True).click()

    sign_in("coordinator")
    page.goto(f"/tasks/{mine.task_id}/")
    page.get_by_role("button", name=vi("Accept the report")).click()
    expect(page.get_by_text(vi("The report is accepted."))).to_be_visible()
    expect(page.get_by_text(WHY).first).to_be_visible()
    mine.refresh_from_db()
    assert (mine.status, Evidence.objects.count()) == ("accepted", 1)


def test_it_all_works_without_scripts_on_a_small_screen(
    chromium: Browser, live: str, cast: Cast, tmp_path: Path
) -> None:
    mine = given(cast)
    bad = tmp_path / "a.exe"
    bad.write_bytes(b"MZ\x90\x00" * 40)
    context = chromium.new_context(base_url=live, viewport=PHONE, locale="vi-VN", java_script_enabled=False)
    context.set_default_timeout(10_000)
    context.add_cookies([{"name": "sessionid", "value": session_of(cast, "officer"), "url": live}])
    page = context.new_page()
    page.goto(f"/tasks/roles/{mine.pk}/")
    page.get_by_label(vi("What was done")).fill("Đang tổng hợp số liệu.")
    page.get_by_label(vi("Evidence")).set_input_files(bad)
    page.get_by_role("button", name=vi("Send"), exact=True).click()
    expect(page.get_by_label(vi("What was done"))).to_have_value("Đang tổng hợp số liệu.")
    page.get_by_role("button", name=vi("Send"), exact=True).click()
    expect(page.get_by_text("Đang tổng hợp số liệu.")).to_be_visible()
    context.close()
    assert Assignment.objects.get(pk=mine.pk).status == "in_progress"


def test_who_accepts_second_is_told_who_was_faster(page: Page, sign_in: SignIn, cast: Cast) -> None:
    mine = report(given(cast), cast.officer)
    sign_in("coordinator")
    page.goto(f"/tasks/{mine.task_id}/")
    Assignment.objects.filter(pk=mine.pk).update(
        status="returned", version=mine.version + 1, changed_by=cast.second_coordinator
    )
    page.get_by_role("button", name=vi("Accept the report")).click()
    expect(page.get_by_text(cast.second_coordinator.full_name).first).to_be_visible()
    assert Assignment.objects.get(pk=mine.pk).status == "returned"
