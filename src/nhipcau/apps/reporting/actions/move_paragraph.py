"""A paragraph changes places with the one before it or behind it."""

from __future__ import annotations

from nhipcau.apps.accounts.models import User
from nhipcau.apps.reporting.actions.edit_paragraph import order
from nhipcau.apps.reporting.composing import composing, neighbours
from nhipcau.apps.reporting.models import Paragraph


def move_paragraph(paragraph: Paragraph, step: int, *, actor: User, version: int) -> Paragraph:
    """`step` -1 up, 1 down; at the end it stays. The words are not changed by it. Raises Stale."""
    with composing(
        paragraph.consolidation, "move_paragraph", actor=actor, seen={paragraph.pk: version}
    ) as change:
        fresh = change.paragraphs[paragraph.pk]
        rows = neighbours(fresh)
        at = [row.pk for row in rows].index(fresh.pk)
        to = min(max(at + step, 0), len(rows) - 1)
        rows.insert(to, rows.pop(at))
        order(rows)
        change.touched.add(fresh.pk)
    return fresh
