"""Whom a body's work goes to on a day: along the lineage, through as many acts as there were."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from django.db import connection

from nhipcau.apps.orgs.models import Lineage, OrganisationVersion

_ENDING = (Lineage.Kind.MERGE, Lineage.Kind.SPLIT, Lineage.Kind.ABOLISH, Lineage.Kind.RENAME)


def hold(bodies: Collection[int]) -> None:
    """Keep acts of restructuring from taking the bodies up until the transaction ends.

    Call it before anything else is locked, then ask who still exists, then give work: so nothing is given
    to a body that ends at the same moment. Those who hold do not wait for each other.
    """
    if bodies:
        with connection.cursor() as cursor:
            cursor.execute(
                "select id from orgs_organisation where id = any(%s) order by id for share", [sorted(bodies)]
            )


def ended(bodies: Collection[int], day: date) -> set[int]:
    """Those that existed before the day and do not on it. One query."""
    rows = OrganisationVersion.objects.filter(organisation_id__in=bodies)
    there, before = set(), set()
    for pk, valid in rows.values_list("organisation_id", "valid"):
        lower, upper = valid.lower, valid.upper
        if upper is not None and upper <= day:
            before.add(pk)
        elif lower is None or lower <= day:
            there.add(pk)
    return before - there


def successors(bodies: Collection[int], day: date) -> dict[int, list[int]]:
    """Of each body that has ended by the day, those that exist and descend from it; [] where nobody does.

    One of them: the work is theirs. Several: somebody must choose. Bodies that exist are left out.
    """
    gone = ended(bodies, day)
    if not gone:
        return {}
    forward: dict[int, list[int]] = {}
    rows = Lineage.objects.until(day).filter(kind__in=_ENDING, successor__isnull=False)
    for old, new in rows.order_by("pk").values_list("predecessor_id", "successor_id"):
        if new is not None and new != old:
            forward.setdefault(old, []).append(new)
    heirs = {pk: _reachable(forward, pk) for pk in gone}
    lost = ended({each for found in heirs.values() for each in found}, day)
    return {pk: [each for each in found if each not in lost] for pk, found in heirs.items()}


def _reachable(forward: dict[int, list[int]], start: int) -> list[int]:
    found: dict[int, None] = {}
    waiting = [start]
    while waiting:
        for each in forward.get(waiting.pop(0), ()):
            if each not in found and each != start:
                found[each] = None
                waiting.append(each)
    return list(found)
