"""What a file gives before anything is understood: its lines, in reading order, with their places.

Every format reader (`planreader.formats`) produces a `Source`; the engine turns it into a reading.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

Kind = Literal["line", "paragraph", "cell", "note", "header", "footer"]


@dataclass(frozen=True, slots=True)
class Cell:
    """Place of a table cell, counted from 0: which table of the document, row, column."""

    table: int
    row: int
    column: int


@dataclass(frozen=True, slots=True)
class Line:
    """One line or paragraph as the file has it.

    `kind` "line" is a printed line that may go on in the next one (text, PDF, OCR); "paragraph" is whole
    (Word, ODT), an automatic number already written in front of it ("a) ", "1. ");
    "cell" is one paragraph of a table cell; "note" a footnote; "header"/"footer" running heads.
    `page` and `number` count from 1; formats without pages say page 1. `bold` and `centred` are None when
    unknown.
    """

    text: str
    page: int = 1
    number: int = 1
    kind: Kind = "line"
    cell: Cell | None = None
    bold: bool | None = None
    centred: bool | None = None


@dataclass(slots=True)
class Source:
    """A file's content before understanding. `notes` says what was done to get it ("ocr", "tcvn3", …)."""

    format: str
    lines: list[Line]
    notes: list[str] = field(default_factory=list)
    pages: int = 1
