"""A form as a workbook: cells that are checked while one types, lists to choose from, the rest locked."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import xlsxwriter
from xlsxwriter.utility import xl_rowcol_to_cell

from nhipcau.apps.reporting.workbooks.layout import (
    DIFFICULTIES,
    FIGURES,
    KINDS,
    SPLITS,
    TASKS,
    TEXTS,
    TICK,
    Column,
    Form,
    Line,
    SheetKind,
)
from nhipcau.core.filegate.cells import sheet_text

GUIDE, LISTS = "Hướng dẫn", "Danh mục"
HEAD_ROW = 2
LONGEST_COMMENT = 900
STEPS = (
    "1. Điền vào các ô nền vàng ở từng trang. Không sửa ô khác, không đổi tên trang, không xóa cột ẩn.",
    "2. Số liệu: gõ số, không gõ chữ. Số 0 nghĩa là đã đếm và không có; để trống nghĩa là chưa trả lời; "
    "đánh dấu x ở cột “Không có số liệu” khi đơn vị không có số.",
    "3. Mục không có nội dung phát sinh: đánh dấu x ở cột “Không phát sinh” của trang “Nội dung”.",
    "4. Lưu tệp dạng .xlsx, tải lên tại trang báo cáo của đơn vị, hoặc nộp cho cơ quan đầu mối.",
    "5. Ô sai được trả lại kèm lý do; ô đúng thành dự thảo của đơn vị, xem lại rồi mới gửi.",
)


@dataclass(frozen=True, slots=True)
class Cover:
    """What the guide says of the report; `code` is the seal."""

    title: str
    period: str
    unit: str
    due: str
    window: str
    code: str


def workbook_of(form: Form, cover: Cover, marks: Mapping[tuple[int, str], str] | None = None) -> bytes:
    """`marks`: index of a line and key of a cell → what is wrong with it; an empty key marks the line."""
    memory = io.BytesIO()
    options = {"strings_to_formulas": False, "strings_to_urls": False, "in_memory": True}
    book = xlsxwriter.Workbook(memory, options)
    book.set_properties({"title": sheet_text(cover.title), "subject": sheet_text(cover.period)})
    _Writer(book, form, marks or {}).write(cover)
    book.close()
    return memory.getvalue()


class _Writer:
    def __init__(self, book: Any, form: Form, marks: Mapping[tuple[int, str], str]) -> None:
        self.book, self.form, self.marks = book, form, marks
        plain = {"valign": "top", "text_wrap": True, "font_name": "Times New Roman", "font_size": 12}
        edged = {**plain, "border": 1, "border_color": "#B9B3A5"}
        self.plain = book.add_format(plain)
        self.title = book.add_format({**plain, "bold": True, "font_size": 14})
        self.small = book.add_format({**plain, "font_size": 8, "font_color": "#6B6658"})
        self.head = book.add_format({**edged, "bold": True, "bg_color": "#EFECE4"})
        self.fixed = book.add_format(edged)
        self.hidden = book.add_format({"font_size": 8, "font_color": "#6B6658"})
        yellow = {**edged, "locked": False, "bg_color": "#FFF9E3"}
        red = {**edged, "locked": False, "bg_color": "#F3C4BD"}
        number = {"num_format": "#,##0.####", "align": "right"}
        self.open = {False: book.add_format(yellow), True: book.add_format(red)}
        self.number = {
            False: book.add_format({**yellow, **number}),
            True: book.add_format({**red, **number}),
        }
        self.drawn = book.add_format({**edged, **number})

    def write(self, cover: Cover) -> None:
        self._guide(cover)
        indexed: dict[str, list[tuple[int, Line]]] = {}
        for at, line in enumerate(self.form.lines):
            indexed.setdefault(line.kind, []).append((at, line))
        for kind in KINDS:
            if kind.key in indexed:
                self._sheet(kind, indexed[kind.key])
        self._lists()

    def _guide(self, cover: Cover) -> None:
        sheet = self.book.add_worksheet(GUIDE)
        sheet.set_column(0, 0, 24)
        sheet.set_column(1, 1, 90)
        sheet.merge_range(0, 0, 0, 1, sheet_text(cover.title), self.title)
        facts = (
            ("Kỳ báo cáo", cover.period),
            ("Đơn vị", cover.unit),
            ("Hạn gửi", cover.due),
            ("Số liệu chốt", cover.window),
        )
        for at, (name, value) in enumerate(facts, start=1):
            sheet.write_string(at, 0, name, self.plain)
            sheet.write_string(at, 1, sheet_text(value), self.plain)
        for at, words in enumerate(STEPS, start=len(facts) + 2):
            sheet.merge_range(at, 0, at, 1, words, self.plain)
            sheet.set_row(at, 36)
        last = len(facts) + len(STEPS) + 3
        sheet.write_string(last, 0, "Mã của biểu, không sửa", self.small)
        sheet.write_string(last, 1, cover.code, self.small)
        sheet.protect("", {"format_columns": True, "format_rows": True})

    def _sheet(self, kind: SheetKind, lines: Sequence[tuple[int, Line]]) -> None:
        sheet = self.book.add_worksheet(kind.name)
        sheet.write_string(0, 1, kind.name.upper(), self.title)
        for at, column in enumerate(kind.columns):
            hidden = {"hidden": True} if column.key == "code" else {}
            sheet.set_column(at, at, column.width, None, hidden)
            sheet.write_string(HEAD_ROW, at, column.head, self.head)
        for row, (index, line) in enumerate(lines, start=HEAD_ROW + 1):
            for at, column in enumerate(kind.columns):
                self._cell(sheet, (row, at), column, index, line)
        sheet.freeze_panes(HEAD_ROW + 1, 2 if kind is not SPLITS else 0)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(HEAD_ROW)
        last = HEAD_ROW + len(lines)
        self._validate(sheet, kind, last)
        allowed = {"format_columns": True, "format_rows": True, "autofilter": True, "sort": True}
        sheet.protect("", {**allowed, "insert_rows": kind in (SPLITS, DIFFICULTIES)})

    def _cell(self, sheet: Any, place: tuple[int, int], column: Column, index: int, line: Line) -> None:
        row, at = place
        text = line.cell(column.key)
        wrong = self.marks.get((index, column.key), "")
        if column.key == "code":
            sheet.write_string(row, at, text, self.hidden)
            return
        closed = column.key == "amount" and line.cell("code") in self.form.closed
        if not column.open or closed:
            self._fixed(sheet, place, line, column)
        elif column.key in line.numbers:
            sheet.write_number(row, at, float(text), self.number[bool(wrong)])
        elif text:
            sheet.write_string(row, at, sheet_text(text), self.open[bool(wrong)])
        else:
            look = self.number if column.key == "amount" else self.open
            sheet.write_blank(row, at, None, look[bool(wrong)])
        if wrong:
            sheet.write_comment(row, at, sheet_text(wrong)[:LONGEST_COMMENT], {"x_scale": 2})

    def _fixed(self, sheet: Any, place: tuple[int, int], line: Line, column: Column) -> None:
        row, at = place
        text = line.cell(column.key)
        if column.key in line.numbers:
            sheet.write_number(row, at, float(text), self.drawn)
        else:
            sheet.write_string(row, at, sheet_text(text), self.fixed)

    def _validate(self, sheet: Any, kind: SheetKind, last: int) -> None:
        """Wrong typing is told at once, where the program can."""
        places = {column.key: at for at, column in enumerate(kind.columns)}
        first = HEAD_ROW + 1
        if kind in (FIGURES, SPLITS):
            rule = {
                "validate": "decimal",
                "criteria": ">=",
                "value": 0,
                "error_title": "Không phải số liệu",
                "error_message": "Chỉ gõ số, từ 0 trở lên.",
            }
            sheet.data_validation(first, places["amount"], last, places["amount"], rule)
        for key in ("nothing", "no_data"):
            if key in places and kind in (TEXTS, FIGURES):
                rule = {"validate": "list", "source": [TICK], "error_message": "Đánh dấu x hoặc để trống."}
                sheet.data_validation(first, places[key], last, places[key], rule)
        if kind in (TEXTS, TASKS, DIFFICULTIES):
            rule = {
                "validate": "length",
                "criteria": "<=",
                "value": 20_000,
                "error_message": "Dài quá 20.000 ký tự.",
            }
            sheet.data_validation(first, places["text"], last, places["text"], rule)
        if kind is SPLITS:
            self._choose(sheet, (first, last), places["label"], 0, count=len(self.form.split_labels))
            self._choose(sheet, (first, last), places["category"], 1, count=len(self._chosen()))
        if kind is DIFFICULTIES:
            named = len(self.form.addressees)
            self._choose(sheet, (first, last), places["addressee"], 2, count=named, error_type="information")

    def _choose(
        self, sheet: Any, rows: tuple[int, int], at: int, column: int, *, count: int, **more: str
    ) -> None:
        first, last = rows
        if count:
            top, bottom = (xl_rowcol_to_cell(row, column, True, True) for row in (0, count - 1))
            rule = {
                "validate": "list",
                "source": f"='{LISTS}'!{top}:{bottom}",
                "error_message": "Chọn trong danh sách.",
                **more,
            }
            sheet.data_validation(first, at, last, at, rule)

    def _chosen(self) -> list[str]:
        """Names of the categories of the splits that are chosen from lists."""
        dimensions = {dimension.code for _asked, dimension in self.form.split_labels.values()}
        return [part.vi for code in sorted(dimensions) for part in self.form.categories[code]]

    def _lists(self) -> None:
        columns = (list(self.form.split_labels), self._chosen(), list(self.form.addressees))
        if not any(columns):
            return
        sheet = self.book.add_worksheet(LISTS)
        for at, names in enumerate(columns):
            for row, name in enumerate(names):
                sheet.write_string(row, at, sheet_text(name))
        sheet.protect("")
        sheet.hide()
