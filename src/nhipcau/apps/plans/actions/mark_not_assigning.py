"""A sentence that looks like an assignment gives nobody a task."""

from __future__ import annotations

from nhipcau.apps.access.actors import Actor
from nhipcau.apps.plans.models import Document, NotAssigning
from nhipcau.apps.plans.refusals import Refused
from nhipcau.apps.plans.reviewing import person, reviewing
from nhipcau.apps.plans.spans import tightened


def mark_not_assigning(document: Document, start: int, end: int, *, actor: Actor) -> None:
    """Take the sentence out of the coverage strip. Doing it twice is the same."""
    with reviewing(document, "mark_not_assigning", actor=actor) as change:
        start, end = tightened(change.document.text, start, end)
        if start >= end:
            raise Refused("span")
        NotAssigning.objects.get_or_create(
            document=change.document,
            span_start=start,
            span_end=end,
            defaults={"created_by": person(actor) or change.document.created_by},
        )
        change.entry.data["span"] = [start, end]


def unmark_not_assigning(document: Document, start: int, end: int, *, actor: Actor) -> None:
    """Put the sentence back into the coverage strip."""
    with reviewing(document, "unmark_not_assigning", actor=actor) as change:
        NotAssigning.objects.filter(document=document, span_start__lt=end, span_end__gt=start).delete()
        change.entry.data["span"] = [start, end]
