"""Periods that ask the same units by the same date: each unit can write once for both."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q

from nhipcau.apps.reporting.models import Obligation, Period
from nhipcau.apps.reporting.models.period import PeriodQuerySet

OFFERED = 6


def joinable(period: Period, seen: PeriodQuerySet) -> list[Period]:
    """Those of `seen` whose reports could hold for this period: due on the same day, asking some of its
    units, standing by themselves. Those by the same form first; `in_both` is how many units. One query.
    """
    if period.state == Period.State.CLOSED or period.joined_to_id is not None:
        return []
    units = Obligation.objects.filter(period=period, state=Obligation.State.WAITING).order_by()
    rows = (
        seen.exclude(pk=period.pk)
        .exclude(state=Period.State.CLOSED)
        .filter(joined_to=None, due_on=period.due_on)
        .filter(
            ~Q(obligations__state=Obligation.State.EXCUSED),
            obligations__organisation__in=units.values("organisation"),
        )
        .annotate(in_both=Count("obligations__organisation", distinct=True))
        .select_related("form_version__form", "document")
        .defer("document__reading")
    )
    found = list(rows.order_by("pk")[: OFFERED * 2])
    form = period.form_version.form_id
    return sorted(found, key=lambda each: (each.form_version.form_id != form, each.pk))[:OFFERED]


@dataclass(frozen=True, slots=True)
class Other:
    """A period that could be joined: how many units it asks, how many of them the main one asks too."""

    period: Period
    units: int
    in_both: int


@dataclass(frozen=True, slots=True)
class SharedDay:
    """Periods due on one day that ask some of the same units. `main` asks the most, or is joined already."""

    due_on: date
    main: Period
    units: int
    others: Sequence[Other]


def shared_days(seen: PeriodQuerySet) -> list[SharedDay]:
    """Of periods that stand by themselves and are not closed, the nearest day first; requests at short notice
    aside. Three queries.
    """
    rows = (
        seen.exclude(state=Period.State.CLOSED)
        .exclude(kind=Period.Kind.ADHOC)
        .filter(joined_to=None)
        .select_related("form_version__form")
    )
    carrying = set(seen.filter(joined_to__isnull=False).order_by().values_list("joined_to", flat=True))
    by_day: dict[date, list[Period]] = defaultdict(list)
    for row in rows.order_by("due_on", "pk"):
        by_day[row.due_on].append(row)
    several = {day: some for day, some in by_day.items() if len(some) > 1}
    asked: dict[int, set[int]] = defaultdict(set)
    owed = Obligation.objects.filter(period__in=[row.pk for some in several.values() for row in some])
    owed = owed.filter(discharged_by=None).expected().order_by()
    for period, unit in owed.values_list("period_id", "organisation_id"):
        asked[period].add(unit)
    found = (_shared(day, some, asked, carrying) for day, some in several.items())
    return [each for each in found if each.others]


def _shared(
    day: date, rows: Sequence[Period], asked: Mapping[int, set[int]], carrying: set[int | None]
) -> SharedDay:
    main = max(rows, key=lambda row: (row.pk in carrying, len(asked[row.pk]), -row.pk))
    others = [
        Other(row, len(asked[row.pk]), len(asked[row.pk] & asked[main.pk]))
        for row in rows
        # What others are joined to already is joined to nothing itself.
        if row.pk != main.pk and row.pk not in carrying and asked[row.pk] & asked[main.pk]
    ]
    return SharedDay(day, main, len(asked[main.pk]), others)
