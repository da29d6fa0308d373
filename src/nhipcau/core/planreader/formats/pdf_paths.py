"""Drawn paths of a PDF page as rules: lines, thin boxes, edges of stroked boxes."""

from __future__ import annotations

import ctypes
from itertools import pairwise

import pypdfium2
import pypdfium2.raw as pdfium

from nhipcau.core.planreader.formats.pdf_tables import Rule
from nhipcau.core.planreader.formats.pdf_turn import Turn

MOST_SEGMENTS = 2_000
_LINE, _CURVE, _MOVE = 0, 1, 2
THIN, SHORT = 3.0, 6.0
Point = tuple[float, float]


def path_rules(thing: pypdfium2.PdfObject, turn: Turn) -> list[Rule]:
    """The rules of one path object, in points from the top left corner of the page."""
    stroked = _stroked(thing)
    rules: list[Rule] = []
    for points in _outlines(thing, turn):
        xs, ys = [x for x, _ in points], [y for _, y in points]
        box = Rule(min(xs), min(ys), max(xs), max(ys))
        thin = _thin(box)
        if thin is not None:
            rules.append(thin)
        elif stroked:
            for (x, y), (u, v) in pairwise(points):
                edge = _thin(Rule(min(x, u), min(y, v), max(x, u), max(y, v)))
                rules += [edge] if edge is not None else []
    return rules


def _thin(box: Rule) -> Rule | None:
    """A box that is no more than a line, as that line."""
    wide, tall = box.right - box.left, box.bottom - box.top
    if tall < THIN and wide > 2 * SHORT:
        middle = (box.top + box.bottom) / 2
        return Rule(box.left, middle, box.right, middle)
    if wide < THIN and tall > SHORT:
        middle = (box.left + box.right) / 2
        return Rule(middle, box.top, middle, box.bottom)
    return None


def _stroked(thing: pypdfium2.PdfObject) -> bool:
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    return bool(pdfium.FPDFPath_GetDrawMode(thing.raw, fill, stroke)) and bool(stroke.value)


def _outlines(thing: pypdfium2.PdfObject, turn: Turn) -> list[list[Point]]:
    """The path's outlines as corner points on the page; outlines with curves are left out."""
    matrix = thing.get_matrix()
    x, y = ctypes.c_float(), ctypes.c_float()
    outlines: list[list[Point]] = []
    curved: set[int] = set()
    for number in range(min(pdfium.FPDFPath_CountSegments(thing.raw), MOST_SEGMENTS)):
        segment = pdfium.FPDFPath_GetPathSegment(thing.raw, number)
        if not pdfium.FPDFPathSegment_GetPoint(segment, x, y):
            continue
        kind = pdfium.FPDFPathSegment_GetType(segment)
        if kind == _MOVE or not outlines:
            outlines.append([])
        elif kind == _CURVE:
            curved.add(len(outlines))
        outlines[-1].append(turn.point(*matrix.on_point(x.value, y.value)))
        if pdfium.FPDFPathSegment_GetClose(segment):
            outlines[-1].append(outlines[-1][0])
    return [points for at, points in enumerate(outlines, start=1) if at not in curved and len(points) > 1]
