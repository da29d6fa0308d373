"""Tables for download, as XLSX or CSV. Text is text: a cell that looks like a formula stays what was
written.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Literal, TypeAlias

import xlsxwriter
from django.http import HttpResponse

from nhipcau.core.filegate.cells import csv_text, sheet_text

Format = Literal["xlsx", "csv"]
Cell: TypeAlias = str | int | date | None
TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
}
WIDEST = 60


def download(name: str, heads: Sequence[str], rows: Iterable[Sequence[Cell]], form: Format) -> HttpResponse:
    """The table as an answer that the browser saves as `name`.xlsx or .csv; `name` is plain ASCII."""
    body = workbook(heads, rows) if form == "xlsx" else comma_separated(heads, rows)
    return HttpResponse(
        body,
        content_type=TYPES[form],
        headers={"Content-Disposition": f'attachment; filename="{name}.{form}"'},
    )


def workbook(heads: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """One sheet, its head fixed and filtered, dates as dates."""
    memory = io.BytesIO()
    options = {
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "constant_memory": True,
        "in_memory": True,
    }
    book = xlsxwriter.Workbook(memory, options)
    sheet = book.add_worksheet()
    bold = book.add_format({"bold": True, "bottom": 1})
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    day = book.add_format({"num_format": "dd/mm/yyyy", "valign": "top"})
    for column, head in enumerate(heads):
        sheet.set_column(column, column, min(WIDEST, max(12, len(head) + 2)))
        sheet.write_string(0, column, sheet_text(head), bold)
    sheet.freeze_panes(1, 0)
    last = 0
    for last, cells in enumerate(rows, start=1):
        for column, cell in enumerate(cells):
            if isinstance(cell, date):
                sheet.write_datetime(last, column, cell, day)
            elif isinstance(cell, int):
                sheet.write_number(last, column, cell)
            elif cell:
                sheet.write_string(last, column, sheet_text(cell), wrapped)
    sheet.autofilter(0, 0, last, max(0, len(heads) - 1))
    book.close()
    return memory.getvalue()


def comma_separated(heads: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """UTF-8 with the mark that spreadsheets ask for; dates as 31/12/2027."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([csv_text(head) for head in heads])
    for cells in rows:
        writer.writerow([_plain(cell) for cell in cells])
    return out.getvalue().encode("utf-8-sig")


def _plain(cell: Cell) -> str:
    if isinstance(cell, date):
        return f"{cell:%d/%m/%Y}"
    return csv_text(cell) if isinstance(cell, str) else "" if cell is None else str(cell)
