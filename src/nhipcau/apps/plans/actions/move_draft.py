"""A draft goes to another place in the order of tasks; its sentence stays where it is."""

from __future__ import annotations

from nhipcau.apps.access.actors import Actor
from nhipcau.apps.plans.models import DraftTask
from nhipcau.apps.plans.ordering import position_after, position_at_start
from nhipcau.apps.plans.refusals import Refused
from nhipcau.apps.plans.reviewing import reviewing


def move_draft(draft: DraftTask, *, version: int, actor: Actor, after: DraftTask | None = None) -> DraftTask:
    """Put it right after another draft of the document, or first (None)."""
    if after is not None and after.document_id != draft.document_id:
        raise Refused("other-plan")
    with reviewing(draft.document, "move_draft", actor=actor, seen={draft.pk: version}) as change:
        fresh = change.drafts[draft.pk]
        if after is not None:
            after.refresh_from_db(fields=["position"])
        fresh.position = position_after(after) if after is not None else position_at_start(change.document)
        fresh.save(update_fields=["position"])
    return fresh
