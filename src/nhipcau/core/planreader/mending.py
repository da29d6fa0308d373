"""Put damaged letters right before anything is read: broken font maps, old encodings."""

from __future__ import annotations

import re
from dataclasses import replace

from nhipcau.core.planreader.source import Source
from nhipcau.core.text import repair

_LINE_ENDS = re.compile("[\n\r\x0b\x0c\x85\u2028\u2029]")


def mended(source: Source) -> Source:
    """The source with its letters put right; the same source when they are. `notes` say what was done.

    The lines are mended as they came, before anything is cleaned out of them: in TCVN3 a soft hyphen is the
    letter ư, and a PDF without a table of characters has control characters for its figures.
    """
    repaired = repair("\n".join(_LINE_ENDS.sub(" ", line.text) for line in source.lines))
    if not repaired.notes:
        return source
    texts = repaired.text.split("\n")
    lines = [replace(line, text=text) for line, text in zip(source.lines, texts, strict=True)]
    return Source(source.format, lines, [*source.notes, *repaired.notes], source.pages)
