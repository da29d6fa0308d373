"""A Word file as the checker sees it: paragraphs with the look of each run, sections, page numbers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from nhipcau.core.officialdoc.checking.cascade import Look
from nhipcau.core.text import fold

Place = Literal["body", "cell", "box"]


@dataclass(frozen=True, slots=True)
class Span:
    """Text of one look."""

    text: str
    look: Look


@dataclass(frozen=True, slots=True)
class CellPlace:
    """Where a cell lies: number of the table, row, column."""

    table: int
    row: int
    column: int


@dataclass
class Para:
    """One paragraph. `lines`: split at line breaks and tabs; `number` counts those with text from 1."""

    number: int
    look: Look
    style: str
    place: Place
    cell: CellPlace | None
    box: int
    lines: list[list[list[Span]]] = field(default_factory=list)
    """line → segment between tabs → spans"""
    section: int = 0
    shapes: int = 0
    """lines drawn as shapes that hang on it"""
    picture: bool = False
    decomposed: bool = False
    """whether letters and marks stood apart; its text is composed all the same"""
    page_break: bool = False
    room: float | None = None
    """mm between the margins, or of the cell"""

    @cached_property
    def text(self) -> str:
        """All of it as one line."""
        segments = ("".join(span.text for span in segment) for line in self.lines for segment in line)
        return " ".join(" ".join(segments).split())

    @property
    def rule(self) -> bool:
        """Whether a line is drawn at it: its border, or a shape."""
        return bool(self.look.get("border-bottom") or self.look.get("border-top")) or self.shapes > 0

    @property
    def spans(self) -> list[Span]:
        """Its runs that show something."""
        return [span for line in self.lines for segment in line for span in segment if span.text.strip()]


class Piece:
    """A line of a paragraph, or one of its columns where tabs part it."""

    def __init__(self, para: Para, spans: list[Span], at: int, order: int = 0) -> None:
        self.para = para
        self.at = at
        self.order = order
        self.spans = [span for span in spans if span.text.strip()]
        self.text = " ".join("".join(span.text for span in spans).split())

    @cached_property
    def folded(self) -> str:
        """Lower case without marks."""
        return fold(self.text)

    def share(self, name: str) -> float:
        """How much of the letters has a switch on."""
        return _share(self.spans, lambda look: bool(look.get(name)))

    @property
    def bold(self) -> bool:
        return self.share("b") >= 0.9

    @property
    def italic(self) -> bool:
        return self.share("i") >= 0.9

    @property
    def shown(self) -> str:
        """As it is read: in capitals where the look says so."""
        return "".join(
            span.text.upper() if span.look.get("caps") or span.look.get("smallCaps") else span.text
            for span in self.spans
        )

    @property
    def capitals(self) -> bool:
        """Whether its letters are capitals."""
        letters = [c for c in self.shown if c.isalpha()]
        return bool(letters) and sum(c == c.upper() for c in letters) >= 0.95 * len(letters)

    @property
    def centred(self) -> bool:
        return self.para.look.get("jc") == "center"

    @property
    def sizes(self) -> list[float]:
        """Sizes of its runs."""
        return sizes(self.spans)


def sizes(spans: list[Span]) -> list[float]:
    """Sizes of runs that are not set higher or lower than the line."""
    found = {
        size
        for span in spans
        if span.look.get("vertAlign", "baseline") == "baseline"
        and isinstance(size := span.look.get("size"), float)
    }
    return sorted(found)


def _share(spans: list[Span], holds: Callable[[Look], bool]) -> float:
    weights = [(len(span.text.replace(" ", "")), span.look) for span in spans]
    total = sum(weight for weight, _ in weights)
    return sum(weight for weight, look in weights if holds(look)) / total if total else 0.0


@dataclass(frozen=True, slots=True)
class Numbering:
    """A page number in a header or footer."""

    footer: bool
    align: str
    sizes: tuple[float, ...]
    plain: bool
    """upright and not bold"""
    alone: bool
    """nothing else stands with it"""
    text: str


@dataclass(frozen=True, slots=True)
class Section:
    """Paper and margins in mm; page numbers by the kind of page ("default", "first", "even")."""

    width: float
    height: float
    margins: dict[str, float]
    first_differs: bool
    start: int | None
    form: str
    numbers: dict[str, list[Numbering]]
    continuous: bool

    @property
    def landscape(self) -> bool:
        return self.width > self.height


@dataclass
class Pages:
    """The whole file."""

    paras: list[Para]
    sections: list[Section]
    pages: int
    """as the program that saved it counted; 0 when it did not say"""
    adds_spaces: bool = False
    """whether the space after one paragraph and before the next add up; else the larger counts"""

    @cached_property
    def pieces(self) -> list[Piece]:
        """Every line and column with text, in order."""
        shown = [
            (para, segment, at)
            for at, para in enumerate(self.paras)
            for line in para.lines
            for segment in line
            if "".join(span.text for span in segment).strip()
        ]
        return [Piece(*each, order) for order, each in enumerate(shown)]
