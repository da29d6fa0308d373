"""Real servers in folders of their own, killed for real."""

from __future__ import annotations

import json
import os
import select
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from tests.database import Logins

from nhipcau.embedded import stop_server

ROOT = Path(__file__).resolve().parents[2]
# Module and name of a function, "before" or "after" it, at which call.
Point = tuple[str, str, str, int]
Killed = Callable[..., int]


@pytest.fixture
def place() -> Iterator[Path]:
    """A data folder that any user may pass through; pytest's own are closed to all but their owner."""
    base = Path(tempfile.mkdtemp(prefix="nhipcau-crash-"))
    base.chmod(0o711)
    data = base / "data"
    yield data
    stop_server(data)
    shutil.rmtree(base)


@pytest.fixture
def python() -> Iterator[Callable[..., subprocess.Popen[str]]]:
    """Starts a Python program in a process of its own, with the package importable."""
    started: list[subprocess.Popen[str]] = []

    def start(program: str, *arguments: object, **environment: str) -> subprocess.Popen[str]:
        process = subprocess.Popen(
            [sys.executable, "-c", program, *map(str, arguments)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONPATH": str(ROOT / "src"), **environment},
        )
        started.append(process)
        return process

    yield start
    for process in started:
        process.kill()
        process.communicate()


@pytest.fixture
def wait_until() -> Callable[[Callable[[], object]], None]:
    """Waits for a condition and fails when it does not come."""

    def wait(condition: Callable[[], object], seconds: float = 20.0) -> None:
        deadline = time.monotonic() + seconds
        while not condition():
            assert time.monotonic() < deadline, "it did not happen in time"
            time.sleep(0.02)

    return wait


@pytest.fixture(scope="session")
def ready(
    django_db_setup: str, database_logins: Logins, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[subprocess.Popen[str]]:
    """`child` with Django ready on the test's database, which forks for every work that it is given."""
    environment = {
        **os.environ,
        "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}",
        "DJANGO_SETTINGS_MODULE": "nhipcau.config.settings",
        "DATABASE_URL": database_logins.serving(django_db_setup),
        "NHIPCAU_DATA": str(tmp_path_factory.mktemp("crash")),
    }
    command = [sys.executable, "-m", "tests.crash.child"]
    with subprocess.Popen(
        command, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        yield process


@pytest.fixture
def killed(ready: subprocess.Popen[str]) -> Killed:
    """Does a work of `works` against the test's database in a process that kills itself; its exit code."""

    def run(point: Point, work: str, pk: int, user: int, **more: str) -> int:
        assert ready.stdin is not None
        assert ready.stdout is not None
        ready.stdin.write(json.dumps([*point, work, pk, user, more]) + "\n")
        ready.stdin.flush()
        said = select.select([ready.stdout], [], [], 120)[0]
        assert said, f"{work} has not ended"
        return int(ready.stdout.readline())

    return run
