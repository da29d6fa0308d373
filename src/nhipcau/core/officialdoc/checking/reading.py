"""A DOCX read into `Pages`. Raises planreader's Refusal for what is no Word file."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from lxml import etree

from nhipcau.core.officialdoc.checking.cascade import Cascade, Look
from nhipcau.core.officialdoc.checking.margins import sections_of
from nhipcau.core.officialdoc.checking.pages import CellPlace, Pages, Para, Place, Span
from nhipcau.core.planreader.formats.docx.inline import MC, Fields
from nhipcau.core.planreader.formats.docx.package import Package, W, is_on, number, value
from nhipcau.core.planreader.refusal import Refusal
from nhipcau.core.text import nfc

MOST_PARAGRAPHS = 100_000
DEEPEST = 40
_SKIPPED = {
    W + name
    for name in (
        "pPr",
        "rPr",
        "del",
        "moveFrom",
        "instrText",
        "sdtPr",
        "sdtEndPr",
        "fldData",
        "delText",
        "tblPr",
    )
}
_WRAPPERS = {W + name for name in ("sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag")}
_LINES = {
    "{http://schemas.microsoft.com/office/word/2010/wordprocessingShape}wsp",
    "{urn:schemas-microsoft-com:vml}line",
    "{urn:schemas-microsoft-com:vml}shape",
    "{urn:schemas-microsoft-com:vml}rect",
}
_PICTURE = "{http://schemas.openxmlformats.org/drawingml/2006/picture}pic"


def read(path: Path) -> Pages:
    """The file at `path`."""
    package = Package(path)
    root = package.part(package.main)
    body = None if root is None else root.find(W + "body")
    if body is None:
        raise Refusal("damaged")
    walker = Walker(Cascade(package))
    walker.blocks(body, None, "body", None)
    walker.section_ends.append(body.find(W + "sectPr"))
    sections = sections_of(walker.section_ends, package, walker.cascade)
    for para in walker.paras:
        if para.place == "body":
            section = sections[min(para.section, len(sections) - 1)]
            para.room = section.width - section.margins["left"] - section.margins["right"]
    return Pages(walker.paras, sections, _page_count(package), _adds_spaces(package))


def _adds_spaces(package: Package) -> bool:
    """An older way of Word, which a file's settings ask for; newer files never have it."""
    settings = package.related(package.main, "settings")
    return settings is not None and bool(
        is_on(settings.find(f"{W}compat/{W}doNotUseHTMLParagraphAutoSpacing"))
    )


def _page_count(package: Package) -> int:
    for kind, target in package.relations("").values():
        if kind == "extended-properties":
            root = package.part(target)
            found = None if root is None else root.find("{*}Pages")
            return number(None if found is None else found.text)
    return 0


def inside(parent: etree._Element, tag: str, depth: int = 0) -> Iterator[etree._Element]:
    """Rows of a table or cells of a row, also those in content controls and tracked changes."""
    if depth > DEEPEST:
        raise Refusal("damaged")
    for child in parent:
        if child.tag == tag:
            yield child
        elif child.tag in _WRAPPERS:
            yield from inside(child, tag, depth + 1)


def _cell_width(cell: etree._Element) -> float | None:
    width = cell.find(f"{W}tcPr/{W}tcW")
    if width is None or width.get(W + "type", "dxa") != "dxa":
        return None
    return number(width.get(W + "w")) / 1440 * 25.4 or None


class Walker:
    """Walks a part; keeps count of paragraphs, tables, text boxes and sections."""

    def __init__(self, cascade: Cascade) -> None:
        self.cascade = cascade
        self.paras: list[Para] = []
        self.section_ends: list[etree._Element | None] = []
        self.fields = Fields()
        self._numbered = self._tables = self._boxes = self._depth = 0
        self.table_style: str | None = None
        self.cell_width: float | None = None

    def blocks(self, parent: etree._Element, cell: CellPlace | None, place: Place, box: int | None) -> None:
        """Paragraphs and tables among the children."""
        self._depth += 1
        if self._depth > DEEPEST:
            raise Refusal("damaged")
        for child in parent:
            if child.tag == W + "p":
                self.paragraph(child, cell, place, box or 0)
            elif child.tag == W + "tbl":
                self.table(child, place, box)
            elif child.tag == MC + "AlternateContent":
                chosen = child.find(MC + "Choice")
                self.blocks(child if chosen is None else chosen, cell, place, box)
            elif child.tag in _WRAPPERS:
                self.blocks(child, cell, place, box)
        self._depth -= 1

    def table(self, element: etree._Element, place: Place, box: int | None) -> None:
        """Cells row by row; columns count what cells span."""
        self._tables += 1
        table, outer = self._tables, self.table_style
        self.table_style = value(element.find(f"{W}tblPr/{W}tblStyle")) or self.cascade.default.get("table")
        for row, line in enumerate(inside(element, W + "tr")):
            column = 0
            for cell in inside(line, W + "tc"):
                shown: Place = "box" if place == "box" else "cell"
                self.cell_width = _cell_width(cell)
                self.blocks(cell, CellPlace(table, row, column), shown, box)
                column += max(1, min(63, number(value(cell.find(f"{W}tcPr/{W}gridSpan")), 1)))
        self.table_style, self.cell_width = outer, None

    def paragraph(self, element: etree._Element, cell: CellPlace | None, place: Place, box: int) -> None:
        """One paragraph, then the text boxes that hang on it."""
        if len(self.paras) >= MOST_PARAGRAPHS:
            raise Refusal("too-long", limit=MOST_PARAGRAPHS, unit="đoạn")
        properties = element.find(W + "pPr")
        look, style = self.cascade.paragraph(properties, self.table_style)
        para = Para(0, look, style or "", place, cell, box, [[[]]], len(self.section_ends))
        para.room = self.cell_width if cell else None
        inline = Inline(self, para)
        inline.walk(element)
        if para.text:
            self._numbered += 1
            para.number = self._numbered
        self.paras.append(para)
        for content in inline.boxes:
            self._boxes += 1
            self.blocks(content, None, "box", self._boxes)
        end = None if properties is None else properties.find(W + "sectPr")
        if end is not None:
            self.section_ends.append(end)


class Inline:
    """Collects the text of one paragraph."""

    def __init__(self, walker: Walker, para: Para) -> None:
        self.walker = walker
        self.para = para
        self.boxes: list[etree._Element] = []
        self._depth = 0

    def walk(self, parent: etree._Element) -> None:
        """Visit runs and what wraps them."""
        self._depth += 1
        if self._depth > DEEPEST:
            raise Refusal("damaged")
        for child in parent:
            if child.tag == W + "r":
                self.run(child)
            elif child.tag == MC + "AlternateContent":
                self.alternate(child)
            elif child.tag not in _SKIPPED and isinstance(child.tag, str):
                self.walk(child)
        self._depth -= 1

    def alternate(self, element: etree._Element) -> None:
        """The same thing for newer and older programs: the newer one."""
        chosen = element.find(MC + "Choice")
        if chosen is None:
            chosen = element.find(MC + "Fallback")
        if chosen is not None:
            self.drawn(chosen)

    def run(self, element: etree._Element) -> None:
        """One run."""
        look = self.walker.cascade.run(
            element.find(W + "rPr"), self.para.style or None, self.walker.table_style
        )
        for child in element:
            if child.tag == W + "t" and not self.walker.fields.silent and not look.get("vanish"):
                self.words(child.text or "", look)
            elif child.tag == W + "fldChar":
                self.walker.fields.mark(value(child, "fldCharType"))
            elif child.tag == W + "instrText":
                self.walker.fields.instruct(child.text or "")
            elif child.tag == W + "noBreakHyphen":
                self.para.lines[-1][-1].append(Span("-", look))
            elif child.tag in {W + "tab", W + "ptab"}:
                self.para.lines[-1].append([])
            elif child.tag in {W + "br", W + "cr"}:
                self.broken(child)
            elif child.tag == MC + "AlternateContent":
                self.alternate(child)
            elif child.tag in {W + "drawing", W + "pict", W + "object"}:
                self.drawn(child)

    def words(self, text: str, look: Look) -> None:
        """Text of one look, composed."""
        composed = nfc(text)
        self.para.decomposed = self.para.decomposed or composed != text
        self.para.lines[-1][-1].append(Span(composed, look))

    def broken(self, element: etree._Element) -> None:
        """A line or page break."""
        if value(element, "type") == "page":
            self.para.page_break = True
        self.para.lines.append([[]])

    def drawn(self, element: etree._Element) -> None:
        """Pictures, lines and text boxes."""
        for node in element.iter():
            if node.tag == _PICTURE:
                self.para.picture = True
            elif node.tag == W + "txbxContent":
                if not any(node in each.iterdescendants() for each in self.boxes):
                    self.boxes.append(node)
            elif node.tag in _LINES and node.find(f".//{W}txbxContent") is None:
                self.para.shapes += 1
