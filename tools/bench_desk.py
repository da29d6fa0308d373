"""The desk of pairs to decide with 20,000 that wait, against its bars

    .venv/bin/python tools/bench_desk.py [--pairs 20000] [--rounds 40]

The database that DATABASE_URL names holds the demo and people (tools/load_people.py). Records that stand next
to each other by name are made pairs; then the keeper turns over the list, filters it and goes from pair to
pair: 95 % of the pages within 200 ms, the queries of each counted beside (what a page without anything asks
is told, too). Pairs are answered in turn, so the queue is worked off as an officer does it.
"""

from __future__ import annotations

import argparse
import logging
import os
import random
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "tools")]
MOST_MS = 200
EVIDENCE = (
    '{"prior": -16.6, "parts": [{"on": "name", "grade": "part", "bits": 7.4, "shared_by": 3},'
    ' {"on": "birth", "grade": "year", "bits": 5.1, "shared_by": 310}]}'
)
_MAKE = """
    insert into registry_pair (left_id, right_id, weight, evidence, state, reason, within)
    select least(a, b), greatest(a, b), random() * 9 - 3, %s::jsonb, 'open', '', false from (
        select id as a, lead(id) over (order by name_sort, id) as b from registry_sourcerecord
        where name_sort <> ''
    ) each where b is not null order by random() limit %s on conflict do nothing
"""


def make_pairs(wanted: int) -> int:
    """So many open pairs at least; how many there are."""
    from django.db import connection

    from nhipcau.apps.access.actors import System
    from nhipcau.apps.access.identity import acting
    from nhipcau.apps.registry.models import Pair

    with acting(System("linking")):
        lacking = wanted - Pair.objects.open().count()
        if lacking > 0:
            with connection.cursor() as cursor:
                cursor.execute(_MAKE, [EVIDENCE, lacking])
    import psycopg

    with psycopg.connect(os.environ["NHIPCAU_OWNER_DATABASE_URL"], autocommit=True) as owner:
        owner.execute("vacuum analyze registry_pair")
    with acting(System("linking")):
        return Pair.objects.open().count()


def measured(name: str, ask: Callable[[], Any], rounds: int) -> float:
    """95 % of the times, in ms; told with the median and the queries of the last one."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    ask()
    times = []
    for _round in range(rounds):
        begun = time.perf_counter()
        ask()
        times.append((time.perf_counter() - begun) * 1000)
    with CaptureQueriesContext(connection) as caught:
        ask()
    slow = statistics.quantiles(times, n=20)[-1]
    print(f"{name:34}{statistics.median(times):8.0f} ms{slow:8.0f} ms 95 %{len(caught):5} queries")
    return slow


def main() -> int:
    parser = argparse.ArgumentParser(description="The review desk with many pairs.")
    parser.add_argument("--pairs", type=int, default=20_000)
    parser.add_argument("--rounds", type=int, default=40)
    asked = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "nhipcau.config.settings")
    import django

    logging.disable(logging.WARNING)
    django.setup()
    from django.conf import settings
    from django.test import Client

    from nhipcau.apps.access.actors import System
    from nhipcau.apps.access.identity import acting
    from nhipcau.apps.accounts.models import User
    from nhipcau.apps.registry.models import Pair, Person

    settings.ALLOWED_HOSTS = ["*"]
    print(f"{make_pairs(asked.pairs):,} pairs wait")
    with acting(System("bench")):
        keeper = User.objects.get(email="dieuphoi@lamgiang.example.vn")
        place = Person.objects.exclude(place=None).order_by("pk")[1000].place_id
        first = Pair.objects.open().filter(within=False).order_by("-weight", "pk")[0].pk
    client = Client(HTTP_X_FORWARDED_PROTO="https", secure=True)
    client.force_login(keeper)
    desk = "/people-abroad/pairs/"
    chosen = random.Random(5)
    there = [first]

    def answer() -> None:
        """Cannot be told: the next pair is shown."""
        said = {"answer": "unknown", "seen": "open", "reason": "Đo"}
        response = client.post(f"{desk}{there[-1]}/decide/", said)
        assert response.status_code == 302, response.status_code
        there.append(int(response["Location"].rstrip("/").rsplit("/", 1)[-1]))

    def get(path: str) -> Callable[[], None]:
        def ask() -> None:
            assert client.get(path).status_code == 200

        return ask

    def deep() -> None:
        assert client.get(f"{desk}?page={chosen.randrange(2, asked.pairs // 25)}").status_code == 200

    def after() -> None:
        assert client.get(f"{desk}{there[-1]}/").status_code == 200

    slowest = [
        measured(name, ask, asked.rounds)
        for name, ask in {
            "a page of nothing": get("/help/"),
            "the list": get(desk),
            "any page of it": deep,
            "of a commune": get(f"{desk}?place={place}"),
            "likely ones": get(f"{desk}?strength=likely"),
            "persons to look at": get(f"{desk}persons/"),
            "a pair": get(f"{desk}{first}/"),
            "an answer": answer,
            "the pair after it": after,
        }.items()
    ]
    return int(max(slowest) > MOST_MS)


if __name__ == "__main__":
    sys.exit(main())
