"""Values that are kept between requests and are never stale.

What every page shows of many rows (how many tasks are overdue, the agencies to choose from) changes seldom
and is asked for often. Each process keeps such a value under the *edition* of the tables it was made from:
a name of their contents as this transaction sees them. A statement that changes a table leaves a mark, by
trigger, in the transaction that changes it; the edition is the set of marks in sight. Two transactions with
the same marks in sight see the same rows, in whichever process, so what one made is right for the other; a
mark that appears by a commit or goes by a rollback makes another edition. There is no time after which
something is forgotten, nothing to invalidate, and no lock that writers would wait for. A transaction that
changed the tables itself makes its values afresh and keeps none.

The sweep puts one new mark in the place of all that were committed: the same contents under another name.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from threading import Lock
from typing import Any, Generic, TypeVar

from django.db import connection, models, transaction
from psycopg import sql

T = TypeVar("T")
TRIGGER = "audit_edition"
_tables: set[str] = set()
_EDITIONS = """
    select "table", md5(string_agg(token::text, '' order by token)),
           coalesce(bool_or(xact = pg_current_xact_id_if_assigned()::text::bigint), false)
    from audit_edition where "table" = any(%s) group by "table"
"""
_SWEEP = """
    with gone as (delete from audit_edition where "table" = %s returning 1)
    insert into audit_edition ("table", xact, token)
    select %s, pg_current_xact_id()::text::bigint, gen_random_uuid() from gone having count(*) > 0
"""


@dataclass(frozen=True, slots=True)
class Editions:
    """The editions of some tables, read at once; `changed` are those that this transaction changed."""

    tokens: Mapping[str, str]
    changed: frozenset[str]


def editions(*of: Kept[Any]) -> Editions:
    """What all of them are made of, in one query: for a page that only reads and shows several."""
    tables = sorted({table for each in of for table in each.tables})
    with connection.cursor() as cursor:
        cursor.execute(_EDITIONS, [tables])
        rows = cursor.fetchall()
    return Editions(
        {table: token for table, token, _changed in rows},
        frozenset(table for table, _token, changed in rows if changed),
    )


class Kept(Generic[T]):
    """Values of one kind, made from these models' rows and nothing else that changes.

    Declared in an app's `kept.py`, which its `ready` imports: the triggers are put on by `migrate`. What else
    a value depends on (scope, day, language, filters) is its key. At most `most` are kept, the latest used.
    """

    def __init__(self, *made_of: type[models.Model], most: int = 500) -> None:
        self.tables = sorted(model._meta.db_table for model in made_of)
        self.most = most
        self._values: OrderedDict[Hashable, T] = OrderedDict()
        self._lock = Lock()
        _tables.update(self.tables)

    def get(self, key: Hashable, make: Callable[[], T], seen: Editions | None = None) -> T:
        """The value under the key in the tables' present edition.

        One query, none when `seen` was read before, and what `make` asks for.
        """
        seen = seen or editions(self)
        if not seen.changed.isdisjoint(self.tables):
            return make()
        named = (key, tuple(seen.tokens.get(table, "") for table in self.tables))
        with self._lock:
            if named in self._values:
                self._values.move_to_end(named)
                return self._values[named]
        value = make()
        with self._lock:
            self._values[named] = value
            while len(self._values) > self.most:
                self._values.popitem(last=False)
        return value


def tables() -> set[str]:
    """Those that something is kept of."""
    return set(_tables)


def sweep() -> None:
    """Put one mark in the place of all committed ones, table by table. For the job that runs often."""
    for table in sorted(_tables):
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute('select count(*) from audit_edition where "table" = %s', [table])
            if (cursor.fetchone() or (0,))[0] > 1:
                cursor.execute(_SWEEP, [table, table])


def install() -> None:
    """Put the triggers on the tables that are named, off others. As owner, after every migration."""
    with connection.cursor() as cursor:
        there = set(connection.introspection.table_names(cursor))
        cursor.execute("select tgrelid::regclass::text from pg_trigger where tgname = %s", [TRIGGER])
        for (table,) in cursor.fetchall():
            if table not in _tables:
                cursor.execute(_text("drop trigger {} on {}", TRIGGER, table))
        for table in sorted(_tables & there):
            cursor.execute(
                _text(
                    "create or replace trigger {} after insert or update or delete or truncate on {} "
                    "for each statement execute function audit_edition_changed()",
                    TRIGGER,
                    table,
                )
            )


def _text(template: str, *names: str) -> Any:
    return sql.SQL(template).format(*(sql.Identifier(name) for name in names)).as_string(None)
