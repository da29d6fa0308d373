"""What the serving login may do in the database. Given anew after every migration, by the owner.

Tables are served by default; those an app names as append-only can be read and added to, never changed, and
the table of migrations can only be read. Owning nothing, it cannot switch triggers or policies off.
"""

from __future__ import annotations

from typing import Any

from django.db import connection, models
from psycopg import sql

_append_only: list[type[models.Model]] = []
_functions: list[str] = []
_never_written = ("django_migrations",)


def append_only(model: type[models.Model]) -> None:
    """Called at start by the app that keeps the record: its rows may be added, never changed or deleted."""
    if model not in _append_only:
        _append_only.append(model)


def callable_function(signature: str) -> None:
    """Called at start by the app that owns a function which does more than its caller may."""
    if signature not in _functions:
        _functions.append(signature)


def statements(role: str, *, tables: list[str], read_only: list[str], kept: list[str]) -> list[sql.Composed]:
    """The grants as SQL: `tables` in full, `kept` to read and add to, `read_only` to read."""
    login = sql.Identifier(role)
    lines = [sql.SQL("grant usage on schema public to {}").format(login)]
    for table in tables:
        if table in read_only:
            rights = "select"
        elif table in kept:
            rights = "select, insert"
        else:
            rights = "select, insert, update, delete"
        name = sql.Identifier(table)
        lines.append(sql.SQL("revoke all on {} from {}").format(name, login))
        lines.append(sql.SQL("grant " + rights + " on {} to {}").format(name, login))
    lines.append(sql.SQL("grant usage, select on all sequences in schema public to {}").format(login))
    return lines


def grant_to(role: str) -> None:
    """Give the login its rights; run as the owner. A role that is the owner itself needs none."""
    with connection.cursor() as cursor:
        cursor.execute("select current_user, exists (select from pg_roles where rolname = %s)", [role])
        current, exists = cursor.fetchone() or ("", False)
        if role == current or not exists:
            return
        tables = connection.introspection.table_names(cursor)
        for line in statements(
            role,
            tables=tables,
            read_only=[name for name in _never_written if name in tables],
            kept=[model._meta.db_table for model in _append_only],
        ):
            cursor.execute(_text(line))
        for signature in _functions:
            cursor.execute(
                _text(
                    sql.SQL("grant execute on function " + signature + " to {}").format(sql.Identifier(role))
                )
            )


def _text(line: sql.Composed) -> Any:
    return line.as_string(None)
