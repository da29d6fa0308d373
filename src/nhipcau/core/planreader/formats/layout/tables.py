"""Ruled tables as cells: paragraphs inside a cell, tables and rows that go on over pages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from nhipcau.core.planreader.formats.layout.fragments import Row
from nhipcau.core.planreader.source import Cell

PADDING = 6.0
NEAR = 4.0
_MARK = re.compile(r"[-+•*–]\s|\d{1,2}[.)]\s|[a-zđ]\)\s")


@dataclass(slots=True)
class Table:
    """A ruled table on a page: where it stands, its cells as (row, column, rows of text, right edge)."""

    top: float
    bottom: float
    cells: list[tuple[int, int, list[Row], float]] = field(default_factory=list)
    edges: tuple[float, ...] = ()


@dataclass(slots=True)
class Paragraph:
    """One paragraph of a cell; `goes_on`: it is the rest of the cell's last one, on the next page."""

    text: str
    bold: bool
    cell: Cell
    goes_on: bool = False


class Tables:
    """Numbers the tables of a document; one that begins a page with the columns of the last may go on."""

    def __init__(self) -> None:
        self._count = 0
        self._rows = 0
        self._open: tuple[float, ...] = ()
        self._head: list[tuple[int, str]] = []

    def close(self) -> None:
        """Other text came: the next table is a new one."""
        self._open = ()

    def write(self, table: Table, *, begins_page: bool) -> Iterator[Paragraph]:
        """The table's paragraphs, with its place in the document."""
        rows: dict[int, list[tuple[int, list[tuple[str, bool]]]]] = {}
        for row, column, lines, right in table.cells:
            rows.setdefault(row, []).append((column, paragraphs(lines, right)))
        goes_on = begins_page and self._same(table.edges)
        cut = False
        order = sorted(rows)
        if goes_on:
            if order and _texts(rows[order[0]]) == self._head:
                order.pop(0)
            # A row without its first cell is the rest of the row that the page's end cut.
            cut = bool(order) and min(column for column, _ in rows[order[0]]) > 0
            self._rows -= cut
        else:
            self._count += 1
            self._rows = 0
            self._head = _texts(rows[order[0]]) if order else []
        for row in order:
            for column, found in rows[row]:
                for number, (text, bold) in enumerate(found):
                    rest = cut and row == order[0] and number == 0
                    yield Paragraph(text, bold, Cell(self._count - 1, self._rows, column), rest)
            self._rows += 1
        self._open = table.edges

    def _same(self, edges: tuple[float, ...]) -> bool:
        return len(edges) == len(self._open) and all(
            abs(a - b) < NEAR for a, b in zip(edges, self._open, strict=True)
        )


def _texts(row: list[tuple[int, list[tuple[str, bool]]]]) -> list[tuple[int, str]]:
    return [(column, " ".join(text for text, _ in found)) for column, found in row]


def paragraphs(rows: list[Row], right: float) -> list[tuple[str, bool]]:
    """A cell's rows joined: a row that had room for the next one's first word ended a paragraph."""
    out: list[tuple[str, bool]] = []
    before: Row | None = None
    for row in rows:
        text = row.text()
        word = text.split(" ", 1)[0]
        room = right - PADDING - (before.right if before is not None else 0)
        if before is not None and not _MARK.match(text) and room < row.size * 0.5 * (len(word) + 1):
            whole, bold = out[-1]
            out[-1] = (whole + _glue(whole, text) + text, bold and row.bold)
        else:
            out.append((text, row.bold))
        before = row
    return out


def _glue(before: str, after: str) -> str:
    """What stood between two rows: nothing inside a number or a date that a narrow column cut."""
    last = before.rsplit(" ", 1)[-1]
    if after[:1].isalnum() and len(last) > 1 and last[-1] in "-/":
        return ""
    return "" if last[-1:].isdigit() and after[:1].isdigit() and "/" in last else " "
