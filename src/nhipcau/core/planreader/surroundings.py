"""Where a task stands, told by the depth of the lines around it alone; letters without their marks."""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from dataclasses import dataclass, field

from nhipcau.core.planreader.folding import shadow
from nhipcau.core.planreader.labels import label_at
from nhipcau.core.planreader.schema import BlockView, Task

_BARE = {
    c: unicodedata.normalize("NFD", chr(c))[0] for c in [*range(0xC0, 0x250), *range(0x1EA0, 0x1EFA)]
} | {ord("đ"): "d", ord("Đ"): "d"}
NEAR_TAIL = 700
# Words of the block that stand before a task on the same line ("Sở Y tế: …") count as a line above it.
OWN_HEAD = 12


def plain(text: str) -> str:
    """Lower case without marks, as long as `text`."""
    return shadow(text).translate(_BARE)


@dataclass(slots=True)
class Place:
    """Where a task stands, in plain letters (`text` as it is printed).

    `heads`: the lines above it, the nearest first. `led`: a line of its own depth that ends with a colon.
    `tail`: what follows before the next task. `parent`, `block`: numbers of blocks. `cell`: in a table.
    """

    own: str
    text: str
    heads: list[str] = field(default_factory=list)
    led: str = ""
    before: str = ""
    tail: str = ""
    parent: int = -1
    block: int = -1
    cell: bool = False


def places_of(text: str, blocks: list[BlockView], tasks: list[Task]) -> list[Place]:
    """The place of each task, in the order of the tasks."""
    low = plain(text)
    starts = [b["span"][0] for b in blocks]
    above = _lines_above(low, text, blocks)
    out: list[Place] = []
    for i, task in enumerate(tasks):
        a, z = task["span"]
        at = max(0, bisect_right(starts, a) - 1)
        place = Place(low[a:z], text[a:z], block=at)
        if blocks:
            place.heads, place.led, place.parent = above[at]
            place.cell = blocks[at]["kind"] == "cell"
            if a > starts[at] + OWN_HEAD:
                place.heads = [_words(low, text, starts[at], a), *place.heads]
            place.before = low[starts[at - 1] : blocks[at - 1]["span"][1]] if at else ""
        following = tasks[i + 1]["span"][0] if i + 1 < len(tasks) else z + NEAR_TAIL
        place.tail = low[z : max(z, min(following, z + NEAR_TAIL))]
        out.append(place)
    return out


def _words(low: str, text: str, start: int, end: int) -> str:
    """The words of a line without its label and end mark."""
    label = label_at(text[start : min(end, start + 40)])
    return low[start + (label.end if label else 0) : end].strip(" .:;,\n")


def _lines_above(low: str, text: str, blocks: list[BlockView]) -> list[tuple[list[str], str, int]]:
    """For each block: the words of the lines that stand above it by depth, the last line of its own depth
    that ends with a colon, and the block it hangs under.
    """
    out: list[tuple[list[str], str, int]] = []
    stack: list[tuple[int, int, str]] = []
    led: dict[int, str] = {}
    for i, block in enumerate(blocks):
        level, (a, z) = block["level"], block["span"]
        while level and stack and stack[-1][0] >= level:
            led.pop(stack.pop()[1], None)
        parent = stack[-1][1] if stack else -1
        out.append(([words for _, _, words in reversed(stack)], led.get(parent, ""), parent))
        if level:
            words = _words(low, text, a, z)
            if text[a:z].rstrip().endswith(":"):
                led[parent] = words
            stack.append((level, i, words))
    return out
