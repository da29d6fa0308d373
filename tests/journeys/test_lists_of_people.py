"""An association's bad list comes back marked, is mended, and the keeper of the register accepts it."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import xlsxwriter
from django.utils import translation
from django.utils.translation import gettext, ngettext
from playwright.sync_api import Page, expect
from pytest_django import Settings
from tests.cast import Cast
from tests.permissions.world_of_registry import make_round

from nhipcau.apps.access.actors import System
from nhipcau.apps.access.identity import acting
from nhipcau.apps.reference.models import Country
from nhipcau.core.tablereader import read_tables

SignIn = Callable[[str], None]
LISTS = "/people-abroad/lists/"


def vi(words: str) -> str:
    """A text of ours as the page says it."""
    with translation.override("vi"):
        return gettext(words)


def workbook(*rows: list[str]) -> bytes:
    memory = io.BytesIO()
    with xlsxwriter.Workbook(memory, {"in_memory": True}) as book:
        sheet = book.add_worksheet("Danh sách")
        for at, row in enumerate(rows):
            sheet.write_row(at, 0, row)
    return memory.getvalue()


def send(page: Page, name: str, body: bytes) -> None:
    page.goto(LISTS)
    page.get_by_label(vi("Choose the list")).set_input_files({"name": name, "mimeType": "", "buffer": body})
    page.get_by_role("button", name=vi("Upload and check")).click()


def test_a_bad_list_comes_back_marked_is_mended_and_accepted(
    page: Page, sign_in: SignIn, cast: Cast, settings: Settings, tmp_path: Path
) -> None:
    settings.JOBS_INLINE, settings.MEDIA_ROOT = True, tmp_path / "files"
    with acting(System("tests")):
        make_round(cast)
        Country.objects.create(
            code="US", name="Hoa Kỳ", name_en="United States", aliases="Mỹ", valid=(None, None), source="ISO"
        )
    head, bad = ["Họ và tên", "Năm sinh", "Nước định cư"], ["Trần Văn Ba", "31/02/1980", "Mỹ"]
    sign_in("outsider")
    send(
        page,
        "hoi.xlsx",
        workbook(head, ["Nguyễn Thị Hoa", "1970", "Mỹ"], bad),
    )
    with translation.override("vi"):
        heading = ngettext("%(n)s of %(total)s rows is wrong", "%(n)s of %(total)s rows are wrong", 1)
    expect(page.locator("h1")).to_have_text(heading % {"n": 1, "total": 2})
    expect(page.get_by_text("Không có ngày 31/02/1980")).to_be_visible()
    page.goto("/")
    page.get_by_role("link", name=vi("Mend the wrong rows of a list and send them")).first.click()
    with page.expect_download() as download:
        page.get_by_role("link", name=vi("Download the wrong rows, marked")).click()
    path = tmp_path / "sai.xlsx"
    download.value.save_as(path)
    above, wrong = (row["cells"] for row in read_tables(path)[0]["rows"])
    assert (above, wrong) == (head, bad)

    send(page, "hoi-da-sua.xlsx", workbook(above, [wrong[0], "28/02/1980", wrong[2]]))
    with translation.override("vi"):
        heading = ngettext("%(n)s row, nothing wrong", "%(n)s rows, nothing wrong", 1)
    expect(page.locator("h1")).to_have_text(heading % {"n": 1})

    sign_in("coordinator")
    for name in ("hoi.xlsx", "hoi-da-sua.xlsx"):
        page.goto(LISTS)
        page.get_by_role("link", name=name, exact=True).click()
        page.get_by_role("button", name=vi("Bring them into the register")).click()
        expect(page.locator("h1")).to_have_text(vi("This list is in the register"))
    page.goto("/people-abroad/?q=tran+van+ba")
    expect(page.get_by_role("link", name="Trần Văn Ba")).to_be_visible()
