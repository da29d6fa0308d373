"""What is written: the form's wordings, styles a person can edit, the same bytes for the same document."""

from __future__ import annotations

import io
import time
from dataclasses import replace
from datetime import date

import docx
import pytest

from nhipcau.core.officialdoc import (
    KINDS,
    Annex,
    Attachment,
    Cell,
    Heading,
    Paragraph,
    Picture,
    Run,
    Table,
    check_docx,
    is_number,
    write_attachment,
    write_docx,
)
from nhipcau.core.officialdoc.phrases import day_words, number_words
from nhipcau.core.officialdoc.tests.samples import document, figures, long_report, png


def opened(data: bytes) -> docx.document.Document:
    return docx.Document(io.BytesIO(data))


def whole_text(data: bytes) -> str:
    return "\n".join(node.text or "" for node in opened(data).element.body.iter("{*}t"))


@pytest.mark.parametrize("kind", KINDS)
def test_every_type_can_be_written(kind: str) -> None:
    text = whole_text(write_docx(document(kind)))
    assert "Độc lập - Tự do - Hạnh phúc" in text
    assert (KINDS[kind].name.upper() in text) == (kind != "CV")


def test_a_number_and_a_day_are_printed_with_their_leading_noughts() -> None:
    text = whole_text(write_docx(document("BC")))
    assert "Số: 05/BC-SNgV" in text
    assert "Lâm Giang, ngày 05 tháng 02 năm 2027" in text
    assert [number_words(each) for each in ("1", "09", "10", "112", "7a")] == ["01", "09", "10", "112", "07a"]
    assert day_words(date(2027, 11, 30), None) == "ngày 30 tháng 11 năm 2027"
    assert day_words(date(2027, 3, 1), None) == "ngày 01 tháng 3 năm 2027"


def test_what_is_not_known_yet_is_left_blank() -> None:
    text = whole_text(write_docx(document("BC", number=None, day=None)))
    assert "Số: " + "\u00a0" * 6 + "/BC-SNgV" in text
    assert text.count("năm 2027") >= 1
    assert "None" not in text


def test_a_letter_names_no_type_in_its_number() -> None:
    text = whole_text(write_docx(document("CV", number="12")))
    assert "Số: 12/SNgV-NVNONN" in text
    assert "V/v đôn đốc" in text
    assert "CV" not in text


def test_the_same_document_gives_the_same_bytes() -> None:
    made = document("BC", annexes=(Annex("Số liệu", [figures()]),))
    assert write_docx(made) == write_docx(replace(made))


def test_headings_are_real_and_styles_bear_vietnamese_names() -> None:
    word = opened(write_docx(document("BC")))
    names = {paragraph.style.name for paragraph in word.paragraphs if paragraph.style}
    assert {"Heading 1", "Heading 2", "Nội dung", "Căn cứ", "Tên loại"} <= names


def test_text_is_never_markup() -> None:
    nasty = 'a\x00b</w:t><w:instrText>PAGE</w:instrText>\u202e{ TOC } =1+1 &amp; "x" \ud800 e\u0302\u0323'
    data = write_docx(
        document("BC", body=[Paragraph(nasty), Paragraph([Run("đậm ", bold=True), Run(nasty)])])
    )
    word = opened(data)
    assert not list(word.element.body.iter("{*}instrText"))
    assert 'ab</w:t><w:instrText>PAGE</w:instrText>{ TOC } =1+1 &amp; "x" ệ' in whole_text(data)


def test_heads_of_tables_come_again_and_rows_stay_whole() -> None:
    table = opened(write_docx(document("BC", body=[figures(150)]))).tables[1]
    rows = table._tbl.tr_lst
    assert [row.find("{*}trPr/{*}tblHeader") is not None for row in rows[:3]] == [True, True, False]
    assert all(row.find("{*}trPr/{*}cantSplit") is not None for row in rows)
    assert {len(table.rows[at].cells) for at in (0, 1, 2, len(rows) - 1)} == {6}


def test_pictures_have_words_that_stand_for_them() -> None:
    word = opened(write_docx(document("BC", body=[Picture(png(), "Cột <cao> & thấp")])))
    assert [each._inline.docPr.get("descr") for each in word.inline_shapes] == ["Cột <cao> & thấp"]


def test_annexes_are_sections_of_their_own_and_wide_ones_lie_across() -> None:
    annexes = (Annex("Số liệu", [figures()]), Annex("Bảng rộng", [figures()], landscape=True))
    word = opened(write_docx(document("BC", annexes=annexes)))
    assert [section.page_width > section.page_height for section in word.sections] == [False, False, True]
    assert [
        section._sectPr.find("{*}pgNumType").get(docx.oxml.ns.qn("w:start")) for section in word.sections
    ] == ["1"] * 3
    text = whole_text(write_docx(document("BC", annexes=annexes)))
    assert "Phụ lục I\n" in text
    assert "BẢNG RỘNG" in text


@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": "XX"},
        {"number": "12/BC"},
        {"body": [Picture(b"GIF89a", "hình")]},
        {"body": [Table(["a", "b"], [["1", "2"]], widths=(1, 2, 3))]},
    ],
)
def test_what_cannot_be_written_is_said_at_once(wrong: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"document|picture|widths"):
        write_docx(replace(document("BC"), **wrong))  # type: ignore[arg-type]


def test_a_cell_covers_a_place_or_more() -> None:
    with pytest.raises(ValueError, match="covers"):
        Cell("x", columns=0)


def test_what_goes_with_a_document_has_its_paper_and_no_letterhead() -> None:
    made = write_attachment(Attachment("Bản tổng hợp ý kiến", "Đối với dự thảo", [figures()], landscape=True))
    word = opened(made)
    assert word.sections[0].page_width > word.sections[0].page_height
    assert "BẢN TỔNG HỢP Ý KIẾN" in whole_text(made)
    assert "CỘNG HÒA" not in whole_text(made)


def test_what_nobody_gave_leaves_a_gap_to_fill() -> None:
    text = whole_text(write_docx(document("CV", symbol="", place="")))
    assert "Số: 05/…" in text
    assert "…, ngày 05 tháng 02 năm 2027" in text
    assert "Số: 05/BC\n" in whole_text(write_docx(document("BC", symbol="")))


def test_a_number_is_asked_for_before_it_is_printed() -> None:
    right, wrong = ["5", "05", "112", "7a", "7đ"], ["", "5/BC", "05/BC-SNgV", "mười", " 5", "1234567", "٣"]
    assert [each for each in [*right, *wrong] if is_number(each)] == right


def test_a_chapter_has_its_title_in_capitals_below() -> None:
    word = opened(write_docx(document("QC", body=[Heading(1, "Chương I", "Quy định chung")])))
    chapter = next(each for each in word.paragraphs if each.text.startswith("Chương"))
    assert chapter.text == "Chương I\nQUY ĐỊNH CHUNG"
    assert chapter.style is not None
    assert chapter.style.name == "Heading 1"


def test_a_report_of_a_province_is_written_and_checked_in_seconds() -> None:
    began = time.process_time()
    made = write_docx(long_report())
    check_docx(made)
    assert time.process_time() - began < 10
