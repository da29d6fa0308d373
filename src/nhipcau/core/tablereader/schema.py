"""What a table is once it is read, and how much of one is read at all."""

from __future__ import annotations

from typing import NotRequired, TypedDict

MOST_SHEETS = 20
MOST_ROWS = 5_000
MOST_LISTED = 100_000
"""Rows of a list of people, over all sheets (`read_list`)."""
MOST_COLUMNS = 60
MOST_CHARACTERS = 20_000
"""Of one cell; what is longer is cut, with an ellipsis."""


class Row(TypedDict):
    """`number` is the row's own number in the sender's program, from 1; `cells` begin with column A.

    `numbers` are the indexes of cells that are numbers, not text that looks like one: "1.234" is a thousand
    and more where it was typed as text, a little over one where it is a number. Left out where none is.
    `merged` are (index, text) of empty cells that the file says are one with the cell above that has the text
    (`read_list` alone).
    """

    number: int
    cells: list[str]
    numbers: NotRequired[list[int]]
    merged: NotRequired[list[tuple[int, str]]]


class Sheet(TypedDict):
    """`name` is empty for CSV. Rows without any text are left out; a hidden sheet is named, not read."""

    name: str
    hidden: bool
    rows: list[Row]
