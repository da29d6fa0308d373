"""Task tables: columns for the content, who leads, who helps, when, and what comes of it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from nhipcau.core.planreader.blocks import Block, Page
from nhipcau.core.planreader.items import Context, Item
from nhipcau.core.planreader.joining import is_caps
from nhipcau.core.planreader.labels import label_at
from nhipcau.core.planreader.outline import Node

COLUMNS: list[tuple[str, re.Pattern[str]]] = [
    ("order", re.compile(r"(?:stt|tt|số tt|số thứ tự|#)\W*$")),
    ("partner", re.compile(r".{0,40}phối hợp")),
    ("lead", re.compile(r".{0,40}(?:chủ trì|đầu mối)")),
    ("time", re.compile(r".{0,30}(?:thời gian|thời hạn|tiến độ|hoàn thành|thời điểm|lộ trình)|năm \d{4}$")),
    ("product", re.compile(r".{0,30}(?:sản phẩm|kết quả|hình thức văn bản|đầu ra)")),
    ("agency", re.compile(r"(?:cơ quan|đơn vị|bộ phận|người|phân công|trách nhiệm).{0,40}")),
    ("money", re.compile(r".{0,20}(?:kinh phí|nguồn vốn|dự toán)")),
    ("note", re.compile(r"ghi chú")),
    (
        "content",
        re.compile(
            r"(?:tên |các |nhóm )?(?:nội dung|nhiệm vụ|công việc|hoạt động|giải pháp|đề án|văn bản|"
            r"chương trình|hạng mục|"
            r"dự án)"
        ),
    ),
]
WHO = frozenset({"lead", "agency", "partner"})
HEADER_ROWS = 3


@dataclass(slots=True)
class Table:
    """The blocks of one table by place: cells[row][column], each a list of paragraphs."""

    number: int
    annex: bool = False
    start: int = 0
    cells: dict[int, dict[int, list[Block]]] = field(default_factory=dict)

    def text(self, row: int, column: int) -> str:
        """The words of a cell on one line."""
        return " ".join(b.text for b in self.cells.get(row, {}).get(column, []))


def tables_of(page: Page) -> list[Table]:
    """The tables of body and annexes, in order."""
    found: dict[int, Table] = {}
    for block in page.blocks:
        if block.cell is None or block.zone not in ("body", "annex"):
            continue
        table = found.setdefault(
            block.cell.table, Table(block.cell.table, block.zone == "annex", block.start)
        )
        table.cells.setdefault(block.cell.row, {}).setdefault(block.cell.column, []).append(block)
    return list(found.values())


def columns_of(table: Table) -> tuple[dict[int, str], int]:
    """What each column is, told by the heads in the first rows, and the first row below them; empty when the
    table gives no tasks.
    """
    kinds: dict[int, str] = {}
    last = -1
    for row in sorted(table.cells)[:HEADER_ROWS]:
        heads = {c: column_kind(table.text(row, c)) for c in table.cells[row]}
        found = {c: kind for c, kind in heads.items() if kind is not None}
        if len(found) >= 2 or (kinds and set(found.values()) & WHO):
            for column, kind in found.items():
                if kind not in kinds.values() or kind in WHO:
                    kinds[column] = kind
            last = row
    if "content" not in kinds.values() or not set(kinds.values()) & (WHO | {"time"}):
        return {}, 0
    return kinds, last + 1


def column_kind(text: str) -> str | None:
    """The kind of column that a head names, or None."""
    low = text.lower().strip()
    if not low or len(low.split()) > 14:
        return None
    return next((kind for kind, pattern in COLUMNS if pattern.match(low)), None)


def table_items(page: Page, root: Node, counts: dict[str, int]) -> list[Item]:
    """The rows of the page's task tables as items with fields, in order of the text.

    Rows of annexes are numbered "PL#1", "PL#2" …; those of a table in the body go on with the numbers
    (`counts`) of the section above it.
    """
    sections = [n for n in root.walk() if n.numbered and n.heading is not None]
    items: list[Item] = []
    counts = dict(counts)
    for table in tables_of(page):
        kinds, first = columns_of(table)
        if not kinds:
            continue
        path = "PL" if table.annex else _section_above(sections, table.start)
        for row in sorted(r for r in table.cells if r >= first):
            item = row_item(table, row, kinds)
            if item is not None:
                counts[path] = counts.get(path, 0) + 1
                item.id = f"{path}#{counts[path]}"
                items.append(item)
    return items


def _section_above(sections: list[Node], start: int) -> str:
    """The path of the last numbered heading before an offset."""
    path = ""
    for node in sections:
        if node.words > start:
            break
        path = node.path()
    return path


def row_item(table: Table, row: int, kinds: dict[int, str]) -> Item | None:
    """One row as an item, or None: a row that is a group's head, a sum, or empty."""
    cells = table.cells[row]
    by_kind: dict[str, list[Block]] = {}
    for column, blocks in sorted(cells.items()):
        kind = kinds.get(column)
        if kind is not None:
            by_kind.setdefault(kind, []).extend(blocks)
    content = by_kind.get("content")
    if not content or is_group_row(by_kind):
        return None
    label = label_at(content[0].text)
    start = content[0].start + (label.end if label is not None else 0)
    spans = [(start, content[0].end), *((b.start, b.end) for b in content[1:])]
    fields = {k: (v[0].start, v[-1].end) for k, v in by_kind.items() if k in WHO | {"time", "product"} and v}
    context = Context(purpose="assign", known=True, section="")
    return Item("PL", spans, context, Node(content[0], None, start, content[-1].end), fields=fields)


def is_group_row(by_kind: dict[str, list[Block]]) -> bool:
    """A row that heads a group: nobody and no time in it, or a Roman number, or words in capitals."""
    order = " ".join(b.text for b in by_kind.get("order", []))
    content = " ".join(b.text for b in by_kind["content"])
    empty = not any(by_kind.get(k) for k in (*WHO, "time"))
    return empty or (bool(re.fullmatch(r"[IVX]+\.?|[A-H]\.?", order.strip())) and empty) or is_caps(content)
