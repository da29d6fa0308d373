"""Letterheads and signatures set with tabs instead of a table: two columns in one paragraph."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from nhipcau.core.planreader.source import Cell, Line

LONGEST = 140
_GAP = re.compile(r"\t+\s*|\s{3,}")
_LABEL = re.compile(r"(?:[-+•*–]|\(?[IVX\d.]{1,6}[.)]?|[a-zđ][.)])$")
_RIGHT = re.compile(
    r"cộng h|độc lập|đảng cộng sản|.{2,40},\s*ngày|ngày\b.*\btháng\b|(?:tm|kt|tl|tuq|q)\s?\.|t/m|k/t|"
    r"(?:phó )?(?:chủ tịch|giám đốc|chánh văn phòng)|bí thư",
    re.IGNORECASE,
)
_NAME = re.compile(r"(?:[A-ZĐÀ-Ỹ][\w’'-]*\.?\s?){2,5}$")


def with_columns(lines: list[Line], tables: int) -> list[Line]:
    """Lines with such paragraphs as the cells of a table of one row; `tables` is the next table's number."""
    out: list[Line] = []
    block: list[Line] = []
    for line in [*lines, None]:
        if line is not None and (_pair(line) or (block and _belongs(line))):
            block.append(line)
            continue
        if block:
            out += _cells(block, tables)
            tables += 1
            block = []
        if line is not None:
            out.append(line)
    return out


def _pair(line: Line) -> tuple[str, str] | None:
    """The left and right part of a paragraph that holds both."""
    if line.cell is not None or line.kind not in {"paragraph", "line"} or len(line.text) > LONGEST:
        return None
    parts = [part for part in _GAP.split(line.text.strip(), maxsplit=1) if part.strip()]
    if len(parts) == 2 and not _LABEL.match(parts[0].strip()) and _RIGHT.match(parts[1].strip()):
        return parts[0].strip(), parts[1].strip()
    return None


def _belongs(line: Line) -> bool:
    """A recipient, a rule, or the signer's name between or below such paragraphs."""
    if line.cell is not None or line.kind not in {"paragraph", "line"}:
        return False
    text = line.text.strip()
    return len(text) <= 60 and (text.startswith("-") or bool(_NAME.match(text) and text.istitle()))


def _cells(block: list[Line], table: int) -> Iterator[Line]:
    left, right = Cell(table, 0, 0), Cell(table, 0, 1)
    columns: dict[Cell, list[Line]] = {left: [], right: []}
    for line in block:
        pair = _pair(line)
        if pair is not None:
            for cell, text in zip(columns, pair, strict=True):
                columns[cell].append(replace(line, text=text, kind="cell", cell=cell))
        else:
            cell = left if line.text.startswith("-") else right
            columns[cell].append(replace(line, kind="cell", cell=cell))
    for rows in columns.values():
        yield from rows
