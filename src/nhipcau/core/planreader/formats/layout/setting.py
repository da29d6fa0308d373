"""What is usual in a document's pages: letter size, distance of lines, edges, and how paragraphs begin."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from nhipcau.core.planreader.formats.layout.fragments import Row

NARROW = 25
"""In letter sizes: lines that are all shorter do not show where the right edge is."""
GAP = 1.2
"""Lines further apart than that many pitches are not of one paragraph."""
_LABEL = re.compile(r"(?:[-+•*–]|[IVX]{1,5}\.|\d{1,2}(?:\.\d{1,2})*[.)]|[a-zđ][.)])\s")


@dataclass(frozen=True, slots=True)
class Setting:
    """`size`, `pitch` (distance of base lines), `left` and `right` edge, all in points.

    `indent`: how far a paragraph's first line stands in, None where paragraphs do not begin that way.
    `gapped`: paragraphs stand further apart than lines do.
    """

    size: float
    pitch: float
    left: float
    right: float
    indent: float | None = None
    gapped: bool = False

    def pitch_of(self, row: Row) -> float:
        """The distance of lines at the row's letter size."""
        return self.pitch * max(0.8, min(1.5, row.size / self.size))

    def centred(self, row: Row) -> bool:
        """Whether the row stands in the middle, off both edges."""
        left, right = row.left - self.left, self.right - row.right
        return left > 2 * self.size and abs(left - right) < 1.5 * self.size

    def begins(self, row: Row) -> bool:
        """Whether the row stands in as the first line of a paragraph does."""
        return self.indent is not None and row.left - self.left > 0.7 * self.indent

    def goes_on(self, above: Row, row: Row) -> bool:
        """Whether the row can only be the same paragraph's next line, whatever its words look like."""
        if not self.no_room(above, row) or row.base - above.base > GAP * self.pitch_of(row):
            return False
        if self.indent is not None:
            return abs(row.left - self.left) <= 0.25 * self.indent
        if abs(row.left - above.left) > 2 and abs(row.left - self.left) > 2:
            return False
        if self.gapped:
            return True
        counted = re.match(r"(?:[IVX]{1,5}|\d{1,2}|[a-zđ])[.)]", row.text()) is not None
        return counted and above.text()[-1] not in ".;:!?…”"

    def no_room(self, above: Row, row: Row) -> bool:
        """Whether the first word of `row` had no room at the end of `above`."""
        if self.right - self.left < NARROW * self.size:
            return False
        return self.right - above.right < row.first_word() + 0.35 * row.size

    def ended(self, above: Row, row: Row) -> bool:
        """Whether `above` ends its paragraph: the first word of `row` would have stood on it."""
        if self.centred(above) or self.centred(row) or above.text()[-1] not in ".;:!?…”/":
            return False
        return self.right - above.right > row.first_word() + 0.6 * row.size

    def one_heading(self, above: Row, row: Row) -> bool:
        """Whether a heading in capitals was wrapped between two rows."""
        if not (capitals(above.text()) and capitals(row.text()) and above.bold == row.bold):
            return False
        if above.left - self.left > 2 * row.size:  # centred: its room lies on both sides
            return 2 * (self.right - above.right) < row.first_word() + 0.35 * row.size
        return self.no_room(above, row)


def capitals(text: str) -> bool:
    """Whether a row is words in capitals, not only a label."""
    return text.isupper() and sum(c.isalpha() for c in text) > 3 and not re.match(r"[IVX\d]+[.)]\s*$", text)


def setting_of(pages: Sequence[Sequence[Row]]) -> Setting:
    """Measure the rows of all pages."""
    rows = [row for page in pages for row in page]
    if not rows:
        return Setting(12, 16, 0, 600)
    letters: Counter[float] = Counter()
    for row in rows:
        letters[round(row.size * 2) / 2] += len(row.fragments)
    size = letters.most_common(1)[0][0]
    usual = [row for row in rows if abs(row.size - size) < 1.5]
    lefts = sorted(row.left for row in usual)
    rights = sorted(row.right for row in usual)
    left, right = lefts[len(lefts) // 10], rights[-1 - len(rights) // 10]
    pitch = _pitch(pages, size)
    return Setting(size, pitch, left, right, _indent(usual, left), _gapped(pages, pitch))


def _gapped(pages: Sequence[Sequence[Row]], pitch: float) -> bool:
    """Whether rows that begin with a label nearly always have white above them."""
    steps = [
        below.base - above.base
        for page in pages
        for above, below in pairwise(page)
        if _LABEL.match(below.text()) and 0 < below.base - above.base < 4 * pitch
    ]
    return len(steps) >= 5 and sum(step > GAP * pitch for step in steps) >= 0.85 * len(steps)


def _pitch(pages: Sequence[Sequence[Row]], size: float) -> float:
    steps: Counter[float] = Counter()
    for page in pages:
        body = [row for row in page if abs(row.size - size) < 1.5]
        for above, below in pairwise(body):
            step = below.base - above.base
            if 0.9 * size < step < 2.5 * size:
                steps[round(step)] += 1
    # Neighbouring counts belong together: base lines fall on fractions of a point.
    return max(steps, key=lambda s: steps[s] + 0.5 * (steps[s - 1] + steps[s + 1])) if steps else 1.3 * size


def _indent(rows: list[Row], left: float) -> float | None:
    """The usual indent of first lines, when most labelled rows have it and most others have none."""
    labelled = [row.left - left for row in rows if _LABEL.match(row.text())]
    others = [row.left - left for row in rows if not _LABEL.match(row.text())]
    steps = Counter(round(step / 4) for step in labelled if 12 < step < 90)
    if len(labelled) < 5 or not steps or 2 * sum(abs(step) < 5 for step in others) < len(others):
        return None
    if sum(step > 10 for step in labelled) < 0.8 * len(labelled):
        return None
    return 4.0 * min(step for step, count in steps.items() if count >= 0.15 * len(labelled))
