"""A round closes: from then on its figures stay as they are."""

from __future__ import annotations

from django.utils import timezone

from nhipcau.apps.access.act import act
from nhipcau.apps.accounts.models import User
from nhipcau.apps.plans.models import EstimateRound
from nhipcau.apps.plans.refusals import Refused


def close_round(found: EstimateRound, *, actor: User) -> EstimateRound:
    """Raises Refused("round-closed")."""
    with act(actor, "plans.close_round", found, permission="close"):
        fresh = EstimateRound.objects.select_for_update().get(pk=found.pk)
        if fresh.closed_at is not None:
            raise Refused("round-closed")
        fresh.closed_at = timezone.now()
        fresh.save(update_fields=["closed_at"])
    return fresh
