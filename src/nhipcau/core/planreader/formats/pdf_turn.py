"""Which way up a PDF page's text runs: landscape annexes are often text on its side with a rotated page."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass

import pypdfium2
import pypdfium2.raw as pdfium

SAMPLE = 500


@dataclass(frozen=True, slots=True)
class Turn:
    """Maps the page's own coordinates (up, from the lower left) to reading ones (down, from the upper left).

    `quarter`: 0 upright, 1 running down, 2 upside down, 3 running up. Edges in points.
    """

    quarter: int
    left: float
    bottom: float
    right: float
    top: float

    @property
    def size(self) -> tuple[float, float]:
        """Width and height as the reader sees them."""
        wide, tall = self.right - self.left, self.top - self.bottom
        return (tall, wide) if self.quarter % 2 else (wide, tall)

    def point(self, x: float, y: float) -> tuple[float, float]:
        """A point in reading coordinates."""
        if self.quarter == 0:
            return x - self.left, self.top - y
        return {
            1: (self.top - y, self.right - x),
            2: (self.right - x, y - self.bottom),
            3: (y - self.bottom, x - self.left),
        }[self.quarter]

    def span(self, box: pdfium.FS_RECTF) -> tuple[float, float]:
        """Where a glyph's box begins and ends along the line."""
        if self.quarter == 0:
            return box.left - self.left, box.right - self.left
        one, _ = self.point(box.left, box.bottom)
        other, _ = self.point(box.right, box.top)
        return min(one, other), max(one, other)


def quarter_of(text: pypdfium2.PdfTextPage, i: int) -> int | None:
    """The quarter turn of one glyph, None for a slanted one."""
    turns = float(pdfium.FPDFText_GetCharAngle(text, i)) / (math.pi / 2)
    nearest = round(turns)
    return nearest % 4 if abs(turns - nearest) < 0.15 else None


def turn_of(page: pypdfium2.PdfPage, text: pypdfium2.PdfTextPage, count: int) -> Turn:
    """The turn of most glyphs of a page; the page's own rotation where it has none."""
    step = max(1, count // SAMPLE)
    seen = Counter(quarter_of(text, i) for i in range(0, count, step))
    del seen[None]
    usual = seen.most_common(1)
    quarter = usual[0][0] if usual and usual[0][0] is not None else (-page.get_rotation() // 90) % 4
    left, bottom, right, top = page.get_mediabox()
    return Turn(quarter, left, bottom, right, top)
