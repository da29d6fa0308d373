"""Documents that others made are read as Word shows them, whatever means their letterhead was made by."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from docx.document import Document as Word
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Pt
from docx.styles.style import ParagraphStyle
from lxml import etree

from nhipcau.core.officialdoc import check_docx
from nhipcau.core.officialdoc.tests.foreign import BODY, ENDS, HEADS, made, text, theme_fonts


def told(data: bytes) -> list[tuple[str, str]]:
    return [(finding.element, finding.code) for finding in check_docx(data)]


@pytest.mark.parametrize("head", HEADS)
@pytest.mark.parametrize("end", ENDS)
def test_a_right_document_is_right_however_it_was_made(head: str, end: str) -> None:
    assert told(made(head, end)) == []


def paragraph(word: Word, words: str) -> object:
    places = [
        *word.paragraphs,
        *(p for t in word.tables for row in t.rows for c in row.cells for p in c.paragraphs),
    ]
    return next(each for each in places if words in each.text)


def new_style(word: Word, name: str) -> ParagraphStyle:
    style = word.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    style.base_style = word.styles["Normal"]
    return style


def by_style_chain(word: Word) -> None:
    base = new_style(word, "Gốc")
    base.paragraph_format.first_line_indent = Cm(3)
    child = new_style(word, "Con")
    child.base_style = base
    added = text(word)
    added.style = child
    added.paragraph_format.first_line_indent = None
    added._p.getparent().insert(5, added._p)


def by_defaults(word: Word) -> None:
    added = text(word)
    added.paragraph_format.alignment = None
    added._p.getparent().insert(5, added._p)


def toggled_twice(word: Word) -> None:
    """Bold in the paragraph's style and in the character's: Word shows it thin."""
    strong = word.styles.add_style("Đậm chữ", WD_STYLE_TYPE.CHARACTER)
    strong.font.bold = True
    heavy = new_style(word, "Đậm đoạn")
    heavy.font.bold = True
    subject = paragraph(word, "Kết quả công tác năm 2027")
    subject.style = heavy
    subject.alignment = ALIGN.CENTER
    subject.runs[0].bold = None
    subject.runs[0].style = strong


def bold_by_style(word: Word) -> None:
    heavy = new_style(word, "Đậm đoạn")
    heavy.font.bold = True
    subject = paragraph(word, "Kết quả công tác năm 2027")
    subject.style, subject.alignment, subject.runs[0].bold = heavy, ALIGN.CENTER, None


def small_by_character_style(word: Word) -> None:
    small = word.styles.add_style("Nhỏ", WD_STYLE_TYPE.CHARACTER)
    small.font.size = Pt(10)
    run = paragraph(word, BODY).runs[0]
    run.font.size, run.style = None, small


def capitals_by_look(word: Word) -> None:
    run = paragraph(word, "BÁO CÁO").runs[0]
    run.text, run.font.all_caps = "Báo cáo", True


def hidden_words(word: Word) -> None:
    run = paragraph(word, BODY).add_run("chữ ẩn")
    run.font.hidden, run.font.name, run.font.size = True, "Arial", Pt(6)


def deleted_words(word: Word) -> None:
    paragraph(word, BODY)._p.append(
        parse_xml(f'<w:del {nsdecls("w")}><w:r><w:rPr><w:sz w:val="9"/></w:rPr><w:t>x</w:t></w:r></w:del>')
    )


def raised_mark(word: Word) -> None:
    run = paragraph(word, BODY).add_run("1")
    run.font.superscript, run.font.size = True, Pt(9)


def numbered_without_dash(word: Word) -> None:
    paragraph(word, "- Tổ chức 12").style = "List Bullet"


def exact_lines(word: Word) -> None:
    paragraph(word, BODY).paragraph_format.line_spacing = Pt(18)


def titled_signer(word: Word) -> None:
    paragraph(word, "Trần Văn Đông").runs[0].text = "PGS.TS Trần Văn Đông"


def annex_without_page(word: Word) -> None:
    for words in ("Phụ lục", "DANH SÁCH DỰ ÁN"):
        added = word.add_paragraph()
        added.alignment = ALIGN.CENTER
        run = added.add_run(words)
        run.bold, run.font.size = True, Pt(14)


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (theme_fonts, {("font", "name")}),
        (by_style_chain, {("body", "first-line")}),
        (by_defaults, {("body", "justified")}),
        (toggled_twice, {("subject", "bold")}),
        (bold_by_style, set()),
        (small_by_character_style, {("body", "size")}),
        (capitals_by_look, set()),
        (hidden_words, set()),
        (deleted_words, set()),
        (raised_mark, set()),
        (exact_lines, set()),
        (titled_signer, {("signature", "titles")}),
        (annex_without_page, {("annex", "page")}),
    ],
)
def test_looks_are_resolved_as_word_does(
    change: Callable[[Word], None], expected: set[tuple[str, str]]
) -> None:
    assert set(told(made(change=change))) == expected


@pytest.mark.parametrize("head", HEADS)
@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("Số: 38/BC-SNgV", "Số: 8/BC-SNgV", ("number", "leading-zero")),
        ("ngày 05 tháng 6", "ngày 5 tháng 6", ("date", "day-zero")),
        ("Độc lập - Tự do - Hạnh phúc", "Độc lập – Tự do – Hạnh phúc", ("motto", "words")),
        ("CỘNG HÒA", "CỘNG HOÀ", None),
    ],
)
def test_words_are_found_wherever_the_letterhead_has_them(
    head: str, old: str, new: str, expected: tuple[str, str] | None
) -> None:
    def change(word: Word) -> None:
        node = next(each for each in word.element.body.iter("{*}t") if old in (each.text or ""))
        node.text = node.text.replace(old, new)

    assert told(made(head, change=change)) == ([expected] if expected else [])


def reworded(old: str, new: str) -> Callable[[Word], None]:
    def change(word: Word) -> None:
        node = next(each for each in word.element.body.iter("{*}t") if old in (each.text or ""))
        node.text = node.text.replace(old, new)

    return change


def relooked(words: str, **look: object) -> Callable[[Word], None]:
    """Other formatting on the run that says `words`: size in points, b, i, font; None takes a switch off."""

    def change(word: Word) -> None:
        node = next(each for each in word.element.body.iter("{*}t") if words in (each.text or ""))
        run = node.getparent()
        properties = run.find(qn("w:rPr"))
        if properties is None:
            properties = OxmlElement("w:rPr")
            run.insert(0, properties)
        for tag, value in look.items():
            for old in properties.findall(qn(f"w:{tag}")):
                properties.remove(old)
            if value is not None:
                made = OxmlElement(f"w:{tag}")
                if tag == "rFonts":
                    made.set(qn("w:ascii"), str(value))
                    made.set(qn("w:hAnsi"), str(value))
                elif value is not True:
                    made.set(qn("w:val"), str(value))
                properties.append(made)

    return change


def margins(word: Word) -> None:
    word.sections[0].left_margin = Cm(2)


def number_at_bottom(word: Word) -> None:
    section = word.sections[0]
    for child in list(section.header._element):
        section.footer._element.append(child)
    section.header._element.append(OxmlElement("w:p"))


def number_on_page_one(word: Word) -> None:
    word.sections[0].different_first_page_header_footer = False


def left_aligned(word: Word) -> None:
    for each in word.paragraphs:
        if each.text == BODY:
            each.alignment = ALIGN.LEFT


WRONG: dict[str, tuple[Callable[[Word], None], tuple[str, str]]] = {
    "margin": (margins, ("page", "margin-left")),
    "bottom": (number_at_bottom, ("page-number", "bottom")),
    "page one": (number_on_page_one, ("page-number", "first-page")),
    "font": (relooked(BODY, rFonts="Arial"), ("font", "name")),
    "nation small": (relooked("CỘNG HÒA", sz=22), ("nation", "size")),
    "nation thin": (relooked("CỘNG HÒA", b=None), ("nation", "bold")),
    "nation lower": (reworded("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Cộng hòa xã hội chủ nghĩa Việt Nam"),
                     ("nation", "capitals")),
    "motto words": (reworded("Độc lập - Tự do", "Độc lập-Tự do"), ("motto", "words")),
    "motto thin": (relooked("Độc lập", b=None), ("motto", "bold")),
    "parent bold": (relooked("UBND TỈNH", b=True), ("parent", "not-bold")),
    "issuer thin": (relooked("SỞ NGOẠI VỤ", b=None), ("issuer", "bold")),
    "issuer lower": (reworded("SỞ NGOẠI VỤ", "Sở Ngoại vụ"), ("issuer", "capitals")),
    "number colon": (reworded("Số: 38", "Số 38"), ("number", "colon")),
    "number type": (reworded("/BC-", "/TB-"), ("number", "type-of-title")),
    "number case": (reworded("/BC-", "/bc-"), ("number", "spelling")),
    "number bold": (relooked("Số: 38", b=True), ("number", "not-bold")),
    "number space": (reworded("38/BC", "38 /BC"), ("number", "stroke")),
    "date upright": (relooked("Lâm Giang, ngày", i=None), ("date", "italic")),
    "date comma": (reworded("Lâm Giang, ngày", "Lâm Giang ngày"), ("date", "comma")),
    "month": (reworded("tháng 6", "tháng 1"), ("date", "month-zero")),
    "title lower": (reworded("BÁO CÁO", "Báo cáo"), ("type", "capitals")),
    "title thin": (relooked("BÁO CÁO", b=None), ("type", "bold")),
    "subject large": (relooked("Kết quả công tác", sz=32), ("subject", "size")),
    "text left": (left_aligned, ("body", "justified")),
    "text small": (relooked(BODY, sz=24), ("body", "size")),
    "signer": (reworded("Trần Văn Đông", "ThS. Trần Văn Đông"), ("signature", "titles")),
    "signer thin": (relooked("Trần Văn Đông", b=None), ("signature", "name-bold")),
    "prefix": (reworded("KT. GIÁM ĐỐC", "KT.GIÁM ĐỐC"), ("signature", "prefix")),
    "recipients heading": (relooked("Nơi nhận:", i=None), ("recipients", "heading")),
    "recipients mark": (reworded("- UBND tỉnh;", "- UBND tỉnh."), ("recipients", "semicolon")),
    "archive": (reworded("- Lưu: VT, NVNONN.", "- Văn phòng."), ("recipients", "archive")),
}  # fmt: skip


@pytest.mark.parametrize("wrong", WRONG)
@pytest.mark.parametrize(
    ("head", "end"), [*((each, "table") for each in HEADS), ("table", "tabs"), ("table", "lines")]
)
def test_each_wrong_is_found_in_every_layout(wrong: str, head: str, end: str) -> None:
    change, expected = WRONG[wrong]
    findings = told(made(head, end, change))
    assert {element for element, _ in findings} == {expected[0]}
    assert expected in findings


def test_a_page_number_in_a_text_box_is_one_number() -> None:
    def change(word: Word) -> None:
        paragraph = word.sections[0].header.paragraphs[0]
        inner = "".join(etree.tostring(run).decode() for run in list(paragraph._p.iter(qn("w:r"))))
        for run in list(paragraph._p.iter(qn("w:r"))):
            paragraph._p.remove(run)
        paragraph.alignment = None
        box = f"<w:r {nsdecls('w')}><w:pict><w:txbxContent><w:p>{inner}</w:p></w:txbxContent></w:pict></w:r>"
        paragraph._p.append(parse_xml(box))

    assert told(made(change=change)) == []


@pytest.mark.parametrize("adds", [True, False])
def test_spaces_add_up_where_the_file_says_so(adds: bool) -> None:
    def change(word: Word) -> None:
        for each in word.paragraphs:
            if each.paragraph_format.first_line_indent:
                each.paragraph_format.space_before = each.paragraph_format.space_after = Pt(4)
        if adds:
            compat = word.settings.element.find(qn("w:compat"))
            compat.append(OxmlElement("w:doNotUseHTMLParagraphAutoSpacing"))

    assert told(made(change=change)) == ([] if adds else [("body", "between")])
