"""Facts about processes, from /proc: who lives, who runs where, and dying with one's parent."""

from __future__ import annotations

import ctypes
import os
from collections.abc import Callable
from pathlib import Path

_PROC = Path("/proc")
_PR_SET_PDEATHSIG = 1


def birth(pid: int) -> int | None:
    """Start time of a process in clock ticks since boot; None when it is gone or a zombie.

    A pid together with its birth names a process for good: pids come back, births do not.
    """
    try:
        text = (_PROC / str(pid) / "stat").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return None
    fields = text.rpartition(")")[2].split()
    return None if fields[0] in "ZX" else int(fields[19])


def lives(pid: int, born: int | None = None) -> bool:
    """True when the process runs; with `born`, only when it is the very one that was born then."""
    found = birth(pid)
    return found is not None and (born is None or found == born)


def running_in(directory: Path, program: str) -> list[int]:
    """Pids of the processes of that program name whose working directory is exactly this one."""
    wanted = directory.resolve()
    found = []
    for entry in _PROC.iterdir():
        if not entry.name.isdigit():
            continue
        try:
            here, runs = (entry / "cwd").readlink(), (entry / "exe").readlink()
            if here == wanted and runs.name == program:
                found.append(int(entry.name))
        except OSError:
            continue
    return found


def dying_with_parent(signal_number: int) -> Callable[[], None]:
    """A `preexec_fn` after which the kernel sends the child this signal when its parent thread ends.

    A change of user clears the setting, so the child must already have its final user (subprocess sets
    `user=` before it calls this); the parent must start the child from its main thread, since the kernel
    watches the thread and not the process.
    """
    libc = ctypes.CDLL(None, use_errno=True)
    parent = os.getpid()

    def arrange() -> None:
        libc.prctl(_PR_SET_PDEATHSIG, signal_number, 0, 0, 0)
        if os.getppid() != parent:  # it died before the setting held
            os._exit(1)

    return arrange
