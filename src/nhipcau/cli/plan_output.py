"""Readings as JSON, a table for the eye, CSV, a workbook, Markdown."""

from __future__ import annotations

import csv
import io
import json
import shutil
import textwrap
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import IO, TYPE_CHECKING, cast

import xlsxwriter

from nhipcau.core.filegate.cells import csv_text, sheet_text

if TYPE_CHECKING:
    from nhipcau.core.planreader.schema import Reading, Task

TASK_COLUMNS = {
    "file": ("Tệp", "File"),
    "document": ("Văn bản", "Document"),
    "id": ("Mục", "Item"),
    "agencies": ("Cơ quan", "Agencies"),
    "role": ("Vai trò", "Role"),
    "with": ("Phối hợp", "With"),
    "due": ("Hạn", "Due"),
    "text": ("Nội dung", "Text"),
    "doubts": ("Cần xem lại", "Doubts"),
}
REPORT_COLUMNS = {
    "file": ("Tệp", "File"),
    "by": ("Cơ quan báo cáo", "By"),
    "to": ("Gửi", "To"),
    "kind": ("Loại", "Kind"),
    "due": ("Hạn", "Due"),
    "text": ("Nội dung", "Text"),
}
DOCUMENT_COLUMNS = {
    "file": ("Tệp", "File"),
    "number": ("Số, ký hiệu", "Number"),
    "issued": ("Ngày", "Date"),
    "type": ("Loại", "Type"),
    "title": ("Trích yếu", "Title"),
    "issuer": ("Cơ quan ban hành", "Issuer"),
    "signatory": ("Người ký", "Signatory"),
    "tasks": ("Số nhiệm vụ", "Tasks"),
}
ROLES = {
    "lead": ("chủ trì", "lead"),
    "coordinate": ("phối hợp", "coordinate"),
    "advise": ("tham mưu", "advise"),
    "request": ("đề nghị", "request"),
    "responsible": ("thực hiện", "responsible"),
}
KINDS = {
    "periodic": ("định kỳ", "periodic"),
    "midterm": ("sơ kết", "midterm"),
    "final": ("tổng kết", "final"),
    "once": ("một lần", "once"),
    "ad hoc": ("đột xuất", "ad hoc"),
}
Columns = dict[str, tuple[str, str]]
Row = dict[str, object]


@dataclass
class FileReading:
    """One file's reading as the JSON that its child sent; parsed only when a form needs it."""

    file: str
    raw: bytes

    @cached_property
    def reading(self) -> Reading:
        return cast("Reading", json.loads(self.raw))


def write(readings: Iterable[FileReading], form: str, out: IO[bytes], language: str, *, single: bool) -> bool:
    """Write as `form`; False when there was nothing. `single`: one file was asked for, so no list."""
    writer: Callable[[list[FileReading], IO[bytes], int], None] = {
        "table": _table,
        "csv": _csv,
        "xlsx": _xlsx,
        "md": _markdown,
    }.get(form, _json)
    if form == "json":
        return _json_one(readings, out) if single else _json_list(readings, out)
    found = list(readings)
    if found or not single:
        writer(found, out, 0 if language == "vi" else 1)
    return bool(found) or not single


def _json(found: list[FileReading], out: IO[bytes], _: int) -> None:
    _json_list(found, out)


def _json_one(readings: Iterable[FileReading], out: IO[bytes]) -> bool:
    some = False
    for each in readings:
        some = True
        out.write(json.dumps(each.reading, ensure_ascii=False, indent=2).encode() + b"\n")
    return some


def _json_list(readings: Iterable[FileReading], out: IO[bytes]) -> bool:
    """One reading a line, as the child wrote it, with its file's name in front."""
    start = b"[\n"
    for each in readings:
        name = json.dumps(each.file, ensure_ascii=False).encode("utf-8", "replace")
        out.write(start + b'{"file":' + name + b"," + each.raw[1:])
        start = b",\n"
    out.write(b"[]\n" if start == b"[\n" else b"\n]\n")
    return True


def due_text(task: Task) -> str:
    """A task's deadlines as dates people read: 30/10/2025, 05/6 (yearly), 2027."""
    return "; ".join(day(each["value"]) for each in task["due"])


def day(value: str | None) -> str:
    """2025-10-30 as 30/10/2025, 06-05 as 05/6; anything else as it is."""
    parts = (value or "").lstrip("-").split("-")
    if not all(part.isdigit() for part in parts) or len(parts) not in {2, 3}:
        return value or ""
    if len(parts[0]) == 4:
        year, month, *rest = parts
        return "/".join([*rest, str(int(month)) if int(month) > 2 else month, year])
    month, date = parts
    return f"{date}/{int(month) if int(month) > 2 else month}"


def task_rows(each: FileReading, language: int) -> list[Row]:
    """A reading's tasks as rows of TASK_COLUMNS."""
    number = each.reading["document"]["number"] or ""
    return [
        {
            "file": each.file,
            "document": number,
            "id": task["id"],
            "agencies": "; ".join(task["agencies"]),
            "role": ROLES[task["role"]][language],
            "with": "; ".join(task["with"]),
            "due": due_text(task),
            "text": task["text"],
            "doubts": ", ".join(task["doubts"]),
        }
        for task in each.reading["tasks"]
    ]


def report_rows(each: FileReading, language: int) -> list[Row]:
    """A reading's reporting duties as rows of REPORT_COLUMNS."""
    return [
        {
            "file": each.file,
            "by": duty["by"],
            "to": duty["to"],
            "kind": KINDS[duty["kind"]][language],
            "due": day(duty["due"]),
            "text": duty["text"],
        }
        for duty in each.reading["reporting"]
    ]


def document_row(each: FileReading) -> Row:
    """A reading's header as one row of DOCUMENT_COLUMNS."""
    document = each.reading["document"]
    signatory = document["signatory"]
    names = [name for name in (signatory["position"], signatory["name"]) if name]
    return {
        "file": each.file,
        **{key: document[key] for key in ("number", "type", "title", "issuer")},
        "issued": day(document["issued"]),
        "signatory": " ".join(names),
        "tasks": len(each.reading["tasks"]),
    }


def _csv(found: list[FileReading], out: IO[bytes], language: int) -> None:
    text = io.TextIOWrapper(out, "utf-8-sig", newline="", write_through=True)
    table = csv.writer(text, lineterminator="\r\n")
    table.writerow([names[language] for names in TASK_COLUMNS.values()])
    for each in found:
        for row in task_rows(each, language):
            table.writerow([csv_text(row[key]) for key in TASK_COLUMNS])
    text.detach()


def _xlsx(found: list[FileReading], out: IO[bytes], language: int) -> None:
    memory = io.BytesIO()
    book = xlsxwriter.Workbook(
        memory, {"strings_to_formulas": False, "strings_to_urls": False, "in_memory": True}
    )
    sheets: list[tuple[tuple[str, str], Columns, list[Row]]] = [
        (("Nhiệm vụ", "Tasks"), TASK_COLUMNS, [row for f in found for row in task_rows(f, language)]),
        (("Báo cáo", "Reporting"), REPORT_COLUMNS, [row for f in found for row in report_rows(f, language)]),
        (("Văn bản", "Documents"), DOCUMENT_COLUMNS, [document_row(f) for f in found]),
    ]
    head = book.add_format({"bold": True, "bottom": 1})
    body = book.add_format({"text_wrap": True, "valign": "top"})
    for names, columns, rows in sheets:
        sheet = book.add_worksheet(names[language])
        sheet.freeze_panes(1, 0)
        for at, (key, titles) in enumerate(columns.items()):
            sheet.set_column(at, at, {"text": 80, "title": 60, "agencies": 32, "with": 32}.get(key, 16))
            sheet.write_string(0, at, titles[language], head)
            for number, row in enumerate(rows, start=1):
                cell = row[key]
                if isinstance(cell, int):
                    sheet.write_number(number, at, cell, body)
                else:
                    sheet.write_string(number, at, sheet_text(cell), body)
        if rows:
            sheet.autofilter(0, 0, len(rows), len(columns) - 1)
    book.close()
    out.write(memory.getvalue())


def _table(found: list[FileReading], out: IO[bytes], language: int) -> None:
    width = max(60, shutil.get_terminal_size((110, 24)).columns)
    for each in found:
        head = document_row(each)
        lines = [f"{each.file}", *_facts(head, language), ""]
        for row in task_rows(each, language):
            who = str(row["agencies"] or "—")
            due = f" · {DUE[language]} {row['due']}" if row["due"] else ""
            lines.append(f"{row['id']:<10} {who} · {row['role']}{due}")
            lines += textwrap.wrap(
                str(row["text"]), width - 12, initial_indent=" " * 11, subsequent_indent=" " * 11
            )
        out.write(("\n".join(lines) + "\n\n").encode("utf-8", "replace"))


DUE = ("hạn", "due")
INDENT = " " * 11


def _facts(head: Row, language: int) -> list[str]:
    keys = [key for key in DOCUMENT_COLUMNS if key != "file" and head[key] not in {None, ""}]
    width = max(len(DOCUMENT_COLUMNS[key][language]) for key in keys)
    return [f"  {DOCUMENT_COLUMNS[key][language]:<{width}}  {head[key]}" for key in keys]


def _markdown(found: list[FileReading], out: IO[bytes], language: int) -> None:
    shown = {key: names for key, names in TASK_COLUMNS.items() if key not in {"file", "document"}}
    for each in found:
        head = document_row(each)
        lines = [f"# {_plain(head['title'] or each.file)}", ""]
        lines += [f"- {fact.strip()}" for fact in _facts(head, language)]
        lines += ["", "| " + " | ".join(names[language] for names in shown.values()) + " |"]
        lines.append("|" + " --- |" * len(shown))
        for row in task_rows(each, language):
            lines.append("| " + " | ".join(_plain(row[key]) for key in shown) + " |")
        out.write(("\n".join(lines) + "\n\n").encode("utf-8", "replace"))


def _plain(value: object) -> str:
    """Characters that Markdown or HTML would take for markup are kept as characters."""
    text = sheet_text(value).replace("\\", "\\\\").replace("|", "\\|").replace("<", "&lt;")
    return " ".join(text.split())
