"""A baseline or target does not hold any more; it stays readable with the reason."""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from nhipcau.apps.access.act import act
from nhipcau.apps.access.actors import Actor
from nhipcau.apps.access.refusals import Refused
from nhipcau.apps.indicators.models import Goal


def end_goal(goal: Goal, *, reason: str, actor: Actor) -> Goal:
    """Raises Refused when it has ended already."""
    with act(actor, "indicators.end_goal", goal, permission="end", reason=reason):
        fresh = Goal.objects.select_for_update().get(pk=goal.pk)
        if fresh.ended_at is not None:
            raise Refused(_("It has ended already."))
        fresh.ended_at, fresh.ended_reason = timezone.now(), reason[:300]
        fresh.save(update_fields=["ended_at", "ended_reason"])
    return fresh
