"""Builds the demo's plans as DOCX in the form of Decree 30/2020/NĐ-CP from the texts beside them.

    .venv/bin/python tools/build_demo_plans.py

The texts are ours. A line is `mark: words`: issuer, number, place, type, subject, to, sign and name are
parts of the form ("|" breaks a line); 1, 2, 3 are numbered items ("I.", "1.", "a)"), "-" a bullet, p a
paragraph. Numbers are Word's own, so the words carry none. The same text gives the same file, byte for
byte.
"""

from __future__ import annotations

import zipfile
from collections import defaultdict
from io import BytesIO
from pathlib import Path

from docx import Document
from docx.document import Document as DocumentType
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Pt
from docx.table import _Cell
from docx.text.paragraph import Paragraph

DATA = Path(__file__).resolve().parents[1] / "src" / "nhipcau" / "apps" / "plans" / "demo" / "data"
CENTRE, LEFT, BOTH = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.LEFT, WD_ALIGN_PARAGRAPH.JUSTIFY
LEVELS = (("upperRoman", "%1."), ("decimal", "%2."), ("lowerLetter", "%3)"), ("bullet", "-"))
LEVEL_OF = {"1": 0, "2": 1, "3": 2, "-": 3}
FIXED_DATE = (2026, 11, 12, 8, 0, 0)


def lines(path: Path) -> list[tuple[str, str]]:
    """(mark, words) of each line."""
    pairs = [line.partition(": ") for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    return [(mark, words) for mark, _colon, words in pairs]


def build(path: Path) -> bytes:
    """The document of one text."""
    document = Document()
    page(document)
    numbering(document)
    parts: dict[str, list[str]] = defaultdict(list)
    for mark, words in lines(path):
        parts[mark].append(words)
    letterhead(document, parts)
    title(document, parts)
    for mark, words in lines(path):
        if mark in LEVEL_OF:
            item(document, LEVEL_OF[mark], words)
        elif mark == "p":
            paragraph(document, words)
    ending(document, parts)
    return fixed(document)


def page(document: DocumentType) -> None:
    """A4, margins and letter of annex I; the page's number centred on top, none on the first page."""
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.top_margin = section.bottom_margin = Cm(2)
    section.left_margin, section.right_margin = Cm(3), Cm(2)
    section.different_first_page_header_footer = True
    style = document.styles["Normal"]
    style.font.name, style.font.size = "Times New Roman", Pt(14)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), "Times New Roman")
    head = section.header.paragraphs[0]
    head.alignment = CENTRE
    for kind, text in (("begin", None), (None, "PAGE"), ("end", None)):
        run = head.add_run()
        xml = f'<w:fldChar {nsdecls("w")} w:fldCharType="{kind}"/>' if kind else None
        run._r.append(parse_xml(xml or f"<w:instrText {nsdecls('w')}>{text}</w:instrText>"))


def numbering(document: DocumentType) -> None:
    """One list of four levels; number 77 belongs to it."""
    levels = "".join(
        f'<w:lvl w:ilvl="{index}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/>'
        f'<w:suff w:val="space"/><w:pPr><w:ind w:left="0" w:firstLine="720"/></w:pPr></w:lvl>'
        for index, (form, text) in enumerate(LEVELS)
    )
    root = document.part.numbering_part.element
    abstract = (
        f'<w:abstractNum {nsdecls("w")} w:abstractNumId="77"><w:multiLevelType w:val="multilevel"/>{levels}'
    )
    root.insert(0, parse_xml(abstract + "</w:abstractNum>"))
    root.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="77"><w:abstractNumId w:val="77"/></w:num>'))


def letterhead(document: DocumentType, parts: dict[str, list[str]]) -> None:
    table = document.add_table(rows=2, cols=2)
    left, right = table.rows[0].cells
    body, province = parts["issuer"][0].split("|")
    put(left, [(body, 13, True, False), (province, 13, True, False), ("‾‾‾‾‾‾", 8, False, False)])
    motto = "Độc lập - Tự do - Hạnh phúc"
    put(right, [("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 12, True, False), (motto, 13, True, False)])
    low_left, low_right = table.rows[1].cells
    put(low_left, [(f"Số: {parts['number'][0]}", 13, False, False)])
    put(low_right, [(parts["place"][0], 13, False, True)])
    for row in table.rows:
        row.cells[0].width, row.cells[1].width = Cm(6.5), Cm(10)


def put(cell: _Cell, rows: list[tuple[str, int, bool, bool]], align: WD_ALIGN_PARAGRAPH = CENTRE) -> None:
    """Lines of a cell: words, size, bold, italic. A line of drawn characters is left out of the text."""
    shown = [row for row in rows if not row[0].startswith("‾")]
    for index, (words, size, bold, italic) in enumerate(shown):
        line = cell.paragraphs[0] if index == 0 else cell.add_paragraph()
        write(line, words, size=size, bold=bold, italic=italic, align=align)


def write(
    line: Paragraph,
    words: str,
    *,
    size: int = 14,
    bold: bool = False,
    italic: bool = False,
    align: WD_ALIGN_PARAGRAPH = BOTH,
) -> None:
    run = line.add_run(words)
    run.font.size, run.bold, run.italic = Pt(size), bold, italic
    line.alignment = align
    line.paragraph_format.space_after = Pt(0)


def title(document: DocumentType, parts: dict[str, list[str]]) -> None:
    document.add_paragraph()
    write(document.add_paragraph(), parts["type"][0], bold=True, align=CENTRE)
    for line in parts["subject"][0].split("|"):
        write(document.add_paragraph(), line, bold=True, align=CENTRE)
    document.add_paragraph()


def paragraph(document: DocumentType, words: str) -> Paragraph:
    line = document.add_paragraph()
    write(line, words)
    form = line.paragraph_format
    form.first_line_indent, form.space_before, form.space_after = Cm(1.27), Pt(6), Pt(6)
    form.line_spacing = 1.3
    return line


def item(document: DocumentType, level: int, words: str) -> None:
    line = paragraph(document, words)
    line.runs[0].bold = level < 2
    line.paragraph_format.keep_with_next = level < 2
    line._p.get_or_add_pPr().append(
        parse_xml(f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{level}"/><w:numId w:val="77"/></w:numPr>')
    )


def ending(document: DocumentType, parts: dict[str, list[str]]) -> None:
    document.add_paragraph()
    left, right = document.add_table(rows=1, cols=2).rows[0].cells
    recipients = [(f"- {words}", 11, False, False) for words in parts["to"]]
    put(left, [("Nơi nhận:", 12, True, True), *recipients], LEFT)
    office = [(words, 13, True, False) for words in parts["sign"][0].split("|")]
    put(right, [*office, ("", 13, False, False), ("", 13, False, False), (parts["name"][0], 13, True, False)])


def fixed(document: DocumentType) -> bytes:
    """The file with one date everywhere, so that building twice gives the same bytes."""
    raw, out = BytesIO(), BytesIO()
    core = document.core_properties
    core.author, core.title = "Nhịp Cầu", ""
    document.save(raw)
    with zipfile.ZipFile(raw) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(zipfile.ZipInfo(name, FIXED_DATE), old.read(name), zipfile.ZIP_DEFLATED)
    return out.getvalue()


def main() -> None:
    for path in sorted(DATA.glob("ke-hoach-*.txt")):
        target = path.with_suffix(".docx")
        target.write_bytes(build(path))
        print(target.name, target.stat().st_size, "bytes")


if __name__ == "__main__":
    main()
