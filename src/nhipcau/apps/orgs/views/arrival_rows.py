"""The rows of an import as its page shows them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.safestring import SafeString

from nhipcau.apps.orgs.directory import names
from nhipcau.apps.orgs.models import Appointment, ArrivalRow, OrganisationVersion
from nhipcau.apps.orgs.sheets.columns import COLUMNS, places
from nhipcau.apps.orgs.sheets.remarks import APPLIED, marked


@dataclass(frozen=True, slots=True)
class Line:
    """`name` and `more` are the sender's words, `kind` ours; `said` pairs a column's head with a sentence."""

    row: ArrivalRow
    where: str
    name: str
    more: str
    kind: str
    agency: str
    said: list[tuple[str, SafeString, bool]]

    @property
    def finding(self) -> str:
        return str(ArrivalRow.Finding(self.row.finding).label)

    @property
    def applied(self) -> bool:
        return any(applied for _head, _words, applied in self.said)


def lines(rows: Sequence[ArrivalRow], layout: Sequence[Mapping[str, Any]], day: date) -> list[Line]:
    """One query, for the names of known agencies."""
    parts = {int(part["index"]): part for part in layout}
    known = names({row.organisation_id for row in rows if row.organisation_id}, day)
    return [_line(row, parts[row.sheet], known) for row in rows]


def _line(row: ArrivalRow, part: Mapping[str, Any], known: Mapping[int, str]) -> Line:
    columns = places(part["head"], part["kind"])
    heads = {column.key: column.head for column in COLUMNS[part["kind"]]}

    def cell(key: str) -> str:
        at = columns.get(key)
        return row.cells[at] if at is not None and at < len(row.cells) else ""

    person = row.kind == ArrivalRow.Kind.PERSON
    words = dict(Appointment.Role.choices if person else OrganisationVersion.Kind.choices)
    value = str((row.meaning or {}).get("role" if person else "kind") or "")
    return Line(
        row=row,
        where=part["name"],
        name=cell("full_name" if person else "name"),
        more=cell("email" if person else "abbreviation"),
        kind=str(words.get(value, "")),
        agency=cell("agency") if person else known.get(row.organisation_id or 0, ""),
        said=[(heads.get(each["column"], ""), marked(each), each["code"] in APPLIED) for each in row.remarks],
    )
