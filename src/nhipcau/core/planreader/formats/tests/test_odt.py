"""OpenDocument texts: the same care as for Word files."""

from __future__ import annotations

from pathlib import Path

from nhipcau.core.planreader.formats.odt import read
from nhipcau.core.planreader.formats.tests.office_files import odt
from nhipcau.core.planreader.source import Cell, Source


def source(tmp_path: Path, body: str, automatic: str = "", styles: str = "") -> Source:
    path = tmp_path / "plan.odt"
    path.write_bytes(odt(body, automatic, styles))
    return read(path)


def texts(tmp_path: Path, body: str, automatic: str = "", styles: str = "") -> list[str]:
    return [line.text for line in source(tmp_path, body, automatic, styles).lines]


def number_level(at: int, form: str, prefix: str = "", suffix: str = ".", more: str = "") -> str:
    return (
        f'<text:list-level-style-number text:level="{at}" style:num-format="{form}" '
        f'style:num-prefix="{prefix}" style:num-suffix="{suffix}" {more}/>'
    )


LIST = (
    '<text:list-style style:name="L">'
    + number_level(1, "I")
    + number_level(2, "1", more='text:display-levels="1"')
    + number_level(3, "a", suffix=")")
    + '<text:list-level-style-bullet text:level="4" text:bullet-char="\uf0b7"/></text:list-style>'
)


def item(content: str, more: str = "") -> str:
    return f"<text:list-item {more}>{content}</text:list-item>"


def test_lists_are_numbered_level_by_level(tmp_path: Path) -> None:
    second = item("<text:p>c</text:p><text:p>tiếp</text:p>")
    inner = f"<text:list>{item('<text:p>b</text:p>')}{second}</text:list>"
    items = item("<text:p>A</text:p>" + inner) + item("<text:p>D</text:p>")
    body = f'<text:list text:style-name="L">{items}</text:list>'
    assert texts(tmp_path, body, LIST) == ["I. A", "1. b", "2. c", "tiếp", "II. D"]


def test_a_list_may_continue_another_or_start_at_a_number(tmp_path: Path) -> None:
    one = f'<text:list xml:id="x" text:style-name="L">{item("<text:p>a</text:p>")}</text:list>'
    goes_on = (
        f'<text:list text:continue-list="x" text:style-name="L">{item("<text:p>b</text:p>")}</text:list>'
    )
    fresh = f'<text:list text:style-name="L">{item("<text:p>c</text:p>")}</text:list>'
    seventh = item("<text:p>d</text:p>", 'text:start-value="7"')
    jumps = f'<text:list text:style-name="L">{seventh}</text:list>'
    assert texts(tmp_path, one + goes_on + fresh + jumps, LIST) == ["I. a", "II. b", "I. c", "VII. d"]


def test_a_list_header_bears_no_number(tmp_path: Path) -> None:
    body = (
        '<text:list text:style-name="L"><text:list-header><text:p>Đầu</text:p></text:list-header>'
        f"{item('<text:p>a</text:p>')}</text:list>"
    )
    assert texts(tmp_path, body, LIST) == ["Đầu", "I. a"]


def test_headings_are_numbered_by_the_outline(tmp_path: Path) -> None:
    outline = f"<text:outline-style>{number_level(1, 'I')}{number_level(2, '1')}</text:outline-style>"
    body = "".join(f'<text:h text:outline-level="{level}">x</text:h>' for level in (1, 2, 2, 1, 2))
    assert texts(tmp_path, body, styles=outline) == ["I. x", "1. x", "2. x", "II. x", "1. x"]


def test_spaces_tabs_breaks_and_soft_hyphens(tmp_path: Path) -> None:
    body = '<text:p>Số:<text:s text:c="3"/>/KH<text:tab/>x\u00ady<text:line-break/>hai\n   dòng</text:p>'
    assert texts(tmp_path, body)[0].startswith("Số:   /KH\txy")
    assert [line.kind for line in source(tmp_path, body).lines] == ["line", "line"]


def test_tracked_deletions_hidden_text_and_contents_are_out(tmp_path: Path) -> None:
    look = '<style:text-properties text:display="none"/>'
    hidden = f'<style:style style:name="An" style:family="text">{look}</style:style>'
    body = (
        "<text:tracked-changes><text:changed-region><text:deletion><text:p>bỏ</text:p></text:deletion>"
        "</text:changed-region></text:tracked-changes>"
        "<text:table-of-content><text:index-body><text:p>I. MỤC LỤC</text:p>"
        "</text:index-body></text:table-of-content>"
        '<text:p>Thấy<text:span text:style-name="An"> giấu</text:span></text:p>'
    )
    assert texts(tmp_path, body, hidden) == ["Thấy"]


def test_tables_notes_boxes_and_pages(tmp_path: Path) -> None:
    body = (
        '<table:table><table:table-row><table:table-cell table:number-columns-spanned="2"><text:p>A</text:p>'
        "</table:table-cell><table:covered-table-cell/><table:table-cell><text:p>B</text:p></table:table-cell>"
        "</table:table-row></table:table>"
        "<text:p>người<text:note><text:note-citation>1</text:note-citation><text:note-body>"
        "<text:p>Chú thích</text:p></text:note-body></text:note>"
        "<draw:frame><draw:text-box><text:p>Hộp</text:p></draw:text-box></draw:frame></text:p>"
        "<text:soft-page-break/><text:p>Sau</text:p>"
    )
    found = source(tmp_path, body).lines
    assert [(line.text, line.kind, line.cell, line.page) for line in found] == [
        ("A", "cell", Cell(0, 0, 0), 1),
        ("B", "cell", Cell(0, 0, 2), 1),
        ("người¹", "paragraph", None, 1),
        ("Hộp", "paragraph", None, 1),
        ("¹ Chú thích", "note", None, 1),
        ("Sau", "paragraph", None, 2),
    ]


def test_bold_and_centred_are_inherited(tmp_path: Path) -> None:
    style = (
        '<style:style style:name="T" style:family="paragraph">'
        '<style:paragraph-properties fo:text-align="center"/>'
        '<style:text-properties fo:font-weight="bold"/></style:style>'
        '<style:style style:name="P1" style:family="paragraph" style:parent-style-name="T"/>'
    )
    found = source(tmp_path, '<text:p text:style-name="P1">KẾ HOẠCH</text:p><text:p>x</text:p>', style).lines
    assert [(line.bold, line.centred) for line in found] == [(True, True), (False, False)]


def test_headers_have_their_kind(tmp_path: Path) -> None:
    header = "<style:header><text:p>Dự thảo</text:p></style:header>"
    master = f"<style:master-page>{header}</style:master-page>"
    found = source(tmp_path, "<text:p>x</text:p>", styles=master).lines
    assert [(line.text, line.kind) for line in found] == [("Dự thảo", "header"), ("x", "paragraph")]
