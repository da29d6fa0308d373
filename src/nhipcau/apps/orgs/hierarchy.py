"""What lies in what on a day: one query each, however deep."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from django.db import connection
from django.db.models.expressions import RawSQL

from nhipcau.apps.orgs.models import OrganisationVersion
from nhipcau.apps.orgs.models.organisation import OrganisationVersionQuerySet

_BELOW = """
    with recursive below(id) as (
        select organisation_id from orgs_organisationversion where parent_id = %s and valid @> %s::date
        union
        select version.organisation_id
        from orgs_organisationversion version join below on version.parent_id = below.id
        where version.valid @> %s::date
    )
    select id from below
"""
# Of each version what it lies in, as on the day, or on the last day of what had ended, the first of what has
# not begun. The way up goes by the organisation: "is not null" in it would let statistics from before the
# units were loaded, when hardly any lay in another, offer the index of those that do, all of it at each step.
_ABOVE = """
    with recursive above(start, id, day, depth) as (
        select id, parent_id,
            case when upper(valid) <= %(day)s::date then upper(valid) - 1
                 when lower(valid) > %(day)s::date then lower(valid) else %(day)s::date end,
            1
        from orgs_organisationversion where id = any(%(ids)s) and parent_id is not null
        union all
        select above.start, version.parent_id, above.day, above.depth + 1
        from above join orgs_organisationversion version
            on version.organisation_id = above.id and version.valid @> above.day
        where coalesce(version.parent_id, 0) <> 0 and above.depth < 20
    )
    select above.start, version.organisation_id, version.name
    from above join orgs_organisationversion version
        on version.organisation_id = above.id and version.valid @> above.day
    order by above.start, above.depth
"""
_COUNTS = """
    select coalesce(district.parent_id, version.parent_id), version.kind, version.unit_type, count(*)
    from orgs_organisationversion version
    left join orgs_organisationversion district
        on district.organisation_id = version.parent_id and district.kind = 'district'
        and district.valid @> %(day)s::date
    where version.kind in ('district', 'commune') and version.parent_id is not null
        and version.valid @> %(day)s::date
    group by 1, 2, 3
"""


@dataclass(frozen=True, slots=True)
class Above:
    """A unit that another lies in, under its name of that time."""

    pk: int
    name: str


def descendants(organisation: int, day: date) -> OrganisationVersionQuerySet:
    """Versions of the day of everything that lies in the organisation, at any depth."""
    inside = RawSQL(_BELOW, (organisation, day, day))  # noqa: S611 — parameters are passed
    return OrganisationVersion.objects.filter(valid__contains=day, organisation__in=inside)


def children(organisation: int, day: date) -> OrganisationVersionQuerySet:
    """Versions of the day of what lies directly in it."""
    return OrganisationVersion.objects.filter(valid__contains=day, parent=organisation)


def ancestors(versions: Iterable[OrganisationVersion], day: date) -> dict[int, list[Above]]:
    """Version (id) → what it lies in, the nearest first; of its own time when that is not the day's."""
    found: dict[int, list[Above]] = defaultdict(list)
    ids = [version.pk for version in versions]
    if not ids:
        return found
    with connection.cursor() as cursor:
        cursor.execute(_ABOVE, {"ids": ids, "day": day})
        for start, pk, name in cursor.fetchall():
            found[start].append(Above(pk, name))
    return found


def counts(day: date) -> dict[int, dict[tuple[str, str], int]]:
    """Province (organisation) → (kind, type of unit) → how many of them it has on the day."""
    found: dict[int, dict[tuple[str, str], int]] = defaultdict(dict)
    with connection.cursor() as cursor:
        cursor.execute(_COUNTS, {"day": day})
        for province, kind, unit_type, number in cursor.fetchall():
            found[province][kind, unit_type] = number
    return found


def paths(versions: Collection[OrganisationVersion], day: date) -> dict[int, str]:
    """Version (id) → "Huyện Châu Phú, Tỉnh An Giang"."""
    return {pk: ", ".join(each.name for each in above) for pk, above in ancestors(versions, day).items()}
