"""Rows that were read and wait to be stored, a fifth as large as they are; a list has up to 100,000."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

PART = 1_000
# JSON as it is written holds no such character.
_ROW, _FIELD = "\x1e", "\x1f"


@dataclass(frozen=True, slots=True)
class ReadRow:
    """A row as it is stored while it waits; JSON texts."""

    sheet: int
    number: int
    wrong: bool
    cells: str
    meaning: str
    remarks: str


class Rows:
    """Rows in the order in which they came, to be gone through as often as is needed."""

    def __init__(self) -> None:
        self._packed: list[bytes] = []
        self._open: list[ReadRow] = []
        self._count = 0

    def __len__(self) -> int:
        return self._count

    def __iter__(self) -> Iterator[ReadRow]:
        for part in self._packed:
            yield from map(_row, zlib.decompress(part).decode().split(_ROW))
        yield from self._open

    def extend(self, rows: Iterable[ReadRow]) -> None:
        """These behind the others."""
        for row in rows:
            self._open.append(row)
            self._count += 1
            if len(self._open) == PART:
                whole = _ROW.join(map(_text, self._open))
                self._packed.append(zlib.compress(whole.encode(), level=1))
                self._open = []


def _text(row: ReadRow) -> str:
    head = (str(row.sheet), str(row.number), "1" if row.wrong else "")
    return _FIELD.join((*head, row.cells, row.meaning, row.remarks))


def _row(text: str) -> ReadRow:
    sheet, number, wrong, cells, meaning, remarks = text.split(_FIELD)
    return ReadRow(int(sheet), int(number), bool(wrong), cells, meaning, remarks)
