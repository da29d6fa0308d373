"""Elements of a Word file."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from lxml import etree

from nhipcau.core.officialdoc.cleaning import line, lines
from nhipcau.core.officialdoc.model import Run

NAMESPACES = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
}
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_W = {"w": NAMESPACES["w"]}
TWIPS_PER_MM = 1440 / 25.4
EMU_PER_MM = 36_000


def name(tag: str) -> str:
    """ "w:p" as lxml wants it."""
    prefix, _, local = tag.partition(":")
    return f"{{{NAMESPACES[prefix]}}}{local}"


def twips(mm: float) -> int:
    """Millimetres in twentieths of a point."""
    return round(mm * TWIPS_PER_MM)


def element(tag: str, *children: etree._Element, **values: str | float) -> etree._Element:
    """A w: element with w: attributes."""
    made = etree.Element(f"{{{_W['w']}}}{tag}", nsmap=_W)
    for key, value in values.items():
        made.set(f"{{{_W['w']}}}{key}", str(value))
    made.extend(children)
    return made


def text_run(text: str, *, bold: bool = False, italic: bool = False) -> etree._Element:
    """A run of text that was cleaned already; without a word about its look that of its style."""
    run = element("r")
    if bold or italic:
        run.append(element("rPr", *([element("b")] if bold else []), *([element("i")] if italic else [])))
    for at, piece in enumerate(text.split("\n")):
        if at:
            run.append(element("br"))
        words = element("t")
        words.text = piece
        words.set(_SPACE, "preserve")
        run.append(words)
    return run


def paragraph(style: str, runs: Iterable[etree._Element], *look: etree._Element) -> etree._Element:
    """A paragraph in a style. `look`: elements of its w:pPr, in the order of the schema."""
    return element("p", element("pPr", element("pStyle", val=style), *look), *runs)


def plain(style: str, text: str, *look: etree._Element) -> etree._Element:
    """A paragraph of one run."""
    return paragraph(style, [text_run(text)], *look)


def runs_of(text: str | Sequence[Run]) -> list[list[etree._Element]]:
    """The runs of a text, a list for each of its lines; empty lines are left out."""
    if isinstance(text, str):
        return [[text_run(each)] for each in lines(text)]
    made: list[list[etree._Element]] = [[]]
    for run in text:
        for at, piece in enumerate(run.text.split("\n")):
            if at:
                made.append([])
            if words := _inner(piece):
                made[-1].append(text_run(words, bold=run.bold, italic=run.italic))
    return [each for each in made if each]


def _inner(piece: str) -> str:
    """A piece of a line, cleaned, with the space at its ends that parts it from its neighbours."""
    words = line(piece)
    if not words:
        return " " if piece.isspace() else ""
    return " " * piece[0].isspace() + words + " " * piece[-1].isspace()
