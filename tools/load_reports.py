"""150 units send their reports within a minute, and nothing that was acknowledged is lost: `make load`.

    .venv/bin/python tools/load_reports.py [--units 150] [--seconds 60] [--kill]
                                           [--workbooks 150] [--rows 2000]

Fills a database as `load.py` does, opens a period for 150 units, starts the real server and lets every unit
send a report of 18 kB over HTTP, each at its moment of the minute. With `--kill` the web server is killed
(kill -9 of the whole process group) after a third of the time and started again, and after two thirds the
database, where it is the embedded one. A unit that got no answer sends again, as a person would. At the end
every report that was acknowledged is in the database once, with its very text and a number of its own. With
`--workbooks` so many workbooks of so many rows are uploaded within the time, and read by the real worker.
"""

from __future__ import annotations

import argparse
import contextlib
import http.client
import os
import secrets
import sys
import threading
import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

from load_served import Served, kill_database
from load_units import Unit, cookies, prepare, slowest
from load_workbooks import run_workbooks

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "tools")]
KILOBYTES = 18
SLOWEST = 2.0
MOST_TRIES = 600
SENTENCE = "Địa phương đã phối hợp tuyên truyền, vận động kiều bào hướng về quê hương và báo cáo kết quả. "


@dataclass(slots=True)
class Outcome:
    units: list[Unit]
    problems: list[str] = field(default_factory=list)


def text_of(unit: Unit) -> str:
    """About 3 kB: six of them are a report."""
    size = KILOBYTES * 1024 // len(unit.sections)
    return (f"{unit.obligation}: " + SENTENCE * (size // len(SENTENCE.encode())))[: size - 80].strip()


def send(unit: Unit, port: int) -> bool:
    """Whether the server acknowledged it; what could not be reached is tried again by the caller."""
    token = secrets.token_hex(16)
    unit.text = text_of(unit)
    form = {
        "csrfmiddlewaretoken": token,
        "page": str(uuid.uuid4()),
        "revision": "0",
        "do": "send",
        **{f"s{pk}": unit.text for pk in unit.sections},
    }
    headers = {
        "Content-Type": "application/x-www-form-urlencoded",
        "Cookie": f"{unit.cookie}; csrftoken={token}; django_language=vi",
    }
    begun = time.perf_counter()
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        connection.request("POST", f"/reports/{unit.obligation}/save/", urlencode(form), headers)
        answer = connection.getresponse()
        answer.read()
        unit.took = time.perf_counter() - begun
        return answer.status == 302
    finally:
        connection.close()


def deliver(unit: Unit, port: Callable[[], int], delay: float) -> None:
    """At its moment; again after a second where no answer came. Sent already is an answer too."""
    time.sleep(delay)
    while not unit.acknowledged and unit.tries < MOST_TRIES:
        unit.tries += 1
        with contextlib.suppress(OSError, http.client.HTTPException):
            unit.acknowledged = send(unit, port())
        if not unit.acknowledged:
            unit.acknowledged = unit.tries > 1 and received(unit)
            time.sleep(1)


def received(unit: Unit) -> bool:
    """The page says that the report is here: an answer that was lost on its way."""
    from django.db import DatabaseError, close_old_connections

    from nhipcau.apps.reporting.models import Submission

    try:
        close_old_connections()
        return Submission.objects.filter(obligation=unit.obligation, sent_at__isnull=False).exists()
    except DatabaseError:
        return False


def run(units: list[Unit], port: int, seconds: float, interrupt: Callable[[float], None] | None) -> Outcome:
    """All units within the time, evenly; `interrupt` is called beside them."""
    cookies(units)
    threads = [
        threading.Thread(target=deliver, args=(unit, lambda: port, seconds * at / len(units)))
        for at, unit in enumerate(units)
    ]
    if interrupt is not None:
        threads.append(threading.Thread(target=interrupt, args=(seconds,)))
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return Outcome(units, problems_of(units))


def problems_of(units: list[Unit]) -> list[str]:
    """What is not as it must be: of each unit exactly one report, with its text and a number of its own."""
    from django.db import close_old_connections

    from nhipcau.apps.reporting.models import Obligation, Passage, Submission

    close_old_connections()
    found = []
    sent = Submission.objects.filter(
        obligation__in=[unit.obligation for unit in units], sent_at__isnull=False
    )
    numbers = list(sent.values_list("received_number", flat=True))
    if len(set(numbers)) != len(numbers):
        found.append("a received number was given twice")
    orders = sorted(int(number.split("/")[0].split("-")[-1]) for number in numbers)
    if orders and orders[-1] - orders[0] + 1 != len(orders):
        found.append(f"received numbers have a gap: {orders[0]} to {orders[-1]} for {len(orders)}")
    by_obligation: dict[int, list[int]] = {}
    for pk, obligation in sent.values_list("pk", "obligation"):
        by_obligation.setdefault(obligation, []).append(pk)
    states = dict(Obligation.objects.filter(pk__in=by_obligation).values_list("pk", "state"))
    for unit in units:
        versions = by_obligation.get(unit.obligation, [])
        if not unit.acknowledged:
            found.append(f"{unit.obligation}: never acknowledged")
        if len(versions) != 1:
            found.append(f"{unit.obligation}: {len(versions)} reports")
            continue
        texts = set(Passage.objects.filter(submission=versions[0]).values_list("text", flat=True))
        if texts != {unit.text} or states[unit.obligation] != "sent":
            found.append(f"{unit.obligation}: not what was sent")
    return found


def interruptions(server: Served) -> Callable[[float], None]:
    """After a third of the time the web server is killed, after two thirds the database."""

    def interrupt(seconds: float) -> None:
        time.sleep(seconds / 3)
        server.kill()
        print("  kill -9 of the web server")
        server.start()
        time.sleep(seconds / 3)
        if kill_database():
            print("  kill -9 of the database")
            # Whoever holds the folder brings the database up again; the web server finds it.
            from nhipcau.cli.instance import use_database

            for name in ("DATABASE_URL", "NHIPCAU_OWNER_DATABASE_URL"):
                os.environ.pop(name, None)
            use_database()
        else:
            print("  the database is not embedded: it was not killed")

    return interrupt


def told(name: str, outcome: Outcome, *, bar: float | None) -> bool:
    """Print what came out; whether it held."""
    sent = sum(unit.acknowledged for unit in outcome.units)
    again = sum(unit.tries > 1 for unit in outcome.units)
    late = bar is not None and slowest(outcome.units) > bar
    limit = "" if bar is None else f" ≤ {bar * 1000:.0f}"
    verdict = "MISSED" if late or outcome.problems else "ok"
    print(
        f"{name:<36} {sent}/{len(outcome.units)} acknowledged, {again} sent again, "
        f"p95 {slowest(outcome.units) * 1000:.0f} ms{limit}  {verdict}"
    )
    for problem in outcome.problems[:10]:
        print(f"  {problem}")
    return not late and not outcome.problems


def stand_ready() -> None:
    """Django ready, on the data that is there."""
    os.environ.setdefault("NHIPCAU_DATA", str(ROOT / ".build" / "load"))
    os.environ.setdefault("NHIPCAU_LOG_LEVEL", "ERROR")
    from nhipcau.cli.instance import use_database

    use_database()
    import django

    django.setup()


def main() -> int:
    from load import fill, free_port

    parser = argparse.ArgumentParser(description="Reports of all units within a minute.")
    parser.add_argument("--units", type=int, default=150)
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--tasks", type=int, default=2_000)
    parser.add_argument("--kill", action="store_true", help="kill -9 of the web server and of the database")
    parser.add_argument("--only-kill", action="store_true", help="without the run that nothing disturbs")
    parser.add_argument("--filled", action="store_true", help="the database is as an earlier run left it")
    parser.add_argument("--workbooks", type=int, default=0)
    parser.add_argument("--rows", type=int, default=2_000)
    options = parser.parse_args()
    if options.filled:
        stand_ready()
    else:
        fill(options.tasks)
    server = Served(free_port(), worker=bool(options.workbooks))
    server.start()
    try:
        held = True
        if options.units and not options.only_kill:
            sent = run(prepare(options.units), server.port, options.seconds, None)
            name = f"{options.units} reports of {KILOBYTES} kB in {options.seconds:.0f} s"
            held = told(name, sent, bar=SLOWEST)
        if options.kill or options.only_kill:
            units = prepare(options.units)
            outcome = run(units, server.port, options.seconds, interruptions(server))
            held &= told("the same, killed in the middle", outcome, bar=None)
        if options.workbooks:
            held &= run_workbooks(options.workbooks, options.rows, options.seconds, server.port)
    finally:
        server.stop()
    return 0 if held else 1


if __name__ == "__main__":
    sys.exit(main())
