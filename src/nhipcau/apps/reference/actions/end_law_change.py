"""A noted change of a legal document was a mistake; the row stays, marked as taken back."""

from __future__ import annotations

from django.utils import timezone

from nhipcau.apps.access.act import act
from nhipcau.apps.access.actors import Actor
from nhipcau.apps.reference.models import LawChange


def end_law_change(change: LawChange, *, reason: str, actor: Actor) -> LawChange:
    """From now on the desk shows it no longer."""
    with act(actor, "reference.end_law_change", change, permission="edit", reason=reason):
        change.ended_at = change.ended_at or timezone.now()
        change.save(update_fields=["ended_at"])
    return change
