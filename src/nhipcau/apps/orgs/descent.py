"""Who came from whom: an organisation's lineage before and after, and what it is on another day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import connection
from django.db.models import F, Q

from nhipcau.apps.orgs.directory import versions
from nhipcau.apps.orgs.models import Lineage, Organisation, OrganisationVersion

_FORTH = """
    with recursive way(start, id) as (
        select id, id from unnest(%(ids)s::bigint[]) id
        union
        select way.start, edge.successor_id
        from way join orgs_lineage edge on edge.predecessor_id = way.id
        where edge.successor_id is not null and edge.kind <> 'move_function' and edge.effective_on <= %(day)s
            and not exists (
                select from orgs_organisationversion version
                where version.organisation_id = way.id and version.valid @> %(day)s::date
            )
    )
    select way.start, way.id from way
    where exists (
        select from orgs_organisationversion version
        where version.organisation_id = way.id and version.valid @> %(day)s::date
    )
    order by way.start, way.id
"""
_BACK = """
    with recursive way(start, id) as (
        select id, id from unnest(%(ids)s::bigint[]) id
        union
        select way.start, edge.predecessor_id
        from way join orgs_lineage edge on edge.successor_id = way.id
        where edge.kind <> 'move_function' and edge.effective_on > %(day)s
            and not exists (
                select from orgs_organisationversion version
                where version.organisation_id = way.id and version.valid @> %(day)s::date
            )
    )
    select way.start, way.id from way
    where exists (
        select from orgs_organisationversion version
        where version.organisation_id = way.id and version.valid @> %(day)s::date
    )
    order by way.start, way.id
"""


def became(organisations: Collection[int], day: date) -> dict[int, list[int]]:
    """Organisation → those that stand in its place on the day: itself, or what it went into. One query."""
    return _along(_FORTH, organisations, day)


def came_from(organisations: Collection[int], day: date) -> dict[int, list[int]]:
    """Organisation → those that stood in its place on an earlier day: itself, or what it was made of."""
    return _along(_BACK, organisations, day)


def _along(statement: str, organisations: Collection[int], day: date) -> dict[int, list[int]]:
    found: dict[int, list[int]] = defaultdict(list)
    if organisations:
        with connection.cursor() as cursor:
            cursor.execute(statement, {"ids": list(organisations), "day": day})
            for start, pk in cursor.fetchall():
                found[start].append(pk)
    return found


@dataclass(frozen=True, slots=True)
class Step:
    """One change of an organisation. `others` are the bodies on the other side, under their names of then."""

    on: date
    kind: str
    label: str
    others: list[OrganisationVersion]
    legal_basis: str
    function: str
    restructuring: int | None


@dataclass(frozen=True, slots=True)
class Descent:
    """`before`: what it came from, `after`: what it went into, both in the order of time."""

    before: list[Step]
    after: list[Step]


def descent(organisation: Organisation) -> Descent:
    """Two queries. A renaming that leads to itself stands among what came after."""
    pk = organisation.pk
    edges = list(Lineage.objects.filter(Q(predecessor=pk) | Q(successor=pk)))
    forth = [edge for edge in edges if edge.predecessor_id == pk]
    back = [edge for edge in edges if edge.successor_id == pk and edge.predecessor_id != pk]
    days = {edge.successor_id: edge.effective_on for edge in forth if edge.successor_id}
    days |= {edge.predecessor_id: edge.effective_on - timedelta(days=1) for edge in back}
    named: dict[int, list[OrganisationVersion]] = defaultdict(list)
    for version in OrganisationVersion.objects.filter(organisation__in=days).order_by("valid"):
        named[version.organisation_id].append(version)

    def of(edge: Lineage, other: int | None) -> OrganisationVersion | None:
        day = edge.effective_on if edge.successor_id == other else edge.effective_on - timedelta(days=1)
        rows = named.get(other or 0, [])
        earlier = [row for row in rows if row.valid.lower is None or row.valid.lower <= day]
        return earlier[-1] if earlier else (rows[0] if rows else None)

    return Descent(
        _steps([(edge, of(edge, edge.predecessor_id)) for edge in back]),
        _steps([(edge, of(edge, edge.successor_id)) for edge in forth]),
    )


def _steps(pairs: list[tuple[Lineage, OrganisationVersion | None]]) -> list[Step]:
    """Edges of one day, kind, document and function are one step."""
    found: dict[tuple[object, ...], Step] = {}
    for edge, other in sorted(pairs, key=lambda pair: (pair[0].effective_on, pair[0].pk)):
        slot = (edge.effective_on, edge.kind, edge.legal_basis, edge.function, edge.restructuring_id)
        step = found.setdefault(
            slot,
            Step(
                edge.effective_on,
                edge.kind,
                str(edge.get_kind_display()),
                [],
                edge.legal_basis,
                edge.function,
                edge.restructuring_id,
            ),
        )
        if other is not None:
            step.others.append(other)
    return list(found.values())


def made_of(organisations: Collection[int], day: date) -> dict[int, list[OrganisationVersion]]:
    """Organisation → what it was directly made of, where that is something else. Two queries."""
    edges = Lineage.objects.filter(successor__in=organisations).exclude(predecessor=F("successor"))
    pairs = list(edges.exclude(kind=Lineage.Kind.MOVE_FUNCTION).values_list("successor_id", "predecessor_id"))
    named = versions({before for _after, before in pairs}, day)
    found: dict[int, list[OrganisationVersion]] = defaultdict(list)
    for after, before in pairs:
        if before in named:
            found[after or 0].append(named[before])
    return found


def parts_today(organisations: Collection[int], day: date) -> dict[int, list[OrganisationVersion]]:
    """Organisation → what the parts that lay in it last are on the day. Three queries."""
    below: dict[int, list[int]] = defaultdict(list)
    rows = OrganisationVersion.objects.filter(parent__in=organisations)
    for parent, pk in rows.values_list("parent_id", "organisation_id"):
        below[parent or 0].append(pk)
    today = names_today({pk for each in below.values() for pk in each}, day)
    found = {}
    for parent, parts in below.items():
        heirs = {heir.organisation_id: heir for pk in parts for heir in today.get(pk, [])}
        found[parent] = sorted(heirs.values(), key=lambda version: version.name_sort)
    return found


def names_today(organisations: Collection[int], day: date) -> dict[int, list[OrganisationVersion]]:
    """Organisation → versions of what stands in its place on the day. Two queries."""
    found = became(organisations, day)
    named = versions({pk for each in found.values() for pk in each}, day)
    return {start: [named[pk] for pk in each if pk in named] for start, each in found.items()}
