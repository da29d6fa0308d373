"""Passages that were read and are not taken, with the reason; and taken up again."""

from __future__ import annotations

from collections.abc import Collection

from nhipcau.apps.accounts.models import User
from nhipcau.apps.reporting.composing import composing, places_of, require_counting
from nhipcau.apps.reporting.models import Consolidation, Passage, SetAside
from nhipcau.apps.reporting.refusals import Refused


def set_aside(draft: Consolidation, passages: Collection[int], reason: str, *, actor: User) -> None:
    """Raises Refused("reason") without one, Refused("passage-gone") for what is not of this period."""
    why = " ".join(reason.split())[:300]
    if not why:
        raise Refused("reason")
    rows = _found(passages)
    with composing(draft, "set_aside", actor=actor, places=set(places_of(draft, rows).values())) as change:
        require_counting(change.draft, rows)
        SetAside.objects.bulk_create(
            (SetAside(consolidation=change.draft, passage=row, reason=why, created_by=actor) for row in rows),
            ignore_conflicts=True,
        )
        change.entry.data["passages"] = sorted(row.pk for row in rows)


def take_up(draft: Consolidation, passages: Collection[int], *, actor: User) -> None:
    """They wait to be looked at again."""
    rows = _found(passages)
    with composing(draft, "take_up", actor=actor, places=set(places_of(draft, rows).values())) as change:
        SetAside.objects.filter(consolidation=change.draft, passage__in=rows).delete()
        change.entry.data["passages"] = sorted(row.pk for row in rows)


def _found(passages: Collection[int]) -> list[Passage]:
    wanted = set(passages)
    rows = list(Passage.objects.filter(pk__in=wanted).select_related("section"))
    if not rows or len(rows) != len(wanted):
        raise Refused("passage-gone")
    return rows
