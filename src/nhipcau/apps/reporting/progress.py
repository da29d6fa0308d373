"""How many units a period asks, and how many have sent: missing is not zero."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Count, Q

from nhipcau.apps.reporting.models import RECEIVED, Obligation


@dataclass(frozen=True, slots=True)
class Sent:
    """Units asked, those whose report is here, those whose report came back; the excused are not asked."""

    asked: int = 0
    received: int = 0
    returned: int = 0

    @property
    def missing(self) -> int:
        return self.asked - self.received


def sent_counts(periods: Collection[int]) -> dict[int, Sent]:
    """By period id. One query."""
    rows = (
        Obligation.objects.filter(period__in=periods)
        .expected()
        .order_by()
        .values_list("period")
        .annotate(
            asked=Count("pk"),
            received=Count("pk", filter=Q(state__in=RECEIVED)),
            returned=Count("pk", filter=Q(state=Obligation.State.RETURNED)),
        )
    )
    found = dict.fromkeys(periods, Sent())
    found |= {pk: Sent(asked, received, returned) for pk, asked, received, returned in rows}
    return found
