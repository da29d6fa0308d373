"""Which of the sender's sheets hold what, and in which columns: the layout, kept to send rows back in it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from nhipcau.apps.orgs.models import ArrivalRow
from nhipcau.apps.orgs.sheets.columns import COLUMNS, EXAMPLE, places
from nhipcau.core.tablereader import Row, Sheet
from nhipcau.core.text import fold

# Titles and remarks may stand above the head of the table.
HEAD_WITHIN = 20


@dataclass(frozen=True, slots=True)
class Part:
    """A sheet that is understood: its rows below the head. `columns` maps a key to its column from 0."""

    index: int
    name: str
    kind: str
    head: list[str]
    columns: dict[str, int]
    rows: Sequence[Row]

    def kept(self) -> dict[str, Any]:
        """What is kept of it beside its rows."""
        return {"index": self.index, "name": self.name, "kind": self.kind, "head": self.head}

    def value(self, row: Row, key: str) -> str:
        at = self.columns.get(key)
        return row["cells"][at] if at is not None and at < len(row["cells"]) else ""


def understood(sheets: Sequence[Sheet]) -> list[Part]:
    """The sheets with a head that is known; agencies first, since people refer to them."""
    parts = list(_parts(sheets))
    return sorted(parts, key=lambda part: (part.kind != ArrivalRow.Kind.AGENCY, part.index))


def _parts(sheets: Sequence[Sheet]) -> Iterator[Part]:
    for index, sheet in enumerate(sheets):
        for at, row in enumerate(sheet["rows"][:HEAD_WITHIN]):
            kind = _kind(row["cells"])
            if kind is not None:
                columns = places(row["cells"], kind)
                below = [row for row in sheet["rows"][at + 1 :] if not _is_example(row)]
                yield Part(index, sheet["name"], kind, row["cells"], columns, below)
                break


def _is_example(row: Row) -> bool:
    return fold(row["cells"][0]).startswith(fold(EXAMPLE))


def _kind(cells: Sequence[str]) -> str | None:
    """A head row has every required column but one; a person's mail tells people from agencies."""
    if len([cell for cell in cells if cell]) < 2:
        return None
    people, agencies = (places(cells, kind) for kind in (ArrivalRow.Kind.PERSON, ArrivalRow.Kind.AGENCY))
    if "email" in people and len(people) >= _needed(ArrivalRow.Kind.PERSON) - 1:
        return ArrivalRow.Kind.PERSON
    return ArrivalRow.Kind.AGENCY if {"name", "kind"} <= set(agencies) else None


def _needed(kind: str) -> int:
    return sum(column.required for column in COLUMNS[kind])
