"""One drafted task is two."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from nhipcau.apps.access.actors import Actor
from nhipcau.apps.plans import journal
from nhipcau.apps.plans.models import DraftAssignment, DraftTask
from nhipcau.apps.plans.ordering import position_after
from nhipcau.apps.plans.refusals import Refused
from nhipcau.apps.plans.reviewing import reviewing
from nhipcau.apps.plans.spans import MARKER, offset_of, place_of
from nhipcau.core.text import fold


def split_draft(
    draft: DraftTask, *, version: int, actor: Actor, at: int | None = None, place: int | None = None
) -> tuple[DraftTask, DraftTask]:
    """Cut the draft in two, at a character of its words (`at`) or of the document's text (`place`).

    Both parts keep agencies and role. A partner and a due date go with the part that has their words; one
    whose words stand in neither stays with both. Raises Stale, Refused("split-at-end") when a part would
    have no words.
    """
    with reviewing(draft.document, "split_draft", actor=actor, seen={draft.pk: version}) as change:
        first, text = change.drafts[draft.pk], change.document.text
        span = (first.span_start, first.span_end)
        if at is None:
            at = offset_of(first.text, place, text, *span) if place is not None else None
        head, tail = _cut(first.text, at)
        seam = place_of(first.text, len(first.text) - len(tail), text, *span)
        second = DraftTask(
            document=change.document,
            position=position_after(first),
            path=f"{first.path}/2"[:60] if first.path else "",
            text=MARKER.sub("", tail),
            span_start=seam if seam is not None else span[0],
            span_end=span[1],
            scope=first.scope,
            role=first.role,
            doubts=first.doubts,
            origin=DraftTask.Origin.SPLIT,
            due=[entry for entry in first.due if _belongs(_phrase(entry), tail, head)],
        )
        second.save()
        rows = list(first.assignments.all())
        moved = [row for row in rows if not row.partner or _belongs(row.phrase, tail, head)]
        journal.write_assignments([_copy(row, second) for row in moved])
        gone = [row.pk for row in rows if row.partner and not _belongs(row.phrase, head, tail)]
        DraftAssignment.objects.filter(pk__in=gone).delete()
        first.due = [entry for entry in first.due if _belongs(_phrase(entry), head, tail)]
        first.text, first.state = head, DraftTask.State.NEW
        if seam is not None:
            first.span_end = span[0] + len(text[span[0] : seam].rstrip())
        first.save()
        change.made.append(second)
    return first, second


def _cut(words: str, at: int | None) -> tuple[str, str]:
    if at is None:
        raise Refused("split-at-end")
    head, tail = words[:at].rstrip(), words[at:].lstrip()
    if not any(letter.isalnum() for letter in head) or not any(letter.isalnum() for letter in tail):
        raise Refused("split-at-end")
    return head, tail


def _phrase(entry: Mapping[str, Any]) -> str:
    return str(entry.get("phrase") or "")


def _belongs(phrase: str, part: str, other: str) -> bool:
    """Whether a phrase goes with a part: its words stand there, or they stand in neither."""
    low = fold(phrase)
    return bool(low and low in fold(part)) or not (low and low in fold(other))


def _copy(row: DraftAssignment, draft: DraftTask) -> DraftAssignment:
    return DraftAssignment(
        draft=draft,
        position=row.position,
        phrase=row.phrase,
        role=row.role,
        partner=row.partner,
        as_written=row.as_written,
        organisation_id=row.organisation_id,
        set_id=row.set_id,
    )
