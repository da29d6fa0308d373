"""Moving sealed cells onto the current keys while the pages are served, and looking whether each one opens.

What is still to be done is told by the rows themselves: each cell and each index begins with its key's id. So
there is no list to keep; whoever was killed begins again and finds the rest. Rows are changed a batch at a
time, locked while they are; readers hold both keys meanwhile. Run as the owner, who sees every row.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.db import connection
from psycopg import sql

from nhipcau.apps.access.actors import System
from nhipcau.apps.access.identity import acting
from nhipcau.apps.access.keyring import key_ring
from nhipcau.core.sealing import KeyRing, Purpose, SealedColumn, SealingError
from nhipcau.core.sealing.cells import HEAD_BYTES, head

BATCH = 500
Told = Callable[[int], None]
Row = tuple[Any, bytes, bytes | None, str]


@dataclass(slots=True)
class Outcome:
    """What was found: `broken` are rows whose cell or index is not what was sealed for it, with why."""

    looked_at: int = 0
    changed: int = 0
    broken: dict[Any, str] = field(default_factory=dict)


def sees_every_row() -> bool:
    """Whether row security hides nothing from this login: else rows could be left behind unseen."""
    with connection.cursor() as cursor:
        cursor.execute("select rolsuper or rolbypassrls from pg_roles where rolname = current_user")
        return bool((cursor.fetchone() or (False,))[0])


def used_keys(column: SealedColumn) -> dict[Purpose, Counter[str]]:
    """How many cells and indexes each key has made, by key id; what has no key's form counts under ""."""
    found: dict[Purpose, Counter[str]] = {}
    for purpose, name in ((Purpose.CELLS, column.column), (Purpose.INDEX, column.index)):
        found[purpose] = Counter()
        if not name:
            continue
        statement = sql.SQL(
            "select case when length({0}) >= {2} then encode(substr({0}, 2, {2} - 1), 'hex') else '' end, "
            "count(*) from {1} where {0} is not null group by 1"
        ).format(sql.Identifier(name), sql.Identifier(column.table), sql.Literal(HEAD_BYTES))
        for key_id, count in _fetched(statement):
            found[purpose][key_id] = count
    return found


def behind(column: SealedColumn, ring: KeyRing) -> int:
    """How many rows are not on the current keys."""
    statement = sql.SQL("select count(*) from {} where {}").format(
        sql.Identifier(column.table), _is_behind(column, ring)
    )
    return int(_fetched(statement)[0][0])


def rotate(column: SealedColumn, told: Told, *, batch: int = BATCH) -> Outcome:
    """Move every cell and index onto the current keys. `told` hears how many rows are done, after each batch.

    A row that does not open stays as it is and is named in the outcome; it stops nobody else's.
    """
    outcome, after = Outcome(), None
    while True:
        with acting(System("keys")):
            # Asked for in each batch: a newer key may have come.
            ring = key_ring()
            rows = _rows(column, batch, after, _is_behind(column, ring), locked=True)
            fresh = [again for row in rows if (again := _again(column, ring, row, outcome)) is not None]
            _write(column, fresh)
        if not rows:
            return outcome
        after = rows[-1][0]
        outcome.looked_at += len(rows)
        outcome.changed += len(fresh)
        told(outcome.looked_at)


def inspect(column: SealedColumn, told: Told, *, batch: int = BATCH * 10) -> Outcome:
    """Open every cell and compare its index. Changes nothing."""
    outcome, after, ring = Outcome(), None, key_ring()
    while True:
        with acting(System("keys")):
            rows = _rows(column, batch, after, sql.SQL("true"), locked=False)
        if not rows:
            return outcome
        for row in rows:
            why = _wrong(column, ring, row)
            if why:
                outcome.broken[row[0]] = why
        after = rows[-1][0]
        outcome.looked_at += len(rows)
        told(outcome.looked_at)


def _is_behind(column: SealedColumn, ring: KeyRing) -> sql.Composable:
    """Of a row with a sealed cell: the cell or its index was made by another key than the current one."""
    parts = [(column.column, Purpose.CELLS)] + ([(column.index, Purpose.INDEX)] if column.index else [])
    differs = [
        sql.SQL("substr({}, 1, {}) is distinct from {}").format(
            sql.Identifier(name), sql.Literal(HEAD_BYTES), sql.Literal(head(ring.current(purpose).id_bytes))
        )
        for name, purpose in parts
    ]
    return sql.SQL("{} is not null and ({})").format(
        sql.Identifier(column.column), sql.SQL(" or ").join(differs)
    )


def _rows(
    column: SealedColumn, batch: int, after: Any, condition: sql.Composable, *, locked: bool
) -> list[Row]:
    """The next rows by id: id, cell, index, kind."""
    row = sql.Identifier(column.row)
    statement = sql.SQL(
        "select {row}, {cell}, {index}, {kind} from {table} "
        "where {cell} is not null and {after} and {condition} order by {row} limit {batch} {locked}"
    ).format(
        row=row,
        cell=sql.Identifier(column.column),
        index=sql.Identifier(column.index) if column.index else sql.SQL("null::bytea"),
        kind=sql.SQL("{}::text").format(sql.Identifier(column.kind)) if column.kind else sql.SQL("''"),
        table=sql.Identifier(column.table),
        after=sql.SQL("true") if after is None else sql.SQL("{} > {}").format(row, sql.Literal(after)),
        condition=condition,
        batch=sql.Literal(batch),
        locked=sql.SQL("for update") if locked else sql.SQL(""),
    )
    return [
        (row_id, bytes(cell), None if index is None else bytes(index), kind or "")
        for row_id, cell, index, kind in _fetched(statement)
    ]


def _again(column: SealedColumn, ring: KeyRing, row: Row, outcome: Outcome) -> Row | None:
    """The row sealed and indexed by the current keys; None, and why in the outcome, if it does not open."""
    row_id, cell, _index, kind = row
    try:
        text = column.unseal(ring, row_id, cell)
        index = column.index_of(ring, kind, text) if column.index else None
        if not cell.startswith(head(ring.current(Purpose.CELLS).id_bytes)):
            cell = column.seal(ring, row_id, text)
    except SealingError as error:
        outcome.broken[row_id] = type(error).__name__
        return None
    return row_id, cell, index, kind


def _wrong(column: SealedColumn, ring: KeyRing, row: Row) -> str:
    """Why the row does not open or is not found by its number; empty when all is well."""
    row_id, cell, index, kind = row
    try:
        text = column.unseal(ring, row_id, cell)
        if column.index and index not in column.indexes_of(ring, kind, text):
            return "WrongIndex"
    except SealingError as error:
        return type(error).__name__
    return ""


def _write(column: SealedColumn, rows: list[Row]) -> None:
    if not rows:
        return
    index = sql.Identifier(column.index) if column.index else None
    statement = sql.SQL("update {} set {} = %s{} where {} = %s").format(
        sql.Identifier(column.table),
        sql.Identifier(column.column),
        sql.SQL(", {} = %s").format(index) if index else sql.SQL(""),
        sql.Identifier(column.row),
    )
    values = [
        (cell, fresh, row_id) if column.index else (cell, row_id) for row_id, cell, fresh, _kind in rows
    ]
    with connection.cursor() as cursor:
        cursor.executemany(statement.as_string(None), values)


def _fetched(statement: sql.Composable) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement.as_string(None))
        return list(cursor.fetchall())


def all_used_keys(columns: list[SealedColumn]) -> Counter[str]:
    """How many cells and indexes each key has made in all columns, by key id."""
    total: Counter[str] = Counter()
    for column in columns:
        for counted in used_keys(column).values():
            total.update(counted)
    return total
