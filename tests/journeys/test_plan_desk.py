"""From a plan to reviewed tasks, in a real browser: with keys, by hand, and without scripts."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.utils import translation
from django.utils.translation import gettext
from playwright.sync_api import Browser, BrowserContext, Page, expect
from tests.cast import Cast
from tests.journeys.conftest import session_of

from nhipcau.apps.plans.models import Document, DraftTask, Task
from nhipcau.apps.plans.tests.conftest import drafted
from nhipcau.apps.plans.tests.readings import Item, Plan

ROOT = Path(__file__).resolve().parents[2]
SHARED = Path(os.environ.get("NHIPCAU_SHARED") or ROOT.parent / "shared")
REAL = SHARED / "plans" / "angiang-2024.txt"
OWN = """ỦY BAN NHÂN DÂN TỈNH MẪU
Số: 38/KH-UBND
Mẫu, ngày 20 tháng 11 năm 2026
KẾ HOẠCH
Công tác người Việt Nam ở nước ngoài năm 2027
I. TỔ CHỨC THỰC HIỆN
1. Sở Công Thương
a) Chủ trì, phối hợp với Sở Tài chính lập danh mục dự án mời gọi đầu tư trước ngày 15/11/2027.
b) Tổ chức hội nghị kết nối doanh nghiệp kiều bào với doanh nghiệp trong tỉnh.
2. Sở Tài chính
a) Tham mưu Ủy ban nhân dân tỉnh bố trí kinh phí thực hiện Kế hoạch này.
"""
SignIn = Callable[[str], None]


@pytest.fixture(autouse=True)
def at_once(settings: Any, tmp_path: Path) -> None:
    """Jobs run where they are deferred; files lie in the test's folder."""
    settings.JOBS_INLINE = True
    settings.MEDIA_ROOT = tmp_path / "files"


@pytest.fixture
def plan_file(tmp_path: Path) -> Path:
    """The real plan when the shared folder is there, else the project's own small one."""
    if REAL.exists():
        return REAL
    path = tmp_path / "ke-hoach.txt"
    path.write_text(OWN, encoding="utf-8")
    return path


def vi(words: str) -> str:
    """A text of ours as the page says it."""
    with translation.override("vi"):
        return gettext(words)


def upload(page: Page, file: Path) -> None:
    page.goto("/plans/upload/")
    page.set_input_files("input[type=file]", file)
    page.get_by_role("button", name=vi("Upload and read")).click()
    page.wait_for_url("**/desk/**")


def test_a_plan_is_uploaded_corrected_approved_and_found_by_its_officer(
    page: Page, sign_in: SignIn, plan_file: Path
) -> None:
    sign_in("coordinator")
    upload(page, plan_file)
    expect(page.locator(".pd-edit").first).to_be_visible()
    # Correct one of its tasks and accept it.
    row = page.locator(".pd-t", has_text="Sở Công Thương").first
    row.locator("a").click()
    form = page.locator(".pd-edit form")
    expect(form).to_have_count(1)
    expect(form.locator("input[name=agency]").first).to_have_value("Sở Công Thương tỉnh Mẫu")
    form.locator("input[name=due]").fill("30/11/2027")
    form.locator("textarea[name=text]").fill("Kết nối doanh nghiệp kiều bào với doanh nghiệp trong tỉnh")
    form.get_by_role("button", name=vi("Accept")).click()
    corrected = page.locator(".pd-t.is-ok", has_text="Kết nối doanh nghiệp kiều bào")
    expect(corrected).to_contain_text("30/11/2027")
    # What is open is said first; then it is approved.
    page.locator("#desk-approve").click()
    expect(page.locator(".pd-left li").first).to_be_visible()
    page.locator("main .btn-primary").click()
    expect(page.locator("main")).to_contain_text(vi("Approved and frozen"))
    # The officer of that agency finds it on her first page.
    sign_in("officer")
    page.goto("/")
    page.get_by_role(
        "link", name="Kết nối doanh nghiệp kiều bào với doanh nghiệp trong tỉnh", exact=True
    ).click()
    expect(page.locator("h1")).to_contain_text("30/11/2027")
    expect(page.locator("main")).to_contain_text("Kết nối doanh nghiệp kiều bào")
    expect(page.locator("mark")).to_be_visible()


# What is wrong with the tasks that the reader doubts, by their number.
WRONG = {8: "due", 16: "role", 24: "due", 32: "role", 40: "agencies", 48: "text"}


def forty_nine() -> Plan:
    """A plan of 49 tasks; six of them are read wrong and say so."""
    plan = Plan()
    plan.paragraph("I. TỔ CHỨC THỰC HIỆN", "heading", 1)
    for index in range(1, 50):
        second = "; biên soạn sổ tay hướng dẫn đầu tư" if WRONG.get(index) == "text" else ""
        plan.task(
            f"I.{index}",
            Item(
                f"{index}.",
                f"Triển khai nội dung thứ {index} của chương trình kết nối kiều bào{second}.",
                agencies=("Sở Công Thương",),
                doubts=(WRONG[index],) if index in WRONG else (),
            ),
        )
    return plan


class Keys:
    """A keyboard that counts. Shift and the like stand with the key they change."""

    def __init__(self, page: Page) -> None:
        self.page, self.count = page, 0

    def press(self, key: str) -> None:
        self.page.keyboard.press(key)
        self.count += 1

    def type(self, words: str) -> None:
        for letter in words:
            self.page.keyboard.press(letter)
            self.count += 1


def correct_due(page: Page, keys: Keys) -> None:
    keys.press("e")
    expect(page.locator(".pd-edit input[name=due]")).to_be_focused()
    keys.type("30/9")
    keys.press("Enter")


def correct_role(page: Page, keys: Keys) -> None:
    keys.press("e")
    expect(page.locator(".pd-edit fieldset.is-doubt input").first).to_be_focused()
    keys.press("Tab")
    keys.type("p")  # "Phối hợp"
    keys.press("Enter")


def correct_agency(page: Page, keys: Keys) -> None:
    keys.press("e")
    expect(page.locator(".pd-edit fieldset.is-doubt input").first).to_be_focused()
    keys.type("stc")  # its abbreviation, in place of the name that was read
    keys.press("Enter")


def correct_text(page: Page, keys: Keys) -> None:
    keys.press("s")
    page.wait_for_url("**/split/")
    keys.press("Enter")  # the likeliest place is chosen
    page.wait_for_url("**/desk/**")
    expect(page.locator(".pd-edit")).to_have_count(1)
    keys.press("Enter")


CORRECT = {"due": correct_due, "role": correct_role, "agencies": correct_agency, "text": correct_text}


def test_six_of_49_tasks_are_corrected_and_the_plan_approved_in_60_keystrokes(
    page: Page, sign_in: SignIn, cast: Cast
) -> None:
    document = drafted(cast, forty_nine().reading())
    assert document.drafts.count() == 49
    sign_in("coordinator")
    page.goto(f"/plans/{document.pk}/desk/")
    keys = Keys(page)
    for number, wrong in enumerate(WRONG.values(), 1):
        # The first doubtful task stands open already; after each the next one does.
        expect(page.locator(".pd-edit.is-doubt")).to_have_count(1)
        CORRECT[wrong](page, keys)
        expect(page.locator(".pd-t.is-ok")).to_have_count(number)
    keys.press("a")
    page.wait_for_url("**/approve/")
    expect(page.locator("main .btn-primary")).to_be_focused()
    keys.press("Enter")
    page.wait_for_url(f"**/plans/{document.pk}/")
    tasks = Task.objects.filter(document=document)
    assert tasks.count() == 50
    assert tasks.filter(due_on__isnull=False).count() == 2
    assert tasks.filter(role="coordinate").count() == 2
    assert [task.path for task in tasks.of([cast.department_b.pk])] == ["I.40"]
    assert tasks.filter(text__startswith="biên soạn sổ tay").exists()
    assert keys.count <= 60, keys.count


def test_keys_go_through_the_plan_and_take_back(page: Page, sign_in: SignIn, cast: Cast) -> None:
    document = drafted(cast)
    sign_in("coordinator")
    page.goto(f"/plans/{document.pk}/desk/?order=text")
    current = page.locator(".pd-s.is-now").first
    expect(current).to_contain_text("Tổ chức hội nghị")  # the doubtful one stands open
    page.keyboard.press("k")
    expect(current).to_contain_text("lập danh mục dự án")
    expect(page.locator(".pd-edit [id$=due_hint]")).to_contain_text("“trước ngày 15/11 hằng năm”")
    page.keyboard.press("x")
    expect(page.locator(".pd-t.is-off, .pd-edit.is-off")).to_have_count(1)
    page.keyboard.press("u")
    expect(page.locator(".is-off")).to_have_count(0)
    expect(page.locator("#desk-say")).to_contain_text(vi("Your last change was taken back."))
    page.keyboard.press("?")
    expect(page.locator("dialog")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("dialog")).to_be_hidden()
    page.locator(".pd-s", has_text="Tổ chức hội nghị").click()
    page.keyboard.press("g")
    expect(page.locator(".pd-list [data-state]")).to_have_count(document.drafts.count() + 1)


def test_keys_pressed_faster_than_the_server_are_not_lost(page: Page, sign_in: SignIn, cast: Cast) -> None:
    document = drafted(cast, forty_nine().reading())
    sign_in("coordinator")
    page.goto(f"/plans/{document.pk}/desk/?order=text")
    expect(page.locator(".pd-edit")).to_have_count(1)
    for _ in range(5):
        page.keyboard.press("Enter")
    expect(page.locator(".pd-t.is-ok")).to_have_count(5)
    expect(page.locator("#desk-say")).to_be_empty()
    assert document.drafts.filter(state=DraftTask.State.ACCEPTED).count() == 5


def test_what_was_typed_is_kept_when_one_goes_on(page: Page, sign_in: SignIn, cast: Cast) -> None:
    document = drafted(cast, forty_nine().reading())
    sign_in("coordinator")
    page.goto(f"/plans/{document.pk}/desk/?order=text")
    expect(page.locator(".pd-edit.is-doubt")).to_have_count(1)
    page.keyboard.press("e")
    page.keyboard.type("15/8")
    page.keyboard.press("Escape")
    page.keyboard.press("j")
    saved = page.locator(".pd-t", has_text="nội dung thứ 8 ")
    expect(saved).to_contain_text("15/8")
    expect(page.locator(".pd-s.is-now")).to_contain_text("nội dung thứ 9 ")
    expect(page.locator(".pd-edit textarea")).to_contain_text("nội dung thứ 9 ")


def test_marked_words_become_a_task(page: Page, sign_in: SignIn, cast: Cast) -> None:
    document = drafted(cast)
    before = document.drafts.count()
    sign_in("coordinator")
    page.goto(f"/plans/{document.pk}/desk/?order=text")
    page.evaluate(
        """() => {
            const piece = [...document.querySelectorAll('#vanban [data-o]')]
                .find((each) => each.textContent.includes('biên soạn sổ tay'));
            const at = piece.textContent.indexOf('biên soạn');
            const node = piece.firstChild, range = document.createRange();
            range.setStart(node, at);
            range.setEnd(node, at + 'biên soạn sổ tay hướng dẫn đầu tư'.length);
            const selection = getSelection();
            selection.removeAllRanges();
            selection.addRange(range);
        }"""
    )
    page.keyboard.press("n")
    expect(page.locator(".pd-edit textarea")).to_have_value("biên soạn sổ tay hướng dẫn đầu tư")
    assert document.drafts.count() == before + 1


def test_a_sentence_is_split_at_the_cursor(page: Page, sign_in: SignIn, cast: Cast) -> None:
    document = drafted(cast)
    before = document.drafts.count()
    sign_in("coordinator")
    page.goto(f"/plans/{document.pk}/desk/?order=text")
    box = page.locator(".pd-edit textarea")
    expect(box).to_be_visible()
    box.focus()
    box.evaluate(
        "(field) => { const at = field.value.indexOf('biên soạn'); field.setSelectionRange(at, at); }"
    )
    page.locator(".pd-edit button[data-do=split]").click()
    expect(page.locator(".pd-list [data-state]")).to_have_count(before + 2)
    assert document.drafts.count() == before + 1


def test_the_second_reviewer_is_told_who_was_faster(
    page: Page, context: BrowserContext, sign_in: SignIn, cast: Cast, live: str
) -> None:
    document = drafted(cast)
    sign_in("coordinator")
    page.goto(f"/plans/{document.pk}/desk/?order=text")
    expect(page.locator(".pd-edit")).to_be_visible()
    draft = document.drafts.get(path=document.drafts.all()[1].path)
    from nhipcau.apps.plans.actions import edit_draft

    edit_draft(draft, version=draft.version, actor=cast.second_coordinator, text="Tổ chức hai hội nghị")
    page.locator(".pd-edit textarea").fill("Tổ chức ba hội nghị")
    page.locator(".pd-edit").get_by_role("button", name=vi("Accept")).click()
    expect(page.locator("#desk-say")).to_contain_text(cast.second_coordinator.full_name)
    expect(page.locator(".pd-list")).to_contain_text("Tổ chức hai hội nghị")


def test_everything_works_without_scripts(chromium: Browser, live: str, cast: Cast, plan_file: Path) -> None:
    context = chromium.new_context(
        base_url=live, java_script_enabled=False, viewport={"width": 360, "height": 740}
    )
    context.add_cookies([{"name": "sessionid", "value": session_of(cast, "coordinator"), "url": live}])
    page = context.new_page()
    upload(page, plan_file)
    document = Document.objects.get()
    # One draft is a plain form; saving leads to the next one.
    page.locator(".pd-t a").first.click()
    page.locator(".pd-edit input[name=due]").fill("31/12/2027")
    page.locator(".pd-edit button[data-do=accept]").click()
    assert document.drafts.filter(state=DraftTask.State.ACCEPTED).count() == 1
    expect(page.locator(".pd-edit")).to_have_count(1)
    # A date that does not exist is refused beside its field, and nothing is lost.
    page.locator(".pd-edit input[name=due]").fill("31/2/2027")
    page.locator(".pd-edit button[data-do=accept]").click()
    expect(page.locator(".pd-edit .nc-error")).to_contain_text("31/2/2027")
    page.locator(".pd-edit input[name=due]").fill("")
    page.locator(".pd-edit button[data-do=drop]").click()
    assert document.drafts.filter(state=DraftTask.State.DROPPED).count() == 1
    page.locator("#desk-approve").click()
    page.locator("main .btn-primary").click()
    document.refresh_from_db()
    assert document.state == Document.State.APPROVED
    page.goto("/tasks/?status=open")
    expect(page.locator("tbody tr").first).to_be_visible()
    context.close()


def test_a_file_that_is_no_plan_is_refused_in_words(page: Page, sign_in: SignIn, tmp_path: Path) -> None:
    empty = tmp_path / "trong.txt"
    empty.write_bytes(b"")
    sign_in("coordinator")
    page.goto("/plans/upload/")
    page.set_input_files("input[type=file]", empty)
    page.get_by_role("button", name=vi("Upload and read")).click()
    alert = page.locator("main [role=alert]").first
    expect(alert).to_be_visible()
    expect(alert).to_contain_text("Tệp trống")
