"""A workbook that came back: its seal, and the lines that somebody filled in, wherever they were moved."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from nhipcau.apps.reporting.workbooks.layout import KINDS, Line, SheetKind
from nhipcau.apps.reporting.workbooks.seal import MARK, Seal, unsealed
from nhipcau.core.tablereader import Refusal, Row, Sheet
from nhipcau.core.text import fold

# Rows that are looked at for the head of a table.
HEAD_WITHIN = 30
MOST_LINES = 5_000


@dataclass(frozen=True, slots=True)
class Came:
    """`seal` None: the cell with the code was changed or lost. `strange` are sheets that are none of ours."""

    seal: Seal | None
    lines: list[Line]
    strange: tuple[str, ...]


def came_back(sheets: Sequence[Sheet]) -> Came:
    """Raises Refusal("no-table") where no sheet has a head of ours, "too-many-rows" for more than 5,000."""
    lines: list[Line] = []
    strange = []
    seal = None
    for sheet in sheets:
        seal = seal or _seal(sheet)
        found = _head(sheet)
        if found is None:
            if not sheet["hidden"] and _seal(sheet) is None and not _sealed(sheet):
                strange.append(sheet["name"])
            continue
        kind, places, at = found
        lines += [_line(kind, places, sheet["name"], row) for row in sheet["rows"][at + 1 :]]
    filled = [line for line in lines if _filled(line)]
    if not lines:
        raise Refusal("no-table")
    if len(filled) > MOST_LINES:
        raise Refusal("too-many-rows", limit=MOST_LINES)
    return Came(seal, filled, tuple(strange))


def _seal(sheet: Sheet) -> Seal | None:
    for row in sheet["rows"]:
        for cell in row["cells"]:
            found = unsealed(cell)
            if found is not None:
                return found
    return None


def _sealed(sheet: Sheet) -> bool:
    """Whether it is the guide, its seal broken."""
    return any(cell.startswith(MARK) for row in sheet["rows"] for cell in row["cells"])


def _head(sheet: Sheet) -> tuple[SheetKind, dict[str, int], int] | None:
    """The kind of sheet, where its columns stand, and the index of the head row."""
    for at, row in enumerate(sheet["rows"][:HEAD_WITHIN]):
        heads = {fold(cell): column for column, cell in reversed(list(enumerate(row["cells"])))}
        for kind in KINDS:
            wanted = {column.key: fold(column.head) for column in kind.columns}
            asked = [column for column in kind.columns if column.open or column.key == "code"]
            if all(wanted[column.key] in heads for column in asked):
                return kind, {key: heads[head] for key, head in wanted.items() if head in heads}, at
    return None


def _line(kind: SheetKind, places: Mapping[str, int], sheet: str, row: Row) -> Line:
    cells, numbers = row["cells"], set(row.get("numbers", ()))
    said = {key: cells[at] for key, at in places.items() if at < len(cells)}
    return Line(
        kind.key,
        said,
        frozenset(key for key, at in places.items() if at in numbers),
        sheet,
        row["number"],
    )


def _filled(line: Line) -> bool:
    """Whether the unit wrote something in it, or could have emptied it."""
    kind = next(each for each in KINDS if each.key == line.kind)
    typed = any(line.cell(column.key).strip() for column in kind.columns if column.open)
    return typed or (line.kind in ("texts", "tasks", "figures") and bool(line.cell("code")))


def packed(lines: Sequence[Line]) -> list[list[object]]:
    """For the database."""
    return [[line.kind, line.sheet, line.row, dict(line.cells), sorted(line.numbers)] for line in lines]


def unpacked(rows: Sequence[Sequence[object]]) -> list[Line]:
    made = []
    for kind, sheet, row, cells, numbers in rows:
        assert isinstance(cells, dict)
        assert isinstance(numbers, list)
        assert isinstance(row, int)
        made.append(Line(str(kind), cells, frozenset(map(str, numbers)), str(sheet), row))
    return made
