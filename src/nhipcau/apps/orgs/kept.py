"""What is kept of the organisations between requests (audit.editions)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from nhipcau.apps.access.scope import scope_of
from nhipcau.apps.audit.editions import Editions, Kept
from nhipcau.apps.orgs.directory import versions
from nhipcau.apps.orgs.models import HomeProvince, Lineage, Organisation, OrganisationVersion
from nhipcau.apps.webkit.controls import Options

WORKING_UNITS: Kept[Options] = Kept(Organisation, OrganisationVersion, HomeProvince, Lineage, most=20)
# A page of today's agencies: how many there are, the rows (listing.Row), only to be read.
LISTED: Kept[tuple[int, tuple[Any, ...]]] = Kept(
    Organisation, OrganisationVersion, HomeProvince, Lineage, most=100
)
# By day, each filled as organisations are asked for.
NAMES: Kept[dict[int, Named]] = Kept(OrganisationVersion, most=5)


@dataclass(frozen=True, slots=True)
class Named:
    """`short` is the abbreviation where there is one."""

    name: str
    short: str


def named_on(organisations: Iterable[int], day: date, seen: Editions | None = None) -> dict[int, Named]:
    """As `directory.names`: the name on the day, else the nearest one. A query only for those not kept yet.

    The mapping is shared, to look up in; it holds those asked for, and others.
    """
    known = NAMES.get(day, dict, seen)
    missing = set(organisations) - known.keys()
    if missing:
        known |= {
            pk: Named(version.name, version.abbreviation or version.name)
            for pk, version in versions(missing, day).items()
        }
    return known


def working_units(user: object, day: date, seen: Editions | None = None) -> Options:
    """Agencies and our own communes of the day, to choose from; nothing for who may not see them."""

    def made() -> Options:
        rows = OrganisationVersion.objects.visible_to(user).working().filter(valid__contains=day)
        return Options.of(rows.order_by("name_sort", "pk").values_list("organisation_id", "name"))

    # Whoever has a role sees them all.
    return WORKING_UNITS.get((day, bool(scope_of(user).roles)), made, seen)
