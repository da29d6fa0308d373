"""A drafted task is none; it stays in sight, struck out, until the document is approved."""

from __future__ import annotations

from nhipcau.apps.access.actors import Actor
from nhipcau.apps.plans.models import DraftTask
from nhipcau.apps.plans.reviewing import reviewing


def drop_draft(draft: DraftTask, *, version: int, actor: Actor) -> DraftTask:
    """Take the draft out of what will be approved. Stale when it has another version by now."""
    with reviewing(draft.document, "drop_draft", actor=actor, seen={draft.pk: version}) as change:
        fresh = change.drafts[draft.pk]
        fresh.state = DraftTask.State.DROPPED
        fresh.save(update_fields=["state"])
    return fresh
