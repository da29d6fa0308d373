"""The synthetic province is loaded by the real reader, once."""

from __future__ import annotations

import re
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone
from pytest_django import Settings

from nhipcau.apps.accounts.models import User
from nhipcau.apps.plans.demo.shelf import PASSWORD, table
from nhipcau.apps.plans.models import Assignment, Document, DraftAssignment, Task

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def folder(settings: Settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "files"
    settings.JOBS_INLINE = False


def told() -> str:
    out = StringIO()
    call_command("load_demo", stdout=out)
    return out.getvalue()


def test_the_demo_is_a_plan_to_review_and_a_plan_carried_out_in_part() -> None:
    words = told()
    approved, draft = Document.objects.get(number="14/KH-UBND"), Document.objects.get(number="187/KH-UBND")
    assert (approved.state, draft.state) == ("approved", "draft")
    assert 45 <= draft.drafts.count() <= 60
    assert draft.drafts.filter(state="accepted").count() == 22
    counts = Task.objects.outcome_counts(timezone.localdate())
    assert min(counts.done_in_time, counts.done_late, counts.open_overdue) >= 2
    assert draft.amends is None
    matched = DraftAssignment.objects.filter(draft__document=draft, partner=False)
    assert not matched.filter(organisation=None, set=None).exists()
    assert Assignment.objects.filter(set__isnull=False, organisation=None).count() == 0
    for row in table("people.csv"):
        assert row["email"] in words
        assert User.objects.get(email=row["email"]).check_password(PASSWORD)
    assert PASSWORD in words
    rows = (Task.objects.count(), Document.objects.count(), Assignment.objects.count(), draft.revision)
    assert told() == words
    again = Document.objects.get(number="187/KH-UBND").revision
    assert rows == (Task.objects.count(), Document.objects.count(), Assignment.objects.count(), again)
    assert not re.search(r"\b\d{9,12}\b", words)


def test_an_instance_for_work_gets_no_demo(settings: Settings) -> None:
    settings.MODE = "production"
    with pytest.raises(CommandError):
        told()
    assert not User.objects.exists()
