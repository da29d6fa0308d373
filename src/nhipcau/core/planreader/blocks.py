"""Blocks: rows joined to paragraphs, set one under another as the normalised text, with their places in the
file.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from nhipcau.core.planreader.debris import is_footnote
from nhipcau.core.planreader.endings import Zone, is_signature
from nhipcau.core.planreader.folding import shadow
from nhipcau.core.planreader.joining import first_verb, glue, is_caps, joins, lone_label, unclosed
from nhipcau.core.planreader.labels import label_at
from nhipcau.core.planreader.layout import Layout, ends_open
from nhipcau.core.planreader.rows import Row
from nhipcau.core.planreader.source import Cell
from nhipcau.core.planreader.words import CLOSING_OPENERS

LONGEST_BLOCK = 30_000


@dataclass(slots=True)
class Block:
    """One paragraph. `start` is its offset in the normalised text; `places` are (offset in block, page,
    line).
    """

    zone: Zone
    text: str
    places: list[tuple[int, int, int]]
    last: Row
    cell: Cell | None = None
    start: int = 0
    low: str = ""
    caps_heading: bool = False

    @property
    def end(self) -> int:
        return self.start + len(self.text)

    def add(self, row: Row) -> None:
        """Join a row to the paragraph."""
        between = glue(self.text, row.text)
        self.places.append((len(self.text) + len(between), row.page, row.number))
        self.text += between + row.text
        self.last = row


@dataclass(slots=True)
class Page:
    """The normalised text and its blocks in order."""

    text: str = ""
    low: str = ""
    blocks: list[Block] = field(default_factory=list)
    places: list[tuple[int, int, int]] = field(default_factory=list)


def build(rows: list[Row], zones: list[Zone], layout: Layout) -> Page:
    """Join rows to blocks and lay the blocks out as one text, a line feed between two."""
    blocks: list[Block] = []
    running: Block | None = None
    for i, row in enumerate(rows):
        zone: Zone = "note" if zones[i] == "body" and is_footnote(row) else zones[i]
        if zone in ("letterhead", "note"):
            blocks.append(_new(zone, row))
            if i + 1 < len(rows):
                rows[i + 1].torn = True
            continue
        if running is not None and running.zone == zone and _goes_on(running, row, zone, layout):
            running.add(row)
            continue
        running = _new(zone, row)
        blocks.append(running)
    return lay_out(blocks)


def _new(zone: Zone, row: Row) -> Block:
    heading = is_caps(row.text) and label_at(row.text) is not None
    return Block(zone, row.text, [(0, row.page, row.number)], row, row.cell, caps_heading=heading)


def _goes_on(block: Block, row: Row, zone: Zone, layout: Layout) -> bool:
    if zone in ("title", "subject"):
        return True
    if zone == "signature":
        return _signature_goes_on(block, row)
    if zone == "recipients":
        return _recipient_goes_on(block, row)
    if len(block.text) > LONGEST_BLOCK:
        return False
    if zone == "annex" and (lone_label(block.last.text) or (row.gap and layout.gaps and not row.torn)):
        return False
    if block.caps_heading and is_caps(block.last.text) and not is_caps(row.text) and row.text[0].isupper():
        return False
    if joins(block.last, row, layout):
        return True
    if label_at(row.text) is not None:
        return False
    return (len(block.text) < 600 and unclosed(block.text)) or _unfinished(block, row)


def _unfinished(block: Block, row: Row) -> bool:
    """Whether a long paragraph, or an item that starts with a verb, has not come to an end mark yet.

    Then it goes on, however short its last line is. A heading has no end mark and does not count.
    """
    if "paragraph" in (block.last.kind, row.kind) or block.zone != "body" or not ends_open(block.last.text):
        return False
    if row.low.startswith(CLOSING_OPENERS) or is_caps(row.text) or block.last.cell != row.cell:
        return False
    label = label_at(block.text[:40])
    if label is not None and label.bullet:
        return len(block.text) > 60 or first_verb(block.text[label.end : 60].lower())
    return len(block.text) > 200


def _signature_goes_on(block: Block, row: Row) -> bool:
    """ "TM. ỦY BAN NHÂN⏎DÂN": the rest of a position, in capitals but no position itself."""
    return is_caps(row.text) and is_caps(block.text) and not is_signature(row) and row.gap == 0


def _recipient_goes_on(block: Block, row: Row) -> bool:
    """The second line of a recipient: no dash, and the one before is not finished."""
    if (
        row.text.startswith(("-", "–", "+", "•", "*"))
        or block.low.startswith("nơi nhận")
        or block.text.lower().startswith("nơi nhận")
    ):
        return False
    return block.text[-1] not in ";." or row.text[0].islower()


def lay_out(blocks: list[Block]) -> Page:
    """One text of the blocks; sets each block's start and shadow."""
    page = Page(blocks=blocks)
    offset = 0
    parts: list[str] = []
    for block in blocks:
        block.start = offset
        block.low = shadow(block.text)
        page.places.extend((offset + o, p, n) for o, p, n in block.places)
        parts.append(block.text)
        offset += len(block.text) + 1
    page.text = "\n".join(parts)
    page.low = "\n".join(b.low for b in blocks)
    return page
