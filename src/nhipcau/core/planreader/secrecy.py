"""The mark of secrecy in a letterhead. A document that bears one is not read; one about secrecy is.

A mark stands alone in its row, or beside what a letterhead has: the issuer, the number, an urgency, the
count of copies. It is printed in capitals; in small letters it counts only after its label ("Độ mật: Mật").
Words about secrecy stand inside a sentence or in a list of several marks, and a document is not refused for
them: a refused file is not kept.
"""

from __future__ import annotations

import re

from nhipcau.core.planreader.folding import clean, shadow
from nhipcau.core.planreader.source import Source

LETTERHEAD_ROWS = 45
_APART = re.compile(r"\t|\s{2,}|\s*[-–—|/;,]\s+|\s+[-–—|/;,]\s*|(?<!\d)/(?!\d)|\|")
_MARKS = {"MẬT": "MẬT", "TỐIMẬT": "TỐI MẬT", "TUYỆTMẬT": "TUYỆT MẬT"}
# What text recognition makes of small marks above and below.
_MISREAD = {"MÂT": "MẬT", "MẠT": "MẬT", "TÓIMẬT": "TỐI MẬT", "TÔIMẬT": "TỐI MẬT", "TUYỆTMÂT": "TUYỆT MẬT"}
_LABEL = re.compile(r"^(?:(?:mức |dấu |dấu chỉ )?độ mật|dấu mật|dấu)\s*:?\s*(?P<mark>tuyệt mật|tối mật|mật)$")
_URGENT = re.compile(r"^(?:hỏa tốc(?: hẹn giờ)?|thượng khẩn|khẩn)\s*")
_COMPANY = re.compile(
    r"^(?:hỏa tốc|thượng khẩn|khẩn|dự thảo|bản (?:số|thứ)|số\b|ủy ban|ubnd|hội đồng|hđnd|cộng hòa xã|độc lập|"
    r"đảng|ban\b|bộ\b|sở\b|cục\b|công an|tỉnh\b|thành\b|huyện\b|văn phòng|\*+$|-+$)"
)


def secrecy_mark(source: Source) -> str | None:
    """The mark that the first lines bear: on a line of its own, beside the letterhead, or as "Độ mật: …".

    Running heads count wherever they stand: a stamp may lie in one.
    """
    seen = 0
    for line in source.lines:
        text = clean(line.text.replace("\t", "  ")).strip(" *_")
        if not text or (seen >= LETTERHEAD_ROWS and line.kind != "header"):
            continue
        seen += line.kind != "header"
        if found := mark_in_row(text, misread="ocr" in source.notes):
            return found
    return None


def mark_in_row(text: str, *, misread: bool = False) -> str | None:
    """The mark of secrecy in one row, as printed in full, or None. `misread`: the row comes from a scan."""
    if whole := _mark(text, misread=misread):
        return whole
    pieces = [piece for piece in _APART.split(text) if piece.strip(" .:*_-[]()")]
    marks = [found for piece in pieces if (found := _mark(piece, misread=misread))]
    others = [piece for piece in pieces if not _mark(piece, misread=misread)]
    if len(marks) == 1 and all(_COMPANY.match(shadow(piece).strip(" .:*_-[]()")) for piece in others):
        return marks[0]
    return None


def _mark(piece: str, *, misread: bool) -> str | None:
    """The mark that a piece of a row is, or None."""
    bare = piece.strip(" .:*_-[](){}<>|\"'“”")
    low = " ".join(shadow(bare).split())
    if labelled := _LABEL.match(low):
        return _MARKS[labelled["mark"].upper().replace(" ", "")]
    urgent = _URGENT.match(low)
    if urgent and bare.isupper():
        bare = low[urgent.end() :].upper()
    if not bare[:1].isupper() or not (bare.isupper() or bare[1:].islower()):
        return None
    letters = re.sub(r"\s+", "", bare).upper()
    return _MARKS.get(letters) or (_MISREAD.get(letters) if misread else None)
