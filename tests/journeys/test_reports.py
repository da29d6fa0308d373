"""A commune reports from a phone; a report is returned and sent again; a late unit asks for more time.

In a real browser, with and without scripts.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone, translation
from django.utils.translation import gettext
from playwright.sync_api import Browser, Page, expect
from tests.cast import Cast
from tests.journeys.conftest import PHONE, session_of

from nhipcau.apps.reporting.models import Obligation, Period, Submission
from nhipcau.apps.reporting.tests.reports import Reports, make_reports

SignIn = Callable[[str], None]
WHY = "Mục I chưa nêu số người tham dự."


@pytest.fixture(autouse=True)
def folder(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "files"


def vi(words: str) -> str:
    """A text of ours as the page says it."""
    with translation.override("vi"):
        return gettext(words)


def place(found: Reports, kind: str) -> str:
    return f"s{found.section(kind).pk}"


def test_a_commune_reports_from_a_phone_and_it_is_saved_as_it_types(
    page: Page, sign_in: SignIn, cast: Cast
) -> None:
    found = make_reports(cast)
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]  # a dict of both
    sign_in("commune_officer")
    page.goto(f"/reports/{found.of_commune.pk}/")
    page.locator(f"#{place(found, 'narrative')}").press_sequentially("Đã gặp mặt 12 gia đình.", delay=5)
    expect(page.locator("#saved")).to_contain_text(timezone.localdate().strftime("/%Y"))
    assert not page.evaluate("document.documentElement.scrollWidth > innerWidth")
    page.reload()
    expect(page.locator(f"#{place(found, 'narrative')}")).to_have_value("Đã gặp mặt 12 gia đình.")
    page.get_by_role("button", name=vi("Send the report")).click()
    expect(page.locator(".nc-summary")).to_be_focused()
    page.locator(f"#f{found.asked(1).pk}").fill("1.012")
    page.locator(f"[name='f{found.asked(2).pk}.none']").check()
    page.get_by_role("button", name=vi("Send the report")).click()
    expect(page.get_by_text("TN-").first).to_be_visible()
    expect(page.locator("h1")).to_have_text(vi("Sent: the unit that reviews first has it"))


def test_a_report_is_returned_with_a_marked_place_and_sent_again(
    page: Page, sign_in: SignIn, cast: Cast
) -> None:
    found = make_reports(cast)
    sign_in("officer")
    page.goto(f"/reports/{found.of_a.pk}/")
    narrative = page.locator(f"#{place(found, 'narrative')}")
    narrative.fill("Đã tổ chức 3 lớp.")
    page.locator(f"#f{found.asked(1).pk}").fill("45")
    page.locator(f"#f{found.asked(2).pk}").fill("0")
    page.get_by_role("button", name=vi("Send the report")).click()
    expect(page.locator("h1")).to_have_text(vi("The report is received"))

    sign_in("coordinator")
    page.goto(f"/reports/{found.of_a.pk}/")
    page.get_by_text(vi("Mark as wrong")).first.click()
    page.locator(f"[name='mark:{place(found, 'narrative')}']").fill("Bao nhiêu người?")
    page.get_by_label(vi("Return it: reason")).fill(WHY)
    page.get_by_role("button", name=vi("Return the report")).click()
    expect(page.get_by_text(WHY).first).to_be_visible()

    sign_in("officer")
    page.goto(f"/reports/{found.of_a.pk}/")
    expect(page.get_by_text(WHY).first).to_be_visible()
    expect(page.get_by_text("Bao nhiêu người?")).to_be_visible()
    narrative.fill("Đã tổ chức 3 lớp, 120 người.")
    page.get_by_role("button", name=vi("Send the report")).click()
    expect(page.locator("h1")).to_have_text(vi("The report is received"))

    sign_in("coordinator")
    page.goto(f"/reports/{found.of_a.pk}/")
    expect(page.locator("ins").first).to_contain_text("120")
    page.get_by_role("button", name=vi("Approve"), exact=True).click()
    expect(page.get_by_text(vi("The report is approved.")).first).to_be_visible()
    assert Obligation.objects.get(pk=found.of_a.pk).state == "approved"
    assert Submission.objects.filter(obligation=found.of_a).count() == 2


def test_a_late_unit_asks_for_more_time_without_scripts(chromium: Browser, live: str, cast: Cast) -> None:
    found = make_reports(cast, due_in=-4)
    Period.objects.filter(pk=found.period.pk).update(locked_at=timezone.now())
    until = timezone.localdate() + timedelta(days=3)
    context = chromium.new_context(base_url=live, viewport=PHONE, locale="vi-VN", java_script_enabled=False)  # type: ignore[arg-type]  # a dict of both
    page = context.new_page()

    def be(name: str) -> None:
        context.add_cookies([{"name": "sessionid", "value": session_of(cast, name), "url": live}])

    be("officer")
    page.goto(f"/reports/{found.of_a.pk}/")
    page.locator(f"#{place(found, 'narrative')}").fill("Đã gặp mặt kiều bào.")
    page.locator(f"#f{found.asked(1).pk}").fill("45")
    page.locator(f"#f{found.asked(2).pk}").fill("0")
    page.get_by_role("button", name=vi("Send the report")).click()
    expect(page.locator(f"#{place(found, 'narrative')}")).to_have_value("Đã gặp mặt kiều bào.")
    page.get_by_role("link", name=vi("Ask for more time")).click()
    page.get_by_label(vi("New day")).fill(f"{until:%d/%m/%Y}")
    page.get_by_label(vi("Reason"), exact=True).fill("Chờ số liệu của hội.")
    page.get_by_role("button", name=vi("Ask for it")).click()
    be("coordinator")
    page.goto(f"/reports/{found.of_a.pk}/")
    expect(page.get_by_text("Chờ số liệu của hội.").first).to_be_visible()
    page.get_by_label(vi("Reason of the decision")).fill("Đồng ý.")
    page.get_by_role("button", name=vi("Grant"), exact=True).click()
    be("officer")
    page.goto(f"/reports/{found.of_a.pk}/")
    page.get_by_role("button", name=vi("Send the report")).click()
    expect(page.locator("h1")).to_have_text(vi("The report is received"))
    context.close()
    assert Obligation.objects.get(pk=found.of_a.pk).state == "sent"
