"""Text files: one `Line` for each line of the file, blank ones too; a form feed begins a page."""

from __future__ import annotations

import re
from pathlib import Path

from nhipcau.core.planreader.formats.encodings import decode
from nhipcau.core.planreader.refusal import Refusal
from nhipcau.core.planreader.source import Line, Source

MOST_LINES = 200_000
_ENDS = re.compile("\r\n|[\n\r\x0b\x85\u2028\u2029]")
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1f\x7f\ufeff\ufffe\uffff]")


def read(path: Path) -> Source:
    """Read a text file in any encoding that `encodings.decode` knows."""
    return from_bytes(path.read_bytes())


def from_bytes(data: bytes) -> Source:
    """The source of a text file's bytes; `notes` names the encoding unless it is UTF-8."""
    text, encoding = decode(data)
    source = from_text(text)
    if encoding != "utf-8":
        source.notes.append(encoding)
    return source


def from_text(text: str) -> Source:
    """The source of characters: pages at form feeds, control characters left out."""
    lines: list[Line] = []
    pages = text.split("\f")
    for page, body in enumerate(pages, start=1):
        rows = _ENDS.split(body)
        if page < len(pages) and rows and not rows[-1]:
            rows.pop()
        lines.extend(Line(_CONTROLS.sub("", row), page, number) for number, row in enumerate(rows, start=1))
        if len(lines) > MOST_LINES:
            raise Refusal("too-long", limit=MOST_LINES, unit="dòng")
    while lines and not lines[-1].text:
        lines.pop()
    return Source("txt", lines, [], len(pages))
