"""Which version of which report counts for a period: for every unit the last one that the province has
received and not returned, each report once.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime

from django.utils import timezone

from nhipcau.apps.orgs.directory import versions
from nhipcau.apps.orgs.models import OrganisationVersion
from nhipcau.apps.reporting.figures import Unit
from nhipcau.apps.reporting.models import Obligation, Period, Submission
from nhipcau.apps.reporting.unit_groups import GROUP_OF, GROUPS, OTHERS

# With the province. What lies with the unit that reviews it first has not come yet.
HERE = (Obligation.State.SENT, Obligation.State.APPROVED)
_ORDER = {key: at for at, key in enumerate(GROUPS)}


def day_of_names(period: Period, now: datetime | None = None) -> date:
    """The day whose names of units hold: today, of a closed period the day it was closed."""
    return timezone.localdate(period.closed_at or now or timezone.now())


def units_of(period: Period, now: datetime | None = None) -> list[Unit]:
    """All units of the period, by group and name. Three queries, one more for each step by which reports
    stand in reports of other periods.
    """
    rows = list(Obligation.objects.filter(period=period).order_by("pk"))
    for row in rows:
        # Not joined: it would be made anew for each of them.
        row.period = period
    known = _with_roots(rows)
    counts = counting_versions(known.values())
    named = versions({row.organisation_id for row in rows}, day_of_names(period, now))
    units = []
    used: dict[int, int] = {}
    # A unit's own report goes before those that stand in it.
    for row in sorted(rows, key=lambda row: (row.discharged_by_id is not None, row.pk)):
        root = _root(row, known)
        found = counts.get(root.pk)
        within = _within(row, root, used.get(found.pk) if found else None)
        if found is not None and row.state != Obligation.State.EXCUSED and within is None:
            used[found.pk] = row.organisation_id
        units.append(_unit(row, root, found, within, named.get(row.organisation_id)))
    return sorted(units, key=lambda unit: (_ORDER[unit.group], unit.sort, unit.pk))


def counting_versions(obligations: Iterable[Obligation]) -> dict[int, Submission]:
    """The version that counts, by obligation; one query."""
    here = [row.pk for row in obligations if row.state in HERE]
    last = (
        Submission.objects.filter(obligation__in=here, sent_at__isnull=False)
        .order_by("obligation_id", "-number")
        .distinct("obligation_id")
        .only("obligation_id", "organisation_id", "state", "nothing", "received_number", "digest", "number")
    )
    return {row.obligation_id: row for row in last if row.state != Submission.State.RETURNED}


def _with_roots(rows: Collection[Obligation]) -> dict[int, Obligation]:
    """The obligations and, step by step, those whose reports hold for them."""
    known = {row.pk: row for row in rows}
    while wanted := {row.discharged_by_id for row in known.values() if row.discharged_by_id} - known.keys():
        known |= {row.pk: row for row in Obligation.objects.filter(pk__in=wanted).select_related("period")}
    return known


def _root(row: Obligation, known: Mapping[int, Obligation]) -> Obligation:
    """The obligation whose report holds for this one."""
    seen = {row.pk}
    while row.discharged_by_id is not None and row.discharged_by_id not in seen:
        row = known[row.discharged_by_id]
        seen.add(row.pk)
    return row


def _within(row: Obligation, root: Obligation, taken_by: int | None) -> int | None:
    """The organisation in whose report of this period the unit's stands."""
    if root.pk == row.pk:
        return None
    return root.organisation_id if root.period_id == row.period_id else taken_by


def _unit(
    row: Obligation,
    root: Obligation,
    found: Submission | None,
    within: int | None,
    named: OrganisationVersion | None,
) -> Unit:
    own = found if within is None and row.state != Obligation.State.EXCUSED else None
    return Unit(
        pk=row.organisation_id,
        obligation=row.pk,
        name=named.name if named else "?",
        abbreviation=named.abbreviation if named else "",
        sort=named.name_sort if named else "",
        group=GROUP_OF.get(named.kind, OTHERS) if named else OTHERS,
        state=row.state,
        nothing=own.nothing if own else False,
        submission=own.pk if own else None,
        received_number=own.received_number if own else "",
        received_at=root.received_at if own else None,
        late=bool(own and root.received_at and root.received_at > row.due_at),
        digest=own.digest if own else "",
        within=within,
    )
