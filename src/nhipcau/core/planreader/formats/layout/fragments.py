"""Glyphs or words into rows: what stands on one base line, from left to right.

Coordinates grow to the right and downwards, in points. A `Fragment` is one glyph of a PDF or one word of OCR.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

WIDE_GAP = 1.6
"""In units of the letter size: more than that between two words is a tab or another column."""
WORD_GAP = 0.18
INVENTED = -2
"""The `index` of a space that is only guessed: it holds where no glyph stands in its place."""
_LABEL = re.compile(r"[-+•*–▪◦]|\(?(?:[IVXLC]{1,6}|\d{1,3}(?:\.\d{1,3})*|[a-zđ])[.):]?")
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


@dataclass(slots=True)
class Fragment:
    """`base` is the height of the base line, `size` the letter size; `word`: a space stands around it.

    `index` is its place in the file; `spaced`: the file's own reader saw a space before the next in the file.
    """

    text: str
    left: float
    right: float
    base: float
    size: float
    bold: bool = False
    word: bool = False
    index: int = -1
    spaced: bool = False
    blank: bool = False

    def __post_init__(self) -> None:
        self.blank = self.text.isspace()


class Row:
    """Fragments on one base line without a wide gap between them; what is measured is measured once."""

    def __init__(self, fragments: list[Fragment]) -> None:
        self.fragments = fragments
        self.left = fragments[0].left
        self.right = max(f.right for f in fragments)

    @cached_property
    def base(self) -> float:
        return _middle([f.base for f in self.fragments])

    @cached_property
    def size(self) -> float:
        return _middle([f.size for f in self.fragments])

    @cached_property
    def bold(self) -> bool:
        solid = [f for f in self.fragments if not f.blank]
        return sum(f.bold for f in solid) >= 0.9 * len(solid)

    def first_word(self) -> float:
        """How wide the row's first word is, in points."""
        end = self.fragments[0].right
        for before, f in pairwise(self.fragments):
            if f.blank or _parted(before, f):
                break
            end = max(end, f.right)
        return end - self.left

    def text(self) -> str:
        """The row as written; raised small digits as superscripts."""
        return self._text

    @cached_property
    def _text(self) -> str:
        size, base = self.size, self.base
        out: list[str] = []
        before: Fragment | None = None
        for f in self.fragments:
            if before is not None and not (f.blank or before.blank) and _parted(before, f):
                out.append(" ")
            raised = f.size < 0.8 * size and base - f.base > 0.15 * size
            out.append(f.text.translate(_RAISED) if raised else f.text)
            before = f
        return " ".join("".join(out).split())


def _parted(a: Fragment, b: Fragment) -> bool:
    """Whether a space stands between two fragments that follow each other in a row."""
    if a.word or b.word:
        return True
    gap, size = b.left - a.right, min(a.size, b.size)
    return gap > WORD_GAP * size + 0.3 or (a.spaced and b.index == a.index + 1 and gap > 0.04 * size)


def _middle(values: list[float]) -> float:
    return sorted(values)[len(values) // 2]


def rows_of(fragments: list[Fragment]) -> list[Row]:
    """Fragments of one page by base line, top to bottom; each line whole, however wide its gaps."""
    lines: list[list[Fragment]] = []
    for fragment in sorted((f for f in fragments if f.size > 0), key=lambda f: (f.base, f.left)):
        line = lines[-1] if lines else None
        if line is not None and abs(fragment.base - line[0].base) <= 0.28 * max(fragment.size, line[0].size):
            line.append(fragment)
        else:
            lines.append([fragment])
    _join_raised(lines)
    rows = [Row(_without_doubles(sorted(line, key=lambda f: f.left))) for line in lines]
    return [row for row in rows if any(not f.blank for f in row.fragments)]


def _join_raised(lines: list[list[Fragment]]) -> None:
    """Move raised marks (note numbers) down to the line they belong to."""
    for above, below in pairwise(list(lines)):
        small = [
            f
            for f in above
            if f.size < 0.8 * below[0].size and 0 < below[0].base - f.base < 0.6 * below[0].size
        ]
        near = [f for f in small if any(_touch(f, o) or _touch(o, f) for o in below)]
        if near and len(near) <= 4:
            for f in near:
                above.remove(f)
                below.append(f)
    lines[:] = [line for line in lines if line]


def _touch(a: Fragment, b: Fragment) -> bool:
    return abs(b.left - a.right) < 0.35 * max(a.size, b.size)


def _without_doubles(line: list[Fragment]) -> list[Fragment]:
    """Bold made by printing twice leaves each glyph two times nearly in one place."""
    kept: list[Fragment] = []
    for f in line:
        if f.index == INVENTED and _covered(f, line):
            continue
        if any(
            f.text == o.text and not f.blank and abs(f.left - o.left) < 0.25 * (o.right - o.left)
            for o in kept[-3:]
        ):
            continue
        kept.append(f)
    return kept


def _covered(space: Fragment, line: list[Fragment]) -> bool:
    half = 0.4 * (space.right - space.left)
    return any(min(o.right, space.right) - max(o.left, space.left) > half for o in line if not o.blank)


def split_row(row: Row, wide: float = WIDE_GAP) -> list[Row]:
    """The row's parts between wide gaps; blank fragments at the ends are dropped."""
    parts: list[list[Fragment]] = []
    end = 0.0
    for f in row.fragments:
        if f.blank:
            if parts:
                parts[-1].append(f)
            continue
        if not parts or f.left - end > wide * row.size:
            parts.append([])
        parts[-1].append(f)
        end = max(f.right, end) if parts[-1][:-1] else f.right
    rows = [Row(_trimmed(part)) for part in parts]
    if len(rows) > 1 and _LABEL.fullmatch(rows[0].text()):  # a list's label hangs apart from its words
        rows[:2] = [Row(rows[0].fragments + rows[1].fragments)]
    return rows


def _trimmed(part: list[Fragment]) -> list[Fragment]:
    while part and part[-1].blank:
        part.pop()
    return part
