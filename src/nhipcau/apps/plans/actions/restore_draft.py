"""A dropped draft is a task after all."""

from __future__ import annotations

from nhipcau.apps.access.actors import Actor
from nhipcau.apps.plans.models import DraftTask
from nhipcau.apps.plans.reviewing import reviewing


def restore_draft(draft: DraftTask, *, version: int, actor: Actor) -> DraftTask:
    """Put a dropped draft back as one not yet looked at; an accepted one becomes so too."""
    with reviewing(draft.document, "restore_draft", actor=actor, seen={draft.pk: version}) as change:
        fresh = change.drafts[draft.pk]
        fresh.state = DraftTask.State.NEW
        others = DraftTask.objects.filter(document=change.document, continues=fresh.continues_id)
        if fresh.continues_id and others.exclude(state=DraftTask.State.DROPPED).exists():
            fresh.continues = None  # another draft took its place meanwhile
        fresh.save(update_fields=["state", "continues"])
    return fresh
