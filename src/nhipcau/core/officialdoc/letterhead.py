"""The head of a document: issuer and nation side by side, number and date under them, type and subject."""

from __future__ import annotations

from lxml import etree

from nhipcau.core.officialdoc.cleaning import line
from nhipcau.core.officialdoc.metrics import balanced, width_mm
from nhipcau.core.officialdoc.model import OfficialDocument
from nhipcau.core.officialdoc.ooxml import element, plain, twips
from nhipcau.core.officialdoc.phrases import MOTTO, NATION, number_line, place_and_date

LEFT, RIGHT = 61.0, 99.0
"""mm of the two columns; together the width of the text."""
SHORT = 0.42
"""Length of a short rule as a share of the words above it: the form wants a third to a half."""


def rule(length: float, room: float) -> etree._Element:
    """A line of `length` mm in the middle of `room` mm: the border of a paragraph that is next to nothing."""
    side = max(0.0, (room - length) / 2)
    border = element("pBdr", element("bottom", val="single", sz=6, space=0, color="000000"))
    return plain("DuongKe", "", border, element("ind", left=twips(side), right=twips(side)))


def letterhead(document: OfficialDocument) -> list[etree._Element]:
    """The two columns at the head of page 1, as a table without lines."""
    first = _row(_issuer(document), _nation())
    second = _row(_number(document), [plain("DiaDanhNgay", place_and_date(document))])
    return [columns([first, second], (LEFT, RIGHT))]


def _issuer(document: OfficialDocument) -> list[etree._Element]:
    made = []
    if parent := line(document.parent_body).upper():
        made.append(plain("CoQuanChuQuan", "\n".join(balanced(parent, LEFT - 2, 13))))
    rows = balanced(line(document.issuer).upper(), LEFT - 2, 13, bold=True)
    longest = max((width_mm(each, 13, bold=True) for each in rows), default=0)
    return [*made, plain("CoQuanBanHanh", "\n".join(rows)), rule(longest * SHORT, LEFT)]


def _nation() -> list[etree._Element]:
    motto = width_mm(MOTTO, 14, bold=True)
    return [plain("QuocHieu", NATION), plain("TieuNgu", MOTTO), rule(motto, RIGHT)]


def _number(document: OfficialDocument) -> list[etree._Element]:
    made = [plain("SoKyHieu", number_line(document))]
    if not document.type.titled:
        about = line(document.subject)
        about = about if about.startswith("V/v ") else f"V/v {about}"
        made.append(plain("TrichYeuCongVan", "\n".join(balanced(about, LEFT - 2, 13))))
    return made


def heading(document: OfficialDocument, room: float) -> list[etree._Element]:
    """Name of the type, subject and the short rule; a letter has none of them."""
    if not document.type.titled:
        return []
    made = [plain("TenLoai", document.type.name.upper())]
    rows = balanced(line(document.subject), room - 10, 14, bold=True)
    if rows:
        made.append(plain("TrichYeu", "\n".join(rows)))
        made.append(rule(max(width_mm(each, 14, bold=True) for each in rows) * SHORT, room))
    return made


def columns(rows: list[etree._Element], widths: tuple[float, ...]) -> etree._Element:
    """A table without lines."""
    grid = element("tblGrid", *(element("gridCol", w=twips(each)) for each in widths))
    look = element(
        "tblPr",
        element("tblStyle", val="TableNormal"),
        element("tblW", w=twips(sum(widths)), type="dxa"),
        element("tblLayout", type="fixed"),
    )
    for row in rows:
        for cell, width in zip(row.iterchildren("{*}tc"), widths, strict=True):
            cell.insert(0, element("tcPr", element("tcW", w=twips(width), type="dxa")))
    return element("tbl", look, grid, *rows)


def _row(*cells: list[etree._Element]) -> etree._Element:
    return element("tr", element("trPr", element("cantSplit")), *(element("tc", *each) for each in cells))
