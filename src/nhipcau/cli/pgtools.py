"""PostgreSQL's own programs for copying a database: which ones fit a server, and how they are called."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import psycopg
from psycopg.conninfo import conninfo_to_dict

from nhipcau.cli.instance import CommandFailed
from nhipcau.embedded import EmbeddedError, Server
from nhipcau.embedded.binaries import Binaries, found_folder, version_of

_DEBIAN = Path("/usr/lib/postgresql")
_VARIABLES = {
    "host": "PGHOST",
    "port": "PGPORT",
    "user": "PGUSER",
    "password": "PGPASSWORD",
    "dbname": "PGDATABASE",
    "sslmode": "PGSSLMODE",
    "sslrootcert": "PGSSLROOTCERT",
    "sslcert": "PGSSLCERT",
    "sslkey": "PGSSLKEY",
}


def owner_url() -> str:
    """How to reach the database as the login that owns it."""
    return os.environ.get("NHIPCAU_OWNER_DATABASE_URL") or os.environ["DATABASE_URL"]


def connect() -> psycopg.Connection[tuple[object, ...]]:
    """A connection as the owner. Raises CommandFailed with the server's own word."""
    try:
        return psycopg.connect(owner_url())
    except psycopg.OperationalError as error:
        raise CommandFailed(
            vi=f"Không kết nối được cơ sở dữ liệu: {error}", en=f"Cannot reach the database: {error}"
        ) from error


def environment() -> dict[str, str]:
    """Ours, with the connection in variables: a password must not stand in a list of processes."""
    given = conninfo_to_dict(owner_url())
    return {
        **os.environ,
        **{_VARIABLES[key]: str(value) for key, value in given.items() if key in _VARIABLES},
    }


def _candidates(server: Server | None, major: int) -> Iterator[Path]:
    if server is not None:
        yield server.bin_dir
    if os.environ.get("NHIPCAU_PG_BIN"):
        yield Path(os.environ["NHIPCAU_PG_BIN"])
    yield _DEBIAN / str(major) / "bin"
    for program in (shutil.which("pg_dump"), *map(str, sorted(_DEBIAN.glob("*/bin/pg_dump"), reverse=True))):
        if program:
            yield Path(program).resolve().parent
    try:
        yield found_folder()
    except EmbeddedError:
        return


def _version(folder: Path) -> str:
    """Of the folder's pg_dump: a client's package has no server beside it."""
    if (folder / "postgres").exists():
        return version_of(folder)
    printed = subprocess.run(
        [folder / "pg_dump", "--version"], capture_output=True, text=True, check=True
    ).stdout
    found = re.search(r"\d+(\.\d+)?", printed)
    return found.group() if found else "0"


def fitting(server: Server | None, major: int) -> Binaries:
    """Programs at least as new as the server, its own version first. Raises CommandFailed without any."""
    for folder in _candidates(server, major):
        if not all((folder / name).exists() for name in ("pg_dump", "pg_restore", "psql")):
            continue
        found = Binaries(folder, _version(folder))
        if found.major >= major:
            return found
    raise CommandFailed(
        vi=f"Không có pg_dump, pg_restore, psql từ bản {major}: apt-get install postgresql-client-{major}",
        en=f"There are no pg_dump, pg_restore, psql of version {major} or newer: "
        f"apt-get install postgresql-client-{major}",
    )
