"""Documents that others made: by Word's own ways of setting a letterhead, with direct formatting."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable
from typing import Any

import docx
from docx.document import Document as Word
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.enum.text import WD_TAB_ALIGNMENT as TAB
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Mm, Pt
from docx.text.paragraph import Paragraph

NATION, MOTTO = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"
PLACE, NUMBER = "Lâm Giang, ngày 05 tháng 6 năm 2027", "Số: 38/BC-SNgV"
LINE = (
    '<w:r {}><mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
    '<mc:Choice Requires="wps"><w:drawing><wp:anchor xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/'
    'wordprocessingDrawing"><a:graphic xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">'
    '<a:graphicData uri="x"><wps:wsp xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"/></a:graphicData>'
    "</a:graphic></wp:anchor></w:drawing></mc:Choice><mc:Fallback><w:pict/></mc:Fallback></mc:AlternateContent></w:r>"
).format(nsdecls("w"))
BODY = (
    "Thực hiện Kế hoạch số 38/KH-UBND của Ủy ban nhân dân tỉnh, Sở Ngoại vụ đã phối hợp với các sở triển "
    "khai các nhiệm vụ được giao và báo cáo kết quả như sau."
)


def said(
    paragraph: Paragraph, text: str, size: float, *, bold: bool = False, italic: bool = False
) -> Paragraph:
    """A run with its look written on it."""
    run = paragraph.add_run(text)
    run.bold, run.italic, run.font.size = bold or None, italic or None, Pt(size)
    return paragraph


def ruled(paragraph: Paragraph) -> None:
    """A line drawn as a shape that hangs on the paragraph."""
    paragraph._p.append(parse_xml(LINE))


def blank() -> Word:
    """A4 with the margins of the form, Times New Roman 14, page numbers at the top."""
    word = docx.Document()
    section = word.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin, section.right_margin = Mm(30), Mm(15)
    section.top_margin, section.bottom_margin = Mm(20), Mm(20)
    normal = word.styles["Normal"]
    normal.font.name, normal.font.size = "Times New Roman", Pt(14)
    section.different_first_page_header_footer = True
    number = section.header.paragraphs[0]
    number.alignment = ALIGN.CENTER
    for kind, words in (("begin", ""), ("", " PAGE "), ("separate", ""), ("text", "2"), ("end", "")):
        run = number.add_run(words if kind == "text" else "")
        run.font.size = Pt(14)
        if kind in {"begin", "separate", "end"}:
            run._r.append(parse_xml(f'<w:fldChar {nsdecls("w")} w:fldCharType="{kind}"/>'))
        elif not kind:
            run._r.append(parse_xml(f"<w:instrText {nsdecls('w')}>{words}</w:instrText>"))
    return word


def table_head(word: Word) -> None:
    """Two columns as a table, all lines of a cell as paragraphs, rules as shapes."""
    cells = word.add_table(rows=2, cols=2)
    left, right, number, date = (cells.cell(at // 2, at % 2) for at in range(4))
    said(left.paragraphs[0], "UBND TỈNH LÂM GIANG", 13)
    said(left.add_paragraph(), "SỞ NGOẠI VỤ", 13, bold=True)
    ruled(left.add_paragraph())
    said(right.paragraphs[0], NATION, 13, bold=True)
    said(right.add_paragraph(), MOTTO, 14, bold=True)
    ruled(right.add_paragraph())
    said(number.paragraphs[0], NUMBER, 13)
    said(date.paragraphs[0], PLACE, 14, italic=True)


def one_row_head(word: Word) -> None:
    """A table of one row: number and date in the cells of issuer and nation, lines parted by breaks."""
    cells = word.add_table(rows=1, cols=2)
    left, right = cells.cell(0, 0).paragraphs[0], cells.cell(0, 1).paragraphs[0]
    said(left, "UBND TỈNH LÂM GIANG\n", 13)
    said(left, "SỞ NGOẠI VỤ\n", 13, bold=True)
    said(left, NUMBER, 13)
    said(right, f"{NATION}\n", 13, bold=True)
    said(right, f"{MOTTO}\n", 14, bold=True)
    said(right, PLACE, 14, italic=True)
    for paragraph in (left, right, word.add_paragraph()):
        ruled(paragraph)


def tabs_head(word: Word) -> None:
    """Columns by tabs."""
    rows: Iterable[tuple[tuple[str, float, bool, bool], tuple[str, float, bool, bool]]] = (
        (("UBND TỈNH LÂM GIANG", 13, False, False), (NATION, 13, True, False)),
        (("SỞ NGOẠI VỤ", 13, True, False), (MOTTO, 14, True, False)),
        ((NUMBER, 13, False, False), (PLACE, 14, False, True)),
    )
    for at, row in enumerate(rows):
        paragraph = word.add_paragraph()
        for place in (35, 115):
            paragraph.paragraph_format.tab_stops.add_tab_stop(Mm(place), TAB.CENTER)
        for text, size, bold, italic in row:
            said(paragraph, "\t", size)
            said(paragraph, text, size, bold=bold, italic=italic)
        if at:
            ruled(paragraph)
    ruled(word.add_paragraph())


def lines_head(word: Word) -> None:
    """One below the other."""
    for text, size, bold, italic in (
        (NATION, 13, True, False),
        (MOTTO, 14, True, False),
        ("UBND TỈNH LÂM GIANG", 13, False, False),
        ("SỞ NGOẠI VỤ", 13, True, False),
        (NUMBER, 13, False, False),
        (PLACE, 14, False, True),
    ):
        paragraph = said(word.add_paragraph(), text, size, bold=bold, italic=italic)
        paragraph.alignment = ALIGN.CENTER
        if bold:
            ruled(paragraph)
    ruled(word.add_paragraph())


def boxes_head(word: Word) -> None:
    """Two text boxes."""
    left = (("UBND TỈNH LÂM GIANG", 26, ""), ("SỞ NGOẠI VỤ", 26, "<w:b/>"), (NUMBER, 26, ""))
    right = ((NATION, 26, "<w:b/>"), (MOTTO, 28, "<w:b/>"), (PLACE, 28, "<w:i/>"))
    paragraph = word.add_paragraph()
    for lines in (left, right):
        inner = "".join(
            f'<w:p><w:r><w:rPr>{look}<w:sz w:val="{size}"/></w:rPr><w:t>{text}</w:t></w:r></w:p>'
            for text, size, look in lines
        )
        paragraph._p.append(
            parse_xml(
                f'<w:r {nsdecls("w")}><w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml"><v:textbox>'
                f"<w:txbxContent>{inner}</w:txbxContent></v:textbox></v:shape></w:pict></w:r>"
            )
        )
    for _ in range(3):
        ruled(paragraph)


HEADS: dict[str, Callable[[Word], None]] = {
    "table": table_head,
    "one row": one_row_head,
    "tabs": tabs_head,
    "lines": lines_head,
    "boxes": boxes_head,
}


def text(word: Word, **look: Any) -> Paragraph:
    """A paragraph of the text."""
    paragraph = said(word.add_paragraph(), look.pop("text", BODY), 14)
    paragraph.alignment = ALIGN.JUSTIFY
    form = paragraph.paragraph_format
    form.first_line_indent, form.space_after, form.line_spacing = Cm(1.27), Pt(6), 1.0
    return paragraph


def middle(word: Word) -> None:
    """Type, subject, text."""
    title = said(word.add_paragraph(), "BÁO CÁO", 14, bold=True)
    subject = said(word.add_paragraph(), "Kết quả công tác năm 2027", 14, bold=True)
    for paragraph in (title, subject):
        paragraph.alignment = ALIGN.CENTER
    ruled(subject)
    text(word)
    heading = text(word, text="I. KẾT QUẢ THỰC HIỆN")
    heading.runs[0].bold = True
    text(word)
    text(word, text="- Tổ chức 12 hội nghị.")


def table_end(word: Word) -> None:
    """Recipients and signature as a table."""
    cells = word.add_table(rows=1, cols=2)
    left, right = cells.cell(0, 0), cells.cell(0, 1)
    said(left.paragraphs[0], "Nơi nhận:", 12, bold=True, italic=True)
    for line in ("- UBND tỉnh;", "- Lưu: VT, NVNONN."):
        said(left.add_paragraph(), line, 11)
    for line in ("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC", "", "", "Trần Văn Đông"):
        said(right.add_paragraph(), line, 14, bold=True)


def tabs_end(word: Word) -> None:
    """Recipients on the left, the signature behind tabs."""
    rows = (
        (("Nơi nhận:", 12, True, True), "KT. GIÁM ĐỐC"),
        (("- UBND tỉnh;", 11, False, False), "PHÓ GIÁM ĐỐC"),
        (("- Lưu: VT, NVNONN.", 11, False, False), ""),
        (("", 11, False, False), "Trần Văn Đông"),
    )
    for (words, size, bold, italic), signed in rows:
        paragraph = said(word.add_paragraph(), words, size, bold=bold, italic=italic)
        said(paragraph, f"\t{signed}", 14, bold=True)


def lines_end(word: Word) -> None:
    """The signature on the right, then the recipients."""
    for line in ("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC", "", "Trần Văn Đông"):
        said(word.add_paragraph(), line, 14, bold=True).alignment = ALIGN.RIGHT
    said(word.add_paragraph(), "Nơi nhận:", 12, bold=True, italic=True)
    for line in ("- UBND tỉnh;", "- Lưu: VT, NVNONN."):
        said(word.add_paragraph(), line, 11)


ENDS: dict[str, Callable[[Word], None]] = {"table": table_end, "tabs": tabs_end, "lines": lines_end}


def made(head: str = "table", end: str = "table", change: Callable[[Word], None] | None = None) -> bytes:
    """A right document by others' means; `change` is done at the end."""
    word = blank()
    HEADS[head](word)
    middle(word)
    ENDS[end](word)
    if change is not None:
        change(word)
    out = io.BytesIO()
    word.save(out)
    return out.getvalue()


def theme_fonts(word: Word) -> None:
    """The default style again by the theme's fonts."""
    fonts = word.styles["Normal"].element.rPr.rFonts
    for name in list(fonts.attrib):
        del fonts.attrib[name]
    fonts.set(qn("w:asciiTheme"), "minorHAnsi")
    fonts.set(qn("w:hAnsiTheme"), "minorHAnsi")
