"""`nhipcau backup FILE`: the database, the files and the keys as one file, encrypted while it is written."""

from __future__ import annotations

import argparse
import os
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import nullcontext
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any

import django
import psycopg
from psycopg import sql
from pyrage.x25519 import Identity, Recipient

import nhipcau
from nhipcau.cli import archive, envelope, pgtools
from nhipcau.cli.instance import CommandFailed, fail, tell, use_data_dir, use_database
from nhipcau.cli.ringplace import ring_at_hand, ring_in_data_folder
from nhipcau.core.sealing import SealedColumn, declared
from nhipcau.embedded import Server
from nhipcau.embedded.language import SpokenError

TABLES = """
SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p') ORDER BY 1
"""
NOT_ENCRYPTED = "--not-encrypted-readable-by-whoever-has-it"


def parser() -> argparse.ArgumentParser:
    """Arguments of `nhipcau backup`."""
    made = argparse.ArgumentParser(
        prog="nhipcau backup",
        description="Write the database, the files and the keys into one file, encrypted to those whose "
        "public keys `nhipcau backup-keys list` shows.",
    )
    made.add_argument("file", type=Path, metavar="FILE", help="where to write; must not exist yet")
    made.add_argument(
        NOT_ENCRYPTED,
        dest="plain",
        action="store_true",
        help="write it in the clear, without the keys: whoever has the file reads all but what is sealed",
    )
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


def keys_in_use(
    connection: psycopg.Connection[Any], columns: Sequence[SealedColumn], tables: dict[str, int]
) -> list[str]:
    """Ids of the keys that the sealed cells and their indexes were made with."""
    found: set[str] = set()
    for column in columns:
        for name in column.columns() if column.table in tables else ():
            statement = sql.SQL(
                "SELECT DISTINCT encode(substr({0}, 2, 4), 'hex') FROM {1} WHERE {0} IS NOT NULL"
            )
            rows = connection.execute(statement.format(sql.Identifier(name), sql.Identifier(column.table)))
            found |= {key for (key,) in rows}
    return sorted(found)


def look(connection: psycopg.Connection[Any]) -> tuple[archive.Manifest, str]:
    """Count the database as it stands at one moment, and name the moment for pg_dump."""
    connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
    row = connection.execute("SELECT pg_export_snapshot()").fetchone()
    counts = count_rows(connection)
    if "django_migrations" not in counts:
        raise CommandFailed(
            vi="Cơ sở dữ liệu còn trống: chưa có gì để sao lưu.",
            en="The database is empty: nothing to back up.",
        )
    version = connection.info.server_version
    manifest = archive.Manifest(
        made=datetime.now(UTC).isoformat(timespec="seconds"),
        nhipcau=nhipcau.__version__,
        postgresql=f"{version // 10000}.{version % 10000}",
        tables=counts,
        migrations=applied_migrations(connection),
        keys=keys_in_use(connection, declared(), counts),
    )
    return manifest, row[0] if row else ""


def dump(connection: psycopg.Connection[Any], server: Server | None, snapshot: str) -> Iterator[bytes]:
    """pg_dump's output, in parts, as of the snapshot. Raises CommandFailed when it does not end well."""
    tools = pgtools.fitting(server, connection.info.server_version // 10000)
    command = [tools.program("pg_dump"), "--format=custom", f"--snapshot={snapshot}"]
    with tempfile.TemporaryFile() as said:
        process = subprocess.Popen(command, env=pgtools.environment(), stdout=subprocess.PIPE, stderr=said)
        with process:
            assert process.stdout is not None
            try:
                while part := process.stdout.read(archive.PART_BYTES):
                    yield part
            except GeneratorExit:
                process.kill()
                raise
        if process.returncode:
            said.seek(0)
            words = said.read().decode(errors="replace")
            raise CommandFailed(vi=f"pg_dump không xong:\n{words}", en=f"pg_dump failed:\n{words}")
    # The moment is held no longer than the dump needs it.
    connection.rollback()


def kept_hashes(connection: psycopg.Connection[Any]) -> set[str]:
    """The names of the files that uploads left and that nobody removed: no other belongs into a backup."""
    return {name for (name,) in connection.execute("SELECT sha256 FROM files_upload WHERE state = 'kept'")}


def write(stream: IO[bytes], server: Server | None, data_dir: Path, *, carrying_keys: bool) -> None:
    """Write the whole archive into a stream; in the clear no key goes along."""
    with pgtools.connect() as connection:
        manifest, snapshot = look(connection)
        files = archive.kept_files(data_dir, kept_hashes(connection))
        # After the moment of the dump: a key that came since does no harm, one that lacked would.
        ring = ring_in_data_folder() if carrying_keys else None
        archive.write(stream, manifest, dump(connection, server, snapshot), files, ring)


def back_up(
    target: Path, server: Server | None, data_dir: Path, recipients: Sequence[Recipient]
) -> archive.Manifest:
    """Write the backup and read it again from the disk. Raises CommandFailed when it cannot be made.

    It is read with a key of its own that is made for this moment and forgotten with it.
    """
    if target.exists():
        raise CommandFailed(
            vi=f"{target} đã có; hãy chọn tên khác.", en=f"{target} exists already; choose another name."
        )
    target.parent.mkdir(parents=True, exist_ok=True)
    half = target.with_name(f".{target.name}.part")
    once = Identity.generate()
    try:
        with os.fdopen(os.open(half, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            sealed = (
                envelope.encrypting(file, [*recipients, once.to_public()])
                if recipients
                else nullcontext(file)
            )
            with sealed as stream:
                write(stream, server, data_dir, carrying_keys=bool(recipients))
            file.flush()
            os.fsync(file.fileno())
        with envelope.opened(half, [once]) as stream:
            manifest = archive.verify(stream)
        half.rename(target)
    except OSError as error:
        raise CommandFailed(
            vi=f"Không ghi được {target}: {error}", en=f"Cannot write {target}: {error}"
        ) from error
    finally:
        half.unlink(missing_ok=True)
    return manifest


def chosen_recipients(*, plain: bool) -> list[Recipient]:
    """Those the backup is for; nobody only when that was asked for. Raises CommandFailed."""
    if plain:
        return []
    path = envelope.recipients_path()
    found = [envelope.recipient_of(key, str(path)) for key in envelope.public_keys(path)]
    if not found:
        raise CommandFailed(
            vi=f"Chưa có khóa công khai nào trong {path}, nên không biết mã hóa cho ai. "
            f"Tạo một cặp: nhipcau backup-keys new TỆP. Không mã hóa: {NOT_ENCRYPTED}",
            en=f"There is no public key in {path}, so nobody to encrypt to. "
            f"Make a pair: nhipcau backup-keys new FILE. In the clear: {NOT_ENCRYPTED}",
        )
    return found


def run(arguments: list[str]) -> int:
    """Entry for the dispatcher; returns the exit code."""
    options = parser().parse_args(arguments)
    try:
        recipients = chosen_recipients(plain=options.plain)
        server = use_database()
        django.setup()  # the apps say which columns are sealed
        target = options.file.absolute()
        manifest = back_up(target, server, use_data_dir(), recipients)
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
    _tell_who_opens_it(manifest, len(recipients))
    return 0


def _tell_who_opens_it(manifest: archive.Manifest, recipients: int) -> None:
    if recipients:
        tell(f"Mã hóa cho {recipients} khóa công khai.", f"Encrypted to {recipients} public keys.")
    else:
        tell("KHÔNG mã hóa: ai có tệp thì đọc được.", "NOT encrypted: whoever has the file can read it.")
    if manifest.keys and not manifest.has_ring:
        path = ring_at_hand().path
        tell(
            f"Khóa của các ô niêm không nằm trong đó: hãy giữ riêng {path}",
            f"The keys of sealed cells are not in it: keep {path} apart",
        )
