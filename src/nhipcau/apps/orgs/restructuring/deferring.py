"""Carrying out and undoing take their time: they run as jobs, which the page waits for and can leave."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.utils import timezone
from procrastinate.contrib.django import app

from nhipcau.apps.accounts.models import User
from nhipcau.apps.files.models import LongWork
from nhipcau.apps.orgs.models import Restructuring

CARRY_OUT = "orgs.carry_out"
UNDO = "orgs.undo"
STEPS = 2
LONGEST = timedelta(minutes=20)


def under_way(act: Restructuring) -> bool:
    """Whether a job of the act waits or runs; one that was begun long ago was killed, and counts no more."""
    work = act.work
    if work is None or work.state not in (LongWork.State.WAITING, LongWork.State.RUNNING):
        return False
    return timezone.now() - work.created_at < LONGEST


def begin(act: Restructuring, name: str, owner: User) -> None:
    """Store the job in the running transaction; run it at once where settings say so."""
    act.work = LongWork.objects.create(kind=name, owner=owner, total=STEPS, outcome={"restructuring": act.pk})
    act.save(update_fields=["work"])
    arguments: dict[str, Any] = {"act_id": act.pk, "user_id": owner.pk}
    if getattr(settings, "JOBS_INLINE", False):
        app.tasks[name](**arguments)
    else:
        app.configure_task(name).defer(**arguments)
