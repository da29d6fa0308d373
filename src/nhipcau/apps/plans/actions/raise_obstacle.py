"""An agency says what stands in the way of its task, and who can clear it."""

from __future__ import annotations

import uuid

from django.db import transaction

from nhipcau.apps.access.act import act, note
from nhipcau.apps.access.policies import require
from nhipcau.apps.accounts.models import User
from nhipcau.apps.orgs.models import Organisation
from nhipcau.apps.plans.models import Assignment, Obstacle, Status
from nhipcau.apps.plans.progress import hold
from nhipcau.apps.plans.refusals import Refused
from nhipcau.apps.plans.telling import tell_overseers


def raise_obstacle(
    assignment: Assignment,
    text: str,
    *,
    actor: User,
    clearer: Organisation | None = None,
    clearer_words: str = "",
    key: uuid.UUID | None = None,
) -> Obstacle:
    """The obstacle; the coordinators are told. The same `key` again gives the one it made the first time.

    Raises Refused("empty-obstacle"), Refused("no-clearer"), Refused("done-already"), Refused("task-ended").
    """
    if not text.strip():
        raise Refused("empty-obstacle")
    if clearer is None and not clearer_words.strip():
        raise Refused("no-clearer")
    require(actor, "update", assignment)
    with transaction.atomic():
        held = hold(assignment)
        known = Obstacle.objects.filter(key=key).first() if key else None
        if known is not None:
            if (known.assignment_id, known.raised_by_id) != (assignment.pk, actor.pk):
                raise Refused("key-used")
            return known
        if held.row.status == Status.ACCEPTED:
            raise Refused("done-already")
        with act(actor, "plans.raise_obstacle", held.row, permission="update") as entry:
            obstacle = Obstacle.objects.create(
                assignment=held.row,
                text=text.strip(),
                clearer=clearer,
                clearer_words="" if clearer else clearer_words.strip()[:300],
                key=key or uuid.uuid4(),
                raised_by=actor,
            )
            note(entry, task=held.task.pk, obstacle=obstacle.pk)
        tell_overseers(held.row, "plans.stuck", key=f"stuck:{obstacle.pk}", actor=actor, reason=obstacle.text)
    return obstacle
