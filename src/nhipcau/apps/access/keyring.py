"""The instance's keys, for the apps that keep sealed cells (`core.sealing`).

    NUMBER = sealed_column(IdentityNumber, "number", index="number_index", kind="kind")

    (row,) = new_rows(IdentityNumber)
    IdentityNumber(id=row, number=NUMBER.seal(key_ring(), row, text),
                   number_index=NUMBER.index_of(key_ring(), kind, text), …)

Rotation changes the sealed column and its index in place, as owner. The record of changes leaves both out by
itself; a trigger that guards the row must let a change of these two alone pass.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.db import connection, models
from psycopg import sql

from nhipcau.core.sealing import KeyRing, RingFile, SealedColumn, SealingError, declare, declared


class RingLost(SealingError):
    """There are sealed cells and no file of keys."""


@lru_cache(maxsize=8)
def _at(path: Path) -> RingFile:
    return RingFile(path)


def ring_file() -> RingFile:
    """The file of this instance's keys."""
    return _at(Path(settings.KEY_RING))


def key_ring() -> KeyRing:
    """The keys as they stand now; ask anew for each piece of work. Raises SealingError when they lack."""
    return ring_file().ring()


def sealed_column(
    model: type[models.Model], column: str, *, index: str = "", kind: str = "", kind_is: str = ""
) -> SealedColumn:
    """Declare a model's column of sealed cells, by the names of its fields; at the module's top."""
    meta = model._meta
    assert meta.pk is not None

    def named(field: str) -> str:
        return str(meta.get_field(field).column) if field else ""  # type: ignore[union-attr]

    return declare(
        SealedColumn(
            table=meta.db_table,
            column=named(column),
            row=named(meta.pk.name),
            index=named(index),
            kind=named(kind),
            kind_is=kind_is,
        )
    )


def new_rows(model: type[models.Model], count: int = 1) -> list[int]:
    """Ids for rows that are still to be made: a cell is sealed for its row, so the id comes first."""
    meta = model._meta
    assert meta.pk is not None
    with connection.cursor() as cursor:
        cursor.execute(
            "select nextval(pg_get_serial_sequence(%s, %s)) from generate_series(1, %s)",
            [connection.ops.quote_name(meta.db_table), meta.pk.column, count],
        )
        return [row for (row,) in cursor.fetchall()]


def sealed_tables() -> list[SealedColumn]:
    """The declared columns whose tables are in this database."""
    with connection.cursor() as cursor:
        there = set(connection.introspection.table_names(cursor))
    return [column for column in declared() if column.table in there]


def make_first_ring() -> bool:
    """Make the keys when the instance begins; whether they were made.

    Raises RingLost when there are sealed cells already: new keys would hide that the old ones are missing.
    """
    file = ring_file()
    if file.exists():
        return False
    for column in sealed_tables():
        filled = sql.SQL("select 1 from {} where {} is not null limit 1").format(
            sql.Identifier(column.table), sql.Identifier(column.column)
        )
        with connection.cursor() as cursor:
            cursor.execute(filled.as_string(None))
            if cursor.fetchone():
                raise RingLost(
                    f"The file of keys is missing ({file.path}), yet {column.table} holds sealed cells. "
                    "Put the file back: it is in every encrypted backup."
                )
    return file.make()
