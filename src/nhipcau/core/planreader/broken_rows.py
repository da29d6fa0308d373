"""Where the rows of the outline are broken: a number left out, a row begun anew, a line without a label.

A heading may have been lost there, and what stands below belongs to somebody else.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from nhipcau.core.planreader.labels import Label, label_at, ordinal
from nhipcau.core.planreader.schema import BlockView
from nhipcau.core.planreader.second_look import head_body
from nhipcau.core.planreader.surroundings import plain

SHORT = 110


@dataclass(slots=True)
class Breaks:
    """The blocks that stand behind a break, by what broke."""

    marked: dict[str, set[int]] = field(default_factory=dict)

    def signs(self, block: int) -> set[str]:
        """What is broken above a block."""
        return {name for name, blocks in self.marked.items() if block in blocks}

    def add(self, name: str, first: int, end: int) -> None:
        """Mark the blocks from `first` up to `end`."""
        self.marked.setdefault(name, set()).update(range(first, end))


@dataclass(slots=True)
class _Row:
    """The blocks below one block: the last number and its place; what broke, and from which block on."""

    level: int
    label: Label | None = None
    at: int = 0
    broken: dict[str, int] = field(default_factory=dict)


def breaks_of(text: str, blocks: list[BlockView]) -> Breaks:
    """The breaks of all rows, in one pass."""
    out = Breaks()
    rows: list[_Row] = []
    for i, block in enumerate(blocks):
        level, (a, z) = block["level"], block["span"]
        if level == 0:
            continue
        while rows and rows[-1].level > level:
            _close(out, rows.pop(), i)
        if not rows or rows[-1].level < level:
            rows.append(_Row(level))
        words = text[a:z]
        label = label_at(words[:40])
        if label is not None and not label.bullet:
            _number(out, rows[-1], label, i)
        elif label is None and _stray(words):
            rows[-1].broken.setdefault("line-between", i + 1)
        if _swallowed(words[label.end :] if label is not None else words):
            rows[-1].broken.setdefault("line-swallowed", i + 1)
    while rows:
        _close(out, rows.pop(), len(blocks))
    return out


def _close(out: Breaks, row: _Row, end: int) -> None:
    for name, first in row.broken.items():
        out.add(name, first, end)


def _number(out: Breaks, row: _Row, label: Label, at: int) -> None:
    """A numbered block goes on with its row, leaves numbers out, or starts the row anew."""
    before = row.label
    if before is not None and before.style == label.style:
        step = ordinal(label) - ordinal(before)
        if step > (2 if label.style == "letter" else 1):
            out.add("number-left-out", row.at, at)
        elif step <= 0 and label.style != "decimal":
            row.broken.setdefault("row-anew", at)
    elif before is not None:
        row.broken.setdefault("other-labels", at)
    for name in ("line-between", "line-swallowed"):
        if row.broken.get(name, at) < at:
            out.add(name, row.broken.pop(name), at)
    row.label, row.at = label, at


def _stray(words: str) -> bool:
    """A short line without label and end mark."""
    bare = words.strip()
    return 3 < len(bare) < SHORT and bare[-1] not in ".;:!?/,”" and bare[0].isupper()


_LAST_STOP = re.compile(r"[.;]\s+(?=[^.;]{4,100}$)")


def _swallowed(words: str) -> bool:
    """Whether a paragraph ends, behind a stop, with a short line that names a body and has no end mark."""
    bare = words[-SHORT:].rstrip()
    if not bare or bare[-1] in ".;:,!?/":
        return False
    m = _LAST_STOP.search(bare)
    return m is not None and bool(head_body(plain(bare[m.end() :])))
