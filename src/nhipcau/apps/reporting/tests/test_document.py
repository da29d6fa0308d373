"""The frozen report as paper: in the official form, the same each time, with nothing left out."""

from __future__ import annotations

import io
from datetime import date
from typing import Any

import docx
import pytest

from nhipcau.apps.reporting.annex_workbook import annex_workbook
from nhipcau.apps.reporting.document import official_document, shown
from nhipcau.core.officialdoc import write_docx
from nhipcau.core.officialdoc.checking.checker import check_docx
from nhipcau.core.reportfile import check, sealed
from nhipcau.core.reportfile.tests.sample import report, unit


def whole(units: int = 3) -> dict[str, Any]:
    """The sample with a letterhead, outcomes and a period before."""
    content = report()
    content["report"] |= {
        "parent_body": "Ủy ban nhân dân tỉnh Lam Giang",
        "symbol": "SNgV",
        "place": "Lam Giang",
        "bases": ["Căn cứ Kế hoạch số 12/KH-UBND ngày 05/01/2027 của Ủy ban nhân dân tỉnh"],
        "addressed_to": ["Ủy ban nhân dân tỉnh Lam Giang"],
        "recipients": ["Như trên", "Bộ Ngoại giao"],
        "signature": {"authority": ["KT. GIÁM ĐỐC"], "title": "PHÓ GIÁM ĐỐC", "name": "Lê Văn Mẫu"},
    }
    content["units"] += [unit(f"x{number}", "waiting") for number in range(units - 3)]
    content["sections"] += [
        {
            "key": "so-lieu",
            "label": "II.",
            "level": 1,
            "kind": "indicators",
            "title": "Số liệu",
            "paragraphs": [],
        },
        {
            "key": "kn",
            "label": "III.",
            "level": 1,
            "kind": "difficulties",
            "title": "Kiến nghị",
            "paragraphs": [],
        },
    ]
    content["indicators"][0] |= {
        "section": "so-lieu",
        "decimals": 0,
        "before": {"title": "Kỳ trước", "amount": "1234", "comparable": False},
    }
    content["difficulties"][0]["paragraphs"] = [{"text": "Hướng dẫn thủ tục.", "sources": []}]
    outcome = {"done_in_time": 5, "done_late": 1, "open_in_time": 2, "open_overdue": 1}
    content["outcomes"] = {
        "by_agency": [{"label": each["name"], **outcome} for each in content["units"]],
        "by_task": [{"label": "Lập danh sách chuyên gia", **outcome}],
    }
    return sealed(content)


def words(data: bytes) -> str:
    found = docx.Document(io.BytesIO(data))
    cells = [cell.text for table in found.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in found.paragraphs), *cells])


@pytest.mark.parametrize("units", [3, 45])
@pytest.mark.parametrize(("number", "day"), [(None, None), ("7", date(2027, 2, 5))])
def test_the_paper_is_in_the_official_form(units: int, number: str | None, day: date | None) -> None:
    content = whole(units)
    assert check(content) == [] or units > 3
    found = check_docx(write_docx(official_document(content, number, day)))
    assert [each for each in found if each.severity == "error"] == []


def test_the_same_content_gives_the_same_files() -> None:
    content = whole()
    assert write_docx(official_document(content)) == write_docx(official_document(content))
    assert annex_workbook(content) == annex_workbook(content)


def test_nothing_that_was_frozen_is_missing_on_paper() -> None:
    content = whole()
    said = words(write_docx(official_document(content)))
    for text in (
        "15/12/2026", "14/6/2027", "2 trên 3 đơn vị", "Chưa có báo cáo của 1 đơn vị: Đơn vị c",
        "Đã mời 07 chuyên gia.", "Chuyên gia được mời", "2/3", "1.234*", "Hướng dẫn thủ tục.",
        "Gửi Bộ Ngoại giao:", "Lập danh sách chuyên gia", "TN-2027-a", content["digest"][:8],
    ):  # fmt: skip
        assert text in said


@pytest.mark.parametrize(
    ("value", "decimals", "words_of_it"),
    [
        ("26362", 0, "26.362"),
        ("12.5", 0, "12,5"),
        ("12", 1, "12,0"),
        (None, 0, "…"),
        ("-1200.25", 2, "-1.200,25"),
        ("0", 0, "0"),
    ],
)
def test_figures_are_printed_as_people_here_write_them(
    value: str | None, decimals: int, words_of_it: str
) -> None:
    assert shown(value, decimals) == words_of_it
