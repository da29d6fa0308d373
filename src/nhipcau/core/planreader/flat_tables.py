"""Task tables that lost their cells: each cell is a paragraph, head by head and row by row."""

from __future__ import annotations

import re

from nhipcau.core.planreader.blocks import Block, Page
from nhipcau.core.planreader.bodies import is_body
from nhipcau.core.planreader.source import Cell
from nhipcau.core.planreader.tables import WHO, column_kind

FIRST_NUMBER = 10_000
_ORDER_HEAD = re.compile(r"(?:stt|tt|số tt|số thứ tự)\W*")
_ORDER = re.compile(r"(?:\d{1,3}(?:\.\d{1,3})*|[IVX]{1,6}|[A-HĐ]|[a-zđ])\s?[.)]?")
_TIME = re.compile(
    r"(?:trước|từ|đến|hết|quý|tháng|năm|giai đoạn|thường xuyên|hằng|hàng|định kỳ|theo|trong|sau|ngay|"
    r"khi)\b.{0,60}|"
    r"20\d\d(?:\s*[-–]\s*20\d\d)?|\d{1,2}/\d{1,4}(?:/\d{4})?"
)
MOST_HEADS = 9


def restore_cells(page: Page) -> None:
    """Give the paragraphs of flattened task tables their cells back (table, row, column)."""
    blocks = [b for b in page.blocks if b.cell is None and b.zone in ("body", "annex")]
    number = FIRST_NUMBER
    i = 0
    while i < len(blocks):
        kinds = heads_at(blocks, i)
        if not kinds:
            i += 1
            continue
        end = _fill(blocks, i, kinds, number)
        number += 1
        i = end


def heads_at(blocks: list[Block], i: int) -> list[str]:
    """The kinds of the columns when a table's heads start at `i` ("STT", "Nội dung", "Cơ quan chủ trì" …)."""
    if not _ORDER_HEAD.fullmatch(blocks[i].low):
        return []
    kinds = ["order"]
    for block in blocks[i + 1 : i + 1 + MOST_HEADS]:
        kind = column_kind(block.text)
        if kind is None or _ORDER.fullmatch(block.text):
            break
        kinds.append(kind)
    good = "content" in kinds and bool(set(kinds) & (WHO | {"time"})) and len(kinds) >= 3
    return kinds if good else []


def _fill(blocks: list[Block], i: int, kinds: list[str], number: int) -> int:
    """Set the cells of the table whose heads start at `i`; returns where it ends."""
    for column in range(len(kinds)):
        blocks[i + column].cell = Cell(number, 0, column)
    at = i + len(kinds)
    row = 1
    while at < len(blocks) and _ORDER.fullmatch(blocks[at].text):
        end = at + 1
        while end < len(blocks) and not _row_ends(blocks, end, end - at, len(kinds)):
            end += 1
        _set_row(blocks[at:end], kinds, (number, row))
        at, row = end, row + 1
    return at


def _row_ends(blocks: list[Block], at: int, length: int, columns: int) -> bool:
    """Whether a row stops before block `at`: the next number, another table, an annex, or more than the
    columns hold.
    """
    text = blocks[at].text
    if _ORDER.fullmatch(text) or _ORDER_HEAD.fullmatch(blocks[at].low) or text.startswith("PHỤ LỤC"):
        return True
    return length >= columns + 2


def _set_row(row: list[Block], kinds: list[str], place: tuple[int, int]) -> None:
    columns = list(range(len(row))) if len(row) == len(kinds) else fitted(row, kinds)
    for block, column in zip(row, columns, strict=True):
        block.cell = Cell(place[0], place[1], column)


def fitted(row: list[Block], kinds: list[str]) -> list[int]:
    """Columns for a row that has too few or too many paragraphs, by what each looks like."""
    order, content = kinds.index("order"), kinds.index("content")
    who = [c for c, kind in enumerate(kinds) if kind in WHO]
    columns = [order, content]
    for block in row[2:]:
        if "time" in kinds and _TIME.fullmatch(block.low):
            columns.append(kinds.index("time"))
        elif who and is_body(block.text, block.low):
            columns.append(who.pop(0))
        elif "product" in kinds:
            columns.append(kinds.index("product"))
        else:
            columns.append(content)
    return columns[: len(row)]
