"""Which tables' changes are recorded by trigger, and the triggers.

An app names its models at start. `migrate` puts the triggers on (they need no migrations of their own), so
a model is recorded from the first row. A column that is large or secret is named as hidden: the record
says that it changed, not to what.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib import resources

from django.db import connection, models
from psycopg import sql

from nhipcau.core.sealing import declared

TRIGGER = "audit_row"


@dataclass(frozen=True, slots=True)
class Tracked:
    """`hidden` are column names; `quiet` ones are left out altogether (folded copies, counters)."""

    model: type[models.Model]
    hidden: tuple[str, ...]
    quiet: tuple[str, ...]


_tracked: dict[type[models.Model], Tracked] = {}


def track(
    *tracked: type[models.Model],
    hidden: tuple[str, ...] = (),
    quiet: tuple[str, ...] = (),
    hide_words: bool = False,
) -> None:
    """Record the changes of these models' rows. Called at start by the app they belong to.

    `hide_words` hides all free text: of what can be removed for good nothing may stay in the record.
    """
    for model in tracked:
        columns = {field.column for field in model._meta.concrete_fields}
        _tracked[model] = Tracked(
            model,
            tuple(name for name in (*hidden, *(_words(model) if hide_words else ())) if name in columns),
            tuple(name for name in quiet if name in columns),
        )


def _words(model: type[models.Model]) -> list[str]:
    free = (models.CharField, models.TextField, models.JSONField)
    return [
        field.column
        for field in model._meta.concrete_fields
        if field.column and isinstance(field, free) and not field.choices and not field.primary_key
    ]


def tracked_models() -> dict[type[models.Model], Tracked]:
    return dict(_tracked)


def _statement(entry: Tracked) -> sql.Composed:
    meta = entry.model._meta
    assert meta.pk is not None
    # Sealed bytes in the record would need the keys of their day for ever.
    sealed = [name for column in declared() if column.table == meta.db_table for name in column.columns()]
    quiet = [*entry.quiet, *sealed]
    arguments = [meta.label_lower, meta.pk.column, ",".join(entry.hidden), ",".join(quiet)]
    return sql.SQL(
        "create or replace trigger {} after insert or update or delete on {} "
        "for each row execute function audit_row_changed({})"
    ).format(
        sql.Identifier(TRIGGER),
        sql.Identifier(meta.db_table),
        sql.SQL(", ").join(sql.Literal(value) for value in arguments),
    )


def install() -> None:
    """Put the triggers on the tables that exist, take them off others. As owner, after every migration."""
    functions = resources.files("nhipcau.apps.audit").joinpath("functions.sql").read_text(encoding="utf-8")
    with connection.cursor() as cursor:
        cursor.execute(functions)
        tables = set(connection.introspection.table_names(cursor))
        named = {entry.model._meta.db_table: entry for entry in _tracked.values()}
        cursor.execute("select tgrelid::regclass::text from pg_trigger where tgname = %s", [TRIGGER])
        for (table,) in cursor.fetchall():
            if table not in named:
                cursor.execute(_text(sql.SQL("drop trigger {} on {}"), TRIGGER, table))
        for table, entry in named.items():
            if table in tables:
                cursor.execute(_statement(entry).as_string(None))


def _text(template: sql.SQL, *names: str) -> str:
    return template.format(*(sql.Identifier(name) for name in names)).as_string(None)
