"""What the relations of reports do when a body has a successor: what is owed moves, what was sent stays."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from nhipcau.apps.orgs.carrying import Facets, Joined, Rule, Values, declare
from nhipcau.apps.reporting.models import Obligation, Period, Submission

OWED = (Obligation.State.WAITING, Obligation.State.RETURNED)
# Stored as a code; pages say it in words.
JOINED = "joined"


def still_owed(_day: date) -> Q:
    """Not received yet, or returned, in a period that is not closed."""
    return Q(state__in=OWED) & ~Q(period__state=Period.State.CLOSED)


def not_passed_on(_day: date) -> Q:
    """What lies before the unit that reviews first, or will."""
    return Q(state__in=(*OWED, Obligation.State.BELOW))


def excuse(reason: str) -> Values:
    return {"state": Obligation.State.EXCUSED, "excused_reason": reason[:300]}


def without_review(_reason: str) -> Values:
    """The report goes to the province at once."""
    return {"through_id": None}


def join_obligations(heirs: Mapping[Any, int]) -> Joined:
    """A successor owes one report a period. The row with something written for it is the one that is kept;
    the others are settled by it and keep their body.
    """
    rows = Obligation.objects.filter(pk__in=heirs).select_related("period")
    periods = {row.period_id for row in rows}
    standing = {
        (found.period_id, found.organisation_id): found
        for found in Obligation.objects.filter(period__in=periods, organisation__in=set(heirs.values()))
    }
    begun = set(
        Submission.objects.filter(obligation__in=heirs).order_by().values_list("obligation", flat=True)
    )
    joined = Joined()
    for row in sorted(rows, key=lambda each: (each.pk not in begun, each.pk)):
        place = (row.period_id, heirs[row.pk])
        first = standing.setdefault(place, row)
        if first.pk != row.pk:
            joined.closed[row.pk] = {
                "state": str(Obligation.State.EXCUSED),
                "excused_reason": JOINED,
                "discharged_by_id": first.pk,
            }
    return joined


declare(
    Obligation,
    "organisation",
    Rule.MOVES,
    _("reports owed"),
    open=still_owed,
    join=join_obligations,
    end=excuse,
    facets=Facets(text="period__title", plan="period__document_id", plan_name="period__document__number"),
)
declare(
    Obligation,
    "through",
    Rule.MOVES,
    _("reports that they review first"),
    open=not_passed_on,
    end=without_review,
    facets=Facets(text="period__title"),
)
declare(Submission, "organisation", Rule.STAYS, _("reports that were written"))
