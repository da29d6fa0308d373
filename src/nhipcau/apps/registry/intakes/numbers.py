"""Numbers of documents go from the sealed file beside the list into sealed cells: they wait in no row."""

from __future__ import annotations

from django.db import connection

from nhipcau.apps.access.keyring import key_ring, new_rows
from nhipcau.apps.registry.intakes.files import numbers_of
from nhipcau.apps.registry.models import IdentityNumber, Intake, SourceRecord
from nhipcau.apps.registry.numbers import KINDS, SEALED


def keep_numbers(intake: Intake) -> int:
    """Seal the numbers of the rows that became records; returns how many. Raises SealingError, Gone."""
    if intake.numbers is None:
        return 0
    made = SourceRecord.objects.filter(intake=intake).order_by().values_list("sheet", "row", "pk")
    records = {(sheet, row): pk for sheet, row, pk in made}
    read = ((records.get((sheet, row)), kind, number) for sheet, row, kind, number in numbers_of(intake))
    found = list(
        dict.fromkeys((pk, KINDS[kind].value, number) for pk, kind, number in read if pk is not None)
    )
    ring = key_ring()
    rows = new_rows(IdentityNumber, len(found))
    with connection.cursor() as cursor:
        cursor.execute("drop table if exists sealed_number")
        cursor.execute(
            "create temp table sealed_number"
            " (id bigint, record bigint, kind text, sealed bytea, digest bytea)"
            " on commit drop"
        )
        with cursor.copy("copy sealed_number from stdin") as copy:
            for row, (record, kind, number) in zip(rows, found, strict=True):
                cell = SEALED.seal(ring, row, number)
                copy.write_row((row, record, kind, cell, SEALED.index_of(ring, kind, number)))
        cursor.execute(
            "insert into registry_identitynumber (id, record_id, kind, sealed, digest)"
            " select id, record, kind, sealed, digest from sealed_number on conflict do nothing"
        )
    return len(found)
