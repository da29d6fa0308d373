"""Signing in as people do it: a password, a passkey, a language, keys, small screens."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import BrowserContext, Page, expect
from tests.cast import PASSWORD, Cast
from tests.journeys.conftest import PHONE

AUTHENTICATOR = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


def give_password(page: Page, email: str, password: str) -> None:
    page.goto("/accounts/login/")
    page.get_by_label("Thư công vụ").fill(email)
    page.get_by_label("Mật khẩu").fill(password)
    page.get_by_role("button", name="Đăng nhập bằng mật khẩu").click()


def test_a_wrong_password_is_told_plainly_and_the_right_one_lets_in(page: Page, cast: Cast) -> None:
    give_password(page, cast.officer.email, "sai rồi")
    expect(page.get_by_role("alert")).to_contain_text("không đúng")
    expect(page.get_by_role("alert")).to_be_focused()
    give_password(page, cast.officer.email, PASSWORD)
    expect(page).to_have_url("/")
    expect(page.get_by_role("navigation", name="Chính")).to_be_visible()


def test_a_passkey_is_added_and_then_lets_in_without_a_password(
    page: Page, context: BrowserContext, cast: Cast
) -> None:
    devtools = context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})
    give_password(page, cast.officer.email, PASSWORD)
    expect(page).to_have_url("/")
    page.goto("/account/")
    page.get_by_role("link", name="Khóa truy cập, bước thứ hai").click()
    page.get_by_role("link", name="Thêm khóa truy cập").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Xác nhận lại danh tính")
    page.get_by_label("Mật khẩu").fill(PASSWORD)
    page.get_by_role("button", name="Xác nhận").click()
    page.get_by_label("Thay cho mật khẩu").check()
    page.get_by_role("button", name="Thêm thiết bị này").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("mã khôi phục")
    page.locator("details.nc-user summary").click()
    page.get_by_role("button", name="Đăng xuất").click()
    page.goto("/accounts/login/")
    page.get_by_role("button", name="Dùng khóa truy cập").click()
    expect(page).to_have_url("/")


def test_the_language_changes_on_the_page_one_is_on(page: Page, sign_in: Callable[[str], None]) -> None:
    sign_in("officer")
    page.goto("/help/")
    page.locator("details.nc-user summary").click()
    page.get_by_role("button", name="English").click()
    expect(page).to_have_url("/help/")
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.get_by_role("heading", level=1)).to_have_text("Help and keys")


def test_keys_lead_to_search_and_help_but_not_while_typing(
    page: Page, sign_in: Callable[[str], None]
) -> None:
    sign_in("officer")
    page.goto("/account/")
    page.keyboard.press("/")
    expect(page).to_have_url("/search/")
    box = page.get_by_role("searchbox")
    box.fill("")
    box.press("?")
    expect(box).to_have_value("?")
    page.goto("/account/")
    page.keyboard.press("?")
    expect(page).to_have_url("/help/")


def test_the_menu_of_a_small_screen_opens_and_closes_by_keyboard(
    page: Page, sign_in: Callable[[str], None]
) -> None:
    sign_in("coordinator")
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    page.goto("/")
    menu = page.locator("details.nc-menu")
    menu.locator("summary").press("Enter")
    expect(menu.get_by_role("link", name="Người dùng")).to_be_visible()
    page.keyboard.press("Escape")
    expect(menu.get_by_role("link", name="Người dùng")).to_be_hidden()
    expect(menu.locator("summary")).to_be_focused()


def test_the_pages_work_without_scripts(context: BrowserContext, live: str, cast: Cast) -> None:
    browser = context.browser
    assert browser is not None
    plain = browser.new_context(base_url=live, java_script_enabled=False)
    page = plain.new_page()
    give_password(page, cast.coordinator.email, PASSWORD)
    assert page.url == f"{live}/"
    page.goto("/search/?q=an")
    page.goto("/account/")
    page.get_by_label("English").check()
    page.get_by_role("button", name="Lưu ngôn ngữ").click()
    assert page.get_by_text("The language is kept.").is_visible()
    plain.close()
