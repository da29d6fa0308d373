"""The backup's one file: a tar with the database's dump, the kept files, and last a manifest of all of it.

The manifest stands last and holds a digest of every other member, so a file that was cut, changed or only
half written is told before anything is restored from it.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import tarfile
import time
from collections.abc import Collection, Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path, PurePosixPath
from typing import IO, cast

from nhipcau.cli.instance import CommandFailed

FORMAT = "nhipcau-backup/1"
MANIFEST = "manifest.json"
DUMP = "database.dump"
# Folders of the data folder that are part of the instance; the rest is made anew (static) or the dump's.
UPLOADS = "files"
KEPT_FOLDERS = (UPLOADS, "audit")
ONLY_APPENDED = ("audit",)
_CHUNK = 1 << 20


@dataclass
class Manifest:
    """What a backup holds. `members`: SHA-256 by name; `tables`: rows by table; `migrations`: "app.name"."""

    made: str
    nhipcau: str
    postgresql: str
    tables: dict[str, int]
    migrations: list[str]
    members: dict[str, str] = field(default_factory=dict)
    format: str = FORMAT

    @property
    def files(self) -> list[str]:
        """The kept files among the members."""
        return [name for name in self.members if name != DUMP]


class _Digesting:
    """A reader that digests what passes through it."""

    def __init__(self, stream: IO[bytes]) -> None:
        self.stream = stream
        self.digest = hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        data = self.stream.read(size)
        self.digest.update(data)
        return data


def kept_files(data_dir: Path, hashes: Collection[str] | None = None) -> Iterator[tuple[str, Path]]:
    """Name in the archive and place of every file that is part of the instance.

    Of the uploads those with one of `hashes`, their names; all that lie there without it.
    """
    for folder in KEPT_FOLDERS:
        for path in sorted((data_dir / folder).rglob("*")):
            unknown = hashes is not None and folder == UPLOADS and path.name not in hashes
            if path.is_file() and not path.is_symlink() and not unknown:
                yield path.relative_to(data_dir).as_posix(), path


def write(
    target: Path, manifest: Manifest, dump: Path, data_dir: Path, hashes: Collection[str] | None = None
) -> None:
    """Write the archive beside its place and move it there when it is whole and on the disk. `hashes` as in
    `kept_files`.
    """
    half = target.with_name(f".{target.name}.part")
    try:
        with os.fdopen(os.open(half, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as stream:
            with tarfile.open(fileobj=stream, mode="w", format=tarfile.PAX_FORMAT) as tar:
                for name, path in ((DUMP, dump), *kept_files(data_dir, hashes)):
                    _add(tar, manifest, name, path)
                text = json.dumps(asdict(manifest), ensure_ascii=False, indent=1).encode()
                entry = tarfile.TarInfo(MANIFEST)
                entry.size, entry.mode, entry.mtime = len(text), 0o600, int(time.time())
                tar.addfile(entry, io.BytesIO(text))
            stream.flush()
            os.fsync(stream.fileno())
        half.rename(target)
    except OSError as error:
        raise CommandFailed(
            vi=f"Không ghi được {target}: {error.strerror}", en=f"Cannot write {target}: {error.strerror}"
        ) from error
    finally:
        half.unlink(missing_ok=True)


def _add(tar: tarfile.TarFile, manifest: Manifest, name: str, path: Path) -> None:
    try:
        stream = path.open("rb")
    except FileNotFoundError:  # removed for good since the list was made
        return
    with stream:
        entry = tar.gettarinfo(name, fileobj=stream)
        entry.name, entry.mode = name, 0o600
        entry.uid = entry.gid = 0
        entry.uname = entry.gname = ""
        reader = _Digesting(stream)
        tar.addfile(entry, reader)
        manifest.members[name] = reader.digest.hexdigest()


def _broken(path: Path, vi: str, en: str) -> CommandFailed:
    return CommandFailed(
        vi=f"{path} không phải bản sao lưu nguyên vẹn: {vi}", en=f"{path} is not a whole backup: {en}"
    )


def _is_plain(name: str) -> bool:
    parts = PurePosixPath(name).parts
    return name == DUMP or (len(parts) > 1 and parts[0] in KEPT_FOLDERS and ".." not in parts)


def verify(path: Path) -> Manifest:
    """Read the whole archive and compare it with its manifest. Raises CommandFailed when it differs."""
    digests: dict[str, str] = {}
    text = b""
    try:
        with tarfile.open(path, "r:") as tar:
            for entry in tar:
                stream = tar.extractfile(entry)
                if stream is None or not (entry.name == MANIFEST or _is_plain(entry.name)):
                    raise _broken(path, f"có mục lạ {entry.name}", f"it holds a strange entry {entry.name}")
                if entry.name == MANIFEST:
                    text = stream.read()
                else:
                    digests[entry.name] = hashlib.file_digest(
                        cast(io.BufferedReader, stream), "sha256"
                    ).hexdigest()
        manifest = Manifest(**json.loads(text)) if text else None
    except (tarfile.TarError, OSError, ValueError, TypeError) as error:
        raise _broken(path, str(error), str(error)) from error
    if manifest is None:
        raise _broken(path, "thiếu bảng kê", "its manifest is missing")
    if manifest.format != FORMAT:
        raise _broken(path, f"dạng {manifest.format}", f"its format is {manifest.format}")
    if digests != manifest.members:
        names = sorted(
            name
            for name in digests.keys() | manifest.members.keys()
            if digests.get(name) != manifest.members.get(name)
        )
        raise _broken(
            path, f"nội dung khác bảng kê: {names[:3]}", f"its content differs from the manifest: {names[:3]}"
        )
    return manifest


def extract(path: Path, dump: Path, files: Path) -> None:
    """Lay the dump at `dump` and the kept files below `files`. The archive must have been verified."""
    with tarfile.open(path, "r:") as tar:
        for entry in tar:
            stream = tar.extractfile(entry)
            if entry.name == MANIFEST or stream is None:
                continue
            target = dump if entry.name == DUMP else files / entry.name
            target.parent.mkdir(parents=True, exist_ok=True)
            with target.open("wb") as out:
                while chunk := stream.read(_CHUNK):
                    out.write(chunk)
