"""What is inside a backup: a tar with the database's dump, the kept files, the keys, and last a manifest.

The manifest stands last and holds a digest of every other member, so a file that was cut, changed or only
half written is told before anything is restored from it. The dump lies in parts, as its length is not known
when it begins. All of it is written and read as a stream.
"""

from __future__ import annotations

import hashlib
import io
import json
import tarfile
import time
from collections.abc import Collection, Iterable, Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path, PurePosixPath
from typing import IO

from nhipcau.cli.instance import CommandFailed
from nhipcau.core.sealing.ringfile import PLACE

FORMAT = "nhipcau-backup/2"
# The form before: the dump is one member, there are no keys.
READ_FORMATS = (FORMAT, "nhipcau-backup/1")
MANIFEST = "manifest.json"
DUMP = "database.dump"
RING = PLACE
# Folders of the data folder that are part of the instance; the rest is made anew (static) or the dump's.
UPLOADS = "files"
KEPT_FOLDERS = (UPLOADS, "audit")
ONLY_APPENDED = ("audit",)
PART_BYTES = 16 << 20
_CHUNK = 1 << 20


@dataclass
class Manifest:
    """What a backup holds.

    `members`: SHA-256 by name; `tables`: rows by table; `migrations`: "app.name"; `keys`: ids of the keys
    that something in the database is sealed with.
    """

    made: str
    nhipcau: str
    postgresql: str
    tables: dict[str, int]
    migrations: list[str]
    keys: list[str] = field(default_factory=list)
    members: dict[str, str] = field(default_factory=dict)
    format: str = FORMAT

    @property
    def files(self) -> list[str]:
        """The kept files among the members."""
        return [name for name in self.members if name.partition("/")[0] in KEPT_FOLDERS]

    @property
    def has_ring(self) -> bool:
        return RING in self.members


class _Content:
    """A member's content; what is wrong with the archive is told as such."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream

    def read(self, size: int = -1) -> bytes:
        try:
            return self._stream.read(size)
        except (tarfile.TarError, OSError) as error:
            raise _broken(str(error), str(error)) from error


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
    stream: IO[bytes],
    manifest: Manifest,
    dump: Iterable[bytes],
    files: Iterable[tuple[str, Path]],
    ring: bytes | None = None,
) -> None:
    """Write the archive. `dump` comes in parts of any length that memory holds."""
    with tarfile.open(fileobj=stream, mode="w|", bufsize=_CHUNK, format=tarfile.PAX_FORMAT) as tar:
        for number, part in enumerate(dump, 1):
            _add_bytes(tar, manifest, f"{DUMP}/{number:06d}", part)
        if ring is not None:
            _add_bytes(tar, manifest, RING, ring)
        for name, path in files:
            _add_file(tar, manifest, name, path)
        _add_bytes(tar, None, MANIFEST, json.dumps(asdict(manifest), ensure_ascii=False, indent=1).encode())


def _add_bytes(tar: tarfile.TarFile, manifest: Manifest | None, name: str, content: bytes) -> None:
    entry = tarfile.TarInfo(name)
    entry.size, entry.mode, entry.mtime = len(content), 0o600, int(time.time())
    tar.addfile(entry, io.BytesIO(content))
    if manifest is not None:
        manifest.members[name] = hashlib.sha256(content).hexdigest()


def _add_file(tar: tarfile.TarFile, manifest: Manifest, name: str, path: Path) -> None:
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


def _broken(vi: str, en: str) -> CommandFailed:
    return CommandFailed(
        vi=f"Đây không phải bản sao lưu nguyên vẹn: {vi}", en=f"This is not a whole backup: {en}"
    )


def is_dump(name: str) -> bool:
    """Whether a member is the dump or a part of it."""
    return name == DUMP or (name.startswith(f"{DUMP}/") and name.removeprefix(f"{DUMP}/").isdigit())


def _is_plain(name: str) -> bool:
    parts = PurePosixPath(name).parts
    kept = len(parts) > 1 and parts[0] in KEPT_FOLDERS and ".." not in parts
    return kept or is_dump(name) or name in {MANIFEST, RING}


def members(stream: IO[bytes]) -> Iterator[tuple[str, _Content]]:
    """Name and content of each member, in their order; a content is read before the next is asked for.

    Raises CommandFailed for what no backup of ours holds, and for what is no archive.
    """
    try:
        with tarfile.open(fileobj=stream, mode="r|", bufsize=_CHUNK) as tar:
            for entry in tar:
                content = tar.extractfile(entry) if entry.isreg() else None
                if content is None or not _is_plain(entry.name):
                    raise _broken(f"có mục lạ {entry.name}", f"it holds a strange entry {entry.name}")
                yield entry.name, _Content(content)
    except (tarfile.TarError, OSError, ValueError) as error:
        raise _broken(str(error), str(error)) from error


def verify(stream: IO[bytes]) -> Manifest:
    """Read the whole archive and compare it with its manifest. Raises CommandFailed when it differs."""
    digests: dict[str, str] = {}
    text = b""
    for name, content in members(stream):
        if text or name in digests:
            raise _broken(f"có mục lạ {name}", f"it holds a strange entry {name}")
        if name == MANIFEST:
            text = content.read()
        else:
            digests[name] = _digest(content)
    manifest = _manifest(text)
    if digests != manifest.members:
        names = sorted(
            name
            for name in digests.keys() | manifest.members.keys()
            if digests.get(name) != manifest.members.get(name)
        )
        raise _broken(
            f"nội dung khác bảng kê: {names[:3]}", f"its content differs from the manifest: {names[:3]}"
        )
    return manifest


def _digest(content: _Content) -> str:
    digest = hashlib.sha256()
    while chunk := content.read(_CHUNK):
        digest.update(chunk)
    return digest.hexdigest()


def _manifest(text: bytes) -> Manifest:
    if not text:
        raise _broken("thiếu bảng kê", "its manifest is missing")
    try:
        manifest = Manifest(**json.loads(text))
    except (ValueError, TypeError) as error:
        raise _broken(str(error), str(error)) from error
    if manifest.format not in READ_FORMATS:
        raise _broken(f"dạng {manifest.format}", f"its format is {manifest.format}")
    return manifest


def extract_files(stream: IO[bytes], folder: Path) -> bytes | None:
    """Lay the kept files below `folder`; gives the key ring, if there is one. The archive was verified."""
    ring = None
    for name, content in members(stream):
        if name == RING:
            ring = content.read()
        elif name != MANIFEST and not is_dump(name):
            target = folder / name
            target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            with target.open("wb") as out:
                while chunk := content.read(_CHUNK):
                    out.write(chunk)
    return ring


def dump_of(stream: IO[bytes]) -> Iterator[bytes]:
    """The dump, piece by piece. The archive was verified."""
    for name, content in members(stream):
        if not is_dump(name):
            return
        while chunk := content.read(_CHUNK):
            yield chunk
