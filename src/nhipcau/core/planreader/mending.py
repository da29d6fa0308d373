"""Put damaged letters right before anything is read: broken font maps, old encodings."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace

from nhipcau.core.planreader.folding import clean
from nhipcau.core.planreader.source import Source
from nhipcau.core.text import repair

# Letters of Latin-1 and Latin Extended that Vietnamese does not use; damaged text is full of them. Signs that
# clean text may hold (degrees, fractions, raised numbers) do not count.
_ODD = re.compile(
    "[\u00a1-\u00a6\u00a8-\u00aa\u00ac-\u00af\u00b4-\u00b8\u00ba\u00bf\u00c4-\u00c7\u00cb\u00ce\u00cf"
    "\u00d1\u00d6\u00d8\u00db\u00dc\u00de\u00df\u00e4-\u00e7\u00eb\u00ee\u00ef\u00f1\u00f6\u00f8\u00fb\u00fc\u00fe\u00ff"
    "\u0100\u0101\u0104-\u010f\u0112-\u0127\u012a-\u0167\u016a-\u019f\u01a2-\u01ae\u01b1-\u024f]"
)
_FEW = 3


def looks_damaged(text: str) -> bool:
    """Whether more than a few letters are none that Vietnamese uses (a foreign name has one or two)."""
    found = _ODD.findall(unicodedata.normalize("NFC", text))
    return len(found) > _FEW and len(found) * 8000 > len(text)


def mended(source: Source) -> Source:
    """The source with its letters put right; the same source when they are. `notes` say what was done."""
    whole = "\n".join(clean(line.text) for line in source.lines)
    if not looks_damaged(whole):
        return source
    repaired = repair(whole)
    texts = repaired.text.split("\n")
    if len(texts) != len(source.lines):
        return source
    lines = [replace(line, text=text) for line, text in zip(source.lines, texts, strict=True)]
    return Source(source.format, lines, [*source.notes, *repaired.notes], source.pages)
