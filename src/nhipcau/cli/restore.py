"""`nhipcau restore FILE`: a backup back into an empty instance, checked row by row and file by file."""

from __future__ import annotations

import argparse
import os
import subprocess
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import psycopg

from nhipcau.cli import archive, pgtools
from nhipcau.cli.backup import TABLES, count_rows
from nhipcau.cli.instance import CommandFailed, fail, manage, tell, use_data_dir, use_database
from nhipcau.embedded import Server
from nhipcau.embedded.binaries import Binaries
from nhipcau.embedded.language import SpokenError

APPS = Path(__file__).resolve().parents[1] / "apps"
REFUSED = (b"SET transaction_timeout", b"CREATE SCHEMA public", b"COMMENT ON SCHEMA public")
EMPTY_SCHEMA = b"""
DROP SCHEMA public CASCADE;
CREATE SCHEMA public AUTHORIZATION pg_database_owner;
GRANT USAGE ON SCHEMA public TO PUBLIC;
"""


def parser() -> argparse.ArgumentParser:
    """Arguments of `nhipcau restore`."""
    made = argparse.ArgumentParser(
        prog="nhipcau restore", description="Put a backup back. Stop `nhipcau serve` and the worker first."
    )
    made.add_argument("file", type=Path, metavar="FILE", help="a file that `nhipcau backup` wrote")
    made.add_argument("--force", action="store_true", help="replace what the instance holds now")
    made.add_argument("--verify-only", action="store_true", help="only read the file and compare its digests")
    return made


def refuse_newer(manifest: archive.Manifest) -> None:
    """Raises CommandFailed when the backup went through migrations that this version does not have."""
    for full_name in manifest.migrations:
        app, _, name = full_name.partition(".")
        folder = APPS / app / "migrations"
        if folder.is_dir() and not any(folder.glob(f"{name}.py*")):
            raise CommandFailed(
                vi=f"Bản sao lưu do Nhịp Cầu {manifest.nhipcau} tạo, mới hơn bản này; hãy nâng cấp trước.",
                en=f"The backup was made by Nhịp Cầu {manifest.nhipcau}, newer than this one; upgrade first.",
            )


def refuse_occupied(connection: psycopg.Connection[Any], data_dir: Path) -> None:
    """Raises CommandFailed when there are tables or files already."""
    tables = connection.execute(TABLES).fetchall()
    if tables or any(archive.kept_files(data_dir)):
        raise CommandFailed(
            vi="Nơi khôi phục đã có dữ liệu. Hãy dùng thư mục và cơ sở dữ liệu trống, "
            "hoặc --force để thay tất cả bằng bản sao lưu.",
            en="There are data here already. Use an empty folder and database, or --force to replace "
            "everything by the backup.",
        )


def load(dump: Path, tools: Binaries, *, emptying: bool) -> None:
    """Run the dump's statements in one transaction: all of it, or nothing.

    With `emptying` what was there goes in the same transaction.
    """
    script = dump.with_suffix(".sql")
    write = [tools.program("pg_restore"), "--no-owner", "--no-privileges", f"--file={script}", str(dump)]
    read = [tools.program("psql"), "--no-psqlrc", "--quiet", "--single-transaction", "-v", "ON_ERROR_STOP=1"]
    _run(write)
    adapted = script.with_suffix(".adapted.sql")
    with script.open("rb") as source, adapted.open("wb") as target:
        target.write(EMPTY_SCHEMA if emptying else b"")
        target.writelines(_fitting(source))
    _run([*read, f"--file={adapted}"])


def _fitting(lines: Iterable[bytes]) -> Iterator[bytes]:
    """Leaves out, before the data begin, what an older server or a schema that is there already refuses."""
    head = True
    for line in lines:
        if head and line.startswith(REFUSED):
            continue
        head = head and not line.startswith(b"COPY ")
        yield line


def _run(command: list[str]) -> None:
    done = subprocess.run(
        command,
        env=pgtools.environment(),
        check=False,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )
    if done.returncode:
        name = Path(command[0]).name
        raise CommandFailed(vi=f"{name} không xong:\n{done.stderr}", en=f"{name} failed:\n{done.stderr}")


def compare(connection: psycopg.Connection[Any], manifest: archive.Manifest) -> None:
    """Raises CommandFailed when a table has another number of rows than when it was backed up."""
    found = count_rows(connection)
    if found != manifest.tables:
        names = sorted(
            n for n in found.keys() | manifest.tables.keys() if found.get(n) != manifest.tables.get(n)
        )
        raise CommandFailed(
            vi=f"Sau khi khôi phục, số dòng khác bản sao lưu ở: {', '.join(names)}",
            en=f"After restoring, these tables differ from the backup: {', '.join(names)}",
        )


def place_files(unpacked: Path, data_dir: Path, aside: Path) -> None:
    """Move the restored folders to their places, and what was there aside.

    A record that may only be appended to stays: it bears witness of what the backup does not know.
    """
    for folder in archive.KEPT_FOLDERS:
        here, fresh = data_dir / folder, unpacked / folder
        if folder in archive.ONLY_APPENDED and here.exists():
            continue
        if here.exists():
            here.rename(aside / folder)
        if fresh.exists():
            fresh.rename(here)
            _give_to_owner(here, data_dir)


def _give_to_owner(folder: Path, data_dir: Path) -> None:
    """What root restored belongs to whoever the data folder belongs to, who serves it."""
    status = data_dir.stat()
    folder.chmod(0o700)
    if os.geteuid() == 0:
        for path in (folder, *folder.rglob("*")):
            os.chown(path, status.st_uid, status.st_gid)


def restore(file: Path, server: Server | None, data_dir: Path, *, force: bool) -> archive.Manifest:
    """Put the backup back and bring it up to this version.

    Raises CommandFailed; then nothing has changed, unless it says that the result differs from the backup.
    """
    manifest = archive.verify(file)
    refuse_newer(manifest)
    with tempfile.TemporaryDirectory(dir=data_dir, prefix=".restore-") as name:
        folder = Path(name)
        (folder / "aside").mkdir()
        archive.extract(file, folder / archive.DUMP, folder / "unpacked")
        with pgtools.connect() as connection:
            if not force:
                refuse_occupied(connection, data_dir)
            tools = pgtools.fitting(server, connection.info.server_version // 10000)
        load(folder / archive.DUMP, tools, emptying=force)
        with pgtools.connect() as connection:
            compare(connection, manifest)
        place_files(folder / "unpacked", data_dir, folder / "aside")
    manage("migrate", "--no-input", quiet=True)
    manage("after_restore", quiet=True)
    manage("audit", "verify", quiet=True)
    return manifest


def run(arguments: list[str]) -> int:
    """Entry for the dispatcher; returns the exit code."""
    options = parser().parse_args(arguments)
    try:
        if options.verify_only:
            manifest = archive.verify(options.file)
        else:
            server = use_database()
            manifest = restore(options.file, server, use_data_dir(), force=options.force)
    except SpokenError as error:
        return fail(error)
    except psycopg.Error as error:
        return fail(CommandFailed(vi=f"Cơ sở dữ liệu từ chối: {error}", en=f"The database refused: {error}"))
    rows = sum(manifest.tables.values())
    what = f"{rows} rows in {len(manifest.tables)} tables, {len(manifest.files)} files, of {manifest.made}"
    was = f"{rows} dòng trong {len(manifest.tables)} bảng, {len(manifest.files)} tệp, lúc {manifest.made}"
    if options.verify_only:
        tell(f"Bản sao lưu nguyên vẹn: {was}", f"The backup is whole: {what}")
    else:
        tell(f"Đã khôi phục và đối chiếu: {was}", f"Restored and compared: {what}")
    return 0
