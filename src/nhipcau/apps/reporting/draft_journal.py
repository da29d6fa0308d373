"""What the draft held in some places, written down, compared and put back.

A place is a section, of a section of tasks one task in it: what one change touches, and what is taken back.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from django.db.models import Q

from nhipcau.apps.reporting.models import Consolidation, Paragraph, ParagraphSource, Section, SetAside


class Place(NamedTuple):
    """A section and, where it is one of tasks, the task; ids."""

    section: int
    task: int | None = None


def paragraphs_of(consolidation: int, place: Place) -> list[Paragraph]:
    rows = Paragraph.objects.filter(consolidation=consolidation, section=place.section, task=place.task)
    return list(rows.order_by("position", "pk"))


def snapshot(consolidation: int, places: Iterable[Place]) -> list[dict[str, Any]]:
    """What stands in the places, as JSON; three queries a place."""
    return [_place(consolidation, place) for place in places]


def _place(consolidation: int, place: Place) -> dict[str, Any]:
    rows = paragraphs_of(consolidation, place)
    sources: dict[int, list[list[int]]] = {row.pk: [] for row in rows}
    found = ParagraphSource.objects.filter(paragraph__in=sources).order_by("pk")
    for paragraph, passage, start, end in found.values_list("paragraph_id", "passage_id", "start", "end"):
        sources[paragraph].append([passage, start, end])
    aside = SetAside.objects.filter(consolidation=consolidation).filter(_in_place(place))
    return {
        "section": place.section,
        "task": place.task,
        "paragraphs": [{**_written(row), "sources": sources[row.pk]} for row in rows],
        "aside": [[row.passage_id, row.reason, row.created_by_id] for row in aside.order_by("passage_id")],
    }


def _in_place(place: Place) -> Q:
    key = Section.objects.filter(pk=place.section).values("key")
    return Q(passage__section__key__in=key, passage__task=place.task)


def _written(row: Paragraph) -> dict[str, Any]:
    return {
        "pk": row.pk,
        "addressee": row.addressee,
        "position": row.position,
        "text": row.text,
        "is_item": row.is_item,
        "generated": row.generated,
        "created_by": row.created_by_id,
    }


def put_back(draft: Consolidation, states: Sequence[dict[str, Any]], by: int | None) -> None:
    """Make the places hold what was written down; paragraphs keep their ids, their versions go on."""
    for state in states:
        place = Place(state["section"], state["task"])
        _put_paragraphs(draft, place, state["paragraphs"], by)
        SetAside.objects.filter(_in_place(place), consolidation=draft).delete()
        SetAside.objects.bulk_create(
            SetAside(consolidation=draft, passage_id=passage, reason=reason, created_by_id=author)
            for passage, reason, author in state["aside"]
        )


def _put_paragraphs(
    draft: Consolidation, place: Place, wanted: Sequence[dict[str, Any]], by: int | None
) -> None:
    now = {row.pk: row for row in paragraphs_of(draft.pk, place)}
    kept = {row["pk"] for row in wanted}
    Paragraph.objects.filter(pk__in=now.keys() - kept).delete()
    ParagraphSource.objects.filter(paragraph__in=kept).delete()
    for row in wanted:
        fields = {key: value for key, value in row.items() if key not in ("pk", "sources", "created_by")}
        paragraph = now.get(row["pk"]) or Paragraph(
            pk=row["pk"],
            consolidation=draft,
            section_id=place.section,
            task_id=place.task,
            created_by_id=row["created_by"],
        )
        for name, value in fields.items():
            setattr(paragraph, name, value)
        paragraph.version += 1
        paragraph.changed_by_id = by
        paragraph.save(force_insert=row["pk"] not in now)
    ParagraphSource.objects.bulk_create(
        ParagraphSource(paragraph_id=row["pk"], passage_id=passage, start=start, end=end)
        for row in wanted
        for passage, start, end in row["sources"]
    )
