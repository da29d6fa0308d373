"""The agency's clerk receives what was given to it."""

from __future__ import annotations

from django.db import transaction

from nhipcau.apps.access.act import act, note
from nhipcau.apps.access.policies import require
from nhipcau.apps.accounts.models import User
from nhipcau.apps.plans.models import Assignment
from nhipcau.apps.plans.progress import hold, stepped, unchanged
from nhipcau.apps.plans.stepping import Step


def receive_assignment(assignment: Assignment, *, version: int, actor: User) -> Assignment:
    """It waits for the head then, or for who works on it. Raises Stale."""
    require(actor, "receive", assignment)
    with transaction.atomic():
        held = hold(assignment)
        unchanged(held.row, version, Step.TO_RECEIVE)
        with act(actor, "plans.receive_assignment", held.row, permission="receive") as entry:
            note(entry, task=held.task.pk)
            held.row.step = Step.TO_ASSIGN
            stepped(held, actor)
    return held.row
