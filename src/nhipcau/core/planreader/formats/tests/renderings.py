"""Plans of ../shared/plans as Word files with automatic numbers, as PDF, as scans: made here, not stored."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass, field
from pathlib import Path
from xml.sax.saxutils import escape

import pypdfium2
from reportlab.lib.enums import TA_CENTER, TA_JUSTIFY
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import BaseDocTemplate, Frame, PageTemplate, Paragraph, Spacer, Table

from nhipcau.core.planreader.formats.tests.office_files import (
    docx,
    level,
    numbered,
    numbering,
    paragraph,
)
from nhipcau.core.planreader.reading import read_text

FONTS = Path("/usr/share/fonts/truetype/dejavu")
FONT_FILES = (FONTS / "DejaVuSerifCondensed.ttf", FONTS / "DejaVuSerifCondensed-Bold.ttf")
LETTERS = "a, b, c, d, đ, e, g, h, i, k, l, m, n, o, p, q, r, s, t, u, v, x, y"
_LABEL = re.compile(
    r"(?:([IVX]+)\.|(\d{1,2}(?:\.\d{1,2})*)[.)]|(\d{1,2}(?:\.\d{1,2})+)|([a-zđ])\)|([-+•]))(?=\s)"
)
_RIGHT_HEAD = re.compile(r"^(?:CỘNG HÒA|Độc lập)|ngày.*tháng.*năm")
_NAME = re.compile(r"(?:[A-ZĐÀ-Ỹ][a-zà-ỹđ]+\s?){2,5}$")
_TYPES = ("KẾ HOẠCH", "CHỈ THỊ", "QUYẾT ĐỊNH", "CHƯƠNG TRÌNH")


def has_fonts() -> bool:
    """Whether a serif font with Vietnamese letters is there (Debian's fonts-dejavu)."""
    return all(file.exists() for file in FONT_FILES)


@dataclass
class Parts:
    """A plan's paragraphs: letterhead left and right, body, recipients, signature, what follows."""

    head_left: list[str] = field(default_factory=list)
    head_right: list[str] = field(default_factory=list)
    body: list[str] = field(default_factory=list)
    tail_left: list[str] = field(default_factory=list)
    tail_right: list[str] = field(default_factory=list)
    annex: list[str] = field(default_factory=list)


def parts_of(text: str) -> Parts:
    """Cut a plan into the parts of its form; a plan without letterhead has none."""
    rows = [row for row in read_text(text)["text"].split("\n") if row.strip()]
    parts = Parts()
    start = next((i for i, row in enumerate(rows[:14]) if row.startswith(_TYPES)), 0)
    if any(row.startswith("CỘNG HÒA") for row in rows[:start]):
        for row in rows[:start]:
            (parts.head_right if _RIGHT_HEAD.search(row) else parts.head_left).append(row)
    else:
        start = 0
    end = next((i for i, row in enumerate(rows) if row.lower().startswith("nơi nhận")), len(rows))
    parts.body = rows[start:end]
    for at, row in enumerate(rows[end:], start=end):
        recipient = row.lower().startswith("nơi nhận") or row.startswith("-")
        if parts.tail_right and (recipient or _NAME.match(parts.tail_right[-1])):
            parts.annex = rows[at:]
            break
        (parts.tail_left if recipient else parts.tail_right).append(row)
    return parts


class Numbers:
    """Turns labels at the start of paragraphs into lists: a definition with levels I. 1. a) - + •."""

    def __init__(self) -> None:
        custom = '<w:numFmt w:val="custom" w:format="' + LETTERS + '"/>'
        letters = f'<w:lvl w:ilvl="2"><w:start w:val="1"/>{custom}<w:lvlText w:val="%3)"/></w:lvl>'
        outline = [
            level(0, "upperRoman", "%1."),
            level(1, "decimal", "%2."),
            letters,
            level(3, "bullet", "-"),
            level(4, "bullet", "+"),
            level(5, "bullet", "\uf0b7"),
        ]
        self.abstracts: dict[int, str] = {0: "".join(outline)}
        self.nums: dict[int, tuple[int, str]] = {1: (0, "")}
        self.counts: list[int | None] = [None] * 6
        self.current = 1

    def paragraph(self, row: str) -> str:
        """The row as a numbered paragraph where it begins with a label, else as it is."""
        match = _LABEL.match(row)
        if match is None:
            return paragraph(row)
        label, words = match.group(), row[match.end() :].strip()
        at, value = _place(label)
        if at is None:
            return numbered(words, self._literal(label))
        if at < 3:
            expected = (self.counts[at] or 0) + 1
            if value != expected:
                self._restart(at, value)
            self.counts[at] = value
            for below in range(at + 1, 6):
                self.counts[below] = None
        return numbered(words, self.current, at)

    def _restart(self, at: int, value: int) -> None:
        """A new instance that begins at `value`: Word's "set numbering value"."""
        self.current = len(self.nums) + 1
        override = f'<w:lvlOverride w:ilvl="{at}"><w:startOverride w:val="{value}"/></w:lvlOverride>'
        self.nums[self.current] = (0, override)

    def _literal(self, label: str) -> int:
        """A list of its own for a label of another form ("1.1.", "2)")."""
        abstract, num = len(self.abstracts), len(self.nums) + 1
        self.abstracts[abstract] = level(0, "none", label)
        self.nums[num] = (abstract, "")
        return num

    def xml(self) -> str:
        """numbering.xml."""
        return numbering(self.abstracts, self.nums)


def _place(label: str) -> tuple[int | None, int]:
    bullets = {"-": 3, "+": 4, "•": 5}
    if label in bullets:
        return bullets[label], 0
    bare, mark = label[:-1], label[-1]
    if mark == "." and re.fullmatch("[IVX]+", bare):
        values = {"I": 1, "V": 5, "X": 10}
        numbers = [values[c] for c in bare]
        return 0, sum(-a if a < b else a for a, b in zip(numbers, [*numbers[1:], 0], strict=True))
    if mark == "." and bare.isdigit() and not bare.startswith("0"):
        return 1, int(bare)
    letters = LETTERS.split(", ")
    if mark == ")" and bare in letters:
        return 2, letters.index(bare) + 1
    return None, 0


def as_docx(text: str) -> bytes:
    """The plan as a Word file whose labels are automatic numbers; letterhead and signature are tables."""
    parts, numbers = parts_of(text), Numbers()
    body = "".join(numbers.paragraph(row) for row in parts.body)
    head = _two_cells(parts.head_left, parts.head_right)
    tail = _two_cells(parts.tail_left, parts.tail_right)
    annex = "".join(numbers.paragraph(row) for row in parts.annex)
    return docx(head + body + tail + annex, {"word/numbering.xml": numbers.xml()})


def _two_cells(left: list[str], right: list[str]) -> str:
    if not left and not right:
        return ""
    cells = "".join(
        f"<w:tc><w:tcPr/>{''.join(paragraph(row) for row in rows) or paragraph()}</w:tc>"
        for rows in (left, right)
    )
    return f"<w:tbl><w:tblPr/><w:tblGrid/><w:tr>{cells}</w:tr></w:tbl>"


def as_pdf(text: str, size: float = 13) -> bytes:
    """The plan as a PDF in the form of Decree 30: A4, justified, numbered pages, two-column letterhead."""
    for name, file in zip(("Serif", "Serif-Bold"), FONT_FILES, strict=True):
        pdfmetrics.registerFont(TTFont(name, file))
    parts = parts_of(text)
    body = ParagraphStyle("body", fontName="Serif", fontSize=size, leading=1.25 * size, alignment=TA_JUSTIFY)
    body.firstLineIndent, body.spaceAfter = 28, 6
    centre = ParagraphStyle("centre", body, alignment=TA_CENTER, firstLineIndent=0, spaceAfter=0)
    small = ParagraphStyle(
        "small", body, fontSize=size - 2, leading=1.2 * size, firstLineIndent=0, spaceAfter=0
    )
    flow = []
    if parts.head_left:
        flow += [_side_by_side(parts.head_left, parts.head_right, centre, centre), Spacer(1, 18)]
    for row in parts.body:
        heading = row.isupper() or bool(re.match(r"[IVX]+\. ", row))
        style = centre if row.isupper() and not _LABEL.match(row) else body
        flow.append(
            Paragraph(f"<font name='Serif-Bold'>{escape(row)}</font>" if heading else escape(row), style)
        )
        if style is centre:
            flow.append(Spacer(1, 6))
    if parts.tail_left:
        flow += [Spacer(1, 12), _side_by_side(parts.tail_left, parts.tail_right, small, centre)]
    flow += [Paragraph(escape(row), body) for row in parts.annex]
    memory = io.BytesIO()
    document = BaseDocTemplate(memory, pagesize=A4)
    frame = Frame(85, 57, A4[0] - 85 - 48, A4[1] - 57 - 62, 0, 0, 0, 0)
    document.addPageTemplates(PageTemplate(frames=[frame], onPage=_page_number))
    document.build(flow)
    return memory.getvalue()


def _page_number(canvas, document) -> None:  # type: ignore[no-untyped-def]
    if document.page > 1:
        canvas.setFont("Serif", 13)
        canvas.drawCentredString(A4[0] / 2, A4[1] - 40, str(document.page))


def _side_by_side(left: list[str], right: list[str], style: ParagraphStyle, other: ParagraphStyle) -> Table:
    cells = [[Paragraph(escape(row), s) for row in rows] for rows, s in ((left, style), (right, other))]
    return Table([cells], colWidths=[185, 277], style=[("VALIGN", (0, 0), (-1, -1), "TOP")])


def as_scan(pdf: bytes, dots: int = 200) -> bytes:
    """The PDF printed and scanned: grey pictures only."""
    document = pypdfium2.PdfDocument(pdf)
    pages = [page.render(scale=dots / 72, grayscale=True).to_pil().convert("L") for page in document]
    memory = io.BytesIO()
    pages[0].save(memory, "PDF", save_all=True, append_images=pages[1:], resolution=dots, quality=85)
    return memory.getvalue()
