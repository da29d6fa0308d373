"""What each row of a sheet means, and what is wrong with it. Nothing is written here."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from nhipcau.apps.access.scope import Role
from nhipcau.apps.orgs.models import ArrivalRow
from nhipcau.apps.orgs.sheets.columns import COLUMNS
from nhipcau.apps.orgs.sheets.known import Bodies, People, bodies, people
from nhipcau.apps.orgs.sheets.layout import Part
from nhipcau.apps.orgs.sheets.remarks import APPLIED, HARMLESS, remark
from nhipcau.core.tablereader import Row

Key = tuple[int, int]
"""Number of the sheet, number of the row."""
Finding = ArrivalRow.Finding


@dataclass(slots=True)
class Checked:
    """A row as it will be kept. `target` is the known agency or user; `meaning` is JSON."""

    part: Part
    row: Row
    remarks: list[dict[str, Any]] = field(default_factory=list)
    meaning: dict[str, Any] = field(default_factory=dict)
    organisation: int | None = None
    user: int | None = None
    appointment: int | None = None

    @property
    def key(self) -> Key:
        return self.part.index, self.row["number"]

    @property
    def wrong(self) -> bool:
        return any(each["code"] not in HARMLESS for each in self.remarks)

    @property
    def finding(self) -> str:
        if self.wrong:
            return Finding.WRONG
        new = self.organisation is None if self.part.kind == ArrivalRow.Kind.AGENCY else self.user is None
        if new:
            return Finding.NEW
        return Finding.CHANGED if self.remarks else Finding.KNOWN

    @property
    def does_something(self) -> bool:
        """Whether confirming changes anything."""
        if self.finding == Finding.NEW:
            return True
        return self.finding == Finding.CHANGED and any(each["code"] in APPLIED for each in self.remarks)

    def say(self, column: str, code: str, **values: object) -> None:
        self.remarks.append(remark(column, code, **values))

    def text(self, key: str) -> str:
        return self.part.value(self.row, key)


@dataclass(slots=True)
class Sheets:
    """All that the rows are held against; agencies of the sheet are found by name as known ones are."""

    day: date
    roles: frozenset[Role]
    bodies: Bodies
    people: People
    rows: dict[Key, Checked] = field(default_factory=dict)
    # Spelling, and folded name, of an agency's row → its keys.
    named: dict[str, set[Key]] = field(default_factory=dict)
    mails: dict[str, Key] = field(default_factory=dict)
    roles_seen: dict[tuple[str, str, str], Key] = field(default_factory=dict)


def begin(parts: Sequence[Part], day: date, roles: frozenset[Role]) -> Sheets:
    """What is known on the day, for the sheets' rows; a few queries."""
    addresses = {
        part.value(row, "email").strip().lower()
        for part in parts
        if part.kind == ArrivalRow.Kind.PERSON
        for row in part.rows
    }
    return Sheets(day, roles, bodies(day), people(addresses))


def complete(checked: Checked) -> bool:
    """Required cells are there and none is too long; else it is said."""
    fine = True
    for column in COLUMNS[checked.part.kind]:
        text = checked.text(column.key)
        if column.required and not text:
            code = "missing" if column.key in checked.part.columns else "no-column"
            checked.say(column.key, code)
            fine = False
        elif len(text) > column.longest:
            checked.say(column.key, "too-long", most=column.longest)
            fine = False
    return fine


def rows_of(parts: Sequence[Part], kind: str) -> Iterator[Checked]:
    for part in parts:
        if part.kind == kind:
            for row in part.rows:
                yield Checked(part, row)
