"""From a file to its sheets. Runs in the child; the file has passed the gate before."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    SheetTypeEnum,
    SheetVisibleEnum,
    XmlError,
    ZipError,
)

from nhipcau.core.planreader.formats.encodings import decode
from nhipcau.core.tablereader.cells import cell_text, plain
from nhipcau.core.tablereader.legacy_columns import mended
from nhipcau.core.tablereader.merged import Merged, Spreading, of_opendocument, of_sheet
from nhipcau.core.tablereader.refusal import Refusal
from nhipcau.core.tablereader.schema import MOST_COLUMNS, MOST_ROWS, MOST_SHEETS, Row, Sheet

# Rows of a sheet that are looked at, empty ones too: some programs keep a million of them.
MOST_LOOKED_AT = 1_048_576
PART = 2_000
HEADS = 40
"""Rows of a list above its data: title, headings, numbers of columns."""
Cells = tuple[str, bool, Iterable[tuple[int, list[object]]], Merged]
"""Name of a sheet, whether it is hidden, its numbered rows, its merged cells."""
DELIMITERS = (";", ",", "\t")


def read(path: Path) -> list[Sheet]:
    """The sheets of the file. Raises Refusal for one that is no table, or too much of one."""
    with path.open("rb") as file:
        zipped = file.read(2) == b"PK"
    sheets: list[Sheet] = []
    for name, hidden, rows, _merged in _zipped(path) if zipped else _separated(path.read_bytes()):
        sheets.append(Sheet(name=name, hidden=hidden, rows=list(_rows(rows, MOST_ROWS))))
    if not any(sheet["rows"] for sheet in sheets):
        raise Refusal("no-rows")
    return sheets


def read_in_parts(path: Path, most_rows: int, size: int = PART) -> Iterator[Sheet]:
    """As `read`, a sheet in parts of `size` rows that bear its name; up to `most_rows` in all sheets."""
    with path.open("rb") as file:
        zipped = file.read(2) == b"PK"
    left, told = most_rows, False
    spans = of_opendocument(path) if zipped else []
    sheets = _zipped(path, spans) if zipped else _separated(path.read_bytes())
    for name, hidden, rows, merged in sheets:
        part: list[Row] = []
        for row in _rows(mended(rows), left, HEADS, most_rows, Spreading(merged)):
            part.append(row)
            left -= 1
            if len(part) == size:
                yield Sheet(name=name, hidden=hidden, rows=part)
                part, told = [], True
        yield Sheet(name=name, hidden=hidden, rows=part)
        told = told or bool(part)
    if not told:
        raise Refusal("no-rows")


def _zipped(path: Path, spans: Sequence[Merged] = ()) -> Iterator[Cells]:
    """`spans`: merged cells of the sheets where the reader of cells cannot tell them."""
    try:
        with CalamineWorkbook.from_path(path) as book:
            named = book.sheets_metadata
            if len(named) > MOST_SHEETS:
                raise Refusal("too-many-sheets", limit=MOST_SHEETS)
            for index, known in enumerate(named):
                if known.typ is not SheetTypeEnum.WorkSheet:
                    continue
                hidden = known.visible is not SheetVisibleEnum.Visible
                if hidden:
                    yield plain(known.name), True, [], {}
                    continue
                sheet = book.get_sheet_by_index(index)
                merged = spans[index] if index < len(spans) else of_sheet(sheet)
                yield plain(known.name), False, _cells(sheet), merged
    except (CalamineError, XmlError, ZipError, OSError, ValueError) as error:
        raise Refusal("damaged") from error


def _cells(sheet: CalamineSheet) -> Iterator[tuple[int, list[object]]]:
    """Number of the row and its cells from column A; calamine leaves the first empty columns out."""
    start = sheet.start
    if start is None:
        return
    left = start[1]
    if left + sheet.width > MOST_COLUMNS:
        raise Refusal("too-many-columns", limit=MOST_COLUMNS)
    before: list[object] = [None] * left
    for number, cells in enumerate(sheet.iter_rows(), start=1):
        yield number, [*before, *cells]


def _separated(data: bytes) -> Iterator[Cells]:
    text, _encoding = decode(data)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text))
    csv.field_size_limit(1_000_000)
    yield "", False, _numbered(reader), {}


def _numbered(reader: Iterable[list[str]]) -> Iterator[tuple[int, list[object]]]:
    try:
        for number, cells in enumerate(reader, start=1):
            yield number, list(cells)
    except csv.Error as error:
        raise Refusal("damaged") from error


def _delimiter(text: str) -> str:
    """The one that stands most often in the first line that has any, outside quotation marks."""
    for line in text.splitlines()[:20]:
        bare = "".join(line.split('"')[::2])
        best = max(DELIMITERS, key=bare.count)
        if bare.count(best):
            return best
    return ","


def _rows(
    cells: Iterable[tuple[int, list[object]]],
    most: int,
    heads: int = 1,
    limit: int | None = None,
    spreading: Spreading | None = None,
) -> Iterator[Row]:
    """Rows that have some text, without the empty cells at their ends.

    `heads`: so many rows more may stand above the data; `limit` is what a refusal says, else `most`.
    """
    count = 0
    for number, row in cells:
        if number > MOST_LOOKED_AT:
            break
        texts = [cell_text(value) for value in row]
        while texts and not texts[-1]:
            texts.pop()
        merged = spreading.over(number, texts) if spreading else []
        if not texts:
            continue
        if len(texts) > MOST_COLUMNS:
            raise Refusal("too-many-columns", limit=MOST_COLUMNS)
        count += 1
        if count > most + heads:
            raise Refusal("too-many-rows", limit=limit or most)
        made = Row(number=number, cells=texts)
        numbers = [at for at, value in enumerate(row[: len(texts)]) if type(value) in (int, float)]
        if numbers:
            made["numbers"] = numbers
        if merged:
            made["merged"] = merged
        yield made
