"""The coordinator returns an agency's estimates with what has to be changed."""

from __future__ import annotations

from django.utils import timezone

from nhipcau.apps.access.act import act
from nhipcau.apps.accounts.models import User
from nhipcau.apps.plans.actions.fill_estimates import locked
from nhipcau.apps.plans.estimating import Stage
from nhipcau.apps.plans.models import EstimateAmount, RoundAgency
from nhipcau.apps.plans.refusals import Refused
from nhipcau.apps.plans.telling_estimates import tell_asked


def return_estimates(
    asked: RoundAgency, *, reason: str, actor: User, version: int | None = None
) -> RoundAgency:
    """What the lead agency had said of the lines ends with it.

    Raises Refused: "reason", "round-closed", "estimates-changed", "estimates-not-sent", "estimates-valued".
    """
    if not reason.strip():
        raise Refused("reason")
    with act(actor, "plans.return_estimates", asked, permission="give_back", reason=reason.strip()):
        fresh = locked(asked, version)
        if fresh.sent_at is None:
            raise Refused("estimates-not-sent")
        amounts = EstimateAmount.objects.filter(line__estimate__asked=fresh, replaced_at=None)
        if amounts.exclude(stage=Stage.ADVISED).exists():
            raise Refused("estimates-valued")
        now = timezone.now()
        amounts.update(replaced_at=now)
        fresh.sent_at, fresh.nothing = None, False
        fresh.returned_at, fresh.returned_reason = now, reason.strip()[:300]
        fresh.save()
        key = f"{fresh.pk}:{fresh.version}"
        tell_asked(fresh, "plans.estimates_returned", key=key, actor=actor, reason=fresh.returned_reason)
    return fresh
