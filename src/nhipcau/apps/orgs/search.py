"""Finding organisations by any name they ever had, with and without marks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from functools import cache

from django.db.models import Q, QuerySet

from nhipcau.apps.orgs.models import Alias, OrganisationVersion
from nhipcau.core.places import Resolver, shipped
from nhipcau.core.text import fold

MOST_WORDS = 8
# Only as many units as a reader looks through are asked of the reader of addresses.
MOST_UNITS = 200


@cache
def resolver() -> Resolver:
    """Of the shipped units; made when the first address is asked for, a third of a second."""
    return Resolver(shipped())


def named(rows: QuerySet[OrganisationVersion], text: str) -> list[int]:
    """Ids of those of `rows` whose name, abbreviation or further name holds the text; when there is none, all
    of its words. Of each organisation the last one; names that end so first, then short ones.

    Two queries, or four.
    """
    words = fold(text).split()[:MOST_WORDS]
    phrase = " ".join(words)
    return _holding(rows, [phrase], phrase) or (_holding(rows, words, phrase) if len(words) > 1 else [])


def _holding(rows: QuerySet[OrganisationVersion], parts: list[str], phrase: str) -> list[int]:
    matching, aliases = Q(), Alias.objects.all()
    for part in parts:
        matching &= Q(name_fold__contains=part) | Q(abbreviation__icontains=part)
        aliases = aliases.filter(text_fold__contains=part)
    called = list(aliases.values_list("organisation_id", flat=True)[: MOST_UNITS * 5])
    found = rows.filter(matching | Q(organisation__in=called)) if called else rows.filter(matching)
    # The latest of each organisation: later rows replace earlier ones.
    last = {
        organisation: (pk, name, key)
        for organisation, pk, name, key in found.order_by("valid").values_list(
            "organisation_id", "pk", "name_fold", "name_sort"
        )
    }
    ordered = sorted(
        last.values(), key=lambda row: (not row[1].endswith(f" {phrase}"), len(row[1]), row[2], row[0])
    )
    return [pk for pk, _name, _key in ordered]


def in_order(ids: Iterable[int]) -> list[OrganisationVersion]:
    """The versions of a page of ids, in its order. One query."""
    wanted = list(ids)
    found = OrganisationVersion.objects.in_bulk(wanted)
    return [found[pk] for pk in wanted if pk in found]


def addressed(rows: QuerySet[OrganisationVersion], text: str, today: date) -> list[int]:
    """Ids of those that an address means ("xã Bình Mỹ, huyện Châu Phú"), as written and as of today."""
    answer = resolver().resolve(text, today=today, suggest=False)
    keys = [reading.unit.key for reading in answer.readings] + [unit.key for unit in answer.now]
    return [version.pk for version in of_keys(rows, keys[:MOST_UNITS])]


def near(rows: QuerySet[OrganisationVersion], text: str, today: date) -> list[OrganisationVersion]:
    """Versions of shipped units of almost this name, the nearest first."""
    return of_keys(rows, [unit.key for unit in resolver().resolve(text, today=today).near])


def of_keys(rows: QuerySet[OrganisationVersion], keys: Sequence[str]) -> list[OrganisationVersion]:
    """The last version of each shipped unit that is loaded, in the order of the keys. One query."""
    found = rows.filter(organisation__unit_key__in=keys).select_related("organisation").order_by("valid")
    by_key = {str(version.organisation.unit_key): version for version in found}
    return [by_key[key] for key in dict.fromkeys(keys) if key in by_key]
