"""Columns of rows as lines of a `Source`: page numbers and notes by kind, blank lines between paragraphs."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field, replace
from itertools import pairwise

from nhipcau.core.planreader.formats.layout.columns import Column, reading_order
from nhipcau.core.planreader.formats.layout.fragments import Row, split_row
from nhipcau.core.planreader.source import Cell, Kind, Line

_PAGE_NUMBER = re.compile(r"^[-–—\s]*(?:trang\s*)?\d{1,4}(?:\s*/\s*\d{1,4})?[-–—\s]*$", re.IGNORECASE)
_NOTE_START = re.compile(r"^[⁰¹²³⁴⁵⁶⁷⁸⁹*]|^\d{1,2}\s?\S")


@dataclass(slots=True)
class Table:
    """A ruled table found on a page: where it begins, and its cells' paragraphs by (row, column)."""

    top: float
    bottom: float
    cells: list[tuple[int, int, list[Row], float]] = field(default_factory=list)
    edges: tuple[float, ...] = ()


@dataclass(slots=True)
class PageText:
    """One page: its rows outside tables, its tables, its size in points."""

    rows: list[Row]
    width: float
    height: float
    tables: list[Table] = field(default_factory=list)


@dataclass(slots=True)
class _Setting:
    """What is usual in a document: letter size, distance of base lines, left and right edge of the text."""

    size: float
    pitch: float
    left: float
    right: float


class Writer:
    """Writes pages as lines, counting tables through the document."""

    def __init__(self, pages: list[PageText]) -> None:
        self.pages = pages
        self.setting = _setting(pages)
        self.lines: list[Line] = []
        self.page = 0
        self.number = 0
        self.tables = -1
        self.table_rows = 0
        self.open_edges: tuple[float, ...] = ()

    def write(self) -> list[Line]:
        """All pages."""
        for number, page in enumerate(self.pages, start=1):
            self.page = number
            self.number = 0
            self._page(page)
        return self.lines

    def _page(self, page: PageText) -> None:
        heads, body, feet = _margins(page)
        for row in heads:
            self._line(row, "header")
        notes = _notes(body, self.setting.size, page.height)
        body = body[: len(body) - len(notes)]
        self._body(page, body)
        for row in notes:
            self._line(row, "note")
        for row in feet:
            self._line(row, "footer")

    def _body(self, page: PageText, rows: list[Row]) -> None:
        """Text between the tables, each table in its place."""
        rest = rows
        first = True
        for table in sorted(page.tables, key=lambda t: t.top):
            above = [row for row in rest if row.base < table.top + 2]
            rest = rest[len(above) :]
            self._columns(above)
            self._table(table, goes_on=first and not above)
            first = False
        if rest or not page.tables:
            self.open_edges = ()
        self._columns(rest)

    def _columns(self, rows: list[Row]) -> None:
        if rows:
            self.open_edges = ()
        for number, column in enumerate(reading_order(rows)):
            if number and column.side:
                self._blank()
            self._column(column)

    def _column(self, column: Column) -> None:
        before: Row | None = None
        for row in column.rows:
            if before is not None and row.base - before.base > 1.2 * self._pitch(row):
                self._blank()
            elif before is not None and column.side == 0 and self._one_heading(before, row):
                last = self.lines[-1]
                self.lines[-1] = replace(last, text=f"{last.text} {row.text()}")
                before = row
                continue
            self._line(row, "line", column)
            before = row

    def _blank(self) -> None:
        self.lines.append(Line("", self.page, self.number))

    def _one_heading(self, above: Row, row: Row) -> bool:
        """Whether a heading in capitals was wrapped: the next row's first word had no room any more."""
        text = row.text()
        word = text.split(" ", 1)[0]
        wide = row.size * 0.75 * (len(word) + 1)
        centred = above.left - self.setting.left > 2 * row.size
        room = (self.setting.right - above.right) * (2 if centred else 1)
        return _capitals(above.text()) and _capitals(text) and above.bold == row.bold and room < wide

    def _pitch(self, row: Row) -> float:
        return self.setting.pitch * max(0.8, min(1.5, row.size / self.setting.size))

    def _line(self, row: Row, kind: Kind, column: Column | None = None) -> None:
        self.number += 1
        text = "   ".join(part.text() for part in split_row(row, 2.5))
        centred = _centred(row, self.setting) if column is None or column.side == 0 else None
        self.lines.append(Line(text, self.page, self.number, kind, None, row.bold, centred))

    def _table(self, table: Table, *, goes_on: bool) -> None:
        """A table's cells; one that begins a page with the columns that ended the page before goes on."""
        same = len(table.edges) == len(self.open_edges) and all(
            abs(a - b) < 4 for a, b in zip(table.edges, self.open_edges, strict=True)
        )
        if not (goes_on and same and self.tables >= 0):
            self.tables += 1
            self.table_rows = 0
        start, last = self.table_rows, 0
        for row, column, rows, right in table.cells:
            last = max(last, row + 1)
            for text, bold in _paragraphs(rows, right):
                self.number += 1
                place = Cell(self.tables, start + row, column)
                self.lines.append(Line(text, self.page, self.number, "cell", place, bold))
        self.table_rows = start + last
        self.open_edges = table.edges


def lines_of(pages: list[PageText]) -> list[Line]:
    """The lines of a document laid out on pages."""
    return Writer(pages).write()


def _capitals(text: str) -> bool:
    return text.isupper() and sum(c.isalpha() for c in text) > 3 and not re.match(r"[IVX\d]+[.)]\s*$", text)


def _paragraphs(rows: list[Row], right: float) -> list[tuple[str, bool]]:
    """A cell's rows joined into paragraphs: a row that had room for the next one's first word ended one."""
    out: list[tuple[str, bool]] = []
    full = False
    for row in rows:
        text = row.text()
        marked = re.match(r"[-+•*]\s|\d{1,2}[.)]\s|[a-zđ]\)\s", text)
        if out and full and not marked:
            out[-1] = (f"{out[-1][0]} {text}", out[-1][1] and row.bold)
        else:
            out.append((text, row.bold))
        word = text.split(" ", 1)[0]
        full = right - row.right < row.size * 0.6 * (len(word) + 3)
    return out


def _setting(pages: list[PageText]) -> _Setting:
    rows = [row for page in pages for row in page.rows]
    if not rows:
        return _Setting(12, 16, 0, 600)
    letters: Counter[float] = Counter()
    for row in rows:
        letters[round(row.size * 2) / 2] += len(row.fragments)
    size = letters.most_common(1)[0][0]
    usual = [row for row in rows if abs(row.size - size) < 1.5]
    steps: Counter[float] = Counter()
    for page in pages:
        body = [row for row in page.rows if abs(row.size - size) < 1.5]
        for above, below in pairwise(body):
            step = below.base - above.base
            if 0.9 * size < step < 2.5 * size:
                steps[round(step)] += 1
    # Neighbouring counts belong together: base lines fall on fractions of a point.
    pitch = max(steps, key=lambda s: steps[s] + 0.5 * (steps[s - 1] + steps[s + 1])) if steps else 1.3 * size
    lefts = sorted(row.left for row in usual)
    rights = sorted(row.right for row in usual)
    return _Setting(size, pitch, lefts[len(lefts) // 10], rights[-1 - len(rights) // 10])


def _centred(row: Row, setting: _Setting) -> bool:
    left, right = row.left - setting.left, setting.right - row.right
    return left > 2 * setting.size and abs(left - right) < 1.5 * setting.size


def _margins(page: PageText) -> tuple[list[Row], list[Row], list[Row]]:
    """Page numbers at the top and bottom edge, and what lies between."""
    body = list(page.rows)
    heads: list[Row] = []
    feet: list[Row] = []
    while body and body[0].base < 0.1 * page.height and _PAGE_NUMBER.match(body[0].text()):
        heads.append(body.pop(0))
    while body and body[-1].base > 0.9 * page.height and _PAGE_NUMBER.match(body[-1].text()):
        feet.insert(0, body.pop())
    return heads, body, feet


def _notes(rows: list[Row], size: float, height: float) -> list[Row]:
    """Footnotes: the small rows that end a page, from the first that begins with a mark."""
    at = len(rows)
    while at > 0 and rows[at - 1].size < 0.9 * size and rows[at - 1].base > 0.4 * height:
        at -= 1
    for start in range(at, len(rows)):
        if _NOTE_START.match(rows[start].text()):
            return rows[start:]
    return []
