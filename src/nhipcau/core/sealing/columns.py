"""Which columns hold sealed cells. Each app names its own at start; rotation and checks go through all."""

from __future__ import annotations

from dataclasses import dataclass

from nhipcau.core.sealing.blind import blind_index, blind_indexes
from nhipcau.core.sealing.cells import Cell, RowId, seal, unseal
from nhipcau.core.sealing.keys import KeyRing


@dataclass(frozen=True, slots=True)
class SealedColumn:
    """A column of sealed cells: names as the database has them.

    `row` is the primary key, a number or a UUID that never changes. `index` is the column of the blind
    index, if there is one; `kind` the column that holds the number's kind, empty where all are of `kind_is`.
    Where there may be no text (NULL), there is no index either. The index is of the sealed text itself.
    """

    table: str
    column: str
    row: str = "id"
    index: str = ""
    kind: str = ""
    kind_is: str = ""

    def columns(self) -> tuple[str, ...]:
        """The columns that change with the keys."""
        return (self.column, self.index) if self.index else (self.column,)

    def cell(self, row: RowId) -> Cell:
        return Cell(self.table, self.column, row)

    def seal(self, ring: KeyRing, row: RowId, text: str) -> bytes:
        """As `cells.seal`."""
        return seal(ring, self.cell(row), text)

    def unseal(self, ring: KeyRing, row: RowId, sealed: bytes) -> str:
        """As `cells.unseal`."""
        return unseal(ring, self.cell(row), sealed)

    def index_of(self, ring: KeyRing, kind: str, number: str) -> bytes:
        """As `blind.blind_index`."""
        return blind_index(ring, kind or self.kind_is, number)

    def indexes_of(self, ring: KeyRing, kind: str, number: str) -> tuple[bytes, ...]:
        """As `blind.blind_indexes`."""
        return blind_indexes(ring, kind or self.kind_is, number)


_declared: dict[tuple[str, str], SealedColumn] = {}


def declare(column: SealedColumn) -> SealedColumn:
    """Name a column of sealed cells; at start, by the app it belongs to."""
    _declared[column.table, column.column] = column
    return column


def declared() -> tuple[SealedColumn, ...]:
    """All of them, by table and column."""
    return tuple(_declared[name] for name in sorted(_declared))
