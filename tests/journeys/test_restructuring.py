"""A merger is stated and previewed by one person, done by a second one, undone."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from tests.cast import Cast
from tests.journeys.conftest import DESKTOP, PHONE

from nhipcau.apps.orgs.models import Restructuring
from nhipcau.apps.plans.tests.acts import approved_plan, owners, task_of

SignIn = Callable[[str], None]


@pytest.fixture
def pictures(request: pytest.FixtureRequest) -> Callable[[Page, str], None]:
    """`pictures(page, "preview")` keeps the page at both widths where NHIPCAU_PICTURES names a folder."""
    import os

    folder = os.environ.get("NHIPCAU_PICTURES", "")

    def keep(page: Page, name: str) -> None:
        for size in (PHONE, DESKTOP) if folder else ():
            page.set_viewport_size(size)  # type: ignore[arg-type]  # width and height
            page.screenshot(path=str(Path(folder) / f"{name}-{size['width']}.png"), full_page=True)

    return keep


def test_a_merger_is_previewed_done_by_a_second_person_and_undone(
    page: Page, sign_in: SignIn, cast: Cast, settings: Any, pictures: Callable[[Page, str], None]
) -> None:
    settings.JOBS_INLINE = True
    plan = approved_plan(cast)
    shared = task_of(plan, "Tổ chức hội nghị kết nối kiều bào", cast.department_a, cast.department_b)
    alone = task_of(plan, "Lập danh mục dự án mời gọi đầu tư", cast.department_a)

    sign_in("coordinator")
    page.goto("/organisations/restructurings/")
    page.get_by_role("link", name="Lập phương án").click()
    page.get_by_label("Tên phương án").fill("Sáp nhập Sở Công Thương và Sở Tài chính")
    page.get_by_label("Ngày có hiệu lực").fill("01/3/2025")
    page.get_by_label("Căn cứ pháp lý").fill("Nghị quyết số 12/NQ-HĐND ngày 20/02/2025")
    page.get_by_role("button", name="Sang các bước").click()
    pictures(page, "empty")
    page.get_by_role("link", name="Sáp nhập, hợp nhất").click()
    page.get_by_label("Các đơn vị kết thúc").fill("SCT\nSo Tai chinh tinh Mau")
    page.get_by_label("Đơn vị tiếp nhận").fill("Sở Kinh tế tỉnh Mẫu")
    page.get_by_role("button", name="Thêm bước").click()
    # A body that does not exist yet needs its kind; nothing that was typed is lost.
    expect(page.get_by_role("alert")).to_contain_text("Sở Kinh tế tỉnh Mẫu")
    pictures(page, "step-refused")
    page.get_by_label("Loại của đơn vị mới").select_option("department")
    page.get_by_role("button", name="Thêm bước").click()
    pictures(page, "stated")
    page.get_by_role("button", name="Xem trước").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Chạm tới 3 việc đang mở của 2 đơn vị")
    expect(page.get_by_text("phân công trùng trong cùng nhiệm vụ")).to_be_visible()
    pictures(page, "previewed")
    page.get_by_role("button", name="Trình phê duyệt").click()
    # Who wrote it cannot approve it.
    expect(page.get_by_text("Cần người không tham gia lập phê duyệt")).to_be_visible()
    expect(page.get_by_role("button", name="Phê duyệt")).to_have_count(0)
    address = page.url

    sign_in("leader")
    page.goto(address)
    pictures(page, "to-approve")
    page.get_by_role("button", name="Phê duyệt và thực hiện").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Đã thực hiện")
    expect(page.get_by_role("heading", name="Tổng theo cơ cấu cũ và mới: phân công đang mở")).to_be_visible()
    pictures(page, "done")
    assert len(owners(shared)) == 1

    sign_in("coordinator")
    page.goto(address)
    page.get_by_role("link", name="Hoàn tác phương án").click()
    pictures(page, "undo")
    page.get_by_label("Lý do").fill("Nhầm nghị quyết")
    page.get_by_role("button", name="Đề nghị hoàn tác").click()
    # Who asked for it cannot grant it.
    expect(page.get_by_text("Cần người không đề nghị hoàn tác phê duyệt")).to_be_visible()
    expect(page.get_by_role("button", name="Phê duyệt và hoàn tác")).to_have_count(0)
    pictures(page, "undo-asked")
    assert len(owners(shared)) == 1

    sign_in("leader")
    page.goto(address)
    pictures(page, "to-undo")
    page.get_by_role("button", name="Phê duyệt và hoàn tác").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("mọi thứ trở lại như trước")
    assert owners(shared) == [cast.department_a.pk, cast.department_b.pk]
    assert owners(alone) == [cast.department_a.pk]
    assert Restructuring.objects.get().reason == "Nhầm nghị quyết"


def test_open_items_of_a_divided_body_are_allotted_by_rule_and_by_hand(
    page: Page, sign_in: SignIn, cast: Cast, settings: Any, pictures: Callable[[Page, str], None]
) -> None:
    settings.JOBS_INLINE = True
    plan = approved_plan(cast)
    for number in range(6):
        task_of(plan, f"Chuyển đổi số, việc số {number}", cast.department_a)
    task_of(plan, "Cung cấp thông tin cho báo chí", cast.department_a)
    sign_in("coordinator")
    page.goto("/organisations/restructurings/new/")
    page.get_by_label("Tên phương án").fill("Chia Sở Công Thương")
    page.get_by_label("Ngày có hiệu lực").fill("01/3/2025")
    page.get_by_role("button", name="Sang các bước").click()
    page.get_by_role("link", name="Chia, tách").click()
    page.get_by_label("Đơn vị", exact=True).fill("Sở Công Thương tỉnh Mẫu")
    page.get_by_label("Đơn vị tiếp nhận").fill("Sở Công nghệ\nSở Thương mại")
    page.get_by_label("Loại của đơn vị mới").select_option("department")
    page.get_by_role("button", name="Thêm bước").click()
    page.get_by_role("button", name="Xem trước").click()
    page.get_by_role("link", name="Phân chia", exact=True).click()
    pictures(page, "allotment")
    page.get_by_label("Từ ngữ trong nội dung").fill("chuyen doi so")
    page.get_by_label("Chuyển đến").first.select_option(label="Sở Công nghệ")
    page.get_by_role("button", name="Thêm quy tắc").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Còn 3 việc")
    for name in ("Cung cấp thông tin cho báo chí", "Huỳnh Văn An", "Bùi Văn Nghỉ"):
        page.get_by_label(name).check()
    page.get_by_label("Những việc đã đánh dấu").select_option(label="Sở Thương mại")
    page.get_by_role("button", name="Phân chia việc đã đánh dấu").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Còn 0 việc")
    pictures(page, "allotted")
    page.get_by_role("button", name="Xem trước lại").click()
    expect(page.get_by_role("button", name="Trình phê duyệt")).to_be_visible()
