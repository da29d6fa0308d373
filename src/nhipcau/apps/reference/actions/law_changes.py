"""What happened to a legal document is written down, with who says so; a mistake is ended, not deleted."""

from __future__ import annotations

from datetime import date

from django.utils import timezone

from nhipcau.apps.access.act import act, note
from nhipcau.apps.access.actors import Actor
from nhipcau.apps.reference.models import LawChange


def add_law_change(
    number: str,
    effect: str,
    *,
    effective_on: date,
    source: str,
    actor: Actor,
    title: str = "",
    issued_on: date | None = None,
    successor: str = "",
) -> LawChange:
    """The change; `effect` is one of LawChange.Effect, `source` says where it is written."""
    with act(actor, "reference.add_law_change", LawChange, permission="create") as entry:
        made = LawChange.objects.create(
            number=" ".join(number.split()),
            title=title,
            issued_on=issued_on,
            effect=LawChange.Effect(effect),
            successor=" ".join(successor.split()),
            effective_on=effective_on,
            source=source,
        )
        entry.subject = made
        note(entry, number=made.number, effect=effect, successor=made.successor)
    return made


def end_law_change(change: LawChange, *, actor: Actor) -> LawChange:
    """Take the entry back: documents no longer show it. Doing it twice is doing it once."""
    with act(actor, "reference.end_law_change", change, permission="edit") as entry:
        fresh = LawChange.objects.select_for_update().get(pk=change.pk)
        if fresh.ended_at is None:
            fresh.ended_at = timezone.now()
            fresh.save(update_fields=["ended_at"])
        note(entry, number=fresh.number)
    return fresh
