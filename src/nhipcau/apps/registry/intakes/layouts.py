"""Which column of a sheet holds what: guessed, said once by an officer, remembered for the sender."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Any

from nhipcau.apps.registry.models import Intake, Layout
from nhipcau.core.personvalues import BY_CODE, SENSITIVE, Column, Countries, Table, guess_columns
from nhipcau.core.tablereader import Row
from nhipcau.core.text import fold

# A heading of our own template is as certain as this.
CERTAIN = 0.9
# Numbers of documents are not kept in rows that wait, nor shown.
SECRET = ("identity_number", "passport_number")
NAMES = ("name", "family_and_middle", "given_name")


@dataclass(frozen=True, slots=True)
class SheetPlan:
    """`head` is the number of the last row of headings (0: none), `first` that of the first row of data.

    `columns`: field → index of its column; `left_out`: indexes of what is never kept.
    """

    index: int
    name: str
    head: int
    first: int
    headings: tuple[str, ...]
    columns: dict[str, int]
    left_out: frozenset[int]
    guesses: tuple[Column, ...]
    certain: bool
    samples: tuple[tuple[str, ...], ...] = ()

    @property
    def sensitive(self) -> frozenset[int]:
        """Indexes of columns that no file of ours holds, whatever was sent."""
        kinds = {each.index: each.left_out for each in self.guesses}
        told = self.left_out - set(self.columns.values())
        return frozenset(at for at in told if kinds.get(at) in SENSITIVE)

    @property
    def takes(self) -> bool:
        """Whether there are people in it: a sheet without a column of names is passed over."""
        return any(field in self.columns for field in NAMES)

    def as_kept(self, *, samples: bool) -> dict[str, Any]:
        """For Intake.sheets; with a few cells of each column, to tell it by, only while that is asked."""
        return {
            "index": self.index,
            "name": self.name,
            "head": self.head,
            "first": self.first,
            "headings": list(self.headings),
            "columns": self.columns,
            "left_out": {
                str(each.index): each.left_out
                for each in self.guesses
                if each.left_out and each.index in self.left_out
            },
            "guesses": {str(each.index): [each.field, round(each.certainty, 2)] for each in self.guesses},
            "takes": self.takes,
            "samples": [list(each) for each in self.samples] if samples else [],
        }


def fingerprint(headings: Sequence[str], *, file: str) -> str:
    """The same for the same headings, whatever their case and marks. Of a list without headings what was said
    holds for its own file alone (`file`: its digest).
    """
    told = [fold(each) for each in headings]
    words = told if any(told) else [file, str(len(headings))]
    return hashlib.sha256("\x1f".join(words).encode()).hexdigest()


def layouts_of(sender: int) -> dict[str, dict[str, str]]:
    """What was said of the sender's sheets before: digest of headings → column → field."""
    return dict(Layout.objects.filter(sender=sender).values_list("headings", "columns"))


def plan_of(
    index: int,
    name: str,
    rows: Sequence[Row],
    *,
    layouts: Mapping[str, Mapping[str, str]],
    file: str,
    today: date,
    countries: Countries,
) -> SheetPlan:
    """What the columns of a sheet hold: as said before for these headings, else as guessed."""
    table = guess_columns([row["cells"] for row in rows], today=today, countries=countries)
    headings = tuple(column.heading for column in table.columns)
    head = rows[table.heading_rows[-1]]["number"] if table.heading_rows else 0
    first = (
        rows[table.first]["number"] if table.first < len(rows) else (rows[-1]["number"] + 1 if rows else 1)
    )
    layout = layouts.get(fingerprint(headings, file=file))
    columns = _guessed(table) if layout is None else said(layout, len(headings))
    return SheetPlan(
        index=index,
        name=name,
        head=head,
        first=first,
        headings=headings,
        columns=columns,
        left_out=frozenset(each.index for each in table.columns if each.left_out),
        guesses=table.columns,
        certain=layout is not None or _certain(table),
        samples=tuple(_samples(each, rows[table.first :]) for each in table.columns),
    )


def said(columns: Mapping[str, Any], width: int) -> dict[str, int]:
    """Field → column, of what was kept as column → field; what no longer fits is left out."""
    found: dict[str, int] = {}
    for place, field in columns.items():
        if field in BY_CODE and place.isdigit() and int(place) < width:
            found.setdefault(field, int(place))
    return found


def _samples(column: Column, rows: Sequence[Row]) -> tuple[str, ...]:
    """The first cells of a column that may be shown."""
    if column.left_out or column.field in SECRET:
        return ()
    cells = (row["cells"][column.index] for row in rows if column.index < len(row["cells"]))
    return tuple(islice((cell[:40] for cell in cells if cell), 3))


def _guessed(table: Table) -> dict[str, int]:
    return {each.field: each.index for each in table.columns if each.field}


def _certain(table: Table) -> bool:
    """Whether each column that is taken has a heading that leaves no question, one of them of names."""
    taken = [each for each in table.columns if each.field]
    named = any(each.field in NAMES for each in taken)
    return named and all(each.by == "heading" and each.certainty >= CERTAIN for each in taken)


def remember(intake: Intake, headings: Sequence[str], columns: Mapping[int, str], user: int) -> None:
    """What an officer said of these headings holds for this sender from now on."""
    Layout.objects.update_or_create(
        sender_id=intake.sender_id,
        headings=fingerprint(headings, file=intake.digest),
        defaults={"columns": {str(place): field for place, field in columns.items()}, "set_by_id": user},
    )
