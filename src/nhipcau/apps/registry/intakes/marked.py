"""The wrong rows in the sender's own workbook: her headings, the wrong cells marked, why in a comment."""

from __future__ import annotations

import io
from collections.abc import Collection, Mapping, Sequence
from typing import Any

import xlsxwriter

from nhipcau.apps.registry.intakes.reading import Reading
from nhipcau.apps.registry.intakes.remarks import sentence, wrong
from nhipcau.core.filegate.cells import sheet_text
from nhipcau.core.tablereader import Row

NAME, LONGEST_COMMENT = 31, 900


def marked(reading: Reading, language: str) -> bytes:
    """Made while the list is read, so that numbers which are kept nowhere else come back too."""
    memory = io.BytesIO()
    options = {"strings_to_formulas": False, "strings_to_urls": False, "in_memory": True}
    book = xlsxwriter.Workbook(memory, options)
    book.set_properties({"title": "Nhịp Cầu"})
    formats = {
        "text": book.add_format({"num_format": "@"}),
        "wrong": book.add_format({"num_format": "@", "bg_color": "#F3C4BD", "border": 1}),
        "head": book.add_format({"bold": True, "text_wrap": True, "valign": "top"}),
    }
    for plan in reading.plans:
        faults = reading.wrong.get(plan.index)
        if not faults:
            continue
        sheet = _Sheet(book.add_worksheet(_name(plan.name, plan.index, book)), formats, language)
        for row in reading.above.get(plan.index, ()):
            sheet.write(row, None)
        for row, remarks in faults:
            sheet.write(_without(row, plan.sensitive), remarks)
    book.close()
    return memory.getvalue()


def _without(row: Row, columns: Collection[int]) -> Row:
    """What the law calls sensitive lies in no file of ours; the sender has it in her own."""
    cells = ["" if at in columns else text for at, text in enumerate(row["cells"])]
    return {**row, "cells": cells} if columns else row


def _name(name: str, index: int, book: Any) -> str:
    """The sender's own name where a workbook takes it."""
    plain = "".join(c for c in sheet_text(name) if c not in "[]:*?/\\'").strip()[: NAME - 4]
    taken = {each.get_name().casefold() for each in book.worksheets()}
    return plain if plain and plain.casefold() not in taken else f"{plain} {index + 1}".strip()


class _Sheet:
    def __init__(self, sheet: Any, formats: Mapping[str, Any], language: str) -> None:
        self._sheet, self._formats, self._language = sheet, formats, language
        self._line = 0

    def write(self, row: Row, faults: Sequence[Mapping[str, Any]] | None) -> None:
        """A row with what is wrong of it; one above the data has no faults at all."""
        above = faults is None
        comments: dict[int, list[str]] = {}
        for each in faults or ():
            if wrong(each):
                comments.setdefault(max(0, each["column"]), []).append(sentence(each, self._language)[0])
        width = max([len(row["cells"]), *(at + 1 for at in comments)])
        for at in range(width):
            text = row["cells"][at] if at < len(row["cells"]) else ""
            kind = self._formats["wrong" if at in comments else "head" if above else "text"]
            if text:
                self._sheet.write_string(self._line, at, sheet_text(text), kind)
            elif at in comments:
                self._sheet.write_blank(self._line, at, None, kind)
            if at in comments:
                said = f"{row['number']}: " + " ".join(comments[at])
                self._sheet.write_comment(self._line, at, said[:LONGEST_COMMENT], {"x_scale": 2})
        self._line += 1
