"""What printing left between the lines: page numbers, addresses, rules, running heads, footnotes."""

from __future__ import annotations

import re
from collections import Counter

from nhipcau.core.planreader.labels import label_at
from nhipcau.core.planreader.rows import Row

_PAGE_NUMBER = re.compile(
    r"^[-–—.\s\[(]*(?:trang|page|tr\.)?\s*\d{1,3}(?:\s*(?:/|of|trên)\s*\d{1,3})?[-–—.\s\])]*$"
)
_LONE_LABEL = re.compile(r"^\d{1,2}[.)]$")
_ADDRESS = re.compile(r"^(?:https?://|www\.)\S+$")
_RULE = re.compile(r"^(?:[-–—_=*.·•~\s]{3,}|[*])$")
_FOOTNOTE = re.compile(r"^(?:[¹²³⁴⁵⁶⁷⁸⁹]+|\[\d{1,2}\])\s*\w")
_STAMP = re.compile(
    r"^(?:người ký|ký bởi|signed by|digitally signed|thời gian ký|cơ quan: .*email|ngày ký)\b"
)


def is_page_number(row: Row) -> bool:
    """A row that is only a page number: "3", "- 3 -", "Trang 3/10"."""
    return len(row.text) <= 16 and bool(_PAGE_NUMBER.match(row.low)) and not _LONE_LABEL.match(row.text)


def is_address(row: Row) -> bool:
    """A row that is only a web address."""
    return bool(_ADDRESS.match(row.low))


def is_rule(row: Row) -> bool:
    """A row of dashes, stars or dots."""
    return bool(_RULE.match(row.text))


def is_stamp(row: Row) -> bool:
    """A row that a digital signature left."""
    return bool(_STAMP.match(row.low))


def is_footnote(row: Row) -> bool:
    """A row that starts with a footnote's mark: "¹ …", "[1] …"."""
    return row.kind == "note" or bool(_FOOTNOTE.match(row.text))


def running_heads(rows: list[Row]) -> set[str]:
    """Short rows without a label that come back, far apart, in the middle of sentences."""
    places: dict[str, list[int]] = {}
    for i, row in enumerate(rows):
        if 12 <= len(row.text) <= 90 and row.kind == "line" and row.text[-1] not in ".;:,":
            places.setdefault(re.sub(r"\d+", "#", row.low), []).append(i)
    heads: set[str] = set()
    for text, at in places.items():
        if len(at) >= 2 and label_at(rows[at[0]].text) is None and _tears(rows, at) * 2 >= len(at):
            heads.add(text)
    return heads


def _tears(rows: list[Row], at: list[int]) -> int:
    """How often the row stands between two halves of one sentence."""
    count = 0
    for i in at:
        if 0 < i < len(rows) - 1:
            before, after = rows[i - 1].text, rows[i + 1].text
            short = len(rows[i].text) < 0.75 * max(len(before), len(after))
            count += short and before[-1] not in ".;:!?/" and (after[0].islower() or before[-1] in ",-")
    return count


def drop_debris(rows: list[Row]) -> tuple[list[Row], Counter[str]]:
    """Rows without debris and how much of each kind went; the row after it is marked `torn`."""
    heads = running_heads(rows)
    kept: list[Row] = []
    gone: Counter[str] = Counter()
    torn, gap = False, 0
    for row in rows:
        what = debris_kind(row, heads)
        if what is not None and row.kind == "line":
            gone[what] += 1
            torn = torn or what != "rule"
            gap += row.gap
            continue
        row.torn = torn
        row.gap += gap
        torn, gap = False, 0
        kept.append(row)
    return kept, gone


def debris_kind(row: Row, heads: set[str]) -> str | None:
    """Which kind of debris the row is, or None."""
    if is_page_number(row):
        return "page-number"
    if is_address(row):
        return "address"
    if is_rule(row):
        return "rule"
    if is_stamp(row):
        return "stamp"
    if heads and re.sub(r"\d+", "#", row.low) in heads:
        return "running-head"
    return None
