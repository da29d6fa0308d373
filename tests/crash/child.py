"""Processes of their own that do one work of `works` and kill themselves (-9) in the middle of it.

Run as a program it makes Django ready once and then forks for every line that it is given, so that no test
waits for that again: `[module, name, moment, nth, work, pk, user, environment]`, answered by the exit code.
It has no connection to the database itself; every process that it forks makes its own.
"""

from __future__ import annotations

import importlib
import json
import os
import signal
import sys
import traceback
from collections.abc import Callable
from typing import Any

import django


def kill_at(module: str, name: str, moment: str, nth: int) -> None:
    """When it reaches, or has just done, the named function for the nth time."""
    place, calls = importlib.import_module(module), []
    real = getattr(place, name)

    def killed(*arguments: Any, **named: Any) -> Any:
        calls.append(name)
        done = real(*arguments, **named) if moment == "after" or len(calls) < nth else None
        if len(calls) == nth:
            os.kill(os.getpid(), signal.SIGKILL)
        return done

    setattr(place, name, killed)


def forked(work: Callable[[], None]) -> int:
    """The exit code of a process that did the work; negative is the signal that ended it."""
    pid = os.fork()
    if pid:
        return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    try:
        os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
        work()
    except BaseException:
        traceback.print_exc()
        os._exit(1)
    os._exit(0)


def answer(line: str) -> int:
    module, name, moment, nth, work, pk, user, environment = json.loads(line)

    def do() -> None:
        os.environ.update(environment)
        kill_at(module, name, moment, nth)
        importlib.import_module("tests.crash.works").do(work, pk, user)

    return forked(do)


if __name__ == "__main__":
    django.setup()
    importlib.import_module("tests.crash.works")
    for line in sys.stdin:
        sys.stdout.write(f"{answer(line)}\n")
        sys.stdout.flush()
