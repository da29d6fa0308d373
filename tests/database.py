"""Databases for tests: made by the owner from a template, used as the serving login.

One template a checkout and state of the migrations, one database a worker and run, both named so that
checkouts and runs side by side never meet.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import psycopg
from django.core.management import call_command
from django.db import connections
from psycopg import errors, sql

from nhipcau import embedded
from nhipcau.config import env

ROOT = Path(__file__).resolve().parents[1]
CACHE = ROOT / ".cache"
# Rows that migrations themselves wrote: kept when a transactional test has its rows removed.
BASELINE = {"django_migrations", "django_content_type", "auth_permission"}


@dataclass(frozen=True, slots=True)
class Logins:
    """Two ways into one server: as owner and as the serving login."""

    owner_url: str
    serving_url: str

    def owner(self, database: str) -> str:
        return with_database(self.owner_url, database)

    def serving(self, database: str) -> str:
        return with_database(self.serving_url, database)


def with_database(url: str, database: str) -> str:
    return urlunsplit(urlsplit(url)._replace(path=f"/{database}"))


def logins() -> Logins:
    """From the environment when it names a server, else the embedded one."""
    owner, serving = os.environ.get("NHIPCAU_OWNER_DATABASE_URL"), os.environ.get("DATABASE_URL")
    if owner and serving:
        return Logins(owner, serving)
    # Another version's data lie apart: neither can read the other's.
    other = os.environ.get("NHIPCAU_PG_BIN", "")
    name = f"test-server-{hashlib.sha256(other.encode()).hexdigest()[:8]}" if other else "test-server"
    server = embedded.ensure_server(CACHE / name, durable=False)
    return Logins(server.owner_url, server.app_url)


def _prefix() -> str:
    return f"test_nhipcau_{hashlib.sha256(str(ROOT).encode()).hexdigest()[:8]}"


def fingerprint() -> str:
    """Changes when anything that shapes the empty database does."""
    digest = hashlib.sha256()
    files = [*ROOT.glob("src/nhipcau/apps/**/migrations/*.py"), *ROOT.glob("src/nhipcau/apps/**/*.sql")]
    files += [*ROOT.glob("src/nhipcau/apps/*/apps.py"), *ROOT.glob("src/nhipcau/apps/*/history.py")]
    files += [ROOT / "src/nhipcau/apps/access/grants.py", ROOT / "src/nhipcau/apps/audit/rows.py"]
    files += [ROOT / "src/nhipcau/apps/audit/editions.py", *ROOT.glob("src/nhipcau/apps/*/kept.py")]
    files += [ROOT / "requirements.lock", ROOT / "src/nhipcau/config/settings.py", Path(__file__)]
    for path in sorted(files):
        digest.update(path.relative_to(ROOT).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:10]


@contextmanager
def _locked() -> Iterator[None]:
    CACHE.mkdir(exist_ok=True)
    with (CACHE / "test-database.lock").open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def _admin(access: Logins) -> psycopg.Connection[Any]:
    return psycopg.connect(access.owner("postgres"), autocommit=True)


def _drop(admin: psycopg.Connection[Any], name: str) -> None:
    named = sql.Identifier(name)
    try:
        admin.execute(sql.SQL("drop database if exists {} with (force)").format(named))
    except errors.InsufficientPrivilege:
        # The server is vacuuming it, and that is nobody's session: a plain drop ends the worker and waits.
        admin.execute(sql.SQL("drop database if exists {}").format(named))


def _lives(pid: int) -> bool:
    return Path(f"/proc/{pid}").exists()


def _sweep(admin: psycopg.Connection[Any], keep: str) -> None:
    """Drop what earlier runs of this checkout left: old templates, databases of processes that ended."""
    rows = admin.execute("select datname from pg_database where datname like %s", [_prefix() + "%"])
    for (name,) in rows.fetchall():
        of_run = re.search(r"_r(\d+)_", name)
        if name != keep and (of_run is None or not _lives(int(of_run[1]))):
            _drop(admin, name)


def use(url: str) -> None:
    """Point Django's connection at a database."""
    connections["default"].close()
    settings = connections.settings["default"]
    settings.update(env.database(url))
    settings["OPTIONS"] = {**settings["OPTIONS"]}


def _template(access: Logins, admin: psycopg.Connection[Any]) -> str:
    name = f"{_prefix()}_t{fingerprint()}"
    if admin.execute("select 1 from pg_database where datname = %s", [name]).fetchone():
        return name
    _sweep(admin, keep=name)
    building = f"{name}_new"
    _drop(admin, building)
    admin.execute(sql.SQL("create database {}").format(sql.Identifier(building)))
    use(access.owner(building))
    call_command("migrate", verbosity=0, interactive=False)
    connections["default"].close()
    admin.execute(
        sql.SQL("alter database {} rename to {}").format(sql.Identifier(building), sql.Identifier(name))
    )
    return name


def create(access: Logins, worker: str, run: int) -> str:
    """A fresh database for one worker; returns its name. Django's connection then points at it."""
    name = f"{_prefix()}_r{run}_{worker}"
    with _locked(), _admin(access) as admin:
        template = _template(access, admin)
        _drop(admin, name)
        admin.execute(
            sql.SQL("create database {} template {}").format(sql.Identifier(name), sql.Identifier(template))
        )
    use(access.serving(name))
    return name


def destroy(access: Logins, name: str) -> None:
    connections["default"].close()
    with _admin(access) as admin:
        _drop(admin, name)


def empty(access: Logins, name: str) -> None:
    """Remove the rows of a test that committed; as owner, since the serving login may not truncate."""
    with psycopg.connect(access.owner(name), autocommit=True) as owner:
        rows = owner.execute("select tablename from pg_tables where schemaname = 'public'").fetchall()
        tables = sorted({table for (table,) in rows} - BASELINE)
        asked = [
            sql.SQL("select {} where exists (select from {})").format(table, sql.Identifier(table))
            for table in tables
        ]
        filled = [table for (table,) in owner.execute(sql.SQL(" union all ").join(asked)).fetchall()]
        if filled:
            names = sql.SQL(", ").join(sql.Identifier(table) for table in filled)
            owner.execute(sql.SQL("truncate {} restart identity cascade").format(names))
