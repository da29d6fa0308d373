"""The unprivileged user the server runs as when we are root, and what that user may reach."""

from __future__ import annotations

import os
import pwd
import stat
from dataclasses import dataclass
from pathlib import Path

from nhipcau.embedded.errors import EmbeddedError

# The first is made by whoever installs a server; the second is on every machine.
CANDIDATES = ("nhipcau", "nobody")


@dataclass(frozen=True, slots=True)
class OsUser:
    """A user of the machine: numeric ids and the name that `peer` sees."""

    uid: int
    gid: int
    name: str

    @property
    def is_me(self) -> bool:
        """True when this process already runs as that user."""
        return os.geteuid() == self.uid


def _named(entry: pwd.struct_passwd) -> OsUser:
    return OsUser(entry.pw_uid, entry.pw_gid, entry.pw_name)


def me() -> OsUser:
    """Whoever runs this process; PostgreSQL needs the user to have a name."""
    try:
        return _named(pwd.getpwuid(os.geteuid()))
    except KeyError:
        raise EmbeddedError(
            vi=f"Người dùng số {os.geteuid()} không có tên trong /etc/passwd; PostgreSQL cần một tên.",
            en=f"User {os.geteuid()} has no name in /etc/passwd, and PostgreSQL needs one.",
        ) from None


def serving(existing: Path | None = None) -> OsUser:
    """The user the server runs as: ourselves, or for root the owner of `existing` data, else a candidate."""
    if os.geteuid() != 0:
        return me()
    if existing is not None and existing.exists() and existing.stat().st_uid != 0:
        return _named(pwd.getpwuid(existing.stat().st_uid))
    for name in CANDIDATES:
        try:
            return _named(pwd.getpwnam(name))
        except KeyError:
            continue
    raise EmbeddedError(
        vi="Không có người dùng nobody để chạy PostgreSQL; hãy tạo một: adduser --system --group nhipcau",
        en="There is no user nobody to run PostgreSQL as; make one: adduser --system --group nhipcau",
    )


def _allows(status: os.stat_result, user: OsUser, bit: int) -> bool:
    if user.uid == status.st_uid:
        return bool(status.st_mode & (bit << 6))
    if user.gid == status.st_gid:
        return bool(status.st_mode & (bit << 3))
    return bool(status.st_mode & bit)


def may_enter(directory: Path, user: OsUser) -> bool:
    """True when the user may pass through this folder and all above it (those that exist yet)."""
    here = directory.resolve()
    for folder in (here, *here.parents):
        if folder.exists() and not _allows(folder.stat(), user, stat.S_IXOTH):
            return False
    return True
