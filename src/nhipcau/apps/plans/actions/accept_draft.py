"""A drafted task is right as it stands."""

from __future__ import annotations

from nhipcau.apps.access.actors import Actor
from nhipcau.apps.plans.models import DraftTask
from nhipcau.apps.plans.reviewing import reviewing


def accept_draft(draft: DraftTask, *, version: int, actor: Actor) -> DraftTask:
    """Mark the draft as accepted. `version` is the one the actor saw; Stale when it is another by now."""
    with reviewing(draft.document, "accept_draft", actor=actor, seen={draft.pk: version}) as change:
        fresh = change.drafts[draft.pk]
        fresh.state = DraftTask.State.ACCEPTED
        fresh.save(update_fields=["state"])
    return fresh
