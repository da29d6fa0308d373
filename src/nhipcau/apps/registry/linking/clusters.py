"""Persons whose records may not all be hers: too many for one, or two halves that a weak pair holds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from django.db import connection
from django.db.models import F, Func, IntegerField, QuerySet

from nhipcau.apps.registry.models import Merge, Person
from nhipcau.core.linkage.clustering import LARGEST
from nhipcau.core.linkage.weighing import rule

OVERSIZED, THIN = "oversized", "thin"
MOST = 200
# Records that each of two halves has at least, for a pair between them to be all that holds them.
HALF = 2
# So many bits above the least weight by which records join, a pair is strong enough to hold two halves.
FIRM = 3.0
# So many persons are counted one by one.
COUNTED = 10_000


@dataclass(frozen=True, slots=True)
class Doubtful:
    """A person to look at. Of a thin one `merge` is the join that a weak pair made, `weight` that pair's."""

    person: int
    kind: str
    records: int
    merge: int | None = None
    weight: float | None = None


def doubtful(user: object, most: int = MOST) -> list[Doubtful]:
    """Those whom the user may read, the largest first, then the weakest; at most so many. Two queries."""
    return list(islice((*_oversized(user, most), *_thin(user, most)), most))


def counts(user: object) -> dict[str, int]:
    """How many of each kind the user may read. Three queries."""
    persons, merges = Person.objects.visible_to(user), Merge.objects.visible_to(user)
    return {OVERSIZED: _too_large(persons).count(), THIN: _weak(merges).count()}


def counts_of_all() -> dict[str, int]:
    """The same for a part of the system."""
    return {OVERSIZED: _too_large(Person.objects.all()).count(), THIN: _weak(Merge.objects.all()).count()}


def _too_large(rows: QuerySet[Person]) -> QuerySet[Person]:
    return rows.filter(records__gt=LARGEST, merged_into=None)


def _oversized(user: object, most: int) -> Iterator[Doubtful]:
    rows = _too_large(Person.objects.visible_to(user)).order_by("-records", "pk")
    for person, records in rows.values_list("pk", "records")[:most]:
        yield Doubtful(person, OVERSIZED, records)


def _weak(rows: QuerySet[Merge]) -> QuerySet[Merge]:
    """Joins without an officer, that stand, of two halves, by a pair not far above the least weight."""
    least = rule(_about_how_many()).link + FIRM
    return (
        rows.filter(state=Merge.State.DONE, asked_by=None, kept__merged_into=None, pair__weight__lt=least)
        .annotate(half=Func(F("moved"), function="cardinality", output_field=IntegerField()))
        .filter(half__gte=HALF, kept__records__gte=F("half") + HALF)
    )


def _about_how_many() -> int:
    """Persons. The rule hardly moves with them: of many the statistics of the database are enough."""
    with connection.cursor() as cursor:
        cursor.execute("select reltuples::bigint from pg_class where oid = 'registry_person'::regclass")
        (about,) = cursor.fetchone() or (0,)
    return int(about) if about > COUNTED else Person.objects.count()


def _thin(user: object, most: int) -> Iterator[Doubtful]:
    rows = _weak(Merge.objects.visible_to(user)).order_by("pair__weight", "pk")
    for pk, person, records, weight in rows.values_list("pk", "kept", "kept__records", "pair__weight")[:most]:
        yield Doubtful(person, THIN, records, pk, weight)
