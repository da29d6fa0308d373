"""The order of drafts: numbers with gaps, so that one more fits in without touching the others."""

from __future__ import annotations

from django.db.models import Max

from nhipcau.apps.plans.drafting import GAP
from nhipcau.apps.plans.models import Document, DraftTask


def previous(draft: DraftTask) -> DraftTask | None:
    """The draft before this one that is not dropped."""
    drafts = DraftTask.objects.filter(document_id=draft.document_id, position__lt=draft.position)
    return drafts.exclude(state=DraftTask.State.DROPPED).order_by("-position", "-pk").first()


def position_after(draft: DraftTask) -> int:
    """A free number right after the draft; the later ones move up where there is no room."""
    later = DraftTask.objects.filter(document_id=draft.document_id, position__gt=draft.position)
    following = later.order_by("position", "pk").values_list("position", flat=True).first()
    if following is None:
        return draft.position + GAP
    if following - draft.position < 2:
        _make_room(draft)
        following = draft.position + GAP
    return (draft.position + following) // 2


def position_at_start(document: Document) -> int:
    """A free number before all drafts."""
    first = DraftTask.objects.filter(document=document).order_by("position", "pk").first()
    if first is None:
        return GAP
    if first.position < 2:
        _shift(document.pk, 0)
        return GAP // 2
    return first.position // 2


def position_of_span(document: Document, start: int) -> int:
    """A free number for a draft whose sentence begins at `start`: after the last draft that begins before
    it.
    """
    before = DraftTask.objects.filter(document=document, span_start__lte=start)
    last = before.order_by("-span_start", "-position", "-pk").first()
    return position_after(last) if last else position_at_start(document)


def _make_room(draft: DraftTask) -> None:
    _shift(draft.document_id, draft.position + 1)


def _shift(document_id: int, start: int) -> None:
    rows = list(
        DraftTask.objects.filter(document_id=document_id, position__gte=start).order_by("-position", "-pk")
    )
    highest = rows[0].position if rows else 0
    top = max(highest, start) + GAP * (len(rows) + 1)
    for index, row in enumerate(rows):
        row.position = top - GAP * index
    DraftTask.objects.bulk_update(rows, ["position"])


def last_position(document: Document) -> int:
    """The highest number in use; 0 without drafts."""
    return DraftTask.objects.filter(document=document).aggregate(top=Max("position"))["top"] or 0
