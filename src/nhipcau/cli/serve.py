"""`nhipcau serve`: the pages, the background worker and, without DATABASE_URL, the database; until Ctrl-C."""

from __future__ import annotations

import argparse
import http.client
import os
import socket
import sys
import time
from collections.abc import Callable
from urllib.parse import urlsplit

from nhipcau.cli.instance import (
    CommandFailed,
    fail,
    manage_command,
    migrate_and_collect,
    tell,
    use_database,
)
from nhipcau.cli.supervise import Child, Family
from nhipcau.embedded import Server, ensure_server
from nhipcau.embedded.language import SpokenError

_START_SECONDS = 60.0
_THREADS = 4  # pages rendered at once in one web process; each may hold a database connection


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Arguments that `serve` and `demo` share."""
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (127.0.0.1)")
    parser.add_argument("--port", type=int, default=8000, help="port to listen on (8000)")
    parser.add_argument("--workers", type=int, default=1, help="web processes (1)")


def parser() -> argparse.ArgumentParser:
    """Arguments of `nhipcau serve`."""
    made = argparse.ArgumentParser(prog="nhipcau serve", description="Serve the pages until Ctrl-C.")
    add_arguments(made)
    made.add_argument("--no-worker", action="store_true", help="leave background work to `nhipcau worker`")
    made.add_argument("--no-migrate", action="store_true", help="leave the tables as they are")
    return made


def web_child(options: argparse.Namespace) -> Child:
    """The web server's process."""
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--no-ws"]
    command += ["--host", options.host, "--port", str(options.port), "--workers", str(options.workers)]
    command += ["--blocking-threads", str(_THREADS), "--backpressure", str(_THREADS * 8)]
    command += ["--respawn-failed-workers", "--workers-kill-timeout", "10", "--log-level", "warning"]
    return Child("web", [*command, "nhipcau.config.wsgi:application"])


def worker_child() -> Child:
    """The background worker's process."""
    return Child("worker", manage_command("procrastinate", "worker"))


def refuse_taken_port(host: str, port: int) -> None:
    """Raises CommandFailed when something listens there already."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            other = f"--port {port + 1} (make: PORT={port + 1})"
            raise CommandFailed(
                vi=f"Cổng {port} ở {host} không dùng được ({error.strerror}). Hãy chọn cổng khác: {other}",
                en=f"Port {port} on {host} cannot be used ({error.strerror}). Choose another: {other}",
            ) from error


def own_name(host: str) -> str:
    """A name this instance answers to: the first plain one of NHIPCAU_HOSTS, else that of NHIPCAU_ADDRESS."""
    names = (os.environ.get("NHIPCAU_HOSTS") or urlsplit(os.environ.get("NHIPCAU_ADDRESS", "")).netloc).split(
        ","
    )
    return next((name.strip() for name in names if name.strip().strip(".*") == name.strip() != ""), host)


def wait_for_pages(host: str, port: int, ending: Callable[[], bool]) -> bool:
    """Wait until the web server answers; False when `ending` says so first, or after a minute."""
    deadline = time.monotonic() + _START_SECONDS
    while time.monotonic() < deadline and not ending():
        connection = http.client.HTTPConnection(host, port, timeout=5)
        try:
            connection.request("HEAD", "/", headers={"Host": own_name(host)})
            connection.getresponse()
            return True
        except OSError:
            time.sleep(0.05)
        finally:
            connection.close()
    return False


def serve(options: argparse.Namespace, server: Server | None, *, worker: bool) -> None:
    """Serve until asked to stop; the database, if ours, is revived when it goes."""
    os.environ.setdefault("NHIPCAU_LOCAL_ADDRESS", f"http://{options.host}:{options.port}")
    children = [web_child(options), *([worker_child()] if worker else [])]

    def check() -> None:
        if server is not None:
            ensure_server(server.data_dir)

    family = Family(children, check)

    def started() -> None:
        if wait_for_pages(options.host, options.port, lambda: family.asked_to_stop or children[0].died()):
            tell(
                f"Đang phục vụ ở http://{options.host}:{options.port} — Ctrl-C để dừng.",
                f"Serving on http://{options.host}:{options.port} — Ctrl-C stops.",
            )
        elif not family.asked_to_stop:
            raise CommandFailed(
                vi="Máy chủ web không chạy được; xem thông báo ở trên.",
                en="The web server does not run; see what it printed above.",
            )

    family.run(started)


def run(arguments: list[str]) -> int:
    """Entry for the dispatcher; returns the exit code."""
    options = parser().parse_args(arguments)
    try:
        refuse_taken_port(options.host, options.port)
        server = use_database()
        if not options.no_migrate:
            migrate_and_collect()
        serve(options, server, worker=not options.no_worker)
    except SpokenError as error:
        return fail(error)
    return 0
