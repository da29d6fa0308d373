"""One PostgreSQL cluster on disk: made, configured, started, prepared."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Any
from urllib.parse import quote

import psycopg

from nhipcau.embedded.binaries import Binaries
from nhipcau.embedded.errors import EmbeddedError
from nhipcau.embedded.layout import Layout, make_private
from nhipcau.embedded.osuser import OsUser, me
from nhipcau.embedded.processes import dying_with_parent, lives, running_in

SUPERUSER = "postgres"
OWNER = "nhipcau_owner"
APP = "nhipcau_app"
DATABASE = "nhipcau"
PORT = 5432
# Raise it when roles.sql or privileges.sql change: clusters made before are prepared again.
PREPARATION = "1"
START_SECONDS = 60.0
_READY_LINE = 7  # of postmaster.pid, counted from 0


def url(socket_dir: Path, role: str, database: str) -> str:
    """A connection URL over the unix socket; `peer` asks for no password."""
    return f"postgresql://{role}@/{database}?host={quote(str(socket_dir))}&port={PORT}"


@dataclass(frozen=True, slots=True)
class Cluster:
    """A cluster at its place, with the programs that run it.

    `durable` false leaves out fsync: for tests, whose data nobody misses after a power cut.
    """

    layout: Layout
    binaries: Binaries
    durable: bool = True

    @property
    def path(self) -> Path:
        """PostgreSQL's data directory."""
        return self.layout.cluster

    def _run(self, arguments: Sequence[str]) -> None:
        try:
            subprocess.run(
                arguments, check=True, capture_output=True, text=True, cwd="/", **_as_user(self.layout.user)
            )
        except subprocess.CalledProcessError as error:
            raise EmbeddedError(
                vi=f"{Path(arguments[0]).name} không chạy được:\n{error.stderr.strip()}",
                en=f"{Path(arguments[0]).name} failed:\n{error.stderr.strip()}",
            ) from error

    def ensure_made(self) -> None:
        """Make the cluster when there is none; one half made by a process that died is made anew."""
        make_private(self.layout.home, self.layout.user)
        make_private(self.layout.socket_dir, self.layout.user)
        for left in self.layout.home.glob("cluster.new-*"):
            shutil.rmtree(left, ignore_errors=True)  # an initdb that is just dying may still write there
        if self.path.exists():
            self._check_version()
            return
        half = self.layout.home / f"cluster.new-{os.getpid()}"
        self._run([self.binaries.program("initdb"), "-D", str(half), *self._initdb_options()])
        half.rename(self.path)

    def _initdb_options(self) -> list[str]:
        locale = ["--locale-provider=builtin"] if self.binaries.major >= 17 else []
        sync = [] if self.durable else ["--no-sync"]
        base = ["-U", SUPERUSER, "-E", "UTF8", "--auth=peer", "--data-checksums", "--lc-messages=C"]
        return [*base, *locale, "--locale=C.UTF-8", *sync]

    def _check_version(self) -> None:
        made_by = (self.path / "PG_VERSION").read_text(encoding="ascii").strip()
        if made_by != str(self.binaries.major):
            now = self.binaries.version
            raise EmbeddedError(
                vi=f"Dữ liệu ở {self.path} do PostgreSQL {made_by} tạo, nay đang dùng bản {now}. Hãy đặt "
                "NHIPCAU_PG_BIN về bản cũ, chạy `nhipcau backup`, rồi `nhipcau restore` vào thư mục mới.",
                en=f"The data in {self.path} were made by PostgreSQL {made_by}; this is {now}. "
                "Set NHIPCAU_PG_BIN to the old one, run `nhipcau backup`, then `nhipcau restore` in a new.",
            )

    def _write_access_files(self) -> None:
        """Only the user who starts the server and the server's own may connect, told by the kernel."""
        names = sorted({me().name, self.layout.user.name})
        roles = (SUPERUSER, OWNER, APP)
        ident = "".join(f'house "{name}" {role}\n' for name in names for role in roles)
        for name, text in (("pg_hba.conf", "local all all peer map=house\n"), ("pg_ident.conf", ident)):
            file = self.path / name
            file.write_text(text, encoding="utf-8")
            os.chown(file, self.layout.user.uid, self.layout.user.gid)

    def _settings(self) -> list[str]:
        settings = {
            "listen_addresses": "",
            "unix_socket_directories": str(self.layout.socket_dir),
            "unix_socket_permissions": "0700",
            "port": str(PORT),
            "logging_collector": "off",
            "log_timezone": "UTC",
            "timezone": "UTC",
            "max_connections": "200",
            "wal_level": "minimal",
            "max_wal_senders": "0",
            "jit": "off",
        }
        if not self.durable:
            settings |= {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
        return [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]

    def start(self) -> subprocess.Popen[bytes]:
        """Start the server as our direct child; it stops by itself when we end. Call from the main thread."""
        self.end_leftovers()
        self._write_access_files()
        return subprocess.Popen(
            [self.binaries.program("postgres"), "-D", str(self.path), *self._settings()],
            stdin=subprocess.DEVNULL,
            cwd="/",
            # SIGINT: end the sessions, write a checkpoint, stop
            preexec_fn=dying_with_parent(signal.SIGINT),  # noqa: PLW1509 - the supervisor has one thread
            **_as_user(self.layout.user),
        )

    def end_leftovers(self, patience: float = 10.0) -> None:
        """Wait for processes of an earlier server on these data to end; then end them.

        After kill -9 of the server its children notice and leave; after kill -9 of the supervisor the
        server shuts down by itself. Both take a moment, during which a new one must not start.
        """
        for ending, seconds in ((None, patience), (signal.SIGQUIT, 5.0), (signal.SIGKILL, 5.0)):
            for pid in running_in(self.path, "postgres"):
                if ending is not None:
                    _end(pid, ending)
            if _wait(lambda: not running_in(self.path, "postgres"), seconds, step=0.02):
                break
        else:
            left = running_in(self.path, "postgres")
            raise EmbeddedError(
                vi=f"Tiến trình postgres cũ ở {self.path} không chịu dừng: {left}",
                en=f"Old postgres processes in {self.path} will not end: {left}",
            )
        # The old server may still be a zombie that nobody has collected, and would count as running.
        socket = self.layout.socket_dir / f".s.PGSQL.{PORT}"
        for stale in (self.path / "postmaster.pid", socket, socket.with_name(f"{socket.name}.lock")):
            stale.unlink(missing_ok=True)

    def ready(self) -> bool:
        """True when a living server of this cluster takes connections."""
        return accepting(self.path)

    def prepare(self) -> None:
        """Make the roles, the database and what the one may do in the other; done once per cluster."""
        done = self.layout.home / "prepared"
        if done.exists() and done.read_text(encoding="ascii") == PREPARATION:
            return
        socket_dir = self.layout.socket_dir
        with psycopg.connect(url(socket_dir, SUPERUSER, "template1"), autocommit=True) as connection:
            connection.execute(statements("roles.sql"))
            connection.execute(statements("privileges.sql"))
            have = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]).fetchone()
        if have is None:
            # From another database: template1 may be copied only while nobody is in it.
            with psycopg.connect(url(socket_dir, SUPERUSER, SUPERUSER), autocommit=True) as connection:
                connection.execute(f"CREATE DATABASE {DATABASE} OWNER {OWNER}")
        done.write_text(PREPARATION, encoding="ascii")


def accepting(cluster: Path) -> bool:
    """True when the server on this data directory lives and has said that it takes connections."""
    try:
        lines = (cluster / "postmaster.pid").read_text(encoding="utf-8").splitlines()
    except OSError:
        return False
    if len(lines) <= _READY_LINE or lines[_READY_LINE].strip() != "ready":
        return False
    return lives(int(lines[0]))


def statements(name: str) -> bytes:
    """The packaged SQL file of that name."""
    return resources.files("nhipcau.embedded").joinpath(name).read_bytes()


def _as_user(user: OsUser) -> dict[str, Any]:
    return {} if user.is_me else {"user": user.uid, "group": user.gid, "extra_groups": []}


def _end(pid: int, signal_number: int) -> None:
    try:
        os.kill(pid, signal_number)
    except ProcessLookupError:
        return


def _wait(until: Callable[[], bool], seconds: float, step: float = 0.005) -> bool:
    deadline = time.monotonic() + seconds
    while not until():
        if time.monotonic() > deadline:
            return False
        time.sleep(step)
    return True
