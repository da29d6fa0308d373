"""The real server beside a load, and the database, which can be killed and come again."""

from __future__ import annotations

import http.client
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


class Served:
    """The real server, which can be killed and comes again."""

    def __init__(self, port: int, *, worker: bool = False) -> None:
        self.port, self.worker = port, worker
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Waits until it answers."""
        command = [sys.executable, "-m", "nhipcau", "serve", "--port", str(self.port), "--workers", "2"]
        self.process = subprocess.Popen(
            command if self.worker else [*command, "--no-worker"],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "PYTHONPATH": "src"},
            cwd=ROOT,
            start_new_session=True,
        )
        for _try in range(600):
            connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
            try:
                connection.request("GET", "/accounts/login/")
                if connection.getresponse().status == 200:
                    return
            except OSError:
                time.sleep(0.2)
            finally:
                connection.close()
        raise SystemExit("The server did not start.")

    def kill(self) -> None:
        """kill -9 of the server and all that it started."""
        if self.process is not None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()

    def stop(self) -> None:
        if self.process is not None and self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
            try:
                self.process.wait(30)
            except subprocess.TimeoutExpired:
                self.kill()


def kill_database() -> bool:
    """kill -9 of the embedded database's first process; False where the database is not ours to kill."""
    found = list(Path(os.environ["NHIPCAU_DATA"]).rglob("postmaster.pid"))
    if not found:
        return False
    os.kill(int(found[0].read_text().splitlines()[0]), signal.SIGKILL)
    return True
