"""Places in a document's text and the drafts' words beside them. Offsets in characters; pure."""

from __future__ import annotations

import re

# A label or bullet at the head of an item: "a) ", "1.2. ", "- ", "+ ", "IV. ".
MARKER = re.compile(r"^\s*(?:(?:[-–—+•*]|\(?(?:\d+(?:\.\d+)*|[a-zđ]|[IVXLC]+)[.)/:])\s+)+", re.UNICODE)


def on_one_line(text: str) -> str:
    return " ".join(text.split())


def words_of(text: str) -> str:
    """A marked part of a document as a task's text: on one line, without its own marker."""
    return on_one_line(MARKER.sub("", text))


def tightened(text: str, start: int, end: int) -> tuple[int, int]:
    """The span without white space at its ends, cut to the text."""
    start, end = max(0, min(start, len(text))), max(0, min(end, len(text)))
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def place_of(words: str, at: int, text: str, start: int, end: int) -> int | None:
    """Where the character `at` of a draft's words stands in the document's text[start:end].

    None when the words are not those of the text any more (they were edited).
    """
    piece = [(index, text[index]) for index in range(start, end) if not text[index].isspace()]
    tight = "".join(words.split())
    found = "".join(letter for _index, letter in piece).find(tight)
    if found < 0 or not tight:
        return None
    ahead = found + len("".join(words[:at].split()))
    return piece[ahead][0] if ahead < len(piece) else end


def offset_of(words: str, place: int, text: str, start: int, end: int) -> int | None:
    """The reverse of `place_of`: where in the words the document's character `place` stands."""
    tight = "".join(words.split())
    before = "".join(text[start:end].split()).find(tight)
    if before < 0 or not tight or not start <= place <= end:
        return None
    wanted = len("".join(text[start:place].split())) - before
    seen = 0
    for index, letter in enumerate(words):
        if not letter.isspace():
            if seen >= wanted:
                return index
            seen += 1
    return len(words)


def overlap(first: tuple[int, int], second: tuple[int, int]) -> int:
    """How many characters two spans share."""
    return max(0, min(first[1], second[1]) - max(first[0], second[0]))
