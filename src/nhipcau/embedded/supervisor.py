"""The process that owns the embedded server: `python -m nhipcau.embedded.supervisor DATA_DIR`.

It leaves its caller's session, takes the owner's lock, starts PostgreSQL as its child, starts it again when
it dies, and stops it when no process holds a lease any more. Everything it knows about others it learns
from locks that the kernel takes back, so a kill -9 anywhere leaves nothing that must be cleaned by hand.
"""

from __future__ import annotations

import argparse
import fcntl
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from types import FrameType
from typing import IO

from nhipcau.embedded import binaries
from nhipcau.embedded.cluster import START_SECONDS, Cluster
from nhipcau.embedded.errors import EmbeddedError
from nhipcau.embedded.layout import Files, layout
from nhipcau.embedded.processes import birth

DEFAULT_LINGER = 5.0
_POLL = 0.1
_RESTARTS, _RESTART_WINDOW = 5, 60.0


class Supervisor:
    """One run of the server, from the owner's lock to the last client's leaving."""

    def __init__(self, cluster: Cluster, lease: IO[bytes], linger: float) -> None:
        self.cluster = cluster
        self.files = cluster.layout.files
        self.lease = lease
        self.linger = linger
        self.asked_to_stop = False
        self.idle_since: float | None = None
        self.restarts: list[float] = []
        self.server: subprocess.Popen[bytes] | None = None

    def stop_soon(self, _signal: int, _frame: FrameType | None) -> None:
        """Signal handler."""
        self.asked_to_stop = True

    def start_server(self) -> None:
        """Start it and wait until it takes connections; recovery after a crash is part of the wait."""
        self.server = self.cluster.start()
        deadline = time.monotonic() + START_SECONDS
        while not self.cluster.ready():
            if self.server.poll() is not None or time.monotonic() > deadline:
                self.stop_server()
                raise EmbeddedError(
                    vi=f"PostgreSQL không khởi động được; xem {self.files.log}\n{_tail(self.files.log)}",
                    en=f"PostgreSQL did not start; see {self.files.log}\n{_tail(self.files.log)}",
                )
            time.sleep(0.005)

    def stop_server(self) -> None:
        """Stop it, in order if it will, by force if it will not."""
        if self.server is None:
            return
        for ending, seconds in ((signal.SIGINT, 30.0), (signal.SIGQUIT, 5.0), (signal.SIGKILL, 5.0)):
            if self.server.poll() is None:
                self.server.send_signal(ending)
                try:
                    self.server.wait(seconds)
                except subprocess.TimeoutExpired:
                    continue
        self.server = None

    def is_idle(self) -> bool:
        """True when nobody has held a lease for the time of grace; then the lease stays ours to the end."""
        try:
            fcntl.flock(self.lease, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            self.idle_since = None
            return False
        now = time.monotonic()
        self.idle_since = self.idle_since or now
        if now - self.idle_since >= self.linger:
            return True
        fcntl.flock(self.lease, fcntl.LOCK_UN)
        return False

    def restart_server(self) -> None:
        """The server died: start it again, unless it dies again and again."""
        now = time.monotonic()
        self.restarts = [moment for moment in self.restarts if now - moment < _RESTART_WINDOW] + [now]
        if len(self.restarts) > _RESTARTS:
            raise EmbeddedError(
                vi=f"PostgreSQL dừng {_RESTARTS} lần trong một phút; xem {self.files.log}",
                en=f"PostgreSQL stopped {_RESTARTS} times within a minute; see {self.files.log}",
            )
        print(
            f"supervisor: the server ended with {self.server and self.server.returncode}; starting it again"
        )
        self.start_server()

    def run(self) -> None:
        """Serve until asked to stop or left alone."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self.stop_soon)
        signal.signal(signal.SIGHUP, signal.SIG_IGN)
        try:
            self.cluster.ensure_made()
            self.start_server()
            self.cluster.prepare()
            _write_state(self.files, self._state())
            while not self.asked_to_stop and not self.is_idle():
                if self.server is not None and self.server.poll() is not None:
                    self.restart_server()
                time.sleep(_POLL)
            self.files.state.unlink(missing_ok=True)
        finally:
            self.stop_server()

    def _state(self) -> dict[str, object]:
        return {
            "supervisor": os.getpid(),
            "born": birth(os.getpid()),
            "cluster": str(self.cluster.path),
            "socket_dir": str(self.cluster.layout.socket_dir),
            "bin_dir": str(self.cluster.binaries.folder),
            "version": self.cluster.binaries.version,
            "user": self.cluster.layout.user.name,
        }


def _tail(log: Path, lines: int = 12) -> str:
    return "\n".join(log.read_text(encoding="utf-8", errors="replace").splitlines()[-lines:])


def _write_state(files: Files, state: dict[str, object]) -> None:
    half = files.state.with_suffix(".json.new")
    half.write_text(json.dumps(state), encoding="utf-8")
    half.rename(files.state)


def _leave_caller() -> None:
    """Become nobody's child, so that neither Ctrl-C nor the caller's end reaches us."""
    if os.fork():
        os._exit(0)


def main(arguments: list[str] | None = None) -> int:
    """Entry of the process; what it prints goes to the log that the caller opened for it."""
    parser = argparse.ArgumentParser(prog="python -m nhipcau.embedded.supervisor")
    parser.add_argument("data_dir", type=Path)
    parser.add_argument("--not-durable", action="store_true", help="no fsync: for tests")
    options = parser.parse_args(arguments)
    _leave_caller()
    files = Files(options.data_dir)
    with files.owner.open("ab") as owner, files.lease.open("ab") as lease:
        try:
            fcntl.flock(owner, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return 0  # another supervisor serves
        files.state.unlink(missing_ok=True)
        linger = float(os.environ.get("NHIPCAU_PG_LINGER") or DEFAULT_LINGER)
        try:
            place = layout(options.data_dir)
            cluster = Cluster(place, binaries.find(place.user), durable=not options.not_durable)
            Supervisor(cluster, lease, linger).run()
        except EmbeddedError as error:
            print(f"supervisor: {error.en}")
            _write_state(files, {"error": {"vi": error.vi, "en": error.en}})
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
