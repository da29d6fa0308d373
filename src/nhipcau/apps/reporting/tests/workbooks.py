"""A report to fill in as a workbook, and what its sheets are when somebody has done so."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import xlsxwriter
from tests.cast import Cast
from tests.permissions.world_of_indicators import make_indicator
from tests.permissions.world_of_reports import make_period

from nhipcau.apps.reference.models import Country
from nhipcau.apps.reporting.actions.upload_workbook import upload_workbook
from nhipcau.apps.reporting.models import (
    Form,
    FormVersion,
    Obligation,
    Section,
    SectionIndicator,
    Workbook,
)
from nhipcau.apps.reporting.workbooks.layout import BY_KEY
from nhipcau.apps.reporting.workbooks.outgoing import form_as_workbook
from nhipcau.core.tablereader import Sheet, read_tables

COUNTRIES = "1. Người ở nước ngoài: Theo quốc gia và vùng lãnh thổ"


def make_report(cast: Cast) -> Obligation:
    """Of Sở A: two texts, a figure by sex and by country, a figure alone, difficulties."""
    countries = {
        "LA": "Lào",
        "DE": "Đức",
        "BI": "Burundi",
        "BE": "Bỉ",
        **{f"X{chr(65 + n)}": f"Nước {n}" for n in range(25)},
    }
    for code, name in countries.items():
        Country.objects.create(code=code, name=name, name_en=name, valid=(None, None), source="ISO")
    people = make_indicator("nguoi", "Người ở nước ngoài", splits=["sex", "country"])
    money = make_indicator("von", "Vốn đầu tư", unit="tỷ đồng", decimals=2)
    form = Form.objects.create(title="Báo cáo công tác kiều bào", created_by=cast.coordinator)
    version = FormVersion.objects.create(form=form, number=1, created_by=cast.coordinator)
    kinds = ("narrative", "narrative", "indicators", "difficulties", "tasks")
    for at, kind in enumerate(kinds, start=1):
        section = Section.objects.create(
            version=version, key=f"muc-{at}", position=at, kind=kind, title=f"Mục {at}", required=False
        )
        if kind == "indicators":
            for position, (asked, splits) in enumerate(((people, ["sex", "country"]), (money, [])), start=1):
                SectionIndicator.objects.create(
                    section=section, indicator=asked, position=position, splits=splits, required=False
                )
    FormVersion.objects.filter(pk=version.pk).update(state="in_use")
    version.refresh_from_db()
    period = make_period(version, cast)
    return Obligation.objects.create(period=period, organisation=cast.department_a)


def sections(report: Obligation) -> list[Section]:
    return list(report.period.form_version.sections.all())


def asked(report: Obligation, code: str) -> int:
    return SectionIndicator.objects.get(indicator__indicator__code=code).pk


def blank(report: Obligation, tmp_path: Path, **named: bool) -> list[Sheet]:
    """The form's sheets as the reader gives them."""
    body = form_as_workbook(report, "Sở A", **{"draft": True, "last": False, **named})
    path = tmp_path / "form.xlsx"
    path.write_bytes(body)
    return list(read_tables(path))


def column(kind: str, key: str) -> int:
    return BY_KEY[kind].keys.index(key)


def put(sheets: list[Sheet], kind: str, line: str, /, **cells: Any) -> None:
    """Write into the line with this code; the first free one for an empty code."""
    sheet = next(each for each in sheets if each["name"] == BY_KEY[kind].name)
    row = next(
        (each for each in sheet["rows"][2:] if line and each["cells"][0] == line),
        None,
    )
    if row is None:
        row = {"number": sheet["rows"][-1]["number"] + 1, "cells": [line] if line else []}
        sheet["rows"].append(row)
    for key, value in cells.items():
        at = column(kind, key)
        row["cells"] += [""] * (at + 1 - len(row["cells"]))
        row["cells"][at] = value


def saved(sheets: list[Sheet]) -> bytes:
    """As a spreadsheet program would save it: numbers as numbers."""
    memory = io.BytesIO()
    book = xlsxwriter.Workbook(memory, {"strings_to_formulas": False, "in_memory": True})
    for each in sheets:
        if each["hidden"]:
            continue
        sheet = book.add_worksheet(each["name"])
        for row in each["rows"]:
            for at, value in enumerate(row["cells"]):
                if isinstance(value, str):
                    sheet.write_string(row["number"] - 1, at, value)
                else:
                    sheet.write(row["number"] - 1, at, value)
    book.close()
    return memory.getvalue()


def sent(report: Obligation, cast: Cast, body: bytes, name: str = "bao-cao.xlsx") -> Workbook:
    found = upload_workbook(report, io.BytesIO(body), name, actor=cast.officer)
    found.refresh_from_db()
    return found
