"""The sheet to fill in: the columns that a source has, lists to choose from, what each cell takes."""

from __future__ import annotations

import io
from typing import Any

import xlsxwriter
from xlsxwriter.utility import xl_col_to_name

from nhipcau.apps.registry.models import RunningSource
from nhipcau.core.filegate.cells import sheet_text
from nhipcau.core.personvalues import BY_CODE

ROWS, WIDTH = 5_000, 22
LIST, GUIDE, CHOICES = "Danh sách", "Hướng dẫn", "Danh mục"
FIRST = ("old_id", "name", "other_name", "sex", "birth", "commune", "district", "province", "country", "city")
LAST = ("phone", "email", "relative_name", "relative_relation", "relative_phone")
NUMBERS = ("identity_number", "passport_number")
Kind = RunningSource.Kind
BETWEEN: dict[str, tuple[str, ...]] = {
    Kind.COMMUNE: (*NUMBERS, "left", "group", "occupation"),
    Kind.ASSOCIATION: ("left", "group", "nationality", "occupation", "skills", "contribution"),
    Kind.CONSULAR: (*NUMBERS, "nationality", "left", "group", "address_abroad", "occupation"),
    Kind.LABOUR: (*NUMBERS, "left", "returned", "occupation"),
    Kind.EDUCATION: (*NUMBERS, "left", "education", "skills", "languages"),
    Kind.MARRIAGE: (*NUMBERS, "left", "nationality"),
    Kind.EARLIER: (*NUMBERS, "nationality", "left", "returned", "group", "education", "occupation", "skills"),
}
EVERYTHING = (
    *NUMBERS,
    "nationality",
    "left",
    "returned",
    "group",
    "education",
    "occupation",
    "skills",
    "languages",
)
SEXES = ("Nam", "Nữ")
GROUPS = ("Việt kiều", "Di cư", "Kết hôn", "Lao động", "Học tập")
HINTS = {
    "name": "Bắt buộc. Họ và tên đầy đủ, có dấu, mỗi hàng một người.",
    "birth": "Như 05/6/1970, 6/1970 hoặc 1970. Chỉ biết năm thì ghi năm.",
    "commune": "Tên xã, phường cũ hoặc mới.",
    "district": "Tên huyện, nếu là xã cũ.",
    "country": "Tên nước đang cư trú.",
    "group": "Việt kiều, di cư, kết hôn, lao động, học tập; nhiều nhóm thì cách nhau bằng dấu phẩy.",
    "phone": "Có mã nước: +1 408 555 1234.",
    "relative_phone": "Số ở Việt Nam.",
    "identity_number": "12 số hoặc 9 số. Định dạng ô là văn bản để không mất số 0.",
    "passport_number": "Định dạng ô là văn bản.",
    "left": "Năm, hoặc ngày xuất cảnh.",
    "old_id": "Mã của người này trong sổ của nơi gửi, nếu có.",
}
STEPS = (
    "1. Điền vào trang “Danh sách”, mỗi người một hàng, từ hàng 2. Giữ tên cột; cột không dùng để trống.",
    "2. Không ghi dân tộc, tôn giáo, quan điểm, sức khỏe, tài sản: hệ thống không nhận và bỏ qua các cột đó.",
    "3. Chỗ không biết thì để trống, không ghi đoán.",
    "4. Lưu dạng .xlsx rồi tải lên tại mục “Danh sách gửi đến”. Hàng sai được trả lại kèm lý do ở từng ô.",
)


def fields_of(kind: str) -> tuple[str, ...]:
    """The columns of a source's template."""
    return (*FIRST, *BETWEEN.get(kind, EVERYTHING), *LAST)


def template(kind: str, countries: list[str]) -> bytes:
    """A workbook for lists of a kind of source (`RunningSource.Kind`; "" for a round: all fields)."""
    memory = io.BytesIO()
    book = xlsxwriter.Workbook(memory, {"in_memory": True, "strings_to_formulas": False})
    plain = {"font_name": "Times New Roman", "font_size": 12, "valign": "top"}
    head = book.add_format({**plain, "bold": True, "bg_color": "#EFECE4", "border": 1, "text_wrap": True})
    text = book.add_format({**plain, "num_format": "@"})
    sheet = book.add_worksheet(LIST)
    for at, code in enumerate(fields_of(kind)):
        sheet.set_column(at, at, WIDTH, text)
        sheet.write_string(0, at, BY_CODE[code].vi, head)
        if code in HINTS:
            sheet.write_comment(0, at, HINTS[code])
    sheet.freeze_panes(1, 2)
    _choices(book, sheet, fields_of(kind), countries)
    guide = book.add_worksheet(GUIDE)
    guide.set_column(0, 0, 110, book.add_format({**plain, "text_wrap": True}))
    for at, words in enumerate(STEPS):
        guide.write_string(at, 0, words)
    book.close()
    return memory.getvalue()


def _choices(book: Any, sheet: Any, fields: tuple[str, ...], countries: list[str]) -> None:
    lists = book.add_worksheet(CHOICES)
    for at, (code, values) in enumerate((("sex", SEXES), ("group", GROUPS), ("country", tuple(countries)))):
        for row, value in enumerate(values):
            lists.write_string(row, at, sheet_text(value))
        if code in fields and values:
            place = fields.index(code)
            column = xl_col_to_name(at)
            source = f"='{CHOICES}'!${column}$1:${column}${len(values)}"
            rule = {"validate": "list", "source": source, "error_type": "information"}
            sheet.data_validation(1, place, ROWS, place, rule)
    lists.hide()
