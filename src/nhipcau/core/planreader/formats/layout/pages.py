"""Columns of rows as lines of a `Source`: page numbers and notes by kind, blank lines between paragraphs."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from nhipcau.core.planreader.formats.layout.columns import Column, reading_order
from nhipcau.core.planreader.formats.layout.fragments import Row, split_row
from nhipcau.core.planreader.formats.layout.setting import GAP, setting_of
from nhipcau.core.planreader.formats.layout.tables import Paragraph, Table, Tables
from nhipcau.core.planreader.source import Kind, Line

_PAGE_NUMBER = re.compile(r"^[-–—\s]*(?:trang\s*)?\d{1,4}(?:\s*/\s*\d{1,4})?[-–—\s]*$", re.IGNORECASE)
_MARK = re.compile(r"\W|(?:[IVXivx]{1,5}|\d{1,2}|[a-zđ])[.)/]")
_NOTE_START = re.compile(r"^[⁰¹²³⁴⁵⁶⁷⁸⁹*]|^\d{1,2}\s?\S")


@dataclass(slots=True)
class PageText:
    """One page: its rows outside tables, its tables, its size in points."""

    rows: list[Row]
    width: float
    height: float
    tables: list[Table] = field(default_factory=list)


class Writer:
    """Writes pages as lines, counting tables through the document."""

    def __init__(self, pages: list[PageText]) -> None:
        self.pages = pages
        self.setting = setting_of([page.rows for page in pages])
        self.lines: list[Line] = []
        self.page = 0
        self.number = 0
        self.tables = Tables()

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
            self._table(table, begins_page=first and not above)
            first = False
        if rest or not page.tables:
            self.tables.close()
        self._columns(rest)

    def _columns(self, rows: list[Row]) -> None:
        if rows:
            self.tables.close()
        for number, column in enumerate(reading_order(rows)):
            if number and column.side:
                self._blank()
            self._column(column)

    def _column(self, column: Column) -> None:
        before: Row | None = None
        whole = column.side == 0
        for row in column.rows:
            if before is not None and whole and self._joined(before, row):
                last = self.lines[-1]
                self.lines[-1] = replace(last, text=f"{last.text} {row.text()}")
            else:
                if self._parted(before, row, whole=whole):
                    self._blank()
                self._line(row, "line", column)
            before = row

    def _joined(self, above: Row, row: Row) -> bool:
        """Rows that are surely one line of text though their words do not show it."""
        if row.base - above.base > GAP * self.setting.pitch_of(row):
            return False
        doubtful = above.text().endswith((":", ".", ";")) or _MARK.match(row.text())
        return self.setting.one_heading(above, row) or (bool(doubtful) and self.setting.goes_on(above, row))

    def _parted(self, above: Row | None, row: Row, *, whole: bool) -> bool:
        """Whether a new paragraph begins: indented, further down, or after a line that had room left."""
        if whole and self.lines and self.setting.begins(row) and not self.setting.centred(row):
            return bool(self.lines[-1].text)
        if above is None:
            return False
        far = row.base - above.base > GAP * self.setting.pitch_of(row)
        return far or (whole and self.setting.ended(above, row))

    def _blank(self) -> None:
        self.lines.append(Line("", self.page, self.number))

    def _line(self, row: Row, kind: Kind, column: Column | None = None) -> None:
        self.number += 1
        text = "   ".join(part.text() for part in split_row(row, 2.5))
        centred = self.setting.centred(row) if column is None or column.side == 0 else None
        self.lines.append(Line(text, self.page, self.number, kind, None, row.bold, centred))

    def _table(self, table: Table, *, begins_page: bool) -> None:
        for found in self.tables.write(table, begins_page=begins_page):
            if found.goes_on and self._lengthened(found):
                continue
            self.number += 1
            self.lines.append(Line(found.text, self.page, self.number, "cell", found.cell, found.bold))

    def _lengthened(self, rest: Paragraph) -> bool:
        """Put the rest of a paragraph behind its beginning, which ended the page before."""
        for at in range(len(self.lines) - 1, -1, -1):
            line = self.lines[at]
            if line.cell == rest.cell:
                self.lines[at] = replace(line, text=f"{line.text} {rest.text}")
                return True
            if line.cell is not None and line.cell.row < rest.cell.row - 1:
                break
        return False


def lines_of(pages: list[PageText]) -> list[Line]:
    """The lines of a document laid out on pages."""
    return Writer(pages).write()


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
