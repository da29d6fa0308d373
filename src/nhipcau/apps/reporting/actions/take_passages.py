"""Passages, or sentences of them, go into the draft, with where they came from."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from nhipcau.apps.accounts.models import User
from nhipcau.apps.reporting.addressees import addressee_label, directory_of_addressees
from nhipcau.apps.reporting.composing import (
    add_sources,
    composing,
    next_position,
    places_of,
    require_counting,
    require_text,
)
from nhipcau.apps.reporting.models import Consolidation, Paragraph, Passage, SetAside
from nhipcau.apps.reporting.refusals import Refused
from nhipcau.apps.reporting.sentences import merged, sentences


@dataclass(frozen=True, slots=True)
class Pick:
    """What is taken of a passage (id): its spans, all of it where there are none."""

    passage: int
    spans: tuple[tuple[int, int], ...] = ()


def take_passages(
    draft: Consolidation,
    pick: Pick,
    *,
    actor: User,
    also: Collection[int] = (),
    into: tuple[int, int] | None = None,
) -> Paragraph:
    """The picked words as a new paragraph, or behind those of the paragraph `into` (its id and the version
    seen).

    `also` are passages that say the same, named as sources too: by the same sentences where they have as
    many, else as a whole. Raises Refused("passage-gone") when a unit sent again or the report was returned
    meanwhile, Refused("other-place") for a paragraph of another place.
    """
    wanted = {pick.passage, *also}
    passages = Passage.objects.select_related("section").in_bulk(list(wanted))
    first = passages.get(pick.passage)
    if first is None or len(passages) != len(wanted):
        raise Refused("passage-gone")
    places = places_of(draft, passages.values())
    place = places[first.pk]
    if set(places.values()) != {place}:
        raise Refused("other-place")
    seen = {into[0]: into[1]} if into else {}
    with composing(draft, "take_passages", actor=actor, places=[place], seen=seen) as change:
        require_counting(change.draft, passages.values())
        spans = merged([span for span in pick.spans if 0 <= span[0] < span[1] <= len(first.text)])
        spans = spans or [(0, len(first.text))]
        text = require_text(" ".join(first.text[start:end].strip() for start, end in spans))
        if into is None:
            paragraph = Paragraph(
                consolidation=change.draft,
                section_id=place.section,
                task_id=place.task,
                addressee=_addressee(first),
                position=next_position(change.draft, place),
                text=text,
                created_by=actor,
            )
        else:
            paragraph = change.paragraphs[into[0]]
            if (paragraph.section_id, paragraph.task_id) != tuple(place):
                raise Refused("other-place")
            paragraph.text = require_text(f"{paragraph.text} {text}")
        change.save(paragraph)
        sources = [(first.pk, start, end) for start, end in spans]
        for pk in sorted(also):
            sources += [(pk, start, end) for start, end in _same_spans(first, spans, passages[pk])]
        add_sources(paragraph, sources)
        SetAside.objects.filter(consolidation=change.draft, passage__in=wanted).delete()
        change.entry.data["passages"] = sorted(wanted)
    return paragraph


def _addressee(passage: Passage) -> str:
    if not passage.addressee:
        return ""
    return addressee_label(passage.addressee, directory_of_addressees())


def _same_spans(first: Passage, spans: Sequence[tuple[int, int]], other: Passage) -> list[tuple[int, int]]:
    """The spans of the other text that say what the spans of the first one do."""
    whole = [(0, len(other.text))]
    mine, theirs = sentences(first.text), sentences(other.text)
    if list(spans) == [(0, len(first.text))] or len(mine) != len(theirs):
        return whole
    inside = [
        theirs[at]
        for at, (start, end) in enumerate(mine)
        if any(start < stop and begin < end for begin, stop in spans)
    ]
    return merged(inside) or whole
