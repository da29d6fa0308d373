"""Which units a period asks: groups as of a day, units by name, and through whom each reports."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date

from nhipcau.apps.orgs.directory import members
from nhipcau.apps.orgs.models import OrganisationVersion
from nhipcau.apps.plans.heirs import heirs_of, members_in_office
from nhipcau.apps.reporting.models import Obligation, Period

Asked = Mapping[int, int | None]
"""Unit (organisation id) → the group (set id) through which it is asked; None when it is named itself."""


def units_of(named: Collection[int], sets: Collection[int], day: date) -> dict[int, int | None]:
    """Who is asked on the day, each once. A member that has ended is stood for by who took over."""
    asked: dict[int, int | None] = dict.fromkeys(named)
    belonging = members(sets, day)
    heirs = heirs_of({pk for each in belonging.values() for pk in each})
    for group, inside in belonging.items():
        for pk in members_in_office(inside, heirs):
            asked.setdefault(pk, group)
    return asked


def parents(units: Collection[int], day: date) -> dict[int, int]:
    """Unit → the unit it belongs to, of those that are among `units` too. One query."""
    rows = OrganisationVersion.objects.filter(
        organisation__in=units, parent__in=units, valid__contains=day
    ).values_list("organisation_id", "parent_id")
    return {unit: parent for unit, parent in rows if parent is not None}


def ask(period: Period, asked: Asked, day: date) -> int:
    """Rows for those who are not asked yet; how many."""
    there = set(period.obligations.values_list("organisation_id", flat=True))
    above = parents({*asked, *there}, day) if period.by_parent else {}
    made = Obligation.objects.bulk_create(
        Obligation(period=period, organisation_id=pk, set_id=group, through_id=above.get(pk))
        for pk, group in sorted(asked.items())
        if pk not in there
    )
    return len(made)
