"""A paragraph is taken out of the draft; what it was made from is not taken any more."""

from __future__ import annotations

from nhipcau.apps.accounts.models import User
from nhipcau.apps.reporting.composing import composing
from nhipcau.apps.reporting.models import Paragraph


def drop_paragraph(paragraph: Paragraph, *, actor: User, version: int) -> None:
    """Raises Stale. It can be taken back."""
    with composing(
        paragraph.consolidation, "drop_paragraph", actor=actor, seen={paragraph.pk: version}
    ) as change:
        change.touched.add(paragraph.pk)
        change.paragraphs[paragraph.pk].delete()
