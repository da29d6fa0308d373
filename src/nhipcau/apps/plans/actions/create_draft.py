"""A task from a marked part of the text, where the reader saw none."""

from __future__ import annotations

import re

from nhipcau.apps.access.actors import Actor
from nhipcau.apps.plans import journal
from nhipcau.apps.plans.drafting import Named, assignment_rows, matcher_of
from nhipcau.apps.plans.models import Document, DraftTask, NotAssigning, Role
from nhipcau.apps.plans.ordering import position_of_span
from nhipcau.apps.plans.refusals import Refused
from nhipcau.apps.plans.reviewing import reviewing
from nhipcau.apps.plans.spans import tightened, words_of


def create_draft(document: Document, start: int, end: int, *, actor: Actor) -> DraftTask:
    """A draft from text[start:end].

    It takes the agencies of the draft before it under the same heading, which are then doubtful, and the
    role its first words say. Raises Refused("span") when nothing is marked.
    """
    with reviewing(document, "create_draft", actor=actor) as change:
        text = change.document.text
        if not text:
            raise Refused("no-reading")
        start, end = tightened(text, start, end)
        words = words_of(text[start:end])
        if not any(letter.isalnum() for letter in words):
            raise Refused("span")
        neighbour = (
            DraftTask.objects.filter(document=document, span_start__lte=start)
            .order_by("-span_start", "-pk")
            .first()
        )
        if neighbour is not None and _heading_between(change.document, neighbour.span_start, start):
            neighbour = None
        inherited = _agencies(neighbour) if neighbour else []
        role = role_said(words) or (neighbour.role if neighbour and inherited else Role.RESPONSIBLE)
        draft = DraftTask.objects.create(
            document=change.document,
            position=position_of_span(document, start),
            path=_section(neighbour),
            text=words,
            span_start=start,
            span_end=end,
            role=role,
            scope="assigned" if inherited else "general",
            doubts=["agencies"],
            origin=DraftTask.Origin.HAND,
        )
        named = [
            Named(body.phrase, role, body.partner, body.organisation, body.set, body.as_written)
            for body in inherited
        ]
        journal.write_assignments(assignment_rows(named, draft, matcher_of(change.document), actor))
        NotAssigning.objects.filter(document=document, span_start__lt=end, span_end__gt=start).delete()
        change.made.append(draft)
    return draft


def _heading_between(document: Document, first: int, second: int) -> bool:
    """Whether a numbered heading begins between two places of the text."""
    sections = (document.reading or {}).get("sections") or []
    return any(first < (section.get("span") or [0])[0] <= second for section in sections)


def role_said(words: str) -> str | None:
    """The role that the first words of a sentence state; None when they state none."""
    low = words.lower()
    if re.search(r"\bchủ trì\b", low):
        return Role.LEAD
    found = re.match(r"(phối hợp|tham mưu|đề nghị)\b", low)
    return (
        {"phối hợp": Role.COORDINATE, "tham mưu": Role.ADVISE, "đề nghị": Role.REQUEST}[found[1]]
        if found
        else None
    )


def _agencies(draft: DraftTask) -> list[Named]:
    return [
        Named(row.phrase, row.role, False, row.organisation_id, row.set_id, row.as_written)
        for row in draft.assignments.filter(partner=False)
    ]


def _section(neighbour: DraftTask | None) -> str:
    """The heading's path: that of the neighbour without its own label."""
    if neighbour is None:
        return ""
    return re.split(r"[#/]", neighbour.path)[0].rpartition(".")[0]
