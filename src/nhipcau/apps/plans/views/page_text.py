"""The document's text as the desk shows it: headings, paragraphs, page marks, and the sentences that
assign work.

Pure: offsets in, blocks out. Every character of the text lies in exactly one piece, in order, so that what
a user selects on the page leads back to offsets of the text.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

# What stands before an item's words in its line: "a) ", "- ", "1.2. ".
MARKER = re.compile(r"\s*(?:[-–—+•*]|\(?(?:\d+(?:\.\d+)*|\w{1,4})[.)/:])?\s*")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A stretch of the text that the desk marks: a draft's source, or an assigning sentence without a task.

    `key` names the item on the right ("12", "gap-340"); `doubts` are phrases inside it to underline.
    """

    key: str
    start: int
    end: int
    doubts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Heading:
    start: int
    end: int
    level: int


@dataclass(frozen=True, slots=True)
class Piece:
    """Adjacent characters of one kind; `start` is their offset in the text."""

    start: int
    text: str
    doubtful: bool = False


@dataclass(slots=True)
class Run:
    """Pieces that belong to one sentence, or to none (`key` empty). `first`: the sentence begins here."""

    key: str
    pieces: list[Piece] = field(default_factory=list)
    first: bool = True


@dataclass(slots=True)
class Block:
    """A heading (level 3-5) or a paragraph (level 0). `page` is set when a new page begins before it."""

    start: int
    level: int = 0
    page: int | None = None
    runs: list[Run] = field(default_factory=list)


def blocks(
    text: str,
    sentences: Iterable[Sentence],
    headings: Iterable[Heading] = (),
    page_starts: Sequence[int] = (),
) -> list[Block]:
    """Lay the text out; a line of the text is a paragraph. `page_starts[i]` is the offset at which page
    i+1 begins; empty when there are no pages.
    """
    spans = ((each, whole(text, each.start, each.end)) for each in sentences)
    marked = [replace(each, start=start, end=end) for each, (start, end) in spans]
    marked.sort(key=lambda s: (s.start, -s.end))
    heads = {h.start: h for h in headings}
    owners = _owners(len(text), marked)
    edges = sorted({0, len(text)} | {m.end() for m in re.finditer("\n", text)})
    by_key = {s.key: s for s in marked}
    seen: set[str] = set()
    result: list[Block] = []
    page = 1 if page_starts else 0
    for start, end in pairwise(edges):
        if not text[start:end].strip():
            continue
        block = Block(start=start, level=_level(start, end, heads))
        here = bisect_right(page_starts, start + len(text[start:end]) - len(text[start:end].lstrip()))
        if page_starts and (here != page or not result):
            page, block.page = here, here
        for run_start, run_end, key in _stretches(owners, start, end):
            doubts = by_key[key].doubts if key else ()
            run = Run(key=key, pieces=_pieces(text, run_start, run_end, doubts), first=key not in seen)
            seen.add(key) if key else None
            block.runs.append(run)
        result.append(block)
    return result


def whole(text: str, start: int, end: int) -> tuple[int, int]:
    """The span with the label before it and the sign after it, when its line holds nothing else there."""
    line, line_end = text.rfind("\n", 0, start) + 1, text.find("\n", end)
    if MARKER.fullmatch(text[line:start]):
        start = line
    rest = text[end : line_end if line_end >= 0 else len(text)]
    if len(rest) <= 4 and not any(letter.isalnum() for letter in rest):
        end += len(rest)
    return start, end


def _owners(length: int, marked: Sequence[Sentence]) -> list[tuple[int, int, str]]:
    """Cut [0, length) into stretches, each owned by the shortest sentence over it, or by none."""
    cuts = sorted({0, length, *(s.start for s in marked), *(s.end for s in marked)} & set(range(length + 1)))
    stretches: list[tuple[int, int, str]] = []
    for start, end in pairwise(cuts):
        over = [s for s in marked if s.start <= start and end <= s.end]
        key = min(over, key=lambda s: s.end - s.start).key if over else ""
        if stretches and stretches[-1][2] == key:
            stretches[-1] = (stretches[-1][0], end, key)
        else:
            stretches.append((start, end, key))
    return stretches


def _stretches(owners: Sequence[tuple[int, int, str]], start: int, end: int) -> list[tuple[int, int, str]]:
    return [(max(s, start), min(e, end), key) for s, e, key in owners if s < end and e > start]


def _level(start: int, end: int, heads: dict[int, Heading]) -> int:
    inside = [h for at, h in heads.items() if start <= at < end]
    return min(5, 2 + inside[0].level) if inside else 0


def _pieces(text: str, start: int, end: int, doubts: Sequence[str]) -> list[Piece]:
    """The stretch cut at its doubtful phrases; white space in a phrase matches any white space."""
    found: list[tuple[int, int]] = []
    for phrase in doubts:
        pattern = r"\s+".join(re.escape(word) for word in phrase.split())
        match = re.search(pattern, text[start:end]) if pattern else None
        if match:
            found.append((start + match.start(), start + match.end()))
    pieces: list[Piece] = []
    at = start
    for low, high in sorted(found):
        if low < at:
            continue
        if low > at:
            pieces.append(Piece(at, text[at:low]))
        pieces.append(Piece(low, text[low:high], doubtful=True))
        at = high
    if at < end:
        pieces.append(Piece(at, text[at:end]))
    return pieces
