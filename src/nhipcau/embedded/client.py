"""How every process gets the embedded server: take a lease, find the supervisor or start it, wait."""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nhipcau
from nhipcau.embedded.cluster import APP, DATABASE, OWNER, accepting, url
from nhipcau.embedded.errors import EmbeddedError
from nhipcau.embedded.layout import Files
from nhipcau.embedded.processes import lives

WAIT_SECONDS = 90.0
_ASK_AGAIN_SECONDS = 0.3
_LOG_LIMIT = 8_000_000  # bytes; a longer log starts anew at the next start of the supervisor
# Descriptors held open for the life of the process: the supervisor sees by the lock that somebody still needs
# the server. No file objects, which would complain at the end of the process that nobody closed them.
_leases: dict[Path, int] = {}


@dataclass(frozen=True, slots=True)
class Server:
    """A running embedded server and how to reach it; the URLs need no password (peer over a unix socket)."""

    data_dir: Path
    socket_dir: Path
    bin_dir: Path
    version: str
    user: str
    supervisor_pid: int
    cluster: Path

    @property
    def owner_url(self) -> str:
        """As the login that owns the database: migrations, backups."""
        return url(self.socket_dir, OWNER, DATABASE)

    @property
    def app_url(self) -> str:
        """As the login that serves."""
        return url(self.socket_dir, APP, DATABASE)

    @property
    def log(self) -> Path:
        """What the server printed."""
        return Files(self.data_dir).log


def ensure_server(data_dir: Path, *, durable: bool = True, wait: float = WAIT_SECONDS) -> Server:
    """The server of this data folder, started if need be; it keeps running while this process lives.

    `durable=False` (for tests) starts it without fsync; a server that already runs stays as it is.
    Raises EmbeddedError, in the user's language, when it cannot be had within `wait` seconds.
    """
    files = Files(data_dir.absolute())
    deadline = time.monotonic() + wait
    _make_data_dir(files.data_dir)
    _take_lease(files, deadline)
    before = _written(files)
    started = 0.0
    while True:
        state = _state(files)
        if state is not None and "error" not in state and _serves(state):
            return _server(files.data_dir, state)
        if state is not None and "error" in state and _written(files) != before:
            raise EmbeddedError(**state["error"])
        now = time.monotonic()
        if now > deadline:
            raise EmbeddedError(
                vi=f"PostgreSQL chưa sẵn sàng sau {wait:.0f} giây; xem {files.log}",
                en=f"PostgreSQL was not ready within {wait:.0f} seconds; see {files.log}",
            )
        # A supervisor that finds another one at work leaves at once, so asking again does no harm.
        if not _supervised(state) and now - started > _ASK_AGAIN_SECONDS:
            _start_supervisor(files, durable)
            started = now
        time.sleep(0.005)


def running_server(data_dir: Path) -> Server | None:
    """The server of this data folder if it runs already; starts nothing and takes no lease."""
    state = _state(Files(data_dir.absolute()))
    if state is None or "error" in state or not _serves(state):
        return None
    return _server(data_dir.absolute(), state)


def stop_server(data_dir: Path, wait: float = 40.0) -> None:
    """Give up this process's lease and stop the server, whoever else uses it."""
    files = Files(data_dir.absolute())
    release(data_dir)
    state = _state(files)
    if state is None or not _supervised(state):
        return
    with contextlib.suppress(ProcessLookupError):
        os.kill(state["supervisor"], signal.SIGTERM)
    deadline = time.monotonic() + wait
    while _supervised(state) and time.monotonic() < deadline:
        time.sleep(0.01)


def release(data_dir: Path) -> None:
    """Give up this process's lease; the server stops a little later when nobody else holds one."""
    lease = _leases.pop(data_dir.absolute(), None)
    if lease is not None:
        os.close(lease)


def _make_data_dir(folder: Path) -> None:
    try:
        folder.mkdir(mode=0o711, parents=True, exist_ok=True)
    except OSError as error:
        raise EmbeddedError(
            vi=f"Không tạo được thư mục dữ liệu {folder}: {error.strerror}. Hãy đặt NHIPCAU_DATA.",
            en=f"Cannot make the data folder {folder}: {error.strerror}. Set NHIPCAU_DATA.",
        ) from error


def _not_ours(folder: Path, error: OSError) -> EmbeddedError:
    """A folder made by another user: root once, say, and now somebody else."""
    owner = folder.owner()
    return EmbeddedError(
        vi=f"Thư mục dữ liệu {folder} là của {owner} ({error.strerror}). Hãy chạy dưới tên {owner}, "
        "hoặc đặt NHIPCAU_DATA sang thư mục khác.",
        en=f"The data folder {folder} belongs to {owner} ({error.strerror}). Run as {owner}, or set "
        "NHIPCAU_DATA to another folder.",
    )


def _take_lease(files: Files, deadline: float) -> None:
    if files.data_dir in _leases:
        return
    try:
        files.log.open("ab").close()
        lease = os.open(files.lease, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o666)
    except OSError as error:
        raise _not_ours(files.data_dir, error) from error
    while True:
        try:
            fcntl.flock(lease, fcntl.LOCK_SH | fcntl.LOCK_NB)
            break
        except BlockingIOError:  # a supervisor is just stopping; it lets go when it has ended
            if time.monotonic() > deadline:
                os.close(lease)
                raise EmbeddedError(
                    vi=f"Máy chủ PostgreSQL ở {files.data_dir} đang dừng mãi chưa xong; hãy thử lại.",
                    en=f"The PostgreSQL server in {files.data_dir} has not finished stopping; try again.",
                ) from None
            time.sleep(0.01)
    _leases[files.data_dir] = lease


def _state(files: Files) -> dict[str, Any] | None:
    try:
        state = json.loads(files.state.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return state if isinstance(state, dict) else None


def _written(files: Files) -> int | None:
    """When the state file was written, to tell a new word of failure from an old one."""
    try:
        return files.state.stat().st_mtime_ns
    except FileNotFoundError:
        return None


def _supervised(state: dict[str, Any] | None) -> bool:
    return state is not None and "supervisor" in state and lives(state["supervisor"], state["born"])


def _serves(state: dict[str, Any]) -> bool:
    return _supervised(state) and accepting(Path(state["cluster"]))


def _server(data_dir: Path, state: dict[str, Any]) -> Server:
    return Server(
        data_dir=data_dir,
        socket_dir=Path(state["socket_dir"]),
        bin_dir=Path(state["bin_dir"]),
        version=state["version"],
        user=state["user"],
        supervisor_pid=state["supervisor"],
        cluster=Path(state["cluster"]),
    )


def _start_supervisor(files: Files, durable: bool) -> None:
    source = str(Path(nhipcau.__file__).resolve().parents[1])
    paths = os.pathsep.join(part for part in (source, os.environ.get("PYTHONPATH")) if part)
    command = [sys.executable, "-m", "nhipcau.embedded.supervisor", str(files.data_dir)]
    too_long = files.log.exists() and files.log.stat().st_size > _LOG_LIMIT
    with files.log.open("wb" if too_long else "ab") as log:
        subprocess.run(
            [*command, *([] if durable else ["--not-durable"])],
            check=False,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            cwd="/",
            start_new_session=True,
            env={**os.environ, "PYTHONPATH": paths, "PYTHONUNBUFFERED": "1"},
        )
