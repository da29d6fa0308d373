"""Those who have not sent their estimates are reminded, once a day at most."""

from __future__ import annotations

from django.db.models import Q
from django.utils import timezone

from nhipcau.apps.access.act import act, note
from nhipcau.apps.accounts.models import User
from nhipcau.apps.plans.models import EstimateRound, RoundAgency
from nhipcau.apps.plans.refusals import Refused
from nhipcau.apps.plans.telling_estimates import tell_asked


def remind_agencies(found: EstimateRound, *, actor: User) -> int:
    """Tell the officers of every agency that is missing; returns how many agencies were told now.

    Raises Refused("round-closed").
    """
    today = timezone.localdate()
    with act(actor, "plans.remind_agencies", found, permission="edit") as entry:
        fresh = EstimateRound.objects.select_for_update().get(pk=found.pk)
        if fresh.closed_at is not None:
            raise Refused("round-closed")
        not_today = Q(reminded_at=None) | ~Q(reminded_at__date=today)
        rows = RoundAgency.objects.filter(not_today, round=fresh, sent_at=None)
        missing = list(rows.select_related("round"))
        for row in missing:
            tell_asked(row, "plans.estimates_missing", key=f"{row.pk}:{today.isoformat()}", actor=actor)
        RoundAgency.objects.filter(pk__in=[row.pk for row in missing]).update(reminded_at=timezone.now())
        note(entry, agencies=len(missing))
    return len(missing)
