"""A document and its parts as the writer takes them. Texts are plain: nothing in them is ever markup."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from nhipcau.core.officialdoc.kinds import KINDS, Kind

Align = Literal["left", "center", "right", "both"]
_NUMBER = re.compile("[0-9]{1,6}[a-zđ]?")


def is_number(text: str) -> bool:
    """Whether a text is a running number as `OfficialDocument.number` takes it: "5", "05", "112", "7a"."""
    return _NUMBER.fullmatch(text) is not None


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of a paragraph."""

    text: str
    bold: bool = False
    italic: bool = False


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of the text. `level` 1 to 4; `label` as printed: "I.", "1.", "a)".

    With "Phần", "Chương" or "Mục" as label it is centred, the title in capitals on a line of its own.
    """

    level: int
    label: str
    text: str

    def __post_init__(self) -> None:
        if not 1 <= self.level <= 4:
            raise ValueError("a heading's level is 1 to 4")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of the text; a line break begins another. `label` ("Điều 1.") stands before it, bold."""

    text: str | Sequence[Run]
    label: str = ""
    align: Align = "both"


@dataclass(frozen=True, slots=True)
class Bullets:
    """Items behind "-" (`level` 1) or "+" (`level` 2)."""

    items: Sequence[str | Sequence[Run]]
    level: int = 1


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell that is more than its text. Places that it covers are left out of its row and of those below."""

    text: str
    columns: int = 1
    rows: int = 1
    bold: bool = False
    italic: bool = False
    align: Align | None = None

    def __post_init__(self) -> None:
        if self.columns < 1 or self.rows < 1:
            raise ValueError("a cell covers one column and row or more")


TableRow = Sequence["str | Cell"]


@dataclass(frozen=True, slots=True)
class Table:
    """A table. `head`: one row, or several with cells that span; it comes again on every page.

    `align`: one word a column (figures "right"); `widths`: shares of the width, as many as there are columns;
    both may be left out. `caption` stands above ("Bảng 1. …"), `notes` below.
    """

    head: TableRow | Sequence[TableRow]
    rows: Sequence[TableRow]
    align: Sequence[Align] = ()
    widths: Sequence[float] = ()
    caption: str = ""
    notes: Sequence[str] = ()
    size: float = 12

    @property
    def head_rows(self) -> list[TableRow]:
        """The head as rows, also where it was given as one."""
        first = next(iter(self.head), None)
        if first is None:
            return []
        if isinstance(first, str | Cell):
            return [self.head]  # type: ignore[list-item]
        return list(self.head)  # type: ignore[arg-type]


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture. `alt` says in words what it shows; `width` in mm, at most that of the text."""

    png: bytes
    alt: str
    caption: str = ""
    width: float = 160


Block = Heading | Paragraph | Bullets | Table | Picture


@dataclass(frozen=True, slots=True)
class Signature:
    """Who signs. `authority`: the lines above the post, "TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH"; `title`: the
    post, "PHÓ CHỦ TỊCH"; `name` without academic titles.
    """

    authority: Sequence[str] = ()
    title: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True)
class Annex:
    """An annex on pages of its own. `title` as ordinary writing: it is printed in capitals."""

    title: str
    blocks: Sequence[Block] = ()
    landscape: bool = False


@dataclass(frozen=True, slots=True)
class Attachment:
    """A table or list that goes with a document, on its own: no letterhead, number or signature.

    `title` is printed in capitals, `about` below it; both in ordinary writing.
    """

    title: str
    about: str
    blocks: Sequence[Block]
    landscape: bool = False


@dataclass(frozen=True, slots=True)
class OfficialDocument:
    """One document. Names of bodies in ordinary writing: the letterhead sets them in capitals.

    `number` and `day`: None leaves the blanks that the document-management system fills; `year` is printed
    all the same. `symbol`: the issuer's part, "SNgV", for a letter "SNgV-NVNONN". `subject` without "V/v".
    `authority`: who decides, in decisions and resolutions ("Giám đốc Sở Ngoại vụ"). `recipients` without "-"
    and ";". `archive`: what stands behind "Lưu:". `co_signatures`: further signatures, from left to right.
    """

    kind: str
    issuer: str
    symbol: str
    place: str
    subject: str
    body: Sequence[Block]
    signature: Signature
    parent_body: str = ""
    number: str | None = None
    day: date | None = None
    year: int | None = None
    bases: Sequence[str] = ()
    addressed_to: Sequence[str] = ()
    recipients: Sequence[str] = ()
    archive: str = "VT"
    annexes: Sequence[Annex] = ()
    authority: str = ""
    co_signatures: Sequence[Signature] = ()

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise ValueError(f"{self.kind!r} is no type of document")
        if self.number is not None and not is_number(self.number):
            raise ValueError(f"{self.number!r} is no number of a document")

    @property
    def type(self) -> Kind:
        """What its form wants."""
        return KINDS[self.kind]
