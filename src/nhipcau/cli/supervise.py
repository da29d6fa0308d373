"""Keeps the processes of one instance running, and ends all of them together."""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import subprocess
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from types import FrameType

from nhipcau.cli.instance import CommandFailed, child_environment
from nhipcau.embedded.processes import dying_with_parent

_PR_SET_CHILD_SUBREAPER = 36
_POLL = 0.1
_CHECK_SECONDS = 2.0
_RESTARTS, _RESTART_WINDOW = 5, 60.0
STOP_SECONDS = 15.0


@dataclass
class Child:
    """One process to keep running, in a process group of its own."""

    name: str
    command: Sequence[str]
    environment: dict[str, str] = field(default_factory=dict)
    process: subprocess.Popen[bytes] | None = None
    restarts: list[float] = field(default_factory=list)

    def start(self) -> None:
        """Start it; the kernel ends it should we be killed."""
        self.process = subprocess.Popen(
            self.command,
            env=child_environment(**self.environment),
            stdin=subprocess.DEVNULL,
            start_new_session=True,
            preexec_fn=dying_with_parent(signal.SIGTERM),  # noqa: PLW1509 - we have one thread
        )

    def died(self) -> bool:
        """True when it has ended, whatever the reason."""
        return self.process is not None and self.process.poll() is not None

    def signal_group(self, number: int) -> None:
        """Send a signal to it and to whatever it started."""
        if self.process is not None:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self.process.pid, number)

    def restart(self) -> None:
        """Start it again, unless it dies again and again.

        What it had started is ended first: an orphan would go on holding the port.
        """
        now = time.monotonic()
        self.restarts = [moment for moment in self.restarts if now - moment < _RESTART_WINDOW] + [now]
        self.signal_group(signal.SIGKILL)
        if len(self.restarts) > _RESTARTS:
            raise CommandFailed(
                vi=f"Tiến trình {self.name} dừng {_RESTARTS} lần trong một phút; xem thông báo ở trên.",
                en=f"The process {self.name} stopped {_RESTARTS} times within a minute; see above.",
            )
        self.start()


def _adopt_orphans(wanted: bool) -> None:
    ctypes.CDLL(None).prctl(_PR_SET_CHILD_SUBREAPER, int(wanted), 0, 0, 0)


class Family:
    """The children together: one Ctrl-C ends all, a death is answered by a new start."""

    def __init__(self, children: Sequence[Child], check: Callable[[], object]) -> None:
        self.children = children
        self.check = check
        self.asked_to_stop = False

    def stop_soon(self, _signal: int, _frame: FrameType | None) -> None:
        """Signal handler."""
        self.asked_to_stop = True

    def run(self, started: Callable[[], object]) -> None:
        """Start all, call `started`, and keep them until SIGINT or SIGTERM.

        `check` is called every two seconds: it revives what the children stand on.
        """
        # Grandchildren whose parent was killed come to us, so that their group can be ended and collected.
        _adopt_orphans(True)
        before = {n: signal.signal(n, self.stop_soon) for n in (signal.SIGINT, signal.SIGTERM)}
        try:
            for child in self.children:
                child.start()
            started()
            checked = time.monotonic()
            while not self.asked_to_stop:
                time.sleep(_POLL)
                for child in self.children:
                    if child.died() and not self.asked_to_stop:
                        child.restart()
                if time.monotonic() - checked > _CHECK_SECONDS:
                    self.check()
                    checked = time.monotonic()
        finally:
            self.stop()
            _adopt_orphans(False)
            for number, handler in before.items():
                signal.signal(number, handler)

    def stop(self) -> None:
        """End all children, in order if they will, by force if they will not."""
        for child in self.children:
            if child.process is not None and not child.died():
                child.process.terminate()
        deadline = time.monotonic() + STOP_SECONDS
        for child in self.children:
            if child.process is not None:
                with contextlib.suppress(subprocess.TimeoutExpired):
                    child.process.wait(max(0.1, deadline - time.monotonic()))
            child.signal_group(signal.SIGKILL)
            if child.process is not None:
                child.process.wait()
