"""Word files: what is seen on paper is what comes out, in the order of the body."""

from __future__ import annotations

from pathlib import Path

import pytest

from nhipcau.core.planreader.formats.docx import read
from nhipcau.core.planreader.formats.tests.office_files import (
    NAMESPACES,
    docx,
    header_reference,
    level,
    numbered,
    numbering,
    paragraph,
    run,
)
from nhipcau.core.planreader.source import Cell, Source


def source(tmp_path: Path, body: str, parts: dict[str, str] | None = None) -> Source:
    path = tmp_path / "plan.docx"
    path.write_bytes(docx(body, parts))
    return read(path)


def texts(tmp_path: Path, body: str, parts: dict[str, str] | None = None) -> list[str]:
    return [line.text for line in source(tmp_path, body, parts).lines]


def styles(*rows: str) -> dict[str, str]:
    return {"word/styles.xml": f"<w:styles {NAMESPACES}>{''.join(rows)}</w:styles>"}


def lists(abstracts: dict[int, str], nums: dict[int, tuple[int, str]]) -> dict[str, str]:
    return {"word/numbering.xml": numbering(abstracts, nums)}


OUTLINE = level(0, "upperRoman", "%1.") + level(1, "decimal", "%2.") + level(2, "lowerLetter", "%3)")


def test_paragraphs_come_whole_and_empty_ones_not_at_all(tmp_path: Path) -> None:
    found = source(tmp_path, paragraph("KẾ HOẠCH") + paragraph() + paragraph("Nội dung"))
    assert [(line.text, line.kind) for line in found.lines] == [
        ("KẾ HOẠCH", "paragraph"),
        ("Nội dung", "paragraph"),
    ]


def test_levels_are_counted_each_within_the_one_above(tmp_path: Path) -> None:
    body = "".join(
        numbered(t, 1, at)
        for t, at in [("A", 0), ("B", 1), ("C", 2), ("D", 2), ("E", 1), ("F", 2), ("G", 0), ("H", 1)]
    )
    assert texts(tmp_path, body, lists({0: OUTLINE}, {1: (0, "")})) == [
        "I. A", "1. B", "a) C", "b) D", "2. E", "a) F", "II. G", "1. H",
    ]  # fmt: skip


def test_a_label_may_show_the_levels_above(tmp_path: Path) -> None:
    levels = level(0, "decimal", "%1.") + level(1, "decimal", "%1.%2.") + level(2, "decimal", "%1.%2.%3")
    body = "".join(numbered("x", 1, at) for at in (0, 1, 1, 2, 0, 1))
    assert texts(tmp_path, body, lists({0: levels}, {1: (0, "")})) == [
        "1. x", "1.1. x", "1.2. x", "1.2.1 x", "2. x", "2.1. x",
    ]  # fmt: skip


def test_a_legal_level_shows_roman_parents_as_digits(tmp_path: Path) -> None:
    levels = level(0, "upperRoman", "%1.") + level(1, "decimal", "%1.%2", more="<w:isLgl/>")
    body = numbered("x", 1, 0) + numbered("x", 1, 0) + numbered("y", 1, 1)
    assert texts(tmp_path, body, lists({0: levels}, {1: (0, "")}))[-1] == "2.1 y"


def test_lists_that_share_a_definition_go_on_counting(tmp_path: Path) -> None:
    body = numbered("a", 1, 1) + numbered("b", 2, 1)
    assert texts(tmp_path, body, lists({0: OUTLINE}, {1: (0, ""), 2: (0, "")})) == ["1. a", "2. b"]


def test_an_instance_may_start_again_at_a_number(tmp_path: Path) -> None:
    again = '<w:lvlOverride w:ilvl="1"><w:startOverride w:val="5"/></w:lvlOverride>'
    body = numbered("a", 1, 1) + numbered("b", 2, 1) + numbered("c", 2, 1)
    assert texts(tmp_path, body, lists({0: OUTLINE}, {1: (0, ""), 2: (0, again)})) == ["1. a", "5. b", "6. c"]


def test_an_instance_may_replace_a_level(tmp_path: Path) -> None:
    own = f'<w:lvlOverride w:ilvl="0">{level(0, "decimal", "Điều %1.")}</w:lvlOverride>'
    assert texts(tmp_path, numbered("x", 1), lists({0: OUTLINE}, {1: (0, own)})) == ["Điều 1. x"]


def test_a_level_may_go_on_through_its_parents(tmp_path: Path) -> None:
    levels = level(0, "upperRoman", "%1.") + level(1, "decimal", "%2.", more='<w:lvlRestart w:val="0"/>')
    body = numbered("a", 1, 0) + numbered("b", 1, 1) + numbered("c", 1, 0) + numbered("d", 1, 1)
    assert texts(tmp_path, body, lists({0: levels}, {1: (0, "")}))[-1] == "2. d"


@pytest.mark.parametrize(
    ("form", "text", "shown"),
    [
        ("lowerLetter", "%1)", ["a)", "b)", "c)"]),
        ("upperLetter", "%1.", ["A.", "B.", "C."]),
        ("lowerRoman", "%1.", ["i.", "ii.", "iii."]),
        ("decimalZero", "%1", ["01", "02", "03"]),
        ("vietnameseCounting", "Phần %1:", ["Phần một:", "Phần hai:", "Phần ba:"]),
        ("bullet", "-", ["-", "-", "-"]),
        ("bullet", "\uf0b7", ["•", "•", "•"]),
        ("bullet", "o", ["•", "•", "•"]),
        ("none", "", ["", "", ""]),
        ("somethingNew", "%1/", ["1/", "2/", "3/"]),
    ],
)
def test_number_formats(form: str, text: str, shown: list[str], tmp_path: Path) -> None:
    body = numbered("x", 1) * 3
    wanted = [f"{label} x".strip() for label in shown]
    assert texts(tmp_path, body, lists({0: level(0, form, text)}, {1: (0, "")})) == wanted


def test_a_custom_row_of_letters_counts_as_it_is_written(tmp_path: Path) -> None:
    row = (
        '<w:lvl w:ilvl="0"><w:start w:val="4"/><mc:AlternateContent><mc:Choice Requires="w14">'
        '<w:numFmt w:val="custom" w:format="a, b, c, d, đ, e, g, ..."/></mc:Choice>'
        '<mc:Fallback><w:numFmt w:val="decimal"/></mc:Fallback></mc:AlternateContent>'
        '<w:lvlText w:val="%1)"/></w:lvl>'
    )
    assert texts(tmp_path, numbered("x", 1) * 3, lists({0: row}, {1: (0, "")})) == ["d) x", "đ) x", "e) x"]


def test_numbers_come_from_styles_and_can_be_taken_away(tmp_path: Path) -> None:
    style = (
        '<w:style w:type="paragraph" w:styleId="Muc">'
        '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="MucCon"><w:basedOn w:val="Muc"/></w:style>'
    )
    levels = level(0, "decimal", "%1.", more='<w:pStyle w:val="Muc"/>')
    levels += level(1, "decimal", "%1.%2.", more='<w:pStyle w:val="MucCon"/>')
    body = (
        paragraph("a", '<w:pStyle w:val="Muc"/>')
        + paragraph("b", '<w:pStyle w:val="MucCon"/>')
        + paragraph("c", '<w:pStyle w:val="Muc"/><w:numPr><w:numId w:val="0"/></w:numPr>')
        + paragraph("d", '<w:pStyle w:val="Muc"/>')
    )
    assert texts(tmp_path, body, {**styles(style), **lists({0: levels}, {1: (0, "")})}) == [
        "1. a", "1.1. b", "c", "2. d",
    ]  # fmt: skip


def test_a_list_style_is_followed_to_its_definition(tmp_path: Path) -> None:
    properties = '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>'
    style = f'<w:style w:type="numbering" w:styleId="L">{properties}</w:style>'
    abstracts = {0: '<w:styleLink w:val="L"/>' + level(0, "decimal", "%1)"), 1: '<w:numStyleLink w:val="L"/>'}
    parts = {**styles(style), **lists(abstracts, {1: (0, ""), 2: (1, "")})}
    assert texts(tmp_path, numbered("x", 2), parts) == ["1) x"]


def test_an_empty_numbered_paragraph_counts_but_is_not_shown(tmp_path: Path) -> None:
    body = numbered("a", 1, 1) + numbered("", 1, 1) + numbered("c", 1, 1)
    assert texts(tmp_path, body, lists({0: OUTLINE}, {1: (0, "")})) == ["1. a", "3. c"]


def test_tracked_insertions_are_in_and_deletions_out(tmp_path: Path) -> None:
    body = paragraph(
        content=run("Sở ")
        + f'<w:ins w:id="1">{run("Ngoại vụ")}</w:ins>'
        + '<w:del w:id="2"><w:r><w:delText>Nội vụ</w:delText></w:r></w:del>'
        + f'<w:moveFrom w:id="3">{run(" cũ")}</w:moveFrom><w:moveTo w:id="4">{run(" mới")}</w:moveTo>'
    )
    assert texts(tmp_path, body) == ["Sở Ngoại vụ mới"]


def test_a_deleted_paragraph_end_joins_two_paragraphs(tmp_path: Path) -> None:
    body = paragraph("Sở Ngoại vụ", '<w:rPr><w:del w:id="1"/></w:rPr>') + paragraph(" chủ trì.")
    assert texts(tmp_path, body) == ["Sở Ngoại vụ chủ trì."]


def test_hidden_text_is_out_by_run_and_by_style(tmp_path: Path) -> None:
    style = '<w:style w:type="character" w:styleId="An"><w:rPr><w:vanish/></w:rPr></w:style>'
    body = paragraph(
        content=run("Thấy") + run(" giấu", "<w:vanish/>") + run(" ẩn", '<w:rStyle w:val="An"/>')
        + run(" hiện", '<w:rStyle w:val="An"/><w:vanish w:val="0"/>')
    )  # fmt: skip
    assert texts(tmp_path, body, styles(style)) == ["Thấy hiện"]


def test_capitals_by_format_are_capitals(tmp_path: Path) -> None:
    assert texts(tmp_path, paragraph(content=run("Ủy ban nhân dân", "<w:caps/>"))) == ["ỦY BAN NHÂN DÂN"]


def test_special_characters(tmp_path: Path) -> None:
    body = paragraph(
        content=run("số 36")
        + "<w:r><w:noBreakHyphen/><w:t>NQ</w:t><w:softHyphen/><w:t>/TW</w:t><w:tab/><w:t>xin\u00adchào</w:t>"
        + '<w:sym w:font="Wingdings" w:char="F0FC"/></w:r>'
    )
    assert texts(tmp_path, body) == ["số 36-NQ/TW\txinchào•"]


def test_a_line_break_makes_lines_that_may_go_on(tmp_path: Path) -> None:
    body = paragraph(content=run("KẾ HOẠCH") + "<w:r><w:br/></w:r>" + run("Triển khai"))
    assert [(line.text, line.kind) for line in source(tmp_path, body).lines] == [
        ("KẾ HOẠCH", "line"),
        ("Triển khai", "line"),
    ]


def test_fields_show_their_result(tmp_path: Path) -> None:
    mark = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
    code = '<w:r><w:instrText>HYPERLINK "http://x"</w:instrText></w:r>'
    body = paragraph(
        content=mark.format("begin") + code + mark.format("separate") + run("tại đây") + mark.format("end")
        + f'<w:fldSimple w:instr="DATE">{run(" 2027")}</w:fldSimple>'
        + f'<w:hyperlink w:anchor="a">{run(" xem")}</w:hyperlink>'
    )  # fmt: skip
    assert texts(tmp_path, body) == ["tại đây 2027 xem"]


def test_a_table_of_contents_is_left_out(tmp_path: Path) -> None:
    mark = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
    body = (
        paragraph(
            content=mark.format("begin") + "<w:r><w:instrText> TOC</w:instrText></w:r>"
            + mark.format("separate")
            + run("I. NHIỆM VỤ 3")
        )
        + paragraph("II. TỔ CHỨC 5")
        + paragraph(content=mark.format("end"))
        + paragraph("I. NHIỆM VỤ")
    )  # fmt: skip
    assert texts(tmp_path, body) == ["I. NHIỆM VỤ"]


def test_a_text_box_comes_once(tmp_path: Path) -> None:
    box = f"<w:txbxContent>{paragraph('MẬT')}</w:txbxContent>"
    drawn = (
        f'<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing>'
        f"<wps:txbx>{box}</wps:txbx></w:drawing>"
        f"</mc:Choice><mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
    assert texts(tmp_path, paragraph(content=drawn + run("KẾ HOẠCH"))) == ["KẾ HOẠCH", "MẬT"]


def test_notes_follow_the_paragraph_that_refers_to_them(tmp_path: Path) -> None:
    notes = (
        f'<w:footnotes {NAMESPACES}><w:footnote w:id="0" w:type="separator">{paragraph("---")}</w:footnote>'
        f'<w:footnote w:id="2">{paragraph("Số liệu năm 2026.")}</w:footnote></w:footnotes>'
    )
    body = paragraph(content=run("26.362 người") + '<w:r><w:footnoteReference w:id="2"/></w:r>') + paragraph(
        "Tiếp"
    )
    found = source(tmp_path, body, {"word/footnotes.xml": notes}).lines
    assert [(line.text, line.kind) for line in found] == [
        ("26.362 người¹", "paragraph"),
        ("¹ Số liệu năm 2026.", "note"),
        ("Tiếp", "paragraph"),
    ]


def test_headers_and_footers_have_their_kind(tmp_path: Path) -> None:
    parts = {"word/header1.xml": f"<w:hdr {NAMESPACES}>{paragraph('Dự thảo')}</w:hdr>"}
    found = source(tmp_path, paragraph("KẾ HOẠCH") + header_reference(), parts).lines
    assert [(line.text, line.kind) for line in found] == [("Dự thảo", "header"), ("KẾ HOẠCH", "paragraph")]


def test_table_cells_have_their_place_and_merged_ones_come_once(tmp_path: Path) -> None:
    def cell(text: str, facts: str = "") -> str:
        return f"<w:tc><w:tcPr>{facts}</w:tcPr>{paragraph(text)}</w:tc>"

    inner = f"<w:tbl><w:tr>{cell('trong')}</w:tr></w:tbl>"
    body = (
        "<w:tbl><w:tr>" + cell("TT", '<w:vMerge w:val="restart"/>')
        + cell("Nội dung", '<w:gridSpan w:val="2"/>')
        + cell("Hạn") + "</w:tr><w:tr>" + cell("TT", "<w:vMerge/>") + cell("Việc") + f"<w:tc>{inner}</w:tc>"
        + cell("2027") + "</w:tr><w:tr><w:trPr><w:del/></w:trPr>" + cell("bỏ") + "</w:tr></w:tbl>"
    )  # fmt: skip
    found = source(tmp_path, body).lines
    assert {line.kind for line in found} == {"cell"}
    assert [(line.text, line.cell) for line in found] == [
        ("TT", Cell(0, 0, 0)),
        ("Nội dung", Cell(0, 0, 1)),
        ("Hạn", Cell(0, 0, 3)),
        ("Việc", Cell(0, 1, 1)),
        ("trong", Cell(1, 0, 0)),
        ("2027", Cell(0, 1, 3)),
    ]


def test_pages_follow_the_breaks_that_word_noted(tmp_path: Path) -> None:
    turn = "<w:r><w:lastRenderedPageBreak/></w:r>"
    body = (
        paragraph("một")
        + paragraph(content=run("nửa ") + turn + run("nửa"))
        + paragraph(content='<w:r><w:br w:type="page"/></w:r>' + turn + run("ba"))
    )
    found = source(tmp_path, body)
    assert [(line.text, line.page, line.number) for line in found.lines] == [
        ("một", 1, 1), ("nửa nửa", 1, 2), ("ba", 3, 1),
    ]  # fmt: skip
    assert found.pages == 3


def test_pages_follow_asked_for_breaks_where_word_noted_none(tmp_path: Path) -> None:
    body = (
        paragraph("một")
        + paragraph(content=run("hai"), properties="<w:pageBreakBefore/>")
        + paragraph(content='<w:r><w:br w:type="page"/></w:r>' + run("ba"))
    )
    assert [line.page for line in source(tmp_path, body).lines] == [1, 2, 3]


def test_bold_and_centred_are_told(tmp_path: Path) -> None:
    style = (
        '<w:style w:type="paragraph" w:styleId="Tieude"><w:pPr><w:jc w:val="center"/></w:pPr>'
        "<w:rPr><w:b/></w:rPr></w:style>"
    )
    body = paragraph("KẾ HOẠCH", '<w:pStyle w:val="Tieude"/>') + paragraph(
        content=run("a", "<w:b/>") + run("bcdef")
    )
    found = source(tmp_path, body, styles(style)).lines
    assert [(line.bold, line.centred) for line in found] == [(True, True), (False, False)]


def test_a_strict_file_is_read_like_a_usual_one(tmp_path: Path) -> None:
    usual, strict = "schemas.openxmlformats.org/wordprocessingml/2006", "purl.oclc.org/ooxml/wordprocessingml"
    names = NAMESPACES.replace(usual, strict)
    parts = {
        "word/document.xml": f"<w:document {names}><w:body>{paragraph('Nội dung')}</w:body></w:document>"
    }
    assert texts(tmp_path, "", parts) == ["Nội dung"]


def test_content_controls_show_what_was_filled_in(tmp_path: Path) -> None:
    control = "<w:sdt><w:sdtPr>{}</w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>"
    asked = control.format("<w:showingPlcHdr/>", run("Bấm vào đây"))
    filled = control.format("", run("Sở Ngoại vụ"))
    block = control.format("", paragraph("Khối"))
    assert texts(tmp_path, paragraph(content=asked + filled) + block) == ["Sở Ngoại vụ", "Khối"]


def test_a_letterhead_and_a_signature_set_with_tabs_become_columns(tmp_path: Path) -> None:
    def tabbed(*parts: str) -> str:
        return paragraph(content="<w:r><w:tab/></w:r>".join(run(part) for part in parts))

    body = (
        tabbed("ỦY BAN NHÂN DÂN", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")
        + tabbed("TỈNH MẪU", "Độc lập - Tự do - Hạnh phúc")
        + tabbed("Số: 12/KH-UBND", "Mẫu, ngày 05 tháng 6 năm 2027")
        + paragraph("KẾ HOẠCH")
        + tabbed("1.", "Sở Ngoại vụ chủ trì.")
        + tabbed("Nơi nhận:", "TM. ỦY BAN NHÂN DÂN")
        + tabbed("- Bộ Ngoại giao;", "CHỦ TỊCH")
        + paragraph("- Lưu: VT.")
        + paragraph("Nguyễn Văn Mẫu")
    )
    found = source(tmp_path, body).lines
    assert [(line.text, line.cell and (line.cell.table, line.cell.column)) for line in found] == [
        ("ỦY BAN NHÂN DÂN", (0, 0)), ("TỈNH MẪU", (0, 0)), ("Số: 12/KH-UBND", (0, 0)),
        ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", (0, 1)), ("Độc lập - Tự do - Hạnh phúc", (0, 1)),
        ("Mẫu, ngày 05 tháng 6 năm 2027", (0, 1)), ("KẾ HOẠCH", None), ("1.\tSở Ngoại vụ chủ trì.", None),
        ("Nơi nhận:", (1, 0)), ("- Bộ Ngoại giao;", (1, 0)), ("- Lưu: VT.", (1, 0)),
        ("TM. ỦY BAN NHÂN DÂN", (1, 1)), ("CHỦ TỊCH", (1, 1)), ("Nguyễn Văn Mẫu", (1, 1)),
    ]  # fmt: skip
