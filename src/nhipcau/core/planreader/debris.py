"""What printing left between the lines: page numbers, addresses, rules, running heads, footnotes."""

from __future__ import annotations

import re
from collections import Counter

from nhipcau.core.planreader.labels import label_at
from nhipcau.core.planreader.rows import Row

_PAGE_NUMBER = re.compile(
    r"^[-–—.\s\[(]*(?:trang|page|tr\.)?\s*\d{1,3}(?:\s*(?:/|of|trên)\s*\d{1,3})?[-–—.\s\])]*$"
)
_TABLE_HEAD = re.compile(r"^(?:stt|tt|số tt|số thứ tự)$")
_LONE_LABEL = re.compile(r"^\d{1,2}[.)]$")
_ADDRESS = re.compile(r"^(?:https?://|www\.)\S+$")
_RULE = re.compile(r"^(?:[-–—_=*.·•~\s]{3,}|[*|])$")
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
    """Rows that come back three times or more, each time where a page turns."""
    places: dict[str, list[int]] = {}
    for i, row in enumerate(rows):
        if 8 <= len(row.text) <= 110 and row.kind == "line" and row.text[-1] not in ".;:,":
            places.setdefault(_key(row), []).append(i)
    heads: set[str] = set()
    for text, at in places.items():
        if len(at) >= 3 and label_at(rows[at[0]].text) is None:
            turning = sum(_page_turns(rows, i) for i in at)
            if turning * 5 >= len(at) * 4:
                heads.add(text)
    return heads


def _key(row: Row) -> str:
    return re.sub(r"\d+", "#", row.text)


def _page_turns(rows: list[Row], i: int) -> bool:
    """Whether a page ends or starts at this row.

    The file says so, a page number stands beside it, or blank lines part it from two halves of a sentence.
    """
    before = rows[i - 1] if i else None
    after = rows[i + 1] if i + 1 < len(rows) else None
    for other in (before, after):
        if other is None or other.page != rows[i].page or is_page_number(other) or is_address(other):
            return True
    assert before is not None
    assert after is not None
    apart = rows[i].gap > 0 and after.gap > 0
    return apart and before.text[-1] not in ".;:!?/" and (after.text[0].islower() or before.text[-1] in ",-")


def drop_debris(rows: list[Row]) -> tuple[list[Row], Counter[str]]:
    """Rows without debris and how much of each kind went; the row after it is marked `torn`."""
    heads = running_heads(rows)
    kept: list[Row] = []
    gone: Counter[str] = Counter()
    torn, gap, in_table = False, 0, False
    for row in rows:
        in_table = in_table or bool(_TABLE_HEAD.match(row.low))
        what = debris_kind(row, heads)
        if in_table and what == "page-number" and row.text.isdigit():
            what = None
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
    if heads and _key(row) in heads:
        return "running-head"
    return None
