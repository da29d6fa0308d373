"""A DOCX from top to bottom as lines."""

from __future__ import annotations

from pathlib import Path

from lxml import etree

from nhipcau.core.planreader.formats.docx.inline import MC, Fields, Inline
from nhipcau.core.planreader.formats.docx.numbering import Numbering
from nhipcau.core.planreader.formats.docx.package import Package, R, W, is_on, number, value
from nhipcau.core.planreader.formats.docx.styles import Look, Styles, paragraph_look
from nhipcau.core.planreader.formats.numerals import superscript
from nhipcau.core.planreader.formats.tabbed import with_columns
from nhipcau.core.planreader.refusal import Refusal
from nhipcau.core.planreader.source import Cell, Kind, Line, Source

MOST_LINES = 100_000
_WRAPPERS = {W + name for name in ("customXml", "ins", "moveTo", "smartTag", "sdtContent")}


def read(path: Path) -> Source:
    """Read a DOCX: paragraphs whole, with their automatic numbers; tables cell by cell; notes after their
    paragraph; headers first and footers last, by kind.
    """
    return Walker(Package(path)).source()


class Walker:
    """Walks one document, counting lists, notes, tables and pages as it goes."""

    def __init__(self, package: Package) -> None:
        root = package.part(package.main)
        body = None if root is None else root.find(W + "body")
        if root is None or body is None:
            raise Refusal("damaged")
        self.package = package
        self.body = body
        self.styles = Styles(package.related(package.main, "styles"))
        self.numbering = Numbering(package.related(package.main, "numbering"), self.styles)
        self.notes = {
            kind: _by_id(package.related(package.main, f"{kind}s"), kind) for kind in ("footnote", "endnote")
        }
        self.marks: dict[tuple[str, str], str] = {}
        # Word notes where pages ended when it last saved; without that only asked-for breaks are known.
        self.rendered = next(body.iter(W + "lastRenderedPageBreak"), None) is not None
        self.lines: list[Line] = []
        self.fields = Fields()
        self.page, self.number, self.tables, self.depth = 1, 0, 0, 0
        self.carried = ""

    def source(self) -> Source:
        """Everything in reading order."""
        self.margins("headerReference", "header")
        self.blocks(self.body, None, "paragraph")
        if self.carried:
            self.emit(self.carried, "paragraph", None, None, None)
        self.margins("footerReference", "footer")
        return Source("docx", with_columns(self.lines, self.tables), [], self.page)

    def blocks(self, parent: etree._Element, cell: Cell | None, kind: Kind) -> None:
        """Paragraphs and tables among the children of a body, cell, text box or note."""
        for child in parent:
            if child.tag == W + "p":
                self.paragraph(child, cell, kind)
            elif child.tag == W + "tbl":
                self.table(child)
            elif child.tag == W + "sdt":
                self.structured(child, cell, kind)
            elif child.tag == MC + "AlternateContent":
                chosen = child.find(MC + "Choice")
                self.blocks(child if chosen is None else chosen, cell, kind)
            elif child.tag in _WRAPPERS or child.tag == MC + "Fallback":
                self.blocks(child, cell, kind)

    def structured(self, element: etree._Element, cell: Cell | None, kind: Kind) -> None:
        """A content control around blocks; a table of contents repeats headings and is left out."""
        gallery = element.find(f"{W}sdtPr/{W}docPartObj/{W}docPartGallery")
        content = element.find(W + "sdtContent")
        if content is not None and "Table of Contents" not in (value(gallery) or ""):
            self.blocks(content, cell, kind)

    def paragraph(self, element: etree._Element, cell: Cell | None, kind: Kind) -> None:
        """One paragraph: its number, its lines, then its notes and text boxes."""
        properties = element.find(W + "pPr")
        style = (None if properties is None else value(properties.find(W + "pStyle"))) or self.styles.default
        look = paragraph_look(properties).over(self.styles.look(style).over(self.styles.base))
        inline = Inline(self.styles, self.fields, self.note_mark, look, self.rendered)
        inline.walk(element)
        self.turn_pages(properties, inline)
        texts = inline.texts()
        visible = any(text.strip() for text in texts)
        label = self.label(properties, look, style) if visible or not _mark_gone(properties) else ""
        texts[0] = self.carried + (f"{label} " if label and visible else "") + texts[0]
        self.carried = ""
        if _mark_gone(properties):  # the end of this paragraph was deleted: the next one goes on with it
            self.carried = " ".join(texts)
        else:
            self.emit_all(texts, kind, cell, inline, look)
        self.hang(inline, cell, kind)
        if inline.after:
            self.page += inline.after
            self.number = 0

    def turn_pages(self, properties: etree._Element | None, inline: Inline) -> None:
        """Page breaks in front of the paragraph's text."""
        turns = inline.before
        if not self.rendered and properties is not None and is_on(properties.find(W + "pageBreakBefore")):
            turns = max(turns, 1)
        if turns:
            self.page += turns
            self.number = 0

    def emit_all(self, texts: list[str], kind: Kind, cell: Cell | None, inline: Inline, look: Look) -> None:
        """A paragraph with line breaks inside gives lines that may go on; a whole one gives a paragraph."""
        centred = look.align == "center" if look.align else False
        broken = len([text for text in texts if text.strip()]) > 1
        for text in texts:
            if text.strip():
                shown: Kind = "line" if broken and kind == "paragraph" else kind
                self.emit(text, shown, cell, inline.bold(), centred)

    def emit(self, text: str, kind: Kind, cell: Cell | None, bold: bool | None, centred: bool | None) -> None:
        """Keep one line."""
        if len(self.lines) >= MOST_LINES:
            raise Refusal("too-long", limit=MOST_LINES, unit="đoạn")
        self.number += 1
        shown: Kind = "cell" if cell is not None and kind == "paragraph" else kind
        self.lines.append(Line(text.strip(), self.page, self.number, shown, cell, bold, centred))

    def label(self, properties: etree._Element | None, look: Look, style: str | None) -> str:
        """The automatic number of a paragraph, counted once."""
        num_id = look.num_id
        if num_id is None or num_id == "0":
            return ""
        direct = paragraph_look(properties)
        if direct.level is not None:
            at = direct.level
        elif direct.num_id is None:
            at = self.numbering.level_of_style(num_id, style) or look.level or 0
        else:
            at = look.level or 0
        return self.numbering.label(num_id, at)

    def hang(self, inline: Inline, cell: Cell | None, kind: Kind) -> None:
        """Text boxes anchored in the paragraph and notes referred to from it."""
        self.depth += 1
        if self.depth > 20:
            raise Refusal("damaged")
        for box in inline.boxes:
            self.blocks(box, cell, kind)
        for note_kind, name, mark in inline.notes:
            note = self.notes[note_kind].pop(name, None)
            if note is not None:
                start = len(self.lines)
                self.blocks(note, None, "note")
                self.mark_note(start, mark)
        self.depth -= 1

    def mark_note(self, start: int, mark: str) -> None:
        """Write the note's mark in front of its first line."""
        if mark and start < len(self.lines):
            first = self.lines[start]
            self.lines[start] = Line(f"{mark} {first.text}", first.page, first.number, "note")

    def note_mark(self, kind: str, name: str) -> str:
        """The superscript number of a note; the same note keeps its number."""
        count = 1 + sum(each == kind for each, _ in self.marks)
        return self.marks.setdefault((kind, name), superscript(count))

    def table(self, element: etree._Element) -> None:
        """Rows from top to bottom, cells from left to right; merged cells once, where they begin."""
        index = self.tables
        self.tables += 1
        for at, row in enumerate(_rows(element)):
            properties = row.find(W + "trPr")
            if properties is not None and properties.find(W + "del") is not None:
                continue
            column = number(value(None if properties is None else properties.find(W + "gridBefore")))
            for cell in _cells(row):
                facts = cell.find(W + "tcPr")
                span = number(value(None if facts is None else facts.find(W + "gridSpan")), 1)
                merged = None if facts is None else facts.find(W + "vMerge")
                if merged is None or value(merged) == "restart":
                    self.blocks(cell, Cell(index, at, column), "paragraph")
                column += max(1, span)

    def margins(self, reference: str, kind: Kind) -> None:
        """Headers or footers of all sections, each text once."""
        relations = self.package.relations(self.package.main)
        page, count, seen = self.page, self.number, set[str]()
        for name in dict.fromkeys(each.get(R + "id", "") for each in self.body.iter(W + reference)):
            root = self.package.part(relations[name][1]) if name in relations else None
            if root is None:
                continue
            start = len(self.lines)
            self.blocks(root, None, kind)
            fresh = self.lines[start:]
            del self.lines[start:]
            for line in fresh:
                if line.text not in seen:
                    seen.add(line.text)
                    self.lines.append(Line(line.text, page, line.number, kind, None, line.bold, line.centred))
        self.page, self.number = page, count


def _by_id(root: etree._Element | None, kind: str) -> dict[str, etree._Element]:
    """Notes by id, without the separators that Word keeps among them."""
    if root is None:
        return {}
    return {
        note.get(W + "id", ""): note
        for note in root.iterchildren(W + kind)
        if note.get(W + "type", "normal") == "normal"
    }


def _mark_gone(properties: etree._Element | None) -> bool:
    """Whether the paragraph's own end is a tracked deletion."""
    return properties is not None and properties.find(f"{W}rPr/{W}del") is not None


def _rows(table: etree._Element) -> list[etree._Element]:
    return [row for row in _through(table) if row.tag == W + "tr"]


def _cells(row: etree._Element) -> list[etree._Element]:
    return [cell for cell in _through(row) if cell.tag == W + "tc"]


def _through(parent: etree._Element) -> list[etree._Element]:
    """Children, looking through content controls and tracked insertions."""
    found: list[etree._Element] = []
    for child in parent:
        if child.tag == W + "sdt":
            content = child.find(W + "sdtContent")
            found.extend(_through(content) if content is not None else [])
        elif child.tag in _WRAPPERS:
            found.extend(_through(child))
        else:
            found.append(child)
    return found
