"""Tables of figures and text: the head comes again on each page, a row is never broken."""

from __future__ import annotations

from collections.abc import Sequence

from lxml import etree

from nhipcau.core.officialdoc.cleaning import line, lines
from nhipcau.core.officialdoc.metrics import width_mm
from nhipcau.core.officialdoc.model import Align, Cell, Table, TableRow
from nhipcau.core.officialdoc.ooxml import element, paragraph, plain, text_run, twips

PADDING = 3.2
HEAD, LONGEST = 24.0, 90.0
"""mm that a head, and a text, may ask for on one line"""
SAMPLE = 60


def table(given: Table, room: float) -> list[etree._Element]:
    """Caption, table and notes, `room` mm wide. ValueError for a row that does not fit the columns."""
    head = _placed(given.head_rows)
    rows = _placed(given.rows)
    count = max((sum(cell.columns for cell, _ in row) for row in [*head, *rows]), default=0)
    if count == 0:
        return []
    widths = _widths(given, count, room)
    grid = element("tblGrid", *(element("gridCol", w=twips(each)) for each in widths))
    look = element(
        "tblPr",
        element("tblStyle", val="BangSoLieu"),
        element("tblW", w=sum(twips(each) for each in widths), type="dxa"),
        element("jc", val="center"),
        element("tblLayout", type="fixed"),
    )
    made = element("tbl", look, grid)
    drawn = _Rows(given, widths)
    made.extend(drawn.rows(head, is_head=True))
    made.extend(drawn.rows(rows, is_head=False))
    caption = [plain("TenBang", words) for words in lines(given.caption)]
    notes = [plain("BangGhiChu", words) for note in given.notes for words in lines(note)]
    return [*caption, made, *(notes or [plain("KhoangTrong", "")])]


Placed = list[tuple[Cell, bool]]
"""Cells of a row from left to right; True for one that goes on from the row above."""


def _placed(rows: Sequence[TableRow]) -> list[Placed]:
    """The rows with every place of the grid filled: what a cell from above covers is put in."""
    made: list[Placed] = []
    hanging: dict[int, tuple[Cell, int]] = {}
    for row in rows:
        placed: Placed = []
        column = 0
        cells = iter([each if isinstance(each, Cell) else Cell(each) for each in row])
        while True:
            if column in hanging:
                cell, left = hanging.pop(column)
                placed.append((cell, True))
                if left > 1:
                    hanging[column] = (cell, left - 1)
            else:
                following = next(cells, None)
                if following is None:
                    break
                cell = following
                placed.append((cell, False))
                if cell.rows > 1:
                    hanging[column] = (cell, cell.rows - 1)
            column += cell.columns
        made.append(placed)
    return made


def _widths(given: Table, count: int, room: float) -> list[float]:
    if given.widths and len(given.widths) != count:
        raise ValueError(f"{len(given.widths)} widths for {count} columns")
    if given.widths and min(given.widths) <= 0:
        raise ValueError("a column's width is more than 0")
    shares = list(given.widths) or _natural(given, count, room)
    return [room * share / sum(shares) for share in shares]


def _natural(given: Table, count: int, room: float) -> list[float]:
    """Every column gets its longest word; what is left goes to those whose text would like more."""
    least, most = [8.0] * count, [8.0] * count
    head = len(given.head_rows)
    for at, row in enumerate(_placed([*given.head_rows, *given.rows[:SAMPLE]])):
        column = 0
        for cell, goes_on in row:
            if cell.columns == 1 and not goes_on:
                bold = at < head or cell.bold
                words = [width_mm(each, given.size, bold=bold) for each in line(cell.text).split()]
                whole = width_mm(line(cell.text), given.size, bold=bold)
                least[column] = max(least[column], min(max(words, default=0), LONGEST) + PADDING)
                most[column] = max(most[column], min(whole, HEAD if at < head else LONGEST) + PADDING)
            column += cell.columns
    wishes = [max(0.0, high - low) for low, high in zip(least, most, strict=True)]
    left = room - sum(least)
    if left <= 0 or not any(wishes):
        return least
    share = min(1.0, left / sum(wishes))
    return [low + wish * share for low, wish in zip(least, wishes, strict=True)]


class _Rows:
    """Makes the rows of one table."""

    def __init__(self, given: Table, widths: list[float]) -> None:
        self.given = given
        self.widths = widths

    def rows(self, placed: list[Placed], *, is_head: bool) -> list[etree._Element]:
        """Each row as an element."""
        return [self._row(row, is_head=is_head) for row in placed]

    def _row(self, row: Placed, *, is_head: bool) -> etree._Element:
        look = element("trPr", element("cantSplit"))
        if is_head:
            look.append(element("tblHeader"))
        made = element("tr", look)
        column = 0
        for cell, goes_on in row:
            made.append(self._cell(cell, column, goes_on=goes_on, is_head=is_head))
            column += cell.columns
        for at in range(column, len(self.widths)):
            made.append(self._cell(Cell(""), at, goes_on=False, is_head=is_head))
        return made

    def _cell(self, cell: Cell, column: int, *, goes_on: bool, is_head: bool) -> etree._Element:
        width = sum(self.widths[column : column + cell.columns])
        look = element("tcPr", element("tcW", w=twips(width), type="dxa"))
        if cell.columns > 1:
            look.append(element("gridSpan", val=cell.columns))
        if goes_on:
            look.append(element("vMerge"))
        elif cell.rows > 1:
            look.append(element("vMerge", val="restart"))
        if is_head or cell.rows > 1:
            look.append(element("vAlign", val="center"))
        words = [] if goes_on else lines(cell.text)
        return element("tc", look, *(self._text(each, cell, column, is_head) for each in words or [""]))

    def _text(self, words: str, cell: Cell, column: int, is_head: bool) -> etree._Element:
        style = "BangDau" if is_head else "BangO"
        align = cell.align or ("center" if is_head else self._align(column))
        run = text_run(words, bold=cell.bold and not is_head, italic=cell.italic)
        if self.given.size != 12:
            _sized(run, self.given.size)
        shown = (
            []
            if (is_head and align == "center") or (not is_head and align == "left")
            else [element("jc", val=align)]
        )
        return paragraph(style, [run], *shown)

    def _align(self, column: int) -> Align:
        return self.given.align[column] if column < len(self.given.align) else "left"


def _sized(run: etree._Element, size: float) -> None:
    look = run.find("{*}rPr")
    if look is None:
        look = element("rPr")
        run.insert(0, look)
    look.extend([element("sz", val=round(size * 2)), element("szCs", val=round(size * 2))])
