"""Two columns side by side (letterhead, signature and recipients): left one first, then the right one.

A gutter is a strip of white that no part of several rows on end crosses, with text on both sides of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from nhipcau.core.planreader.formats.layout.fragments import Row, split_row

MIN_GUTTER = 6.0
LEADING = 2.2
"""In letter sizes: rows further apart do not belong to one block of columns unless both sides go on."""
DEEPEST = 3
EDGE, MIDDLE, HANGING = 5.0, 12.0, 17.0
"""In points: rows of one column share their left edge or their middle."""
LISTED = 4


@dataclass(slots=True)
class Column:
    """Rows of one column in order. `side` 0 is text over the full width, 1 left, 2 right."""

    rows: list[Row]
    side: int = 0


Gap = tuple[float, float]


def reading_order(rows: list[Row], depth: int = 0) -> list[Column]:
    """Rows of one page, each whole, as columns in reading order."""
    parts = [split_row(row) for row in rows]
    blocks: list[Column] = []
    plain: list[Row] = []
    at = 0
    while at < len(rows):
        found = _block(parts, at) if depth < DEEPEST and len(parts[at]) > 1 else None
        if found is None:
            plain.append(rows[at])
            at += 1
            continue
        start, end, gutter = found
        start = max(start, at - len(plain))
        kept = plain[: len(plain) - (at - start)]
        if kept:
            blocks.append(Column(kept))
        plain = []
        blocks += _sides(parts[start:end], gutter, depth)
        at = end
    if plain:
        blocks.append(Column(plain))
    return blocks


def _sides(parts: list[list[Row]], gutter: float, depth: int) -> list[Column]:
    left = [_together([p for p in row if p.right <= gutter]) for row in parts]
    right = [_together([p for p in row if p.right > gutter]) for row in parts]
    out: list[Column] = []
    for side, rows in ((1, left), (2, right)):
        whole = [row for row in rows if row is not None]
        for column in reading_order(whole, depth + 1):
            out.append(Column(column.rows, side))
    return out


def _together(parts: list[Row]) -> Row | None:
    return Row([f for part in parts for f in part.fragments]) if parts else None


def _block(parts: list[list[Row]], at: int) -> tuple[int, int, float] | None:
    """(first row, row after the last, gutter) of the block of columns around the split row `at`."""
    best: tuple[int, int, float] | None = None
    for gap in _inner_gaps(parts[at]):
        found = _grown(parts, at, gap)
        if found is not None and (best is None or found[1] - found[0] > best[1] - best[0]):
            best = found
    return best


def _inner_gaps(row: list[Row]) -> list[Gap]:
    return [(a.right, b.left) for a, b in pairwise(row)]


def _grown(parts: list[list[Row]], at: int, gap: Gap) -> tuple[int, int, float] | None:
    """Grow a block up and down from row `at` while some white strip inside `gap` stays free."""
    end, split = at + 1, 1
    while end < len(parts):
        narrowed = _narrow(parts[end], gap)
        if narrowed is None:
            break
        if not _both(parts[end], narrowed) and (
            _far(parts[end - 1], parts[end]) or not _aligned(parts[end], parts[at:end], narrowed)
        ):
            break
        gap = narrowed
        split += _both(parts[end], gap)
        end += 1
    start = at
    while start > 0:
        narrowed = _narrow(parts[start - 1], gap)
        if narrowed is None or _far(parts[start - 1], parts[start]):
            break
        gap = narrowed
        split += _both(parts[start - 1], gap)
        start -= 1
    sides = {_side(part, gap) for row in parts[start:end] for part in row}
    if len(sides) < 2 or end - start < 2 or (split < 2 and end - start < 4):
        return None
    return start, end, (gap[0] + gap[1]) / 2


def _narrow(row: list[Row], gap: Gap) -> Gap | None:
    """What is left of the strip beside the parts of a row, None when nothing wide enough is."""
    low, high = gap
    middle = (low + high) / 2
    for part in row:
        if part.right <= low or part.left >= high:
            continue
        if part.left <= low and part.right >= high:
            return None
        if (part.left + part.right) / 2 < middle:
            low = max(low, part.right)
        else:
            high = min(high, part.left)
    return (low, high) if high - low >= MIN_GUTTER else None


def _side(part: Row, gap: Gap) -> int:
    return 1 if part.right <= (gap[0] + gap[1]) / 2 else 2


def _both(row: list[Row], gap: Gap) -> bool:
    return len({_side(part, gap) for part in row}) == 2


def _aligned(row: list[Row], above: list[list[Row]], gap: Gap) -> bool:
    """Whether a row on one side shares an edge or the middle with the column above it."""
    column = [part for parts in above for part in parts if _side(part, gap) == _side(row[0], gap)]
    first = row[0]
    if not column:
        return True
    edge = min(part.left for part in column)
    if sum(part.left - edge < EDGE for part in column) >= max(LISTED, 0.6 * len(column)):
        # A list on the left edge: its wrapped lines may hang a little.
        return -EDGE < first.left - edge < HANGING
    middle = first.left + row[-1].right
    return any(
        abs(part.left - first.left) < EDGE or abs(part.left + part.right - middle) < 2 * MIDDLE
        for part in column
    )


def _far(above: list[Row], below: list[Row]) -> bool:
    return below[0].base - above[0].base > LEADING * max(below[0].size, above[0].size)
