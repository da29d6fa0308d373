"""A thousand requests of many people over two connections: none is shown what is another's."""

from __future__ import annotations

import random
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection
from django.test import Client
from tests.cast import BEGINNING, SignedIn, make_cast
from tests.permissions.world_of_registry import make_record, make_round

from nhipcau.apps.access.actors import System
from nhipcau.apps.access.identity import acting
from nhipcau.apps.registry.entering import enter
from nhipcau.apps.registry.models import Group, Remit

pytestmark = [pytest.mark.heavy, pytest.mark.django_db(transaction=True)]

REQUESTS = 1_000
HERS = {
    "coordinator": {"Người Lao Động", "Người Du Học"},
    "officer": {"Người Lao Động"},
    "commune_officer": {"Người Du Học"},
    "outsider": set(),
    "leader": set(),
    "anonymous": set(),
}


def test_interleaved_requests_leak_nothing() -> None:
    with acting(System("tests")):
        cast = make_cast()
        round = make_round(cast)
        Remit.objects.create(
            organisation=cast.department_a, group=Group.WORKER, basis="Quyết định", valid=(BEGINNING, None)
        )
        worker = enter(make_record(cast, round, name="Người Lao Động", groups=[Group.WORKER]))
        student = enter(
            make_record(cast, round, name="Người Du Học", groups=[Group.STUDENT], place=cast.commune)
        )
    numbers = {"Người Lao Động": worker.pk, "Người Du Học": student.pk}
    sign_in = SignedIn(cast)
    clients = {name: sign_in(name) for name in HERS}
    order = random.Random(36)

    def ask(number: int) -> list[str]:
        name = order_of[number]
        whose, pk = order.choice(list(numbers.items()))
        return leaks(clients[name], name, "/people-abroad/?q=nguoi", None) + leaks(
            clients[name], name, f"/people-abroad/{pk}/", whose
        )

    order_of = [order.choice(list(HERS)) for _number in range(REQUESTS // 2)]
    # Two threads, each with a connection of its own that it uses again and again.
    with ThreadPoolExecutor(2) as pool:
        found = [leak for leaked in pool.map(ask, range(REQUESTS // 2)) for leak in leaked]
        together = Barrier(2)
        for closed in [pool.submit(close, together) for _thread in range(2)]:
            closed.result(60)
    assert found == []


def close(together: Barrier) -> None:
    """Each thread its own connection."""
    together.wait(60)
    connection.close()


def leaks(client: Client, name: str, address: str, whose: str | None) -> list[str]:
    """What was shown that is another's, and what is hers and was not."""
    answer = client.get(address)
    text = answer.content.decode().replace("<mark>", "").replace("</mark>", "")
    shown = {person for person in HERS["coordinator"] if person in text}
    hers = HERS[name] if whose is None else HERS[name] & {whose}
    expected = 200 if hers else None
    wrong = shown != hers or (expected is not None and answer.status_code != expected)
    return [f"{name} at {address}: {answer.status_code}, shown {sorted(shown)}"] if wrong else []
