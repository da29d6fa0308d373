"""Cells that the file says are merged down over several rows: the first one alone has their text."""

from __future__ import annotations

import re
import zipfile
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import IO

from lxml import etree
from python_calamine import CalamineSheet

from nhipcau.core.tablereader.schema import MOST_COLUMNS

Merged = dict[int, list[tuple[int, int]]]
"""Number of the first row → (index of the column, number of the last row)."""
CONTENT = "content.xml"
_PIECE, _OVERLAP = 2**20, 64
_SPANS = re.compile(rb"number-rows-spanned=[\"'](?!1[\"'])")
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_SPREADSHEET = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}spreadsheet"
_NAMED, _ROW = f"{_TABLE}table", f"{_TABLE}table-row"
_CELLS = (f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell")


def of_sheet(sheet: CalamineSheet) -> Merged:
    """What a workbook of Excel says; of other formats it is not known here."""
    found: Merged = defaultdict(list)
    for (top, left), (bottom, _right) in sheet.merged_cell_ranges or ():
        if bottom > top and left < MOST_COLUMNS:
            found[top + 1].append((left, bottom + 1))
    return found


def of_opendocument(path: Path) -> list[Merged]:
    """What an OpenDocument spreadsheet says, sheet by sheet; nothing for what is none or cannot be read."""
    try:
        with zipfile.ZipFile(path) as package:
            if CONTENT not in package.namelist() or not _has_spans(package):
                return []
            with package.open(CONTENT) as content:
                return _sheets(content)
    except (zipfile.BadZipFile, etree.XMLSyntaxError, OSError, ValueError):
        # The cells themselves are read by others, who refuse what is damaged.
        return []


def _has_spans(package: zipfile.ZipFile) -> bool:
    """Looked for in the bytes: most sheets have none, and then nothing is parsed."""
    kept = b""
    with package.open(CONTENT) as content:
        while piece := content.read(_PIECE):
            if _SPANS.search(kept + piece):
                return True
            kept = piece[-_OVERLAP:]
    return False


def _sheets(content: IO[bytes]) -> list[Merged]:
    found: list[Merged] = []
    row = column = 0
    for event, element in etree.iterparse(
        content,
        events=("start", "end"),
        tag=(_NAMED, _ROW, *_CELLS),
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
    ):
        if event == "end":
            if element.tag == _ROW:
                row += _times(element, "number-rows-repeated")
                _let_go(element)
        elif element.tag == _NAMED:
            if _is_sheet(element):
                found.append(defaultdict(list))
                row = 1
        elif element.tag == _ROW:
            column = 0
        elif found:
            down = _times(element, "number-rows-spanned")
            if down > 1 and column < MOST_COLUMNS:
                found[-1][row].append((column, row + down - 1))
            column += _times(element, "number-columns-repeated")
    return found


def _is_sheet(table: etree._Element) -> bool:
    """Not a table inside a cell."""
    above = table.getparent()
    return above is not None and above.tag == _SPREADSHEET


def _times(element: etree._Element, name: str) -> int:
    said = element.get(f"{_TABLE}{name}", "1")
    return int(said) if said.isdecimal() and len(said) < 8 else 1


def _let_go(element: etree._Element) -> None:
    """Gives back the memory of a row and of those before it."""
    element.clear()
    above = element.getparent()
    while above is not None and element.getprevious() is not None:
        del above[0]


class Spreading:
    """Walks down a sheet: which empty cells of a row belong to one merged down from above, and its text."""

    def __init__(self, merged: Merged) -> None:
        """`merged`: of this sheet."""
        self._merged = merged
        self._open: dict[int, tuple[int, str]] = {}

    def over(self, number: int, texts: Sequence[str]) -> list[tuple[int, str]]:
        """(index, text) for the row; the rows come in their order, none left out."""
        if not self._open and number not in self._merged:
            return []
        found = []
        for column, (last, text) in list(self._open.items()):
            if number > last:
                del self._open[column]
            elif column >= len(texts) or not texts[column]:
                found.append((column, text))
        for column, last in self._merged.get(number, ()):
            if column < len(texts) and texts[column]:
                self._open[column] = (last, texts[column])
        return sorted(found)
