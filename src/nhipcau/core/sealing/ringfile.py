"""The file of the key ring: made once, replaced whole, read again when it was replaced.

Mode 0600, owned by whoever owns the folder (who serves); a ring that lies elsewhere may be readable by a
group (0640), never by all, and is only ever written by its owner.
"""

from __future__ import annotations

import fcntl
import os
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from nhipcau.core.sealing.errors import RingMissing, RingUnreadable, RingUnsafe
from nhipcau.core.sealing.keys import KeyRing, new_ring, read, written

# Where it lies in the data folder, unless it is kept elsewhere.
PLACE = "keys/ring.json"
# Nobody but the owner writes, others do not read.
REFUSED_MODE = stat.S_IWGRP | stat.S_IXGRP | stat.S_IRWXO


class RingFile:
    """The ring at a path. `ring()` is cheap: the file is read again only when another one lies there."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._read: tuple[tuple[int, int, int], KeyRing] | None = None

    def ring(self) -> KeyRing:
        """The ring as it stands now. Raises RingMissing, RingUnsafe, RingUnreadable."""
        try:
            with self.path.open("rb") as file:
                return self._ring_of(file.fileno())
        except FileNotFoundError:
            raise RingMissing(f"there is no file of keys: {self.path}") from None
        except OSError as error:
            raise RingUnreadable(f"the file of keys cannot be read: {error.strerror}: {self.path}") from None

    def _ring_of(self, file: int) -> KeyRing:
        status = os.fstat(file)
        # Replacing makes a new file, so inode, time and size together name what was read.
        name = (status.st_ino, status.st_mtime_ns, status.st_size)
        kept = self._read
        if kept is not None and kept[0] == name:
            return kept[1]
        if status.st_mode & REFUSED_MODE:
            raise RingUnsafe(
                f"others may read or change the file of keys (mode {status.st_mode & 0o777:o}): {self.path}"
            )
        ring = read(os.pread(file, status.st_size, 0))
        self._read = (name, ring)
        return ring

    def exists(self) -> bool:
        return self.path.exists()

    def make(self) -> bool:
        """Make a first ring unless there is one; whether it was made. Of two that do so at once one wins."""
        if self.path.exists():
            return False
        folder = self.path.parent
        if not folder.exists():
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            _give(folder, _owner_of(folder.parent))
        with self._locked():
            if self.path.exists():
                return False
            self._place(new_ring())
        return True

    def change(self, changed: Callable[[KeyRing], KeyRing]) -> KeyRing:
        """Replace the ring by what `changed` makes of it, on the disk when this returns."""
        with self._locked():
            ring = changed(self.ring())
            self._place(ring)
        return ring

    def take(self, ring: KeyRing) -> None:
        """Lay a ring that came from elsewhere at the place, where there is none or in place of what is."""
        self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with self._locked():
            self._place(ring)

    @contextmanager
    def _locked(self) -> Iterator[None]:
        folder = os.open(self.path.parent, os.O_RDONLY | os.O_DIRECTORY)
        try:
            fcntl.flock(folder, fcntl.LOCK_EX)
            yield
        finally:
            os.close(folder)

    def _place(self, ring: KeyRing) -> None:
        folder = self.path.parent
        try:
            status = self.path.stat()
            owner, mode = (status.st_uid, status.st_gid), stat.S_IMODE(status.st_mode) & ~REFUSED_MODE
        except FileNotFoundError:
            owner, mode = _owner_of(folder), 0o600
        # One name: what a killed process left is not left for ever. Only one at a time holds the lock.
        half = folder / f".{self.path.name}.part"
        half.unlink(missing_ok=True)
        handle = os.open(half, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(written(ring))
                file.flush()
                os.fsync(file.fileno())
                _give(half, owner)
                os.fchmod(file.fileno(), mode)
            half.replace(self.path)
        except BaseException:
            half.unlink(missing_ok=True)
            raise
        place = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(place)
        finally:
            os.close(place)


def _owner_of(folder: Path) -> tuple[int, int]:
    status = folder.stat()
    return status.st_uid, status.st_gid


def _give(path: Path, owner: tuple[int, int]) -> None:
    """What root makes belongs to whoever the folder belongs to; others cannot give anything away."""
    if os.geteuid() == 0:
        os.chown(path, *owner)
