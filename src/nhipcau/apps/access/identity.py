"""Telling the database who acts. Row security and the change triggers ask `current_setting('app.user')`.

It is set for the running transaction alone: a session-level setting would leak to whoever gets the pooled
connection next. Set inside a savepoint it is lost when that rolls back, so it is set at the transaction's
top.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction

from nhipcau.apps.access.actors import Actor, System


def set_identity(user_id: int | None, system: str = "") -> None:
    """Tell the running transaction who acts.

    A user, or a named part of the system, or (both empty) nobody.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "select set_config('app.user', %s, true), set_config('app.system', %s, true)",
            ["" if user_id is None else str(user_id), system],
        )


@contextmanager
def acting(actor: Actor) -> Iterator[None]:
    """A transaction of its own with its identity: what the request middleware does, for jobs and commands.

    Raises RuntimeError inside another transaction, whose identity it would change.
    """
    with transaction.atomic(durable=True):
        if isinstance(actor, System):
            set_identity(None, actor.name)
        else:
            set_identity(actor.pk)
        yield


@contextmanager
def as_part(name: str) -> Iterator[None]:
    """For a few statements the running transaction acts as a named part of the system, then as before.

    For what follows from an act by rule alone (a person's columns from her records). The user stays named.
    """
    with connection.cursor() as cursor:
        cursor.execute("select current_setting('app.system', true)")
        (before,) = cursor.fetchone() or ("",)
        cursor.execute("select set_config('app.system', %s, true)", [name])
    yield
    # Not in a finally: after an error the transaction is over, and with it the setting.
    with connection.cursor() as cursor:
        cursor.execute("select set_config('app.system', %s, true)", [before or ""])
