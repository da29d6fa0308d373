"""A new database is made with little rendering of models: it is the one that Django's own way makes."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from django.core.management import call_command
from psycopg import sql
from tests import database
from tests.database import Logins

from nhipcau.apps.access.management.commands import migrate
from nhipcau.embedded import binaries

pytestmark = [pytest.mark.heavy, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def empty(django_db_setup: str, database_logins: Logins) -> Iterator[list[str]]:
    """Two databases without a table; Django's connection points to the test's own again afterwards."""
    names = [f"{django_db_setup}_{number}" for number in (1, 2)]
    with psycopg.connect(database_logins.owner("postgres"), autocommit=True) as admin:
        for name in names:
            admin.execute(sql.SQL("create database {}").format(sql.Identifier(name)))
        yield names
        database.use(database_logins.serving(django_db_setup))
        for name in names:
            admin.execute(sql.SQL("drop database {} with (force)").format(sql.Identifier(name)))


def content(address: str) -> tuple[list[str], dict[str, int]]:
    """The schema, and how many rows each table has."""
    program = Path(binaries.found_folder()) / "pg_dump"
    done = subprocess.run(
        [program, "--schema-only", "-d", address], capture_output=True, text=True, check=True
    )
    lines = [line for line in done.stdout.splitlines() if not line.startswith(("\\", "--"))]
    with psycopg.connect(address) as connection:
        rows = connection.execute("select tablename from pg_tables where schemaname = 'public'").fetchall()
        counts = {
            table: connection.execute(sql.SQL("select from {}").format(sql.Identifier(table))).rowcount
            for (table,) in rows
        }
    return lines, counts


def test_it_is_the_same_as_django_s_own_way_makes_it(
    empty: list[str], database_logins: Logins, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = []
    for name, quick in zip(empty, (True, False), strict=True):
        with monkeypatch.context() as patch:
            if not quick:
                patch.setattr(migrate, "is_new", lambda _database: False)
            database.use(database_logins.owner(name))
            call_command("migrate", verbosity=0, interactive=False)
        found.append(content(database_logins.owner(name)))
    (schema, counts), (own_schema, own_counts) = found
    assert schema == own_schema
    assert counts == own_counts
    assert len(schema) > 5_000
