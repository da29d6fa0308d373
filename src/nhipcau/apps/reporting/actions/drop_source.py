"""A source is taken from a paragraph whose words do not come from it any more."""

from __future__ import annotations

from nhipcau.apps.accounts.models import User
from nhipcau.apps.reporting.composing import composing
from nhipcau.apps.reporting.models import Paragraph
from nhipcau.apps.reporting.refusals import Refused


def drop_source(paragraph: Paragraph, passage: int, *, actor: User, version: int) -> None:
    """All that the paragraph has from the passage (id). Raises Stale, Refused("no-source")."""
    with composing(
        paragraph.consolidation, "drop_source", actor=actor, seen={paragraph.pk: version}
    ) as change:
        fresh = change.paragraphs[paragraph.pk]
        gone, _each = fresh.sources.filter(passage=passage).delete()
        if not gone:
            raise Refused("no-source")
        change.save(fresh)
        change.entry.data["passages"] = [passage]
