"""What an inspection found and wants put right."""

from __future__ import annotations

from datetime import date

from nhipcau.apps.access.act import act, note
from nhipcau.apps.accounts.models import User
from nhipcau.apps.plans.models import Inspection, InspectionFinding
from nhipcau.apps.plans.refusals import Refused
from nhipcau.apps.plans.spans import on_one_line


def add_finding(
    inspection: Inspection,
    text: str,
    *,
    actor: User,
    organisation: int | None = None,
    due_on: date | None = None,
) -> InspectionFinding:
    """`organisation` is who has to put it right. Raises Refused("empty-text"), Refused("record-gone")."""
    words = on_one_line(text)
    if not words:
        raise Refused("empty-text")
    with act(actor, "plans.add_finding", inspection, permission="edit") as entry:
        fresh = Inspection.objects.select_for_update().get(pk=inspection.pk)
        if fresh.ended_at is not None:
            raise Refused("record-gone")
        made = InspectionFinding.objects.create(
            inspection=fresh, text=words, organisation_id=organisation, due_on=due_on
        )
        note(entry, finding=made.pk, organisation=organisation)
    return made
