"""kill -9 while mails are sent and digests are made: nothing is sent twice, and what is unclear says so."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from contextlib import suppress
from datetime import timedelta
from email import message_from_bytes
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone
from procrastinate.exceptions import AlreadyEnqueued
from tests.cast import appoint, make_cast, make_user
from tests.database import Logins

from nhipcau.apps.access.actors import System
from nhipcau.apps.notices import jobs, outbox
from nhipcau.apps.notices.actions import make_digests, send_again, tell
from nhipcau.apps.notices.models import DigestRun, Mail, Notice

ROOT = Path(__file__).resolve().parents[2]
pytestmark = [pytest.mark.crash, pytest.mark.django_db(transaction=True)]
MANY = 40

# A worker's part: sends what waits, or makes the digests. It kills itself where it is told to.
PROGRAM = """
import importlib, os, signal, sys
import django
django.setup()
module, name, moment, turn, verb = sys.argv[1:]
from nhipcau.apps.notices import jobs, outbox
if name:
    place = importlib.import_module(module)
    real, calls = getattr(place, name), [0]
    def killed(*arguments, **named):
        calls[0] += 1
        if calls[0] == int(turn) and moment == "before":
            os.kill(os.getpid(), signal.SIGKILL)
        answer = real(*arguments, **named)
        if calls[0] == int(turn) and moment == "after":
            os.kill(os.getpid(), signal.SIGKILL)
        return answer
    setattr(place, name, killed)
print("ready", flush=True)
if verb == "work":
    from django.core.management import call_command
    call_command("procrastinate", "worker", "--one-shot")
elif verb == "digest":
    from django.utils import timezone
    from nhipcau.apps.access.identity import acting
    from nhipcau.apps.notices.actions.make_digests import make_digests
    finished = False
    while not finished:
        with acting(jobs.MAKER):
            finished = make_digests(timezone.localdate(), actor=jobs.MAKER, at_once=10)
else:
    while outbox.send_waiting(5):
        pass
"""


@pytest.fixture
def mails(tmp_path: Path) -> Path:
    return tmp_path / "mails"


@pytest.fixture
def child(django_db_setup: str, database_logins: Logins, tmp_path: Path, mails: Path) -> Any:
    """Starts the program against the test's database, its mails going into the folder."""

    def start(verb: str, point: tuple[str, str, str, int] = ("", "", "", 0)) -> subprocess.Popen[str]:
        environment = {
            **os.environ,
            "PYTHONPATH": f"{ROOT / 'src'}",
            "DATABASE_URL": database_logins.serving(django_db_setup),
            "NHIPCAU_DATA": str(tmp_path),
            "NHIPCAU_MAIL_FOLDER": str(mails),
            "NHIPCAU_DIGEST_HOUR": "0",
        }
        command = [sys.executable, "-c", PROGRAM, *map(str, point), verb]
        return subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True)

    return start


def ended(process: subprocess.Popen[str]) -> int:
    """Waits for it; its exit code."""
    process.communicate(timeout=60)
    return process.returncode


def sent(mails: Path) -> Counter[str]:
    """How often each mail lies in the folder, by its Message-ID."""
    files = list(mails.glob("*.eml")) if mails.exists() else []
    return Counter(str(message_from_bytes(file.read_bytes())["Message-ID"]) for file in files)


def states() -> dict[str, str]:
    return dict(Mail.objects.values_list("message_id", "state"))


def waiting_mails() -> None:
    cast = make_cast()
    content = {"subject": "Nhịp Cầu", "sections": []}
    for number in range(MANY):
        Mail.objects.create(
            recipient=cast.officer,
            kind="digest",
            key=f"k{number}",
            message_id=f"<{number}@x>",
            content=content,
        )


OUTBOX = "nhipcau.apps.notices.outbox"
POINTS = [
    ("_claim", "before", "sent", 2),
    ("_claim", "after", "unclear", 2),
    ("hand_over", "before", "unclear", 2),
    ("hand_over", "after", "unclear", 3),
    ("_settle", "before", "unclear", 3),
    ("_settle", "after", "sent", 3),
]


@pytest.mark.parametrize(("name", "moment", "state", "left"), POINTS)
def test_a_sender_that_was_killed_sends_nothing_twice(
    child: Any, mails: Path, *, name: str, moment: str, state: str, left: int
) -> None:
    waiting_mails()
    assert ended(child("send", (OUTBOX, name, moment, 3))) == -signal.SIGKILL
    assert sum(sent(mails).values()) == left
    outbox.mark_left_behind(timezone.now() + timedelta(hours=1))
    assert ended(child("send")) == 0
    found = Counter(states().values())
    assert found[state] >= 1
    assert found["unclear"] == (state == "unclear")
    assert set(sent(mails).values()) == {1}
    # Those that lie in the folder are those said to be sent, and at most the unclear one.
    certain = {mail for mail, how in states().items() if how == "sent"}
    assert certain <= set(sent(mails))
    assert len(set(sent(mails)) - certain) <= 1


def test_senders_killed_again_and_again_at_any_moment_send_nothing_twice(child: Any, mails: Path) -> None:
    waiting_mails()
    chance = random.Random(36)
    kills = 0
    for _turn in range(12):
        pair = [child("send"), child("send")]  # two workers side by side
        for process in pair:
            assert process.stdout.readline() == "ready\n"
        time.sleep(chance.uniform(0.01, 0.12))
        for process in pair:
            process.kill()
            kills += ended(process) == -signal.SIGKILL
        outbox.mark_left_behind(timezone.now() + timedelta(hours=1))
    assert ended(child("send")) == 0
    assert kills > 2
    assert set(sent(mails).values()) == {1}
    found = states()
    assert set(found.values()) <= {"sent", "unclear"}
    assert {mail for mail, how in found.items() if how == "sent"} <= set(sent(mails))
    unclear = [mail for mail, how in found.items() if how == "unclear"]
    assert len(sent(mails)) + len(unclear) >= MANY


def test_an_unclear_mail_goes_again_when_a_person_says_so(child: Any, mails: Path) -> None:
    waiting_mails()
    assert ended(child("send", (OUTBOX, "hand_over", "before", 1))) == -signal.SIGKILL
    outbox.mark_left_behind(timezone.now() + timedelta(hours=1))
    (mail,) = Mail.objects.filter(state="unclear")
    assert send_again([mail.pk], actor=System("test")) == 1
    assert ended(child("send")) == 0
    assert sent(mails) == Counter({f"<{number}@x>": 1 for number in range(MANY)})


DIGEST = "nhipcau.apps.notices.actions.make_digests"


@pytest.mark.parametrize(
    ("module", "name", "moment", "turn"),
    [
        (DIGEST, "contents_of", "after", 2),
        (DIGEST, "wake", "after", 2),
        ("nhipcau.apps.access.act", "write", "after", 2),
        (DIGEST, "_step", "after", 3),
    ],
)
def test_a_digest_that_was_killed_goes_on_and_everybody_gets_one(
    child: Any, module: str, name: str, moment: str, turn: int
) -> None:
    cast = make_cast()
    people = [make_user(f"p{number}", "Người Nhận Thư") for number in range(30)]
    for user in people:
        appoint(user, "officer", cast.department_a)
    tell(people, "plans.accepted", key="k", actor=System("test"), task="Việc")
    assert ended(child("digest", (module, name, moment, turn))) == -signal.SIGKILL
    before = Mail.objects.count()
    assert before < len(people)
    # A step is there as a whole or not at all: whose message is in a mail, and only hers, is said to be.
    assert Notice.objects.exclude(mailed_on=None).count() == before
    while not make_digests(timezone.localdate(), actor=System("digest"), at_once=10):
        pass
    assert Mail.objects.count() == len(people)
    assert DigestRun.objects.get().mails == len(people)
    assert Mail.objects.values("recipient").distinct().count() == len(people)


def a_digest_waits() -> None:
    """A worker that began at a full ten minutes has let the clock's own one wait: that does as well."""
    with suppress(AlreadyEnqueued):
        jobs.digest.defer(timestamp=0)


@pytest.mark.parametrize("at_full_ten_minutes", [False, True])
def test_a_worker_that_was_killed_hinders_no_later_one(
    child: Any, mails: Path, *, at_full_ten_minutes: bool
) -> None:
    cast = make_cast()
    tell([cast.officer, cast.outsider], "plans.accepted", key="k", actor=System("test"), task="Việc")
    a_digest_waits()
    place = "nhipcau.apps.notices.jobs"
    assert ended(child("work", (place, "make_digests", "before", 1))) == -signal.SIGKILL
    assert not Mail.objects.exists()
    if at_full_ten_minutes:
        a_digest_waits()
    a_digest_waits()
    assert ended(child("work")) == 0
    assert sorted(states().values()) == ["sent", "sent"]
    assert sum(sent(mails).values()) == 2
