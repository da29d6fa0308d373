"""An ODT from top to bottom as lines."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import ClassVar

from lxml import etree

from nhipcau.core.planreader.formats.hardened import MOST_BYTES, parse
from nhipcau.core.planreader.formats.numerals import superscript
from nhipcau.core.planreader.formats.odt.lists import Counter, Lists
from nhipcau.core.planreader.formats.odt.names import DRAW, OFFICE, STYLE, TABLE, TEXT, whole
from nhipcau.core.planreader.formats.odt.styles import PLAIN, Look, Styles
from nhipcau.core.planreader.formats.tabbed import with_columns
from nhipcau.core.planreader.refusal import Refusal
from nhipcau.core.planreader.source import Cell, Kind, Line, Source

MOST_LINES = 100_000
MOST_REPEATS = 1_000


def read(path: Path) -> Source:
    """Read an ODT: paragraphs whole with their list numbers, tables cell by cell, notes, headers, footers."""
    parts = {name: _part(path, name) for name in ("styles.xml", "content.xml")}
    content = parts["content.xml"]
    body = None if content is None else content.find(f"{OFFICE}body/{OFFICE}text")
    if body is None:
        raise Refusal("damaged")
    return Walker([part for part in parts.values() if part is not None]).source(body, parts["styles.xml"])


def _part(path: Path, name: str) -> etree._Element | None:
    try:
        with zipfile.ZipFile(path) as package, package.open(name) as part:
            return parse(part.read(MOST_BYTES + 1))
    except KeyError:
        return None
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, ValueError) as error:
        raise Refusal("damaged") from error


@dataclass(slots=True)
class Inline:
    """The visible text of one paragraph, with what hangs on it."""

    styles: Styles
    note_mark: Callable[[], str]
    look: Look = PLAIN
    parts: list[list[str]] = field(default_factory=lambda: [[]])
    boxes: list[etree._Element] = field(default_factory=list)
    notes: list[tuple[str, etree._Element]] = field(default_factory=list)
    pages: int = 0
    letters: int = 0
    bold_letters: int = 0

    def walk(self, element: etree._Element) -> None:
        """The element's own text, its children, and the text after each."""
        self.add(element.text)
        for child in element:
            handler = self.HANDLERS.get(child.tag)
            if handler is not None:
                handler(self, child)
            elif child.tag not in self.SKIPPED:
                self.walk(child)
            self.add(child.tail)

    def add(self, text: str | None, *, kept: bool = False) -> None:
        """Characters; white space counts as one space unless `kept`."""
        if not text or self.look.hidden:
            return
        if not kept:
            text = " ".join(text.replace("\t", " ").replace("\n", " ").split(" ")).replace("\u00ad", "")
        text = text.upper() if self.look.caps else text
        self.parts[-1].append(text)
        solid = len(text) - text.count(" ")
        self.letters += solid
        self.bold_letters += solid if self.look.bold else 0

    def bold(self) -> bool | None:
        """Whether nine in ten letters are bold."""
        return self.bold_letters >= 0.9 * self.letters if self.letters else None

    def _span(self, element: etree._Element) -> None:
        outer = self.look
        self.look = self.styles.look("text", element.get(TEXT + "style-name")).over(outer)
        self.walk(element)
        self.look = outer

    def _spaces(self, element: etree._Element) -> None:
        self.add(" " * min(whole(element, TEXT + "c", 1), 200), kept=True)

    def _tab(self, _: etree._Element) -> None:
        self.add("\t", kept=True)

    def _break(self, _: etree._Element) -> None:
        self.parts.append([])

    def _page(self, _: etree._Element) -> None:
        self.pages += 1

    def _note(self, element: etree._Element) -> None:
        body = element.find(TEXT + "note-body")
        if body is not None and not self.look.hidden:
            mark = self.note_mark()
            self.add(mark)
            self.notes.append((mark, body))

    def _frame(self, element: etree._Element) -> None:
        self.boxes += element.iter(DRAW + "text-box")

    HANDLERS: ClassVar[dict[str, Callable[[Inline, etree._Element], None]]] = {
        TEXT + "span": _span,
        TEXT + "s": _spaces,
        TEXT + "tab": _tab,
        TEXT + "line-break": _break,
        TEXT + "soft-page-break": _page,
        TEXT + "note": _note,
        DRAW + "frame": _frame,
        DRAW + "custom-shape": _frame,
        DRAW + "g": _frame,
    }
    SKIPPED: ClassVar[frozenset[str]] = frozenset(
        [TEXT + "hidden-text", TEXT + "ruby-text", OFFICE + "annotation", TEXT + "bookmark-ref-start"]
        + [DRAW + name for name in ("line", "connector", "rect", "path", "polyline", "object", "image")]
    )


class Walker:
    """Walks one document, counting lists, notes, tables and pages."""

    def __init__(self, roots: list[etree._Element]) -> None:
        self.styles = Styles(roots)
        self.lists = Lists(roots)
        self.lines: list[Line] = []
        self.page, self.number, self.tables, self.marks, self.depth = 1, 0, 0, 0, 0

    def source(self, body: etree._Element, styles: etree._Element | None) -> Source:
        """Headers, body, footers."""
        margins = [] if styles is None else list(styles.iter(STYLE + "master-page"))
        self.margins(margins, "header")
        self.blocks(body, None, "paragraph")
        self.margins(margins, "footer")
        return Source("odt", with_columns(self.lines, self.tables), [], self.page)

    def blocks(self, parent: etree._Element, cell: Cell | None, kind: Kind) -> None:
        """Paragraphs, lists and tables among the children."""
        for child in parent:
            if child.tag in {TEXT + "p", TEXT + "h"}:
                self.paragraph(child, cell, kind, self.outline_label(child))
            elif child.tag == TEXT + "list":
                self.items(child, self.lists.open(child), 1, cell, kind)
            elif child.tag == TABLE + "table":
                self.table(child)
            elif child.tag == TEXT + "soft-page-break":
                self.turn(1)
            elif child.tag in {TEXT + "section", TEXT + "index-body", DRAW + "text-box"}:
                self.blocks(child, cell, kind)
            elif child.tag == DRAW + "frame":
                for box in child.iter(DRAW + "text-box"):
                    self.blocks(box, cell, kind)

    def outline_label(self, element: etree._Element) -> str:
        """The number of a heading outside lists."""
        level = whole(element, TEXT + "outline-level", 0)
        if element.tag != TEXT + "h" or not level or element.get(TEXT + "is-list-header") == "true":
            return ""
        return self.lists.outline.label(level) if level in self.lists.outline.levels else ""

    def items(
        self, element: etree._Element, counter: Counter, level: int, cell: Cell | None, kind: Kind
    ) -> None:
        """Items of one list level; only an item's first paragraph bears its number."""
        for item in element:
            numbered = item.tag == TEXT + "list-item"
            start = whole(item, TEXT + "start-value", -1)
            for child in item:
                if child.tag == TEXT + "list":
                    self.items(child, counter, level + 1, cell, kind)
                elif child.tag in {TEXT + "p", TEXT + "h"}:
                    label = counter.label(level, None if start < 0 else start) if numbered else ""
                    numbered = False
                    self.paragraph(child, cell, kind, label)

    def paragraph(self, element: etree._Element, cell: Cell | None, kind: Kind, label: str) -> None:
        """One paragraph, then its notes and text boxes."""
        look = self.styles.look("paragraph", element.get(TEXT + "style-name"))
        inline = Inline(self.styles, self.note_mark, look)
        inline.walk(element)
        if look.breaks and self.lines:
            self.turn(1)
        texts = ["".join(part).strip() for part in inline.parts]
        shown = [text for text in texts if text]
        if shown and label:
            shown[0] = f"{label} {shown[0]}"
        broken = len(shown) > 1 and kind == "paragraph" and cell is None
        for text in shown:
            self.emit(text, "line" if broken else kind, cell, inline.bold(), look.align == "center")
        self.hang(inline, cell, kind)
        self.turn(inline.pages)

    def emit(self, text: str, kind: Kind, cell: Cell | None, bold: bool | None, centred: bool | None) -> None:
        """Keep one line."""
        if len(self.lines) >= MOST_LINES:
            raise Refusal("too-long", limit=MOST_LINES, unit="đoạn")
        self.number += 1
        shown: Kind = "cell" if cell is not None and kind == "paragraph" else kind
        self.lines.append(Line(text, self.page, self.number, shown, cell, bold, centred))

    def hang(self, inline: Inline, cell: Cell | None, kind: Kind) -> None:
        """Text boxes and notes of a paragraph."""
        self.depth += 1
        if self.depth > 20:
            raise Refusal("damaged")
        for box in inline.boxes:
            self.blocks(box, cell, kind)
        for mark, body in inline.notes:
            start = len(self.lines)
            self.blocks(body, None, "note")
            if start < len(self.lines):
                first = self.lines[start]
                self.lines[start] = Line(f"{mark} {first.text}", first.page, first.number, "note")
        self.depth -= 1

    def note_mark(self) -> str:
        """The next note's superscript number."""
        self.marks += 1
        return superscript(self.marks)

    def turn(self, pages: int) -> None:
        """Go on to a new page."""
        if pages:
            self.page += pages
            self.number = 0

    def table(self, element: etree._Element) -> None:
        """Rows from top to bottom; what a merged cell covers is left out."""
        index = self.tables
        self.tables += 1
        at = 0
        for row in element.iter(TABLE + "table-row"):
            if next(row.iterancestors(TABLE + "table")) is not element:
                continue
            column = 0
            for cell in row:
                if cell.tag == TABLE + "table-cell":
                    self.blocks(cell, Cell(index, at, column), "paragraph")
                if cell.tag in {TABLE + "table-cell", TABLE + "covered-table-cell"}:
                    column += min(whole(cell, TABLE + "number-columns-repeated", 1), MOST_REPEATS)
            at += min(whole(row, TABLE + "number-rows-repeated", 1), MOST_REPEATS)

    def margins(self, pages: list[etree._Element], kind: Kind) -> None:
        """Headers or footers of the page styles, each text once."""
        page, number, seen = self.page, self.number, set[str]()
        for master in pages:
            for name in (kind, f"{kind}-first", f"{kind}-left"):
                for part in master.iterchildren(STYLE + name):
                    start = len(self.lines)
                    self.blocks(part, None, kind)
                    fresh = [line for line in self.lines[start:] if line.text not in seen]
                    self.lines[start:] = fresh
                    seen.update(line.text for line in fresh)
        self.page, self.number = page, number
