"""The bytes of uploads on disk, by their hash.

A file is complete before its name appears; forgetting is for good.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

from django.conf import settings

PIECE = 2**16
HEX = 64


class Incoming(Protocol):
    """What an upload gives: Django's UploadedFile, or any open binary file."""

    def read(self, size: int = ..., /) -> bytes: ...


def folder() -> Path:
    """Where uploads lie; only this process's user may look."""
    path = Path(settings.MEDIA_ROOT)
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    return path


def scratch() -> Path:
    """Where uploads wait and are converted; made when it is missing, for this process's user alone."""
    path = Path(settings.FILE_UPLOAD_TEMP_DIR)
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    return path


def path_of(sha256: str) -> Path:
    """Where the bytes with this hash lie, or would."""
    return folder() / sha256[:2] / sha256


@contextmanager
def received(file: Incoming, most: int) -> Iterator[Path]:
    """The bytes in a file of their own, at most `most` + 1 of them, gone at the end unless it was kept."""
    handle, name = tempfile.mkstemp(prefix="incoming-", dir=folder())
    path = Path(name)
    try:
        with os.fdopen(handle, "wb") as out:
            for piece in _pieces(file, most):
                out.write(piece)
            out.flush()
            os.fsync(out.fileno())
        yield path
    finally:
        path.unlink(missing_ok=True)


def _pieces(file: Incoming, most: int) -> Iterable[bytes]:
    left = most + 1
    while left > 0 and (piece := file.read(min(PIECE, left))):
        left -= len(piece)
        yield piece


def keep(path: Path, sha256: str) -> None:
    """Give received bytes their place. The same bytes twice are one file."""
    target = path_of(sha256)
    target.parent.mkdir(mode=0o700, exist_ok=True)
    path.replace(target)


def sweep(kept: Callable[[str], bool], older_than: float = 3600.0) -> int:
    """Remove what a killed upload or reading left: incoming files, bytes that `kept` (by hash) does not know,
    and all in the scratch folder.

    Only what is older than `older_than` seconds, so that nothing under way is touched. Returns how many
    files went.
    """
    before = time.time() - older_than
    gone = 0
    for path in folder().rglob("*"):
        if path.is_file() and path.stat().st_mtime < before:
            left_over = path.name.startswith("incoming-") or (len(path.name) == HEX and not kept(path.name))
            if left_over:
                path.unlink(missing_ok=True)
                gone += 1
    for path in scratch().iterdir():
        if path.lstat().st_mtime < before:
            if path.is_dir() and not path.is_symlink():
                shutil.rmtree(path, ignore_errors=True)
            else:
                path.unlink(missing_ok=True)
            gone += 1
    return gone


def digest_of(path: Path) -> str:
    """SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def forget(sha256: str) -> None:
    """Remove the bytes for good; nothing happens when they are gone already."""
    path_of(sha256).unlink(missing_ok=True)
