"""The annexes of a frozen report as a workbook: figures as numbers, texts as texts, every unit named."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import xlsxwriter

from nhipcau.apps.reporting.document import OUTCOME_WORDS, OUTCOMES, STATES

Content = Mapping[str, Any]
Cell = str | Decimal | int | None
WIDTHS = (8, 44, 16, 16, 16, 16, 16)


def annex_workbook(content: Content) -> bytes:
    """XLSX with sheets: figures, figures by unit, outcomes, units. A figure nobody gave is an empty cell."""
    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(out, options)
    # The time of the file is that of the report: the same content gives the same bytes.
    frozen = datetime.fromisoformat(content["report"]["frozen_at"]).astimezone(UTC).replace(tzinfo=None)
    book.set_properties({"created": frozen, "title": content["report"]["title"]})
    head = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
    number = book.add_format({"num_format": "#,##0.####"})
    for name, rows in _sheets(content):
        sheet = book.add_worksheet(name)
        sheet.freeze_panes(1, 2)
        for column, width in enumerate(WIDTHS):
            sheet.set_column(column, column, width)
        for at, row in enumerate(rows):
            for column, value in enumerate(row):
                if isinstance(value, Decimal | int):
                    sheet.write_number(at, column, float(value), number)
                elif value:
                    sheet.write_string(at, column, value[:32_000], head if at == 0 else None)
    book.close()
    return out.getvalue()


def _sheets(content: Content) -> list[tuple[str, list[Sequence[Cell]]]]:
    units = {unit["id"]: unit["name"] for unit in content["units"]}
    return [
        ("Số liệu", [*_figures(content)]),
        ("Theo đơn vị", [*_by_unit(content, units)]),
        ("Kết quả nhiệm vụ", [*_outcomes(content)]),
        ("Đơn vị", [*_units(content, units)]),
    ]


def _decimal(value: str | None) -> Decimal | None:
    return None if value is None else Decimal(value)


def _figures(content: Content) -> list[Sequence[Cell]]:
    rows: list[Sequence[Cell]] = [
        ("Mã", "Chỉ tiêu", "Đơn vị tính", "Phân tổ", "Số liệu", "Đã trả lời", "Trên tổng số", "Thiếu")
    ]
    names = {unit["id"]: unit["name"] for unit in content["units"]}
    for each in content["indicators"]:
        parts = [("", each["total"])]
        parts += [
            (f"{part.get('split_label') or part['split']}: {part['label']}", part["total"])
            for part in each["parts"]
        ]
        for label, total in parts:
            lost = "; ".join(names.get(unit, unit) for unit in (*total["missing"], *total["no_data"]))
            counted = (total["answered"], total["of"], lost)
            rows.append(
                (each["code"], each["name"], each["unit"], label, _decimal(total["amount"]), *counted)
            )
    return rows


def _by_unit(content: Content, units: Mapping[str, str]) -> list[Sequence[Cell]]:
    asked = content["indicators"]
    given = [{each["unit"]: each["amount"] for each in row["total"]["by_unit"]} for row in asked]
    rows: list[Sequence[Cell]] = [("TT", "Đơn vị", *(f"{each['name']} ({each['unit']})" for each in asked))]
    for at, (unit, name) in enumerate(units.items(), start=1):
        rows.append((at, name, *(_decimal(one.get(unit)) for one in given)))
    return rows


def _outcomes(content: Content) -> list[Sequence[Cell]]:
    rows: list[Sequence[Cell]] = [("Theo", "Cơ quan, nhiệm vụ", *OUTCOME_WORDS)]
    found = content.get("outcomes") or {}
    for key, word in (("by_agency", "cơ quan"), ("by_task", "nhiệm vụ")):
        rows += [(word, row["label"], *(int(row[name]) for name in OUTCOMES)) for row in found.get(key, ())]
    return rows


def _units(content: Content, units: Mapping[str, str]) -> list[Sequence[Cell]]:
    rows: list[Sequence[Cell]] = [
        ("TT", "Đơn vị", "Nhóm", "Tình trạng", "Số tiếp nhận", "Nhận lúc", "Lồng ghép với")
    ]
    for at, unit in enumerate(content["units"], start=1):
        said = STATES[unit["state"]] + (", không phát sinh" if unit["nothing"] else "")
        within = units.get(unit.get("with", ""), "")
        rows.append(
            (at, unit["name"], unit["group"], said, unit["received_number"], unit["received_at"], within)
        )
    return rows
