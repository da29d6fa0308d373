"""New records against all that are known, part by part; each part is one transaction.

Killed at any moment, what was not decided still stands in Unlinked: the next run takes it up. Two runs at a
time decide one after the other, on what the other left.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager

import numpy as np
from django.db import connection, transaction
from django.utils import timezone

from nhipcau.apps.access.act import act, note
from nhipcau.apps.access.identity import acting, as_part
from nhipcau.apps.registry.linking.columns import LINKER, read_standing
from nhipcau.apps.registry.linking.deciding import Decided, Explained, decide
from nhipcau.apps.registry.linking.parameters import chosen
from nhipcau.apps.registry.models import Person, Unlinked
from nhipcau.core.linkage.growing import Found
from nhipcau.core.linkage.incremental import Known, Pairs

PART = 2_000
# Of the advisory lock that the deciding of pairs holds.
LOCK = 0x4E43_4C4B
Progress = Callable[[int, int], None]


@contextmanager
def linking() -> Iterator[None]:
    """A transaction as the linker, one at a time; part of the running one where there is one."""
    if connection.in_atomic_block:
        with transaction.atomic(), as_part(LINKER.name):
            _lock()
            yield
    else:
        with acting(LINKER):
            _lock()
            yield


def _lock() -> None:
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(%s)", [LOCK])


def waiting() -> list[int]:
    """Records that were not compared yet, the first first."""
    with linking():
        return list(Unlinked.objects.order_by("record").values_list("record", flat=True))


def link_new(progress: Progress = lambda _done, _total: None) -> Decided:
    """Compare what waits with all that is known. Doing it twice is doing it once."""
    wait = waiting()
    if not wait:
        return Decided(0, 0)
    records, places = read_standing(timezone.localdate())
    held = [records]
    del records
    known = Known.out_of(held, places.gazetteer, chosen())
    joined = asked = 0
    try:
        for at in range(0, len(wait), PART):
            found = link_part(known, wait[at : at + PART])
            joined, asked = joined + found.joined, asked + found.asked
            progress(min(at + PART, len(wait)), len(wait))
    finally:
        known.close()
    return Decided(joined, asked)


def link_part(known: Known, part: Collection[int]) -> Decided:
    """One transaction: what is decided of these records stands, and they wait no more."""
    pairs = weighed(known, part)
    with linking():
        still = set(
            Unlinked.objects.select_for_update()
            .filter(record__in=list(part))
            .order_by("record")
            .values_list("record", flat=True)
        )
        if not still:
            return Decided(0, 0)
        with act(LINKER, "registry.link_records", Person, permission="merge") as entry:
            decided = decide(pairs, still, known.rule, explained(known))
            Unlinked.objects.filter(record__in=still).delete()
            note(entry, records=len(still), joined=decided.joined, asked=decided.asked)
    return decided


def weighed(known: Known, part: Collection[int]) -> list[Found]:
    """All pairs of these records, and those of the records that they may join: what two persons share that a
    new record brings together has to be weighed too.
    """
    first = known.among(np.fromiter(part, dtype=np.int64))
    strong = first.weight >= known.rule.link
    more = np.union1d(np.fromiter(part, dtype=np.int64), np.union1d(first.left[strong], first.right[strong]))
    found = known.among(more) if len(more) > len(part) else first
    return as_found(found)


def as_found(pairs: Pairs) -> list[Found]:
    """One by one."""
    columns = (pairs.left.tolist(), pairs.right.tolist(), pairs.weight.tolist())
    return [Found(left, right, weight) for left, right, weight in zip(*columns, strict=True)]


def explained(known: Known) -> Explained:
    """Evidence by what is known, as Pair keeps it."""

    def tell(pairs: list[Found]) -> list[dict[str, object]]:
        left = np.array([pair.left for pair in pairs], dtype=np.int64)
        right = np.array([pair.right for pair in pairs], dtype=np.int64)
        return [evidence.as_json() for evidence in known.explain(left, right)]

    return tell
