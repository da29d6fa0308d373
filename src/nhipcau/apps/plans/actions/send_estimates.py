"""An agency sends its estimates, or says that it needs no money."""

from __future__ import annotations

from django.utils import timezone

from nhipcau.apps.access.act import act, note
from nhipcau.apps.accounts.models import User
from nhipcau.apps.plans.actions.fill_estimates import locked
from nhipcau.apps.plans.models import EstimateLine, RoundAgency
from nhipcau.apps.plans.refusals import Refused


def send_estimates(
    asked: RoundAgency, *, actor: User, nothing: bool = False, version: int | None = None
) -> RoundAgency:
    """Raises Refused: "round-closed", "estimates-changed", "estimates-sent", "estimates-empty",
    "estimates-not-empty".
    """
    with act(actor, "plans.send_estimates", asked, permission="send") as entry:
        fresh = locked(asked, version)
        if fresh.sent_at is not None:
            raise Refused("estimates-sent")
        count = EstimateLine.objects.filter(estimate__asked=fresh, ended_at=None).count()
        if count and nothing:
            raise Refused("estimates-not-empty")
        if not count and not nothing:
            raise Refused("estimates-empty")
        fresh.sent_at = timezone.now()
        fresh.first_sent_at = fresh.first_sent_at or fresh.sent_at
        fresh.sent_by, fresh.nothing = actor, nothing
        fresh.save()
        note(entry, lines=count, nothing=nothing, round=fresh.round_id)
    return fresh
