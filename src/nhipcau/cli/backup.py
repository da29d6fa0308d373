"""`nhipcau backup FILE`: the database and the files, as one file."""

from __future__ import annotations

import argparse
import subprocess
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

import nhipcau
from nhipcau.cli import archive, pgtools
from nhipcau.cli.instance import CommandFailed, fail, tell, use_data_dir, use_database
from nhipcau.embedded import Server
from nhipcau.embedded.language import SpokenError

TABLES = """
SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p') ORDER BY 1
"""


def parser() -> argparse.ArgumentParser:
    """Arguments of `nhipcau backup`."""
    made = argparse.ArgumentParser(
        prog="nhipcau backup", description="Write the database and the files into one file."
    )
    made.add_argument("file", type=Path, metavar="FILE", help="where to write; must not exist yet")
    return made


def count_rows(connection: psycopg.Connection[Any]) -> dict[str, int]:
    """Exact number of rows of every table in `public`."""
    names = [name for (name,) in connection.execute(TABLES)]
    counts = {}
    for name in names:
        row = connection.execute(sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(name))).fetchone()
        counts[name] = row[0] if row else 0
    return counts


def applied_migrations(connection: psycopg.Connection[Any]) -> list[str]:
    """The migrations the database has been through, as "app.name"."""
    return [
        f"{app}.{name}"
        for app, name in connection.execute("SELECT app, name FROM django_migrations ORDER BY 1, 2")
    ]


def dump(connection: psycopg.Connection[Any], server: Server | None, target: Path) -> archive.Manifest:
    """Dump the database as it stands at one moment, and count it as it stands at the same."""
    connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
    row = connection.execute("SELECT pg_export_snapshot()").fetchone()
    counts = count_rows(connection)
    if "django_migrations" not in counts:
        raise CommandFailed(
            vi="Cơ sở dữ liệu còn trống: chưa có gì để sao lưu.",
            en="The database is empty: nothing to back up.",
        )
    version = connection.info.server_version
    tools = pgtools.fitting(server, version // 10000)
    command = [
        tools.program("pg_dump"),
        "--format=custom",
        f"--snapshot={row[0] if row else ''}",
    ]
    done = subprocess.run(
        [*command, f"--file={target}"], env=pgtools.environment(), check=False, capture_output=True, text=True
    )
    if done.returncode:
        raise CommandFailed(vi=f"pg_dump không xong:\n{done.stderr}", en=f"pg_dump failed:\n{done.stderr}")
    return archive.Manifest(
        made=datetime.now(UTC).isoformat(timespec="seconds"),
        nhipcau=nhipcau.__version__,
        postgresql=f"{version // 10000}.{version % 10000}",
        tables=counts,
        migrations=applied_migrations(connection),
    )


def kept_hashes(connection: psycopg.Connection[Any]) -> set[str]:
    """The names of the files that uploads left and that nobody removed: no other belongs into a backup."""
    return {name for (name,) in connection.execute("SELECT sha256 FROM files_upload WHERE state = 'kept'")}


def back_up(target: Path, server: Server | None, data_dir: Path) -> archive.Manifest:
    """Write the backup and read it again from the disk. Raises CommandFailed when it cannot be made."""
    if target.exists():
        raise CommandFailed(
            vi=f"{target} đã có; hãy chọn tên khác.", en=f"{target} exists already; choose another name."
        )
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=".nhipcau-backup-") as folder:
        dumped = Path(folder) / archive.DUMP
        with pgtools.connect() as connection:
            manifest, hashes = dump(connection, server, dumped), kept_hashes(connection)
        archive.write(target, manifest, dumped, data_dir, hashes)
    return archive.verify(target)


def run(arguments: list[str]) -> int:
    """Entry for the dispatcher; returns the exit code."""
    options = parser().parse_args(arguments)
    try:
        server = use_database()
        target = options.file.absolute()
        manifest = back_up(target, server, use_data_dir())
    except SpokenError as error:
        return fail(error)
    except OSError as error:
        return fail(CommandFailed(vi=f"Không ghi được: {error}", en=f"Cannot write: {error}"))
    rows, tables, files = sum(manifest.tables.values()), len(manifest.tables), len(manifest.files)
    size = target.stat().st_size
    tell(
        f"Đã sao lưu {rows} dòng trong {tables} bảng và {files} tệp, {size} byte: {target}",
        f"Backed up {rows} rows in {tables} tables and {files} files, {size} bytes: {target}",
    )
    return 0
