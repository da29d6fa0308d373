"""A paragraph is joined to the one before it; their sources are those of both."""

from __future__ import annotations

from nhipcau.apps.accounts.models import User
from nhipcau.apps.reporting.composing import add_sources, composing, neighbours, require_text
from nhipcau.apps.reporting.models import Paragraph
from nhipcau.apps.reporting.refusals import Refused


def join_paragraphs(paragraph: Paragraph, *, actor: User, version: int) -> Paragraph:
    """The one before, which now says both. Raises Stale, Refused("none-before")."""
    with composing(
        paragraph.consolidation, "join_paragraphs", actor=actor, seen={paragraph.pk: version}
    ) as change:
        fresh = change.paragraphs[paragraph.pk]
        rows = neighbours(fresh)
        at = [row.pk for row in rows].index(fresh.pk)
        if at == 0:
            raise Refused("none-before")
        before = rows[at - 1]
        before.text = require_text(f"{before.text} {fresh.text}")
        sources = list(fresh.sources.order_by("pk").values_list("passage_id", "start", "end"))
        change.touched.add(fresh.pk)
        fresh.delete()
        change.save(before)
        add_sources(before, sources)
    return before
