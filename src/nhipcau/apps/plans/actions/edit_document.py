"""A reviewer corrects what the document says of itself: number, date, title, issuer."""

from __future__ import annotations

from datetime import date

from nhipcau.apps.access.actors import Actor
from nhipcau.apps.plans import journal
from nhipcau.apps.plans.drafting import matcher_of, resolve
from nhipcau.apps.plans.models import Document, DraftAssignment
from nhipcau.apps.plans.refusals import Refused
from nhipcau.apps.plans.reviewing import reviewing
from nhipcau.apps.plans.spans import on_one_line


def edit_document(
    document: Document,
    *,
    revision: int,
    actor: Actor,
    number: str | None = None,
    issued_on: date | None = None,
    title: str | None = None,
    issuer_name: str | None = None,
) -> Document:
    """Change what is given, leave the rest. With another date the agencies that are not known yet are
    looked up again, by the names of that day. Raises Stale when the document has another revision,
    Refused("empty-text") without title.
    """
    if title is not None and not title.strip():
        raise Refused("empty-text")
    with reviewing(document, "edit_document", actor=actor, revision=revision) as change:
        fresh = change.document
        redated = issued_on is not None and issued_on != fresh.issued_on
        fresh.number = fresh.number if number is None else on_one_line(number)[:60]
        fresh.issued_on = issued_on or fresh.issued_on
        fresh.title = fresh.title if title is None else on_one_line(title)
        fresh.issuer_name = fresh.issuer_name if issuer_name is None else on_one_line(issuer_name)[:300]
        fresh.save()
        if redated:
            change.entry.data["matched"] = _match_open(fresh, actor)
    return fresh


def _match_open(document: Document, actor: Actor) -> int:
    """Look up the phrases without a meaning again; returns how many found one."""
    match = matcher_of(document)
    rows = [
        row
        for row in DraftAssignment.objects.filter(draft__document=document).select_related("draft")
        if row.is_open
    ]
    for row in rows:
        resolve(row, match.match(row.phrase), match, actor)
    found = [row for row in rows if not row.is_open]
    DraftAssignment.objects.bulk_update(found, journal.MATCH_FIELDS)
    return len(found)
