"""Judgements that many elements share: size, weight, slant, the rule below."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from nhipcau.core.officialdoc.checking.findings import Finding, found
from nhipcau.core.officialdoc.checking.locating import Layout
from nhipcau.core.officialdoc.checking.pages import Para, Piece
from nhipcau.core.officialdoc.metrics import width_mm

SLACK = 0.26
"""points; Word keeps half points"""


def points(size: float) -> str:
    """13.0 → "13", 13.5 → "13,5"."""
    return f"{size:g}".replace(".", ",")


def fits(size: float, low: float, high: float) -> bool:
    """Whether a size lies between two."""
    return low - SLACK <= size <= high + SLACK


def styled(
    element: str,
    pieces: Sequence[Piece],
    low: float,
    high: float,
    *,
    bold: bool | None,
    italic: bool | None = False,
) -> Iterator[Finding]:
    """Size between `low` and `high`, bold or not, upright or not; None where the form leaves it open."""
    wrong = [(piece, size) for piece in pieces for size in piece.sizes if not fits(size, low, high)]
    if wrong:
        wanted = points(low) if low == high else f"{points(low)}-{points(high)}"
        yield found(element, "size", wrong[0][0], found=points(wrong[0][1]), wanted=wanted)
    yield from _switch(element, pieces, "b", bold)
    yield from _switch(element, pieces, "i", italic)


_CODES = {"b": ("bold", "not-bold"), "i": ("italic", "upright")}


def _switch(element: str, pieces: Sequence[Piece], name: str, wanted: bool | None) -> Iterator[Finding]:
    if wanted is None:
        return
    on, off = _CODES[name]
    for piece in pieces:
        share = piece.share(name)
        if wanted and share < 0.9:
            yield found(element, on, piece)
            return
        if not wanted and share > 0.5:
            yield found(element, off, piece)
            return


def underlined(pieces: Sequence[Piece]) -> bool:
    """Whether the words are underlined instead."""
    return any(span.look.get("u", "none") != "none" for piece in pieces for span in piece.spans)


WHOLE, PART = "1/1", "1/3-1/2"
_SHARES = {WHOLE: (0.75, 1.3), PART: (0.25, 0.6)}
"""what the form wants of a rule, and what passes as a share of the words above it"""


def ruled(layout: Layout, element: str, pieces: Sequence[Piece], wanted: str) -> Iterator[Finding]:
    """A line below the last of `pieces`, WHOLE as long or PART as long as the longest of them."""
    low, high = _SHARES[wanted]
    rule = layout.rule_below(pieces[-1])
    if rule is None:
        if underlined(pieces):
            yield found(element, "underlined", pieces[-1], "hint")
        elif not _drawn_in_head(layout):
            yield found(element, "rule", pieces[-1], wanted=wanted)
        return
    length = _length(rule)
    if length is None:
        return
    words = max(width_mm(piece.shown, max(piece.sizes, default=13), bold=piece.bold) for piece in pieces)
    if words and not low <= length / words <= high:
        share = round(100 * length / words)
        yield found(element, "rule-length", pieces[-1], "warning", found=share, wanted=wanted)


def _drawn_in_head(layout: Layout) -> bool:
    """Whether enough lines are drawn in the head: where a shape hangs does not tell below what it lies."""
    last = layout.head_end or len(layout.pages.paras)
    drawn = sum(para.shapes for para in layout.pages.paras[:last])
    return drawn >= (2 if layout.letter else 3)


def _length(rule: Para) -> float | None:
    """The length in mm of a paragraph's border between indents; None where it cannot be told."""
    if rule.shapes or not rule.look.get("border-bottom") or rule.text:
        return None
    left, right = rule.look.get("left", 0.0), rule.look.get("right", 0.0)
    if not isinstance(left, float) or not isinstance(right, float) or left + right <= 0:
        return None
    room = rule.room
    return None if room is None else max(0.0, room - left - right)
