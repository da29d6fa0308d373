"""The coordinator changes a paragraph's words; an empty line makes two of it, each with its sources."""

from __future__ import annotations

import re
from collections.abc import Sequence

from nhipcau.apps.accounts.models import User
from nhipcau.apps.reporting.composing import Composing, add_sources, composing, neighbours, require_text
from nhipcau.apps.reporting.likeness import words
from nhipcau.apps.reporting.models import Paragraph, ParagraphSource

_EMPTY_LINE = re.compile(r"\n[ \t]*\n")


def edit_paragraph(
    paragraph: Paragraph, text: str, *, actor: User, version: int, is_item: bool | None = None
) -> list[Paragraph]:
    """The paragraph with its new words, and those that were split off. Raises Stale, and Refused for no words
    or too many.
    """
    parts = [part for part in _EMPTY_LINE.split(require_text(text)) if part.strip()]
    with composing(
        paragraph.consolidation, "edit_paragraph", actor=actor, seen={paragraph.pk: version}
    ) as change:
        fresh = change.paragraphs[paragraph.pk]
        fresh.text = parts[0].strip()
        if is_item is not None:
            fresh.is_item = is_item
        if len(parts) == 1:
            change.save(fresh)
            return [fresh]
        return _split(change, fresh, [part.strip() for part in parts])


def _split(change: Composing, fresh: Paragraph, parts: Sequence[str]) -> list[Paragraph]:
    rows = neighbours(fresh)
    sources = list(fresh.sources.select_related("passage"))
    at = [row.pk for row in rows].index(fresh.pk)
    made = [fresh]
    for text in parts[1:]:
        made.append(
            Paragraph(
                consolidation_id=fresh.consolidation_id,
                section_id=fresh.section_id,
                task_id=fresh.task_id,
                addressee=fresh.addressee,
                text=text,
                is_item=fresh.is_item,
                created_by=change.actor,
                position=0,
            )
        )
    order([*rows[:at], *made, *rows[at + 1 :]])
    for part in made:
        change.save(part)
    ParagraphSource.objects.filter(paragraph=fresh).delete()
    for part, mine in zip(made, _shared_out(sources, parts), strict=True):
        add_sources(part, [(source.passage_id, source.start, source.end) for source in mine])
    return made


def _shared_out(sources: Sequence[ParagraphSource], parts: Sequence[str]) -> list[list[ParagraphSource]]:
    """Each source to the part that holds its words; to all where none does, so that none is lost."""
    spoken = [" ".join(words(part)) for part in parts]
    found: list[list[ParagraphSource]] = [[] for _part in parts]
    for source in sources:
        said = " ".join(words(source.passage.text[source.start : source.end]))
        homes = [at for at, part in enumerate(spoken) if said and said in part]
        for at in homes or range(len(parts)):
            found[at].append(source)
    return found


def order(rows: Sequence[Paragraph]) -> None:
    """Give the rows, in this order, the places that they have together; saved where they are stored."""
    start = min((row.position for row in rows if row.pk), default=1)
    for at, row in enumerate(rows):
        if row.position != start + at:
            row.position = start + at
            if row.pk:
                Paragraph.objects.filter(pk=row.pk).update(position=row.position)
