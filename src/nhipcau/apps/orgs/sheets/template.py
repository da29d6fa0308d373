"""The sheet to fill in: both parts with heads, lists to choose from, an example, a hint for each column."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date
from typing import Any

import xlsxwriter

from nhipcau.apps.access.scope import Role
from nhipcau.apps.orgs.models import ArrivalRow
from nhipcau.apps.orgs.sheets.columns import (
    COLUMNS,
    EXAMPLE,
    KIND_WORDS,
    KINDS,
    POST_WORDS,
    ROLE_WORDS,
    Column,
)
from nhipcau.core.filegate.cells import sheet_text

ROWS = 1000
NAMES = {ArrivalRow.Kind.AGENCY: "Cơ quan", ArrivalRow.Kind.PERSON: "Người dùng"}
LISTS = "Danh mục"
EXAMPLES = {
    ArrivalRow.Kind.AGENCY: {
        "name": f"{EXAMPLE} Sở Ngoại vụ",
        "abbreviation": "SNgV",
        "kind": "sở, ban, ngành",
        "parent": "Ủy ban nhân dân tỉnh",
        "aliases": "Sở NgV; Sở Ngoại vụ tỉnh",
        "since": date(2025, 7, 1),
    },
    ArrivalRow.Kind.PERSON: {
        "full_name": f"{EXAMPLE} Nguyễn Thị Mẫu",
        "email": "mau@songoaivu.example.vn",
        "role": "chuyên viên cơ quan",
        "agency": "Sở Ngoại vụ",
        "since": date(2027, 1, 1),
    },
}
HINTS = {
    "name": "Bắt buộc. Tên đầy đủ, có dấu.",
    "abbreviation": "Như trong ký hiệu văn bản: SNgV.",
    "code": "Mã định danh, nếu có.",
    "kind": "Bắt buộc. Chọn trong danh sách.",
    "parent": "Tên cơ quan đã có, hoặc có trong trang này.",
    "aliases": "Cách nhau bằng dấu chấm phẩy.",
    "full_name": "Bắt buộc.",
    "email": "Bắt buộc. Thư công vụ; cũng là tên đăng nhập.",
    "role": "Bắt buộc. Chọn trong danh sách.",
    "agency": "Bắt buộc. Tên cơ quan đã có, hoặc có trong trang Cơ quan.",
    "post": "Để trống là mọi bước. Chọn khi cơ quan chia việc văn thư, lãnh đạo, chuyên viên.",
    "since": "Ngày, như 31/12/2027. Người dùng để trống là từ hôm nay.",
    "until": "Ngày cuối, như 31/12/2027. Trống là chưa có.",
}
WIDTHS = {
    "name": 38,
    "full_name": 28,
    "email": 34,
    "agency": 38,
    "parent": 32,
    "aliases": 32,
    "role": 22,
    "kind": 24,
}


def template(roles: frozenset[Role], agencies: Sequence[str]) -> bytes:
    """The workbook, with the `roles` that its sender may give and the names of `agencies` to choose from."""
    memory = io.BytesIO()
    options = {"strings_to_formulas": False, "strings_to_urls": False, "in_memory": True}
    book = xlsxwriter.Workbook(memory, options)
    lists: dict[str, list[str]] = {
        "kind": [KIND_WORDS[kind][0] for kind in KINDS if kind in KIND_WORDS],
        "role": [words[0] for role, words in ROLE_WORDS.items() if role in roles],
        "agency": list(agencies),
        "post": [words[0] for words in POST_WORDS.values()],
    }
    formats = {
        "head": book.add_format({"bold": True, "bottom": 1, "bg_color": "#E8EEF5", "text_wrap": True}),
        "example": book.add_format({"italic": True, "font_color": "#5B6470"}),
        "example day": book.add_format({"italic": True, "font_color": "#5B6470", "num_format": "dd/mm/yyyy"}),
        "text": book.add_format({"num_format": "@"}),
    }
    sheets = {kind: book.add_worksheet(name) for kind, name in NAMES.items()}
    ranges = _write_lists(book, lists)
    for kind, sheet in sheets.items():
        _part(sheet, kind, ranges, formats)
    book.close()
    return memory.getvalue()


def _write_lists(book: Any, lists: dict[str, list[str]]) -> dict[str, str]:
    """The words to choose from, on a sheet of their own; key → the range that holds them."""
    sheet = book.add_worksheet(LISTS)
    ranges = {}
    for column, (key, words) in enumerate(lists.items()):
        for row, word in enumerate(words):
            sheet.write_string(row, column, sheet_text(word))
        if words:
            letter = "ABCD"[column]
            ranges[key] = f"='{LISTS}'!${letter}$1:${letter}${len(words)}"
    sheet.hide()
    return ranges


def _part(sheet: Any, kind: str, ranges: dict[str, str], formats: dict[str, Any]) -> None:
    for at, column in enumerate(COLUMNS[kind]):
        day = column.key in ("since", "until")
        head = column.head + (" *" if column.required else "")
        sheet.set_column(at, at, WIDTHS.get(column.key, 16), None if day else formats["text"])
        sheet.write_string(0, at, head, formats["head"])
        example = EXAMPLES[ArrivalRow.Kind(kind)].get(column.key)
        if isinstance(example, date):
            sheet.write_datetime(1, at, example, formats["example day"])
        elif example:
            sheet.write_string(1, at, str(example), formats["example"])
        _validate(sheet, at, column, ranges.get(column.key))
    sheet.freeze_panes(1, 0)
    sheet.set_landscape()
    sheet.repeat_rows(0)


def _validate(sheet: Any, at: int, column: Column, source: str | None) -> None:
    rule: dict[str, Any] = {"validate": "any", "input_title": column.head, "input_message": HINTS[column.key]}
    if source is not None:
        # Other ways to write them are understood too, so the list warns and does not stop.
        rule |= {"validate": "list", "source": source, "error_type": "information"}
        rule |= {"error_title": column.head, "error_message": HINTS[column.key]}
    sheet.data_validation(1, at, ROWS, at, rule)
