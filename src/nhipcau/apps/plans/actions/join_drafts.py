"""Two drafted tasks are one: a draft is joined with the one before it."""

from __future__ import annotations

from nhipcau.apps.access.actors import Actor
from nhipcau.apps.plans.models import DraftTask
from nhipcau.apps.plans.ordering import previous
from nhipcau.apps.plans.refusals import Refused
from nhipcau.apps.plans.reviewing import reviewing


def join_drafts(
    draft: DraftTask,
    *,
    version: int,
    actor: Actor,
    first: DraftTask | None = None,
    first_version: int | None = None,
) -> DraftTask:
    """Join the draft with `first`, else with the one before it that is not dropped; the earlier one stays.

    Words follow each other, agencies, partners and due dates come together, once each. Raises Stale,
    Refused("nothing-before").
    """
    first = first or previous(draft)
    if first is None or first.pk == draft.pk:
        raise Refused("nothing-before")
    seen = {first.pk: first_version, draft.pk: version}
    with reviewing(draft.document, "join_drafts", actor=actor, seen=seen) as change:
        kept, gone = change.drafts[first.pk], change.drafts[draft.pk]
        kept.text = f"{kept.text.rstrip()} {gone.text.lstrip()}"
        kept.span_start = min(kept.span_start, gone.span_start)
        kept.span_end = max(kept.span_end, gone.span_end)
        kept.due = kept.due + [entry for entry in gone.due if entry not in kept.due]
        kept.doubts = kept.doubts + [doubt for doubt in gone.doubts if doubt not in kept.doubts]
        kept.continues_id = kept.continues_id or gone.continues_id
        kept.origin, kept.state = DraftTask.Origin.JOINED, DraftTask.State.NEW
        kept.save()
        _bring_together(kept, gone)
        gone.delete()
    return kept


def _bring_together(kept: DraftTask, gone: DraftTask) -> None:
    there = {(row.phrase_fold, row.partner) for row in kept.assignments.all()}
    position = kept.assignments.count()
    for row in gone.assignments.all():
        if (row.phrase_fold, row.partner) not in there:
            row.draft, row.position, position = kept, position, position + 1
            row.save()
