"""`nhipcau restore FILE`: a backup back into an empty instance, checked row by row and file by file."""

from __future__ import annotations

import argparse
import os
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import psycopg
from pyrage.x25519 import Identity

from nhipcau.cli import archive, envelope, pgtools
from nhipcau.cli.backup import TABLES, count_rows
from nhipcau.cli.instance import CommandFailed, fail, manage, tell, use_data_dir, use_database
from nhipcau.cli.loading import load
from nhipcau.cli.ringplace import ring_at_hand
from nhipcau.core.sealing import KeyRing, SealingError, new_ring
from nhipcau.core.sealing.keys import read
from nhipcau.embedded import Server
from nhipcau.embedded.language import SpokenError

APPS = Path(__file__).resolve().parents[1] / "apps"
KEYS_LOST = "--keys-lost"


def parser() -> argparse.ArgumentParser:
    """Arguments of `nhipcau restore`."""
    made = argparse.ArgumentParser(
        prog="nhipcau restore", description="Put a backup back. Stop `nhipcau serve` and the worker first."
    )
    made.add_argument("file", type=Path, metavar="FILE", help="a file that `nhipcau backup` wrote")
    made.add_argument("--force", action="store_true", help="replace what the instance holds now")
    made.add_argument(
        "--identity",
        action="append",
        default=[],
        type=Path,
        metavar="FILE",
        help="the file of the secret key that opens the backup; may be given again",
    )
    made.add_argument(
        KEYS_LOST,
        dest="keys_lost",
        action="store_true",
        help="go on although sealed cells (identity numbers) will never be read again",
    )
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


def refuse_keyless(manifest: archive.Manifest, carried: KeyRing | None, *, lost: bool) -> None:
    """Raises CommandFailed when something in the backup is sealed with keys that are nowhere to be found."""
    file = ring_at_hand()
    here = file.ring() if file.exists() else None
    known = {key.id for ring in (carried, here) if ring is not None for key in ring.keys}
    missing = sorted(set(manifest.keys) - known)
    if missing and not lost:
        raise CommandFailed(
            vi=f"Bản sao lưu có ô niêm bằng khóa {', '.join(missing)}, không có trong bản sao lưu và cũng "
            f"không có ở {file.path}. Hãy đặt tệp khóa vào đó; nếu đã mất hẳn: {KEYS_LOST}",
            en=f"Cells of the backup are sealed with keys {', '.join(missing)}, which are neither in it "
            f"nor in {file.path}. Put the file of keys there; if it is lost for good: {KEYS_LOST}",
        )


def place_keys(carried: KeyRing | None, *, lost: bool) -> None:
    """The keys at hand stay current; those of the backup are added for reading. Before any cell comes."""
    file = ring_at_hand()
    if carried is not None and file.exists():
        file.change(lambda own: own.joined_with(carried.keys))
    elif carried is not None:
        file.take(carried)
    elif lost and not file.exists():
        file.take(new_ring())


def restore(
    file: Path,
    server: Server | None,
    data_dir: Path,
    identities: Sequence[Identity],
    options: argparse.Namespace,
) -> archive.Manifest:
    """Put the backup back and bring it up to this version.

    Raises CommandFailed; then nothing has changed, unless it says that the result differs from the backup.
    """
    manifest = verified(file, identities)
    refuse_newer(manifest)
    with tempfile.TemporaryDirectory(dir=data_dir, prefix=".restore-") as name:
        folder = Path(name)
        (folder / "aside").mkdir()
        with envelope.opened(file, identities) as stream:
            ring = archive.extract_files(stream, folder / "unpacked")
        with pgtools.connect() as connection:
            if not options.force:
                refuse_occupied(connection, data_dir)
            tools = pgtools.fitting(server, connection.info.server_version // 10000)
        keys = read(ring) if ring is not None else None
        refuse_keyless(manifest, keys, lost=options.keys_lost)
        place_keys(keys, lost=options.keys_lost)
        with envelope.opened(file, identities) as stream:
            load(archive.dump_of(stream), tools, emptying=options.force)
        with pgtools.connect() as connection:
            compare(connection, manifest)
        place_files(folder / "unpacked", data_dir, folder / "aside")
    manage("migrate", "--no-input", quiet=True)
    manage("after_restore", quiet=True)
    manage("audit", "verify", quiet=True)
    if not options.keys_lost:
        manage("keys", "check", quiet=True)
    return manifest


def verified(file: Path, identities: Sequence[Identity]) -> archive.Manifest:
    """What the backup holds, after it was read to its end. Raises CommandFailed when it is not whole."""
    with envelope.opened(file, identities) as stream:
        return archive.verify(stream)


def run(arguments: list[str]) -> int:
    """Entry for the dispatcher; returns the exit code."""
    options = parser().parse_args(arguments)
    try:
        identities = [key for path in options.identity for key in envelope.identities_of(path)]
        if options.verify_only:
            manifest = verified(options.file, identities)
        else:
            server = use_database()
            manifest = restore(options.file, server, use_data_dir(), identities, options)
    except SpokenError as error:
        return fail(error)
    except SealingError as error:
        return fail(CommandFailed(vi=f"Tệp khóa có vấn đề: {error}", en=f"The file of keys: {error}"))
    except OSError as error:
        return fail(CommandFailed(vi=f"Không đọc, ghi được: {error}", en=f"Cannot read or write: {error}"))
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
