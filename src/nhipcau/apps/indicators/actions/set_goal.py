"""A baseline or a target, of the whole province or of one body; another value ends the one before."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from nhipcau.apps.access.act import act, note
from nhipcau.apps.access.actors import Actor, System
from nhipcau.apps.access.refusals import Refused
from nhipcau.apps.indicators.models import Goal, Indicator
from nhipcau.apps.orgs.models import Organisation


@dataclass(frozen=True, slots=True)
class Wanted:
    """`organisation` None: the whole province; `period_end` where it is of a part of the year."""

    kind: str
    year: int
    value: Decimal
    source: str
    organisation: Organisation | None = None
    period_end: date | None = None


def set_goal(indicator: Indicator, wanted: Wanted, *, actor: Actor) -> Goal:
    """The goal; the same value again gives the one that is there.

    Raises Refused when the indicator has ended or the period ends in another year.
    """
    with act(actor, "indicators.set_goal", indicator, permission="edit") as entry:
        locked = Indicator.objects.select_for_update().get(pk=indicator.pk)
        if locked.ended_at is not None:
            raise Refused(_("This indicator has ended."))
        if wanted.period_end is not None and wanted.period_end.year != wanted.year:
            raise Refused(_("The period ends in another year than the one named."))
        same = Goal.objects.current().filter(
            indicator=locked,
            kind=wanted.kind,
            organisation=wanted.organisation,
            year=wanted.year,
            period_end=wanted.period_end,
        )
        before = same.first()
        if before is not None and (before.value, before.source) == (wanted.value, wanted.source.strip()):
            return before
        if before is not None:
            before.ended_at, before.ended_reason = timezone.now(), f"Thay bằng {wanted.source.strip()}"[:300]
            before.save(update_fields=["ended_at", "ended_reason"])
        goal = Goal.objects.create(
            indicator=locked,
            version=locked.versions.in_use().first(),
            kind=Goal.Kind(wanted.kind),
            organisation=wanted.organisation,
            year=wanted.year,
            period_end=wanted.period_end,
            value=wanted.value,
            source=wanted.source.strip(),
            created_by=None if isinstance(actor, System) else actor,
        )
        note(entry, goal=goal.pk, kind=wanted.kind, year=wanted.year, replaced=before.pk if before else None)
    return goal
