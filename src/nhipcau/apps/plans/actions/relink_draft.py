"""A reviewer says which earlier task a draft of an amendment continues."""

from __future__ import annotations

from nhipcau.apps.access.actors import Actor
from nhipcau.apps.plans.amending import in_force
from nhipcau.apps.plans.models import DraftTask, Task
from nhipcau.apps.plans.refusals import Refused
from nhipcau.apps.plans.reviewing import reviewing


def relink_draft(draft: DraftTask, task: Task | None, *, version: int, actor: Actor) -> DraftTask:
    """The draft continues `task`, or none: then it is a new one and the old task will end.

    Raises Stale, Refused("not-an-amendment"), Refused("other-plan"), Refused("linked-twice").
    """
    with reviewing(draft.document, "relink_draft", actor=actor, seen={draft.pk: version}) as change:
        fresh = change.drafts[draft.pk]
        if change.document.amends_id is None:
            raise Refused("not-an-amendment")
        if task is not None and not in_force(change.document).filter(pk=task.pk).exists():
            raise Refused("other-plan")
        others = DraftTask.objects.filter(document=change.document, continues=task).exclude(pk=fresh.pk)
        if task is not None and others.exclude(state=DraftTask.State.DROPPED).exists():
            raise Refused("linked-twice")
        fresh.continues = task
        fresh.save(update_fields=["continues"])
        change.entry.data["task"] = task.pk if task else None
    fresh.refresh_from_db(fields=["change"])
    return fresh
