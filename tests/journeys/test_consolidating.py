"""The coordinator puts the units' reports together. In a real browser, with and without scripts."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext, pgettext
from playwright.sync_api import Browser, Page, expect
from tests.cast import Cast
from tests.journeys.conftest import PHONE, session_of

from nhipcau.apps.reporting.models import Paragraph, SetAside, SignedReport
from nhipcau.apps.reporting.tests.provinces import Province, indicator, province
from nhipcau.core.officialdoc.checking.checker import check_docx
from nhipcau.core.reportfile import check

SignIn = Callable[[str], None]
SAME = "Địa phương tiếp tục phối hợp tuyên truyền, vận động kiều bào hướng về quê hương."


def vi(words: str, context: str = "") -> str:
    """A text of ours as the page says it."""
    with translation.override("vi"):
        return pgettext(context, words) if context else gettext(words)


def reports(cast: Cast) -> Province:
    """Four communes have sent; two wrote the same."""
    found = province(cast, [indicator("kieu-bao", name="Số kiều bào")])
    for name in ("Xã Bến Đò", "Xã Cầu Mới", "Xã Đông Nam", "Xã Gò Nổi"):
        found.unit(name)
    found.report("Xã Bến Đò", text="Đã mở 3 lớp. Đã tặng quà.", values={"kieu-bao": 12})
    found.report("Xã Cầu Mới", text=SAME)
    found.report("Xã Đông Nam", text=SAME)
    found.report("Xã Gò Nổi", text="Tình hình ổn định.")
    return found


def test_the_coordinator_chooses_joins_and_sees_that_nothing_is_left(
    page: Page, sign_in: SignIn, cast: Cast
) -> None:
    found = reports(cast)
    sign_in("coordinator")
    page.goto(reverse("reporting:consolidation", args=[found.period.pk]))
    page.get_by_role("button", name=vi("Begin with an empty draft")).click()
    page.get_by_role("link", name=vi("Go on", "consolidating")).click()

    first = page.locator("[data-card]").filter(has_text="Xã Bến Đò")
    first.get_by_text("Đã tặng quà.").click()
    first.get_by_role("button", name=vi("Take what is marked")).click()
    expect(page.locator(".co-words")).to_have_text(["Đã tặng quà."])

    page.locator("[data-card]").filter(has_text=SAME).get_by_role("button", name="Lấy một lần").click()
    expect(page.locator(".co-words")).to_have_count(2)
    expect(page.locator(".co-sources summary").nth(1)).to_contain_text("2 nguồn:")

    calm = page.locator("[data-card]").filter(has_text="Xã Gò Nổi")
    calm.locator("[data-aside] summary").click()
    calm.get_by_label(vi("Why it is not taken")).fill("Chung chung")
    calm.get_by_label(vi("Why it is not taken")).press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text(vi("Every text was looked at"))

    page.get_by_role("button", name=f"{vi('Join with the one before')} 2").click()
    expect(page.locator(".co-words")).to_have_text([f"Đã tặng quà. {SAME}"], timeout=20_000)
    page.wait_for_load_state()
    page.keyboard.press("u")
    expect(page.locator(".co-words")).to_have_count(2, timeout=20_000)
    assert SetAside.objects.get().reason == "Chung chung"

    page.get_by_role("link", name=vi("Read the draft")).click()
    expect(page.locator(".co-read")).to_contain_text("Đã tặng quà.")
    page.goto(reverse("reporting:consolidation_left", args=[found.period.pk]))
    expect(page.get_by_text("Chung chung")).to_be_visible()


def test_the_coordinator_signs_off_what_was_put_together(
    page: Page, sign_in: SignIn, cast: Cast, settings: Any
) -> None:
    settings.JOBS_INLINE = True
    found = reports(cast)
    found.unit("Xã Chưa Gửi")
    sign_in("coordinator")
    page.goto(reverse("reporting:consolidation", args=[found.period.pk]))
    page.get_by_role("button", name=vi("Begin with a first draft")).click()
    page.get_by_role("link", name=vi("Sign off", "crumb")).click()
    expect(page.get_by_text("Xã Chưa Gửi")).to_be_visible()
    page.get_by_label(vi("Issuer", "document")).fill("Sở Ngoại vụ")
    page.get_by_label(vi("Issuer's symbol in the number")).fill("SNgV")
    page.get_by_label(vi("Place in the date line")).fill("Lam Giang")
    page.get_by_label(vi("Name of the signer")).fill("Phạm Thị Lãnh")
    page.get_by_role("button", name=vi("Write down")).click()
    page.get_by_role("button", name=vi("Sign the report off")).click(timeout=60_000)
    expect(page.get_by_role("heading", level=1)).to_have_text("Bản 1 đang chờ ký", timeout=60_000)

    with page.expect_download() as download:
        page.get_by_role("link", name=vi("Word document")).click()
    assert [each for each in check_docx(download.value.path()) if each.severity == "error"] == []

    page.get_by_label(vi("Number of the document")).fill("12/BC-SNgV")
    page.get_by_label(vi("Day of the document")).fill(timezone.localdate().strftime("%d/%m/%Y"))
    page.get_by_role("button", name=vi("Keep it as signed")).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("12/BC-SNgV")
    report = SignedReport.objects.get()
    assert (report.state, report.signer) == ("signed", "Phạm Thị Lãnh")
    assert check(report.content) == []


def test_words_marked_with_the_mouse_are_taken_to_the_letter(page: Page, sign_in: SignIn, cast: Cast) -> None:
    found = reports(cast)
    sign_in("coordinator")
    page.goto(reverse("reporting:consolidation", args=[found.period.pk]))
    page.get_by_role("button", name=vi("Begin with an empty draft")).click()
    page.get_by_role("link", name=vi("Go on", "consolidating")).click()
    page.wait_for_url("**/sections/**")
    page.wait_for_load_state("networkidle")
    page.evaluate(
        """() => {
            const all = [...document.querySelectorAll(".co-s span")];
            const words = all.find((one) => one.textContent.includes("mở 3"));
            const range = document.createRange();
            range.setStart(words.firstChild, 3);
            range.setEnd(words.firstChild, 11);
            getSelection().removeAllRanges();
            getSelection().addRange(range);
            words.dispatchEvent(new MouseEvent("mouseup", { bubbles: true }));
        }"""
    )
    page.get_by_role("button", name=vi("Take what is marked")).click()
    expect(page.locator(".co-words")).to_have_text(["mở 3 lớp"])
    source = Paragraph.objects.get().sources.get()
    assert source.passage.text[source.start : source.end] == "mở 3 lớp"


def test_it_all_works_without_scripts_on_a_small_screen(chromium: Browser, live: str, cast: Cast) -> None:
    found = reports(cast)
    context = chromium.new_context(base_url=live, viewport=PHONE, java_script_enabled=False, locale="vi-VN")
    context.set_default_timeout(10_000)
    context.add_cookies([{"name": "sessionid", "value": session_of(cast, "coordinator"), "url": live}])
    page = context.new_page()
    page.goto(reverse("reporting:consolidation", args=[found.period.pk]))
    page.get_by_role("button", name=vi("Begin with a first draft")).click()
    page.goto(
        reverse("reporting:consolidation_section", args=[found.period.pk, found.sections["narrative"].pk])
    )
    card = page.locator("[data-card]").filter(has_text="Xã Bến Đò")
    card.get_by_text("Đã tặng quà.").click()
    card.get_by_role("button", name=vi("Take", "words")).click()
    expect(page.locator(".co-words")).to_have_text([SAME, "Đã tặng quà."])
    paragraph = page.locator(".co-para").nth(1)
    paragraph.locator(".co-edit > summary").first.click()
    paragraph.get_by_label(vi("Words of the paragraph; an empty line splits it")).fill(
        "Đã tặng quà.\n\nThêm."
    )
    paragraph.get_by_role("button", name=vi("Save", "paragraph")).click()
    expect(page.locator(".co-words")).to_have_text([SAME, "Đã tặng quà.", "Thêm."])
    context.close()
