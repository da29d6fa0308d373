"""Two provinces are merged with 20,000 tasks: within the bars, and all or nothing after a kill -9."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import call_command
from tests.database import Logins

from nhipcau.apps.access.identity import acting
from nhipcau.apps.accounts.models import User
from nhipcau.apps.orgs.actions import preview_restructuring, submit_restructuring
from nhipcau.apps.orgs.models import Restructuring, RowChange
from nhipcau.apps.plans.management.commands import restructuring_scenario as scenario

ROOT = Path(__file__).resolve().parents[2]
pytestmark = [pytest.mark.heavy, pytest.mark.django_db(transaction=True)]
TASKS = 20_000
PROGRAM = """
import os, signal, sys
import django
django.setup()
from nhipcau.apps.access.identity import acting
from nhipcau.apps.accounts.models import User
from nhipcau.apps.orgs.actions import carry_out_restructuring
from nhipcau.apps.orgs.models import Restructuring
place = sys.modules["nhipcau.apps.orgs.actions.carry_out_restructuring"]
def killed(*arguments, **named):
    os.kill(os.getpid(), signal.SIGKILL)
place.account = killed
actor = User.objects.get(email=sys.argv[1])
with acting(actor):
    carry_out_restructuring(Restructuring.objects.get(), actor=actor)
"""


def test_it_holds_its_bars_and_leaves_all_or_nothing(
    django_db_setup: str, database_logins: Logins, tmp_path: Path
) -> None:
    call_command("restructuring_scenario", tasks=TASKS, only_state=True)
    first = User.objects.get(email=scenario.COORDINATOR)
    with acting(first):
        act = preview_restructuring(Restructuring.objects.get(), actor=first)
        act = submit_restructuring(act, revision=act.revision, actor=first)
    second = User.objects.get(email=scenario.SECOND)
    Restructuring.objects.update(state="approved", approved_by=second)
    before = scenario.digests()
    environment = {
        **os.environ,
        "PYTHONPATH": f"{ROOT / 'src'}",
        "DATABASE_URL": database_logins.serving(django_db_setup),
        "NHIPCAU_DATA": str(tmp_path),
    }
    command = [sys.executable, "-c", PROGRAM, scenario.SECOND]
    code = subprocess.run(command, env=environment, timeout=300, check=False).returncode
    assert code == -signal.SIGKILL
    assert (scenario.digests(), RowChange.objects.count()) == (before, 0)
    Restructuring.objects.update(state="drafted", approved_by=None)
    # Raises when a bar is missed, when the totals do not agree, and when undoing leaves any row changed.
    call_command("restructuring_scenario", tasks=TASKS)
    assert scenario.digests() == before
