"""Identity numbers: sealed when they come, found by a keyed digest, opened by an act that is recorded."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils import timezone

from nhipcau.apps.access.keyring import key_ring, new_rows, sealed_column
from nhipcau.apps.registry.models import IdentityNumber, Membership, SourceRecord
from nhipcau.core.personvalues import IdentityNumber as Understood
from nhipcau.core.personvalues import Problem, read_identity_number

SEALED = sealed_column(IdentityNumber, "sealed", index="digest", kind="kind")
# What core.personvalues calls them, and what they are called here.
KINDS = {
    "citizen": IdentityNumber.Kind.CITIZEN,
    "card": IdentityNumber.Kind.FORMER,
    "passport": IdentityNumber.Kind.PASSPORT,
}


def understood(text: str) -> list[Understood] | Problem:
    """The numbers that a text names, none for an empty one."""
    found = read_identity_number(text, year=timezone.localdate().year)
    if isinstance(found, Problem):
        return found
    return [found, *found.others] if found is not None else []


def keep(record: SourceRecord, numbers: Iterable[Understood]) -> None:
    """Seal the numbers beside the record; its `written` must not hold them."""
    ring, wanted = key_ring(), list(numbers)
    rows = new_rows(IdentityNumber, len(wanted))
    IdentityNumber.objects.bulk_create(
        IdentityNumber(
            id=row,
            record=record,
            kind=KINDS[number.kind],
            sealed=SEALED.seal(ring, row, number.number),
            digest=SEALED.index_of(ring, KINDS[number.kind], number.number),
        )
        for row, number in zip(rows, wanted, strict=True)
    )


def persons_with(text: str) -> list[int]:
    """Ids of the persons with this number. Row security shows numbers to the keeper alone; nobody else finds
    anybody so.
    """
    found = understood(text)
    if isinstance(found, Problem) or not found:
        return []
    ring = key_ring()
    digests = [
        digest
        for number in found
        for kind in KINDS.values()
        for digest in SEALED.indexes_of(ring, kind, number.number)
    ]
    records = IdentityNumber.objects.filter(digest__in=digests).values("record")
    return list(
        Membership.objects.filter(until=None, record__in=records).values_list("person", flat=True).distinct()
    )


def opened(records: Iterable[SourceRecord]) -> list[tuple[str, str]]:
    """Kind and number of each, once. Raises SealingError when the keys lack or a cell is not genuine."""
    ring = key_ring()
    rows = IdentityNumber.objects.filter(record__in=list(records)).order_by("kind", "pk")
    return list(
        dict.fromkeys(
            (str(row.get_kind_display()), SEALED.unseal(ring, row.pk, bytes(row.sealed))) for row in rows
        )
    )
