"""Marks of secrecy in files that are kept: a first look while the sender waits, a second one where that
needs text recognition or another program.
"""

from __future__ import annotations

from pathlib import Path

from nhipcau.apps.files import store
from nhipcau.core.filegate.kinds import Kind
from nhipcau.core.planreader.child import look_in_child, mark_in_office, mark_in_scan
from nhipcau.core.planreader.refusal import Refusal
from nhipcau.core.planreader.secrecy import LETTERHEAD_ROWS, mark_in_row
from nhipcau.core.tablereader.child import read_tables
from nhipcau.core.tablereader.refusal import Refusal as NoTable

SHEETS: tuple[Kind, ...] = ("xlsx", "ods")
WITH_TEXT: tuple[Kind, ...] = ("docx", "odt", "pdf", "txt")
SCANS: tuple[Kind, ...] = ("pdf", "png", "jpg", "tiff")


def first_look(path: Path, kind: str) -> tuple[str, bool]:
    """The mark ("" for none), and whether the file could be looked at now."""
    if kind in SHEETS:
        return _mark_in_sheets(path), True
    if kind in WITH_TEXT:
        return look_in_child(path)
    return "", False


def second_look(sha256: str, kind: str) -> str:
    """The mark in a scan or an old Word file; raises Refusal where it cannot be looked at here."""
    path = store.path_of(sha256)
    if kind in SCANS:
        return mark_in_scan(path)
    return mark_in_office(path, scratch=store.scratch())


def _mark_in_sheets(path: Path) -> str:
    """A row of its own, or beside what a letterhead has: a column of marks in a register is none."""
    try:
        sheets = read_tables(path)
    except (NoTable, Refusal):
        return ""
    for sheet in sheets:
        for row in sheet["rows"][:LETTERHEAD_ROWS]:
            cells = [line for cell in row["cells"] for line in cell.splitlines() if line.strip()]
            if found := mark_in_row("\t".join(cells)):
                return found
    return ""
