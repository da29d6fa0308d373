"""kill -9 of the web process and of the whole command: pages come back, nothing is left behind."""

from __future__ import annotations

import http.client
import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from nhipcau.embedded import running_server
from nhipcau.embedded.processes import lives

pytestmark = pytest.mark.crash

ROOT = Path(__file__).resolve().parents[2]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def answers(port: int) -> bool:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", "/")
        return connection.getresponse().status < 400
    except OSError:
        return False
    finally:
        connection.close()


def children(pid: int) -> dict[int, list[str]]:
    """Pid and words of the command line of a process's children."""
    found = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return {int(p): Path(f"/proc/{p}/cmdline").read_bytes().decode().split("\0") for p in found}


def web_of(pid: int) -> int:
    return next(child for child, words in children(pid).items() if "granian" in words)


@pytest.fixture
def serving(place, wait_until):
    port = free_port()
    place.mkdir(mode=0o711)
    with (place / "serve.out").open("wb") as out:
        process = subprocess.Popen(
            [sys.executable, "-m", "nhipcau", "serve", "--port", str(port)],
            env={
                **os.environ,
                "PYTHONPATH": str(ROOT / "src"),
                "NHIPCAU_DATA": str(place),
                "NHIPCAU_PG_LINGER": "0.5",
            },
            stdout=out,
            stderr=out,
        )
    try:
        wait_until(lambda: process.poll() is None and b"Ctrl-C" in (place / "serve.out").read_bytes(), 90)
    except AssertionError:
        pytest.fail((place / "serve.out").read_text())
    yield process, port
    process.terminate()
    process.wait(30)


def test_pages_come_back_after_the_web_process_is_killed(serving, wait_until):
    process, port = serving
    assert answers(port)
    web = web_of(process.pid)

    os.kill(web, signal.SIGKILL)

    wait_until(lambda: not lives(web))
    wait_until(lambda: answers(port), 30)
    assert web_of(process.pid) != web


def test_pages_come_back_after_one_of_the_web_s_own_children_is_killed(serving, wait_until):
    process, port = serving
    inner = next(iter(children(web_of(process.pid))))

    os.kill(inner, signal.SIGKILL)

    wait_until(lambda: not lives(inner))
    wait_until(lambda: answers(port), 30)


def test_pages_come_back_after_the_database_and_its_supervisor_are_killed(serving, place, wait_until):
    _, port = serving
    server = running_server(place)
    os.kill(server.supervisor_pid, signal.SIGKILL)

    wait_until(lambda: (now := running_server(place)) and now.supervisor_pid != server.supervisor_pid, 30)
    wait_until(lambda: answers(port), 30)


def test_a_killed_command_leaves_no_process_and_the_next_one_starts(serving, place, wait_until):
    process, port = serving
    server = running_server(place)
    family = [process.pid, *children(process.pid), *children(web_of(process.pid))]

    process.kill()
    process.wait()

    wait_until(lambda: not any(map(lives, [*family, server.supervisor_pid])), 40)
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        probe.bind(("127.0.0.1", port))


def test_one_signal_ends_all(serving, place, wait_until):
    process, _ = serving
    server = running_server(place)
    family = [*children(process.pid), *children(web_of(process.pid))]

    process.send_signal(signal.SIGINT)

    assert process.wait(30) == 0
    wait_until(lambda: not any(map(lives, [*family, server.supervisor_pid])), 30)
