"""Working units as a document of a certain day knows them: names, abbreviations, aliases, groups; a few
queries for all.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date

from nhipcau.apps.orgs.models import Alias, OrganisationSet, OrganisationVersion, SetMember, SetPhrase

_PLACE = re.compile(r"(?:tỉnh|thành phố)\s+\S.*$", re.IGNORECASE)
_SMALLER = (OrganisationVersion.Kind.DISTRICT, OrganisationVersion.Kind.COMMUNE)


@dataclass(frozen=True, slots=True)
class Known:
    """One organisation as of the day."""

    pk: int
    name: str
    abbreviation: str
    kind: str
    name_sort: str
    aliases: tuple[str, ...] = ()


@dataclass(slots=True)
class Directory:
    """All agencies and own communes that exist on `day`, and the groups.

    `phrases` maps a folded phrase to the set it means.
    """

    day: date
    organisations: dict[int, Known] = field(default_factory=dict)
    phrases: dict[str, int] = field(default_factory=dict)
    sets: dict[int, OrganisationSet] = field(default_factory=dict)

    def own_places(self) -> list[str]:
        """Names of the province itself: those its committee bears, and those that two bodies end with."""
        committee = OrganisationVersion.Kind.PEOPLES_COMMITTEE
        ends = Counter[str]()
        for known in self.organisations.values():
            found = _PLACE.search(known.name)
            if found is not None and known.kind not in _SMALLER:
                ends[found[0]] += 2 if known.kind == committee else 1
        return [place for place, count in ends.items() if count > 1]


def directory(day: date) -> Directory:
    """Four queries."""
    aliases: dict[int, list[str]] = defaultdict(list)
    for pk, text in Alias.objects.filter(valid__contains=day).values_list("organisation_id", "text"):
        aliases[pk].append(text)
    rows = (
        OrganisationVersion.objects.working()
        .filter(valid__contains=day)
        .values_list("organisation_id", "name", "abbreviation", "kind", "name_sort")
    )
    known = {row[0]: Known(*row, aliases=tuple(aliases[row[0]])) for row in rows}
    return Directory(
        day,
        known,
        dict(SetPhrase.objects.values_list("phrase_fold", "set_id")),
        OrganisationSet.objects.in_bulk(),
    )


def names(organisations: Collection[int], day: date) -> dict[int, str]:
    """Names on the day, by id; the latest earlier or first later name for one that does not exist then.

    One query.
    """
    return {pk: version.name for pk, version in versions(organisations, day).items()}


def versions(organisations: Collection[int], day: date) -> dict[int, OrganisationVersion]:
    """The version of each organisation that the day meets, else the nearest one. One query."""
    found: dict[int, OrganisationVersion] = {}
    rows = OrganisationVersion.objects.filter(organisation_id__in=set(organisations)).order_by("valid")
    for version in rows:
        kept = found.get(version.organisation_id)
        lower = version.valid.lower
        if kept is None or lower is None or lower <= day:
            found[version.organisation_id] = version
    return found


def members(sets: Collection[int], day: date) -> dict[int, list[int]]:
    """The organisations of each set on the day, by set id. One query."""
    found: dict[int, list[int]] = {pk: [] for pk in sets}
    rows = SetMember.objects.filter(set_id__in=found, valid__contains=day).order_by("pk")
    for pk, organisation in rows.values_list("set_id", "organisation_id"):
        found[pk].append(organisation)
    return found
