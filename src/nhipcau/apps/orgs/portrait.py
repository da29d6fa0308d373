"""Everything that one organisation's page shows: names, place, lineage, what lies in it, as of a day."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from nhipcau.apps.orgs.descent import Descent, became, descent, parts_today
from nhipcau.apps.orgs.directory import versions
from nhipcau.apps.orgs.hierarchy import Above, ancestors, children
from nhipcau.apps.orgs.listing import counted
from nhipcau.apps.orgs.models import Organisation, OrganisationVersion


@dataclass(frozen=True, slots=True)
class Group:
    """Children of one type, in the order of their names."""

    label: str
    members: list[OrganisationVersion]


@dataclass(frozen=True, slots=True)
class Portrait:
    """`last` is the last day of what has ended by today, `now` what stands in its place or its parts'.

    `children_on` is the day as of which `groups` and `total` hold: the one asked for, of what has ended its
    last one.
    """

    shown: OrganisationVersion
    names: list[OrganisationVersion]
    above: list[Above]
    last: date | None
    now: list[OrganisationVersion]
    parts: bool
    lineage: Descent
    children_on: date
    groups: list[Group]
    total: int


def portrait(organisation: Organisation, day: date, today: date) -> Portrait:
    """About nine queries."""
    names = list(organisation.versions.order_by("-valid"))
    shown = versions([organisation.pk], day)[organisation.pk]
    last = _last_day(names[0], today)
    children_on = min(day, last) if last else day
    below = list(children(organisation.pk, children_on).order_by("name_sort", "pk"))
    heirs = _heirs(organisation.pk, last, today)
    parts = last is not None and not heirs
    if parts:
        now = parts_today([organisation.pk], today).get(organisation.pk, [])
    else:
        named = versions(heirs, today) if heirs else {}
        now = sorted(named.values(), key=lambda version: version.name_sort)
    return Portrait(
        shown,
        names,
        ancestors([shown], day)[shown.pk],
        last,
        now,
        parts,
        descent(organisation),
        children_on,
        list(_groups(below)),
        len(below),
    )


def _last_day(version: OrganisationVersion, today: date) -> date | None:
    last = version.last_day
    return last if last is not None and last < today else None


def _heirs(organisation: int, last: date | None, today: date) -> set[int]:
    return set(became([organisation], today)[organisation]) if last else set()


def _groups(below: list[OrganisationVersion]) -> Iterator[Group]:
    labels: dict[tuple[str, str], list[OrganisationVersion]] = {}
    for version in below:
        labels.setdefault((version.unit_type, version.kind), []).append(version)
    for (unit_type, kind), members in labels.items():
        yield Group(counted(unit_type, len(members), kind), members)
