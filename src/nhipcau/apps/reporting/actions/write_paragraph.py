"""The coordinator writes a paragraph of her own: it has no source, and says so."""

from __future__ import annotations

from nhipcau.apps.accounts.models import User
from nhipcau.apps.reporting.composing import composing, next_position, require_text
from nhipcau.apps.reporting.draft_journal import Place
from nhipcau.apps.reporting.models import Consolidation, Paragraph, Section
from nhipcau.apps.reporting.refusals import Refused


def write_paragraph(
    draft: Consolidation,
    place: Place,
    text: str,
    *,
    actor: User,
    addressee: str = "",
    is_item: bool = False,
) -> Paragraph:
    """At the end of the place. Raises Refused("other-place") for a section of another form."""
    words = require_text(text)
    with composing(draft, "write_paragraph", actor=actor, places=[place]) as change:
        if not Section.objects.filter(pk=place.section, version=change.draft.period.form_version_id).exists():
            raise Refused("other-place")
        paragraph = Paragraph(
            consolidation=change.draft,
            section_id=place.section,
            task_id=place.task,
            addressee=addressee.strip()[:300],
            position=next_position(change.draft, place),
            text=words,
            is_item=is_item,
            created_by=actor,
        )
        change.save(paragraph)
    return paragraph
