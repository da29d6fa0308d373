"""Where things lie: the data folder, the cluster, the socket, the locks."""

from __future__ import annotations

import hashlib
import os
import re
import stat
import tempfile
from dataclasses import dataclass
from pathlib import Path

import nhipcau
from nhipcau.embedded.binaries import SHARED_ROOT
from nhipcau.embedded.errors import EmbeddedError
from nhipcau.embedded.osuser import OsUser, may_enter, serving

# sun_path holds 107 bytes and the socket's own name ("/.s.PGSQL.5432") takes 14.
LONGEST_SOCKET_FOLDER = 107 - 14
_PLAIN_PATH = re.compile(r"/[A-Za-z0-9_./-]+")


def checkout() -> Path | None:
    """The checkout this package runs from; None when it was installed from a wheel."""
    root = Path(nhipcau.__file__).resolve().parents[2]
    return root if (root / "pyproject.toml").is_file() and (root / "Makefile").is_file() else None


def default_data_dir() -> Path:
    """NHIPCAU_DATA, `.data` in a checkout, /var/lib/nhipcau for root, a home folder for others."""
    named = os.environ.get("NHIPCAU_DATA")
    if named:
        return Path(named).expanduser().absolute()
    root = checkout()
    if root is not None:
        return root / ".data"
    if os.geteuid() == 0:
        return SHARED_ROOT
    share = os.environ.get("XDG_DATA_HOME")
    return (Path(share) if share else Path.home() / ".local" / "share") / "nhipcau"


@dataclass(frozen=True, slots=True)
class Files:
    """The small files in the data folder by which processes find one another."""

    data_dir: Path

    @property
    def state(self) -> Path:
        """JSON written by the supervisor: how to connect, or why it failed."""
        return self.data_dir / "postgresql.json"

    @property
    def lease(self) -> Path:
        """Locked shared by every process that uses the server; the kernel unlocks it when they die."""
        return self.data_dir / "postgresql.lease"

    @property
    def owner(self) -> Path:
        """Locked by the one supervisor."""
        return self.data_dir / "postgresql.owner"

    @property
    def log(self) -> Path:
        """What the supervisor and PostgreSQL print."""
        return self.data_dir / "postgresql.log"


@dataclass(frozen=True, slots=True)
class Layout:
    """Where one cluster lies and who runs it."""

    files: Files
    user: OsUser
    home: Path

    @property
    def cluster(self) -> Path:
        """PostgreSQL's own data directory."""
        return self.home / "cluster"

    @property
    def socket_dir(self) -> Path:
        """Folder of the unix socket, short enough for the kernel and plain enough for PostgreSQL."""
        near = self.home / "socket"
        if len(os.fsencode(near)) <= LONGEST_SOCKET_FOLDER and _PLAIN_PATH.fullmatch(str(near)):
            return near
        base = Path("/run") if os.geteuid() == 0 and Path("/run").is_dir() else Path(tempfile.gettempdir())
        return base / f"nhipcau-{self.user.uid}-{_short_name(self.home)}"


def _short_name(path: Path) -> str:
    return hashlib.sha256(os.fsencode(path)).hexdigest()[:12]


def layout(data_dir: Path) -> Layout:
    """Decide where the cluster of this data folder lies.

    It lies in the data folder; when we are root and the user that runs the server may not enter there
    (a home folder of root, say), in a folder of its own under /var/lib/nhipcau.
    """
    data_dir = data_dir.absolute()
    near = data_dir / "postgresql"
    far = SHARED_ROOT / f"cluster-{_short_name(data_dir)}"
    for home in (near, far):
        if home.exists():
            user = serving(home)
            if user.is_me or may_enter(home.parent, user):
                return Layout(Files(data_dir), user, home)
    user = serving()
    reachable = user.is_me or may_enter(data_dir, user)
    return Layout(Files(data_dir), user, near if reachable else far)


def make_private(folder: Path, user: OsUser) -> None:
    """Make the folder, or take it over, so that only `user` (and root) may enter.

    Raises EmbeddedError when something else stands there: in a folder open to all, someone could have
    laid a link.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    status = folder.lstat()
    if not stat.S_ISDIR(status.st_mode) or status.st_uid not in {user.uid, os.geteuid()}:
        raise EmbeddedError(
            vi=f"{folder} không phải là thư mục của {user.name}; hãy xoá hoặc đổi NHIPCAU_DATA.",
            en=f"{folder} is not a folder of {user.name}'s; remove it or change NHIPCAU_DATA.",
        )
    if status.st_uid != user.uid:
        os.chown(folder, user.uid, user.gid)
    folder.chmod(0o700)
