"""How a text was broken into lines: how wide its lines are and whether its blank lines mean anything."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TypeVar

from nhipcau.core.planreader.labels import label_at
from nhipcau.core.planreader.rows import Row

TERMINAL = ".;:!?…"
T = TypeVar("T", int, float)


@dataclass(frozen=True, slots=True)
class Layout:
    """`width`: characters of a full line; `ems`: the same as set in a book face.

    `gaps`: blank lines part paragraphs. `ragged`: lines end anywhere.
    """

    width: int
    gaps: bool
    ragged: bool
    ems: float = 1e9


class _Widths(dict[str, float]):
    """Of each character; what is not named is an ordinary letter, looked at once."""

    def __missing__(self, character: str) -> float:
        self[character] = width = 0.68 if character.isupper() else 0.47
        return width


_EM = _Widths(
    dict.fromkeys("ijltfrI.,:;!'’“”\"()-/ ", 0.28) | dict.fromkeys("mwMW", 0.78) | dict.fromkeys(" .", 0.25)
)


def ems(text: str) -> float:
    """About how wide a text is in a book face with wide and narrow letters, in ems."""
    return sum(map(_EM.__getitem__, text))


def ends_open(text: str) -> bool:
    """Whether a row ends inside a sentence: no end mark, not even before a closing quote or bracket."""
    bare = text.rstrip("”\"'’)]/ ")
    return not bare or bare[-1] not in TERMINAL


def starts_low(text: str) -> bool:
    """Whether a row starts in the middle of a sentence: a small letter or a mark that cannot begin one."""
    return text[0].islower() or text[0] in ",;.:)]”/%&"


def measure(rows: list[Row]) -> Layout:
    """The layout of the printed rows of a text."""
    printed = [r for r in rows if r.kind == "line"]
    if not printed:
        return Layout(10_000, gaps=True, ragged=False)
    width = line_width([len(r.text) for r in printed])
    if width > 250:
        return Layout(width, gaps=False, ragged=False)
    after_gap = without = short = 0
    for before, row in pairwise(printed):
        if not starts_low(row.text) or label_at(row.text) is not None or not ends_open(before.text):
            continue
        if row.gap:
            after_gap += 1
        else:
            without += 1
            first = row.text.split(" ", 1)[0]
            short += len(before.text) + 1 + len(first) < 0.7 * width
    parted = sum(r.gap > 0 for r in printed) > 0.04 * len(printed)
    gaps = parted and after_gap <= 0.3 * max(1, without)
    wide = line_width([ems(r.text) for r in printed if len(r.text) > 0.5 * width] or [1e9])
    return Layout(width, ems=wide, gaps=gaps, ragged=gaps and short >= 3 and short > 0.06 * without)


def line_width(lengths: list[T]) -> T:
    """The usual length of a full line: nearly the longest, leaving out the few that stick out."""
    ordered = sorted(lengths)
    return ordered[min(len(ordered) - 1, int(len(ordered) * 0.93))]


def is_full(before: Row, row: Row, layout: Layout) -> bool:
    """Whether `before` is so long that the first word of `row` had no place on it."""
    first = row.text.split(" ", 1)[0]
    if len(before.text) + 1 + len(first) > layout.width * 0.9:
        return True
    indent = 2.2 if label_at(before.text) is not None else 0.0
    return (
        len(before.text) > layout.width * 0.7 and ems(f"{before.text} {first}") + indent > layout.ems * 0.95
    )
