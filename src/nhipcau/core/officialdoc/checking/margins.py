"""Sections of a file: paper, margins, and the page numbers in their headers and footers."""

from __future__ import annotations

from collections.abc import Sequence

from lxml import etree

from nhipcau.core.officialdoc.checking.cascade import Cascade, Look
from nhipcau.core.officialdoc.checking.pages import Numbering, Section
from nhipcau.core.planreader.formats.docx.package import Package, R, W, is_on, number, value

_KINDS = ("default", "first", "even")
_A4 = {"w": 11906, "h": 16838}
_USUAL = 1440
_SHAPES = {
    "center": "center",
    "right": "right",
    "left": "left",
    "both": "left",
    "inside": "left",
    "outside": "right",
}


def sections_of(ends: Sequence[etree._Element | None], package: Package, cascade: Cascade) -> list[Section]:
    """The sections in order; headers that a section does not name are those of the one before."""
    relations = package.relations(package.main)
    roots: dict[str, etree._Element | None] = {}
    found: list[Section] = []
    inherited: dict[tuple[str, str], str] = {}
    for end in ends:
        numbers: dict[str, list[Numbering]] = {kind: [] for kind in _KINDS}
        for side in ("header", "footer"):
            for reference in () if end is None else end.iterchildren(f"{W}{side}Reference"):
                target = relations.get(reference.get(f"{R}id", ""), ("", ""))[1]
                inherited[side, reference.get(W + "type", "default")] = target
            for kind in _KINDS:
                target = inherited.get((side, kind), "")
                if target and target not in roots:
                    roots[target] = package.part(target)
                numbers[kind] += page_numbers(roots.get(target), cascade, footer=side == "footer")
        found.append(_section(end, numbers))
    return found


def _section(end: etree._Element | None, numbers: dict[str, list[Numbering]]) -> Section:
    size = None if end is None else end.find(W + "pgSz")
    margins = None if end is None else end.find(W + "pgMar")
    count = None if end is None else end.find(W + "pgNumType")
    start = None if count is None else count.get(W + "start")
    return Section(
        width=_mm(size, "w", _A4["w"]),
        height=_mm(size, "h", _A4["h"]),
        margins={side: _mm(margins, side, _USUAL) for side in ("top", "bottom", "left", "right")},
        first_differs=end is not None and bool(is_on(end.find(W + "titlePg"))),
        start=None if start is None else number(start),
        form="decimal" if count is None else count.get(W + "fmt", "decimal"),
        numbers=numbers,
        continuous=end is not None and value(end.find(W + "type")) == "continuous",
    )


def _mm(element: etree._Element | None, name: str, default: int) -> float:
    got = default if element is None else number(element.get(W + name, "").partition(".")[0], default)
    return abs(got) / 1440 * 25.4


def page_numbers(root: etree._Element | None, cascade: Cascade, *, footer: bool) -> list[Numbering]:
    """The page numbers that a header or footer shows."""
    found = []
    for paragraph in () if root is None else root.iter(W + "p"):
        mark = _field(paragraph)
        if mark is None:
            continue
        look, style = cascade.paragraph(paragraph.find(W + "pPr"), None)
        looks = [cascade.run(run.find(W + "rPr"), style, None) for run in _shown(paragraph, mark)]
        text = " ".join("".join(node.text or "" for node in paragraph.iter(W + "t")).split())
        found.append(
            Numbering(
                footer=footer,
                align=_align(paragraph, look, mark),
                sizes=tuple(sorted({size for each in looks if isinstance(size := each.get("size"), float)})),
                plain=not any(each.get("b") or each.get("i") for each in looks),
                alone=_alone(paragraph),
                text=text[:40],
            )
        )
    return found


def _field(paragraph: etree._Element) -> etree._Element | None:
    """The run or element that holds the field PAGE."""
    for node in paragraph.iter(W + "fldSimple", W + "instrText"):
        if next(node.iterancestors(W + "p"), None) is not paragraph:
            continue  # of a text box that hangs on the paragraph
        code = node.get(W + "instr", "") if node.tag == W + "fldSimple" else node.text or ""
        if code.split()[:1] == ["PAGE"]:
            return node
    return None


def _shown(paragraph: etree._Element, mark: etree._Element) -> list[etree._Element]:
    """Runs whose look the number takes."""
    if mark.tag == W + "fldSimple":
        return list(mark.iter(W + "r"))
    runs = [run for run in paragraph.iter(W + "r") if run.find(W + "t") is not None]
    return runs or [run for run in paragraph.iter(W + "r") if mark in run]


def _alone(paragraph: etree._Element) -> bool:
    """Whether nothing but the number stands in the paragraph."""
    codes = list(paragraph.iter(W + "fldSimple", W + "instrText"))
    words = "".join(node.text or "" for node in paragraph.iter(W + "t"))
    others = [node for node in codes if "NUMPAGES" in (node.get(W + "instr") or node.text or "")]
    return not others and not words.strip(" 0123456789ivxlcIVXLC")


def _align(paragraph: etree._Element, look: Look, mark: etree._Element) -> str:
    frame = look.get("frame")
    if isinstance(frame, str):
        return _SHAPES.get(frame, "left")
    tab = next(iter(paragraph.iter(W + "ptab")), None)
    if tab is not None:
        return tab.get(W + "alignment", "left")
    if look.get("jc") in {"center", "right"}:
        return str(look["jc"])
    if next(paragraph.iterancestors(W + "txbxContent"), None) is not None:
        return "center"  # where the box lies cannot be told
    return _by_tabs(paragraph, mark)


def _by_tabs(paragraph: etree._Element, mark: etree._Element) -> str:
    """Left, centre or right by the tabs in front of the number, as in the usual header styles."""
    before = 0
    for node in paragraph.iter():
        if node is mark:
            break
        parent = node.getparent()
        before += node.tag == W + "tab" and parent is not None and parent.tag == W + "r"
    return ("left", "center", "right")[min(before, 2)]
