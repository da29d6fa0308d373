"""Words about a task for all who see it; and who wants to hear of it."""

from __future__ import annotations

import uuid

from django.db import transaction

from nhipcau.apps.access.act import act, note
from nhipcau.apps.access.policies import require
from nhipcau.apps.accounts.models import User
from nhipcau.apps.plans.models import Comment, Following, Task
from nhipcau.apps.plans.refusals import Refused
from nhipcau.apps.plans.telling import tell_followers


def comment_task(task: Task, text: str, *, actor: User, key: uuid.UUID | None = None) -> Comment:
    """The comment; followers are told. The same `key` again gives the one it made the first time.

    Raises Refused("empty-comment").
    """
    if not text.strip():
        raise Refused("empty-comment")
    require(actor, "comment", task)
    with transaction.atomic():
        locked = Task.objects.select_for_update().get(pk=task.pk)
        known = Comment.objects.filter(key=key).first() if key else None
        if known is not None:
            if (known.task_id, known.created_by_id) != (task.pk, actor.pk):
                raise Refused("key-used")
            return known
        with act(actor, "plans.comment_task", locked, permission="comment") as entry:
            made = Comment.objects.create(
                task=locked, text=text.strip(), key=key or uuid.uuid4(), created_by=actor
            )
            note(entry, comment=made.pk)
        tell_followers(
            locked,
            "plans.commented",
            key=f"comment:{made.pk}",
            actor=actor,
            who=actor.full_name,
            words=made.text[:200],
        )
    return made


def follow_task(task: Task, *, actor: User) -> None:
    """Doing it twice is doing it once."""
    with act(actor, "plans.follow_task", task, permission="follow"):
        Following.objects.get_or_create(task=task, user=actor)


def unfollow_task(task: Task, *, actor: User) -> None:
    """Doing it twice is doing it once."""
    with act(actor, "plans.unfollow_task", task, permission="follow"):
        Following.objects.filter(task=task, user=actor).delete()
