"""The wrong rows as the sender wrote them, in her own columns: the wrong cells marked, the reasons beside."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import xlsxwriter
from django.utils.translation import gettext

from nhipcau.apps.orgs.models import ArrivalRow
from nhipcau.apps.orgs.sheets.columns import places
from nhipcau.apps.orgs.sheets.remarks import HARMLESS, sentence
from nhipcau.core.filegate.cells import sheet_text

NAME = 31
"""Longest name of a sheet."""


def marked(layout: Sequence[Mapping[str, Any]], rows: Iterable[ArrivalRow]) -> bytes:
    """A workbook with a sheet for each of the sender's that has wrong rows."""
    by_sheet: dict[int, list[ArrivalRow]] = {}
    for row in rows:
        by_sheet.setdefault(row.sheet, []).append(row)
    memory = io.BytesIO()
    options = {"strings_to_formulas": False, "strings_to_urls": False, "in_memory": True}
    book = xlsxwriter.Workbook(memory, options)
    formats = {
        "head": book.add_format({"bold": True, "bottom": 1, "text_wrap": True}),
        "wrong": book.add_format({"bg_color": "#F3C4BD", "num_format": "@"}),
        "text": book.add_format({"num_format": "@"}),
        "why": book.add_format({"text_wrap": True, "font_color": "#A6251B"}),
    }
    for part in sorted(layout, key=lambda part: int(part["index"])):
        found = by_sheet.get(part["index"])
        if found:
            sheet = book.add_worksheet(_name(part, book))
            _sheet(sheet, part, found, formats)
    if not book.worksheets():
        book.add_worksheet()
    book.close()
    return memory.getvalue()


def _name(part: Mapping[str, Any], book: Any) -> str:
    """The sender's own name where a workbook takes it."""
    plain = "".join(c for c in sheet_text(part["name"]) if c not in "[]:*?/\\'").strip()[: NAME - 4]
    taken = {each.get_name().casefold() for each in book.worksheets()}
    name = plain or f"{int(part['index']) + 1}"
    return name if name.casefold() not in taken else f"{name} {int(part['index']) + 1}"


def _sheet(
    sheet: Any, part: Mapping[str, Any], rows: Sequence[ArrivalRow], formats: Mapping[str, Any]
) -> None:
    head: list[str] = part["head"]
    columns = places(head, part["kind"])
    width = max(len(head), *(len(row.cells) for row in rows))
    for at, text in enumerate(head):
        sheet.write_string(0, at, sheet_text(text), formats["head"])
        sheet.set_column(at, at, min(40, max(14, len(text) + 2)))
    for at, text in enumerate((gettext("Row in your file"), gettext("What is wrong"))):
        sheet.write_string(0, width + at, text, formats["head"])
    sheet.set_column(width, width, 12)
    sheet.set_column(width + 1, width + 1, 70)
    for line, row in enumerate(rows, start=1):
        faults = [each for each in row.remarks if each["code"] not in HARMLESS]
        wrong = {columns.get(each["column"]) for each in faults}
        for at in range(len(head)):
            text = row.cells[at] if at < len(row.cells) else ""
            kind = formats["wrong" if at in wrong else "text"]
            if text:
                sheet.write_string(line, at, sheet_text(text), kind)
            elif at in wrong:
                sheet.write_blank(line, at, None, kind)
        sheet.write_number(line, width, row.number)
        said = "\n".join(f"{_head(head, columns, each)}{sentence(each)}" for each in faults)
        sheet.write_string(line, width + 1, sheet_text(said), formats["why"])
    sheet.freeze_panes(1, 0)


def _head(head: Sequence[str], columns: Mapping[str, int], kept: Mapping[str, Any]) -> str:
    at = columns.get(kept["column"])
    return f"{head[at]}: " if at is not None else ""
