"""Units that owe a report are reminded in the application, each once a day at most."""

from __future__ import annotations

from collections.abc import Collection

from django.utils import timezone

from nhipcau.apps.access.act import act, note
from nhipcau.apps.accounts.models import User
from nhipcau.apps.reporting.chasing import OWING, tell_owing
from nhipcau.apps.reporting.models import Chase, Obligation, Period
from nhipcau.apps.reporting.refusals import Refused


def chase_units(period: Period, obligations: Collection[int] | None = None, *, actor: User) -> int:
    """Tell the officers of the units that have not sent, or of those of `obligations` (ids) among them.

    Returns how many units were told now; who was told today is not told again. Raises
    Refused("nobody-reminded") and Refused("nobody-to-chase").
    """
    now = timezone.now()
    today = timezone.localdate(now)
    with act(actor, "reporting.chase_units", period, permission="chase") as entry:
        if Period.objects.get(pk=period.pk).state != Period.State.OPEN:
            raise Refused("nobody-reminded")
        rows = Obligation.objects.filter(period=period).select_for_update(of=("self",)).order_by("pk")
        if obligations is not None:
            rows = rows.filter(pk__in=obligations)
        locked = [row.pk for row in rows]
        owed = Obligation.objects.filter(pk__in=locked).in_standing(now, *OWING)
        found = list(owed.select_related("period"))
        if not found:
            raise Refused("nobody-to-chase")
        told = set(
            Chase.objects.filter(
                obligation__in=[row.pk for row in found], how=Chase.How.NOTICE, created_at__date=today
            )
            .order_by()
            .values_list("obligation", flat=True)
        )
        fresh = [row for row in found if row.pk not in told]
        Chase.objects.bulk_create(
            Chase(obligation=row, how=Chase.How.NOTICE, created_by=actor) for row in fresh
        )
        tell_owing(fresh, today=today, actor=actor)
        note(entry, units=len(fresh))
    return len(fresh)
