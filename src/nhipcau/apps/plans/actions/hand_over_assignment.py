"""A specialist's task goes to her successor, under minutes that both sides have confirmed."""

from __future__ import annotations

from nhipcau.apps.access.act import act, note
from nhipcau.apps.access.actors import System
from nhipcau.apps.orgs.models import Handover
from nhipcau.apps.plans.models import Assignment

# Both sides said yes; neither alone may give the other's work away.
HANDOVER = System("handover")


def hand_over_assignment(assignment: Assignment, handover: Handover) -> Assignment:
    """Only the specialist changes: status, dates and reports stay. Part of carrying out a handover."""
    with act(HANDOVER, "plans.hand_over_assignment", assignment, permission="update") as entry:
        assignment.specialist = handover.receiver
        assignment.version += 1
        assignment.save(update_fields=["specialist", "version", "changed_at"])
        note(entry, handover=handover.pk, giver=handover.giver_id, receiver=handover.receiver_id)
    return assignment
