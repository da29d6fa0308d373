"""kill -9 while sealed cells move onto new keys: every number opens and is found, and the rest goes on."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.cast import make_cast
from tests.database import Logins
from tests.permissions.world_of_registry import begin_registry, make_record, make_round

from nhipcau.apps.access.actors import System
from nhipcau.apps.access.identity import acting
from nhipcau.apps.access.keyring import key_ring, new_rows, ring_file
from nhipcau.apps.access.rotation import BATCH, behind
from nhipcau.apps.registry.models import IdentityNumber
from nhipcau.apps.registry.numbers import SEALED

ROOT = Path(__file__).resolve().parents[2]
pytestmark = [pytest.mark.crash, pytest.mark.django_db(transaction=True)]
MANY = 2 * BATCH + 200
TESTS = System("tests")
PROGRAM = """
import sys
import django
django.setup()
from django.core.management import call_command
from tests.crash.child import kill_at
module, name, moment, nth, verb = sys.argv[1:]
if name:
    kill_at(module, name, moment, int(nth))
call_command("keys", verb)
"""
Run = Callable[..., int]


@pytest.fixture
def keys(database_logins: Logins, django_db_setup: str, settings, tmp_path: Path) -> Run:
    """`nhipcau keys VERB` in a process of its own, as the owner, killed at a named place."""
    settings.KEY_RING = tmp_path / "keys" / "ring.json"
    ring_file().make()

    def run(verb: str, module: str = "", name: str = "", moment: str = "", nth: int = 0) -> int:
        environment = {
            **os.environ,
            "PYTHONPATH": f"{ROOT}/src:{ROOT}",
            "NHIPCAU_OWNER_DATABASE_URL": database_logins.owner(django_db_setup),
            "DATABASE_URL": database_logins.serving(django_db_setup),
            "NHIPCAU_AS_OWNER": "1",
            "NHIPCAU_KEY_RING": str(settings.KEY_RING),
        }
        command = [sys.executable, "-c", PROGRAM, module, name, moment, str(nth), verb]
        return subprocess.run(
            command, env=environment, timeout=120, check=False, stdout=subprocess.DEVNULL
        ).returncode

    return run


def keep_many() -> None:
    cast = make_cast()
    begin_registry()
    record = make_record(cast, make_round(cast))
    record.save()
    ring = key_ring()
    IdentityNumber.objects.bulk_create(
        IdentityNumber(
            pk=row,
            record=record,
            kind="other",
            sealed=SEALED.seal(ring, row, f"N{number}"),
            digest=SEALED.index_of(ring, "other", f"N{number}"),
        )
        for number, row in enumerate(new_rows(IdentityNumber, MANY))
    )


def all_open() -> bool:
    with acting(TESTS):
        ring, rows = key_ring(), list(IdentityNumber.objects.all())
    numbers = {SEALED.unseal(ring, row.pk, row.sealed): bytes(row.digest) for row in rows}
    found = all(digest in SEALED.indexes_of(ring, "other", number) for number, digest in numbers.items())
    return found and numbers.keys() == {f"N{number}" for number in range(MANY)}


@pytest.mark.parametrize(
    ("moment", "nth", "moved"),
    [("before", 1, 0), ("after", 1, 0), ("before", 2, BATCH), ("after", 3, 2 * BATCH)],
)
def test_a_killed_rotation_lost_nothing_and_goes_on(keys: Run, moment: str, nth: int, moved: int) -> None:
    with acting(TESTS):
        keep_many()
    assert keys("new") == 0
    assert keys("rotate", "nhipcau.apps.access.rotation", "_write", moment, nth) == -signal.SIGKILL
    with acting(TESTS):
        assert behind(SEALED, key_ring()) == MANY - moved
    assert all_open()
    assert keys("rotate") == 0
    with acting(TESTS):
        assert behind(SEALED, key_ring()) == 0
    assert all_open()
    assert keys("check") == 0


@pytest.mark.parametrize("moment", ["before", "after"])
def test_a_ring_that_was_being_replaced_is_the_old_one_or_the_new_one(keys: Run, moment: str) -> None:
    before = key_ring()
    assert keys("new", "nhipcau.core.sealing.ringfile", "_give", moment, 1) == -signal.SIGKILL
    assert key_ring() == before
    assert keys("new") == 0
    assert before.ids() < key_ring().ids()
    assert [entry.name for entry in ring_file().path.parent.iterdir()] == ["ring.json"]
