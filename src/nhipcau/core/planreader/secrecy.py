"""The mark of secrecy in a letterhead. A document that bears one is not read; one about secrecy is."""

from __future__ import annotations

import re

from nhipcau.core.planreader.folding import clean, shadow
from nhipcau.core.planreader.source import Source

LETTERHEAD_ROWS = 45
_MARK = re.compile(r"^[\W_]*(?:(?:độ|dấu|mức độ) mật\s*:?\s*)?(?P<mark>tuyệt\s*mật|tối\s*mật|mật)[\W_]*$")
_SPACED = re.compile(r"^[\W_]*(?P<mark>(?:t ?u ?y ?ệ ?t\s+|t ?ố ?i\s+)?m\s*ậ\s*t)[\W_]*$")
_BESIDE = re.compile(
    r"(?:^(?P<a>TUYỆT MẬT|TỐI MẬT|MẬT)\s{2,}\S)|(?:\S\s{2,}(?P<b>TUYỆT MẬT|TỐI MẬT|MẬT)\s*$)|"
    r"(?:[Đđ]ộ mật\s*:?\s*(?P<c>[Tt]uyệt mật|[Tt]ối mật|[Mm]ật|TUYỆT MẬT|TỐI MẬT|MẬT)\b)"
)
_LETTERHEAD = re.compile(
    r"ủy ban nhân dân|ubnd|cộng hòa xã|độc lập|đảng cộng sản|tỉnh ủy|thành ủy|hội đồng nhân dân|^số|\bsở\b|"
    r"\bbộ\b|công an"
)
_FULL = {"mật": "MẬT", "tốimật": "TỐI MẬT", "tuyệtmật": "TUYỆT MẬT"}


def secrecy_mark(source: Source) -> str | None:
    """The mark that the first lines bear: on a line of its own, beside the letterhead, or as "Độ mật: …".

    Running heads count wherever they stand: a stamp may lie in one.
    """
    seen = 0
    for line in source.lines:
        text = clean(line.text).strip(" *_")
        if not text or (seen >= LETTERHEAD_ROWS and line.kind != "header"):
            continue
        seen += line.kind != "header"
        if found := mark_in_row(text):
            return found
    return None


def mark_in_row(text: str) -> str | None:
    """The mark of secrecy in one row, as printed in full, or None."""
    low = shadow(text)
    m = _MARK.match(low) or _SPACED.match(low)
    if m and (m["mark"].strip() != "mật" or not text.strip().islower()):
        return _named(m["mark"])
    beside = _BESIDE.search(text)
    if beside and (beside["c"] or _LETTERHEAD.search(low)):
        return _named(next(g for g in beside.groups() if g))
    return None


def _named(mark: str) -> str:
    return _FULL.get(re.sub(r"\s+", "", shadow(mark)), "MẬT")
