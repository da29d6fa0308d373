"""kill -9 of each process of the embedded server: the next start recovers by itself and loses nothing."""

from __future__ import annotations

import os
import signal
import threading
import time
from pathlib import Path

import psycopg
import pytest

from nhipcau.embedded import Server, ensure_server, release, running_server
from nhipcau.embedded.processes import lives, running_in

pytestmark = pytest.mark.crash

CLIENT = """
import sys, pathlib
from nhipcau.embedded import ensure_server
print(ensure_server(pathlib.Path(sys.argv[1])).supervisor_pid, flush=True)
sys.stdin.readline()
"""


def postmaster(server: Server) -> int:
    return int((server.cluster / "postmaster.pid").read_text().splitlines()[0])


def kill(*pids: int) -> None:
    """kill -9, and wait until the kernel has done it."""
    for pid in pids:
        os.kill(pid, signal.SIGKILL)
    deadline = time.monotonic() + 10
    while any(map(lives, pids)) and time.monotonic() < deadline:
        time.sleep(0.005)


def write_one(server: Server) -> None:
    with psycopg.connect(server.owner_url) as connection:
        connection.execute("CREATE TABLE IF NOT EXISTS kept (id int)")
        connection.execute("INSERT INTO kept VALUES (1)")


def kept(server: Server) -> int:
    with psycopg.connect(server.app_url) as connection:
        row = connection.execute("SELECT count(*) FROM kept").fetchone()
    assert row is not None
    return row[0]


def keep_busy(server: Server) -> threading.Thread:
    """A session that is in the middle of work; its error when the server dies is expected."""

    def work() -> None:
        try:
            with psycopg.connect(server.owner_url) as connection:
                connection.execute("SELECT count(*) FROM generate_series(1, 2000000000)")
        except psycopg.Error:
            return

    thread = threading.Thread(target=work)
    thread.start()
    return thread


def test_a_killed_server_is_started_again_by_its_supervisor(place):
    server = ensure_server(place)
    write_one(server)
    first = postmaster(server)
    busy = keep_busy(server)

    kill(first)

    again = ensure_server(place)
    assert again.supervisor_pid == server.supervisor_pid
    assert postmaster(again) != first
    assert kept(again) == 1
    busy.join()


def test_after_a_killed_supervisor_the_next_start_makes_a_new_one(place):
    server = ensure_server(place)
    write_one(server)
    first = postmaster(server)

    kill(server.supervisor_pid)

    again = ensure_server(place)
    assert again.supervisor_pid != server.supervisor_pid
    assert not lives(first)
    assert kept(again) == 1


def test_supervisor_and_server_killed_at_once_in_the_middle_of_work(place):
    server = ensure_server(place)
    write_one(server)
    busy = keep_busy(server)

    kill(server.supervisor_pid, postmaster(server))

    again = ensure_server(place)
    assert kept(again) == 1
    busy.join()


def test_a_first_start_that_was_killed_half_way_is_begun_anew(place, python, wait_until):
    client = python(CLIENT, place)
    wait_until(lambda: list((place / "postgresql").glob("cluster*")))
    for supervisor in [
        int(entry.name)
        for entry in Path("/proc").iterdir()
        if entry.name.isdigit() and _runs_supervisor_of(entry, place)
    ]:
        os.kill(supervisor, signal.SIGKILL)
    client.kill()
    client.communicate()

    write_one(ensure_server(place))


def _runs_supervisor_of(entry: Path, place: Path) -> bool:
    try:
        words = (entry / "cmdline").read_bytes().decode().split("\0")
    except OSError:
        return False
    return "nhipcau.embedded.supervisor" in words and str(place) in words


def test_a_killed_client_leaves_no_server_behind(place, python, wait_until):
    client = python(CLIENT, place, NHIPCAU_PG_LINGER="0.2")
    supervisor = int(client.stdout.readline())
    server = running_server(place)

    client.kill()

    wait_until(lambda: not lives(supervisor))
    assert running_in(server.cluster, "postgres") == []
    assert running_server(place) is None


def test_the_server_stays_while_any_client_lives(place, python, wait_until):
    first = python(CLIENT, place, NHIPCAU_PG_LINGER="0.2")
    supervisor = int(first.stdout.readline())
    second = python(CLIENT, place)
    assert int(second.stdout.readline()) == supervisor

    first.kill()
    first.communicate()
    assert ensure_server(place).supervisor_pid == supervisor
    second.kill()
    second.communicate()
    assert kept_running(place, supervisor)
    release(place)
    wait_until(lambda: not lives(supervisor))


def kept_running(place: Path, supervisor: int) -> bool:
    server = running_server(place)
    return server is not None and server.supervisor_pid == supervisor
