"""One PDF page: its glyphs as rows, its ruled tables, and whether it bears pictures."""

from __future__ import annotations

import ctypes

import pypdfium2
import pypdfium2.raw as pdfium

from nhipcau.core.planreader.formats.layout import INVENTED, Fragment, PageText, rows_of
from nhipcau.core.planreader.formats.pdf_paths import path_rules
from nhipcau.core.planreader.formats.pdf_tables import Rule, find_tables
from nhipcau.core.planreader.formats.pdf_turn import Turn, quarter_of, turn_of
from nhipcau.core.planreader.refusal import Refusal

MOST_GLYPHS = 60_000
MOST_OBJECTS = 20_000
LARGEST = 20_000
_BOLD_WEIGHT = 600
_PATH, _IMAGE = 2, 3
_SPACES = {9, 0xA0, 0x2002, 0x2003, 0x2009}
_NO_TEXT = {0, 10, 13, 0xAD, 0xFFFF}
_LINE_END_HYPHENS = {2, 0xFFFE}
"""What pdfium makes of a hyphen that ends a line; Vietnamese words are not divided, so it is a real one."""


def page_text(page: pypdfium2.PdfPage) -> tuple[PageText, bool]:
    """The page's text with tables apart, and whether it has pictures."""
    text = page.get_textpage()
    count = pdfium.FPDFText_CountChars(text)
    turn = turn_of(page, text, count)
    width, height = turn.size
    if count > MOST_GLYPHS or not (0 < width < LARGEST and 0 < height < LARGEST):
        raise Refusal("too-heavy")
    fragments = glyphs(text, count, turn)
    text.close()
    rules, pictures = drawn(page, turn)
    tables, rest = find_tables(rules, fragments)
    return PageText(rows_of(rest), width, height, tables), pictures


def glyphs(text: pypdfium2.PdfTextPage, count: int, turn: Turn) -> list[Fragment]:
    """Glyphs that run as most do. pdfium's invented spaces go by the order in the file, so they are hints."""
    box, x, y = pdfium.FS_RECTF(), ctypes.c_double(), ctypes.c_double()
    weights = _Weights(text)
    found: list[Fragment] = []
    invented: float | None = None
    for i in range(count):
        code = pdfium.FPDFText_GetUnicode(text, i)
        if pdfium.FPDFText_IsGenerated(text, i) or code in _NO_TEXT:
            invented = _space_at(text, i, box, turn) if code == 32 else None
            if found and code == 32:
                found[-1].spaced = True
            continue
        if not pdfium.FPDFText_GetLooseCharBox(text, i, box) or quarter_of(text, i) != turn.quarter:
            continue
        pdfium.FPDFText_GetCharOrigin(text, i, x, y)
        (left, right), (_, base) = turn.span(box), turn.point(x.value, y.value)
        size = _size(text, i, box, turn)
        if invented is not None and 0.1 * size < left - invented < 0.7 * size:
            found.append(Fragment(" ", invented, left, base, size, index=INVENTED))
        invented = None
        found.append(Fragment(_character(code), left, right, base, size, weights.bold(i)))
        found[-1].index = len(found) - 1
    return found


def _space_at(text: pypdfium2.PdfTextPage, i: int, box: pdfium.FS_RECTF, turn: Turn) -> float | None:
    """Where an invented space begins: before the next glyph's edge only when the file had a space there."""
    return turn.span(box)[0] if pdfium.FPDFText_GetLooseCharBox(text, i, box) else None


def _character(code: int) -> str:
    if code in _LINE_END_HYPHENS:
        return "-"
    if code in _SPACES:
        return " "
    return chr(code) if code < 0xD800 or 0xDFFF < code < 0x110000 else "\ufffd"


def _size(text: pypdfium2.PdfTextPage, i: int, box: pdfium.FS_RECTF, turn: Turn) -> float:
    """The letter size on the page: the font's where it is credible, else by the height of the box."""
    size = float(pdfium.FPDFText_GetFontSize(text, i))
    tall = abs(box.right - box.left) if turn.quarter % 2 else abs(box.top - box.bottom)
    if tall > 0 and not 0.3 < size / tall < 3:
        size = tall
    return size


class _Weights:
    """Which glyphs are bold, asked once for each text object."""

    def __init__(self, text: pypdfium2.PdfTextPage) -> None:
        self._text = text
        self._known: dict[int, bool] = {}
        self._name = ctypes.create_string_buffer(256)
        self._flags = ctypes.c_int()

    def bold(self, i: int) -> bool:
        handle = pdfium.FPDFText_GetTextObject(self._text, i)
        key = ctypes.addressof(handle.contents) if handle else 0
        if key not in self._known:
            length = pdfium.FPDFText_GetFontInfo(self._text, i, self._name, 256, self._flags)
            name = self._name.value.lower() if 0 < length <= 256 else b""
            heavy = pdfium.FPDFText_GetFontWeight(self._text, i) >= _BOLD_WEIGHT
            self._known[key] = heavy or b"bold" in name or b"black" in name
        return self._known[key]


def drawn(page: pypdfium2.PdfPage, turn: Turn) -> tuple[list[Rule], bool]:
    """Thin lines and the edges of boxes drawn on the page, and whether there are pictures of some size."""
    rules: list[Rule] = []
    pictures = False
    for number, thing in enumerate(page.get_objects(max_depth=3)):
        if number > MOST_OBJECTS or len(rules) > MOST_OBJECTS:
            break
        if thing.type == _IMAGE:
            left, bottom, right, top = thing.get_bounds()
            pictures = pictures or (right - left) * (top - bottom) > 40_000
        elif thing.type == _PATH:
            rules += path_rules(thing, turn)
    return rules, pictures
