"""Blocks of fields: "Nội dung: …", "Cơ quan chủ trì: …", "Thời gian: …", as paragraphs, bullets or labelled
lines.
"""

from __future__ import annotations

import re

from nhipcau.core.planreader.outline import Node

Fields = dict[str, tuple[int, int]]

_BODY_WORDS = r"(?:các )?(?:cơ quan|đơn vị|cơ quan,? đơn vị|đơn vị,? cơ quan|tổ chức|bộ phận)"
FIELD_KEYS: list[tuple[str, re.Pattern[str]]] = [
    (
        "content",
        re.compile(
            r"(?:nội dung(?: thực hiện| công việc| nhiệm vụ)?|nhiệm vụ|công việc|hoạt động)\s*:",
        ),
    ),
    (
        "partner",
        re.compile(
            rf"(?:{_BODY_WORDS} (?:thực hiện )?phối hợp(?: thực hiện| chính)*|phối hợp(?: thực hiện)?)\s*:",
        ),
    ),
    (
        "lead",
        re.compile(
            rf"(?:{_BODY_WORDS} (?:được giao )?chủ trì(?: thực hiện| tham mưu)*|chủ trì(?: thực hiện|"
            rf" tham mưu)*)\s*:",
        ),
    ),
    (
        "agency",
        re.compile(
            rf"(?:{_BODY_WORDS} (?:thực hiện|chịu trách nhiệm|tham mưu|đầu mối|phụ trách)|"
            r"phân công(?: thực hiện)?|trách nhiệm(?: thực hiện)?|người thực hiện|thực hiện)\s*:",
        ),
    ),
    (
        "time",
        re.compile(
            r"(?:thời gian(?: thực hiện| hoàn thành| dự kiến)*|thời hạn(?: hoàn thành| thực hiện)?|"
            r"tiến độ(?: thực hiện| hoàn thành)?|hoàn thành|thời điểm)\s*:",
        ),
    ),
    (
        "product",
        re.compile(r"(?:sản phẩm|kết quả|dự kiến kết quả|kết quả đầu ra|hình thức)[^:.;]{0,20}:"),
    ),
    ("money", re.compile(r"(?:kinh phí|nguồn kinh phí)[^:.;]{0,20}:")),
]


AGENCY_KEYS = frozenset({"lead", "agency", "partner"})


def field_key(low: str, start: int, end: int) -> tuple[str, int] | None:
    """The field that a paragraph opens with, and where its value starts."""
    for name, pattern in FIELD_KEYS:
        m = pattern.match(low, start, end)
        if m:
            at = m.end()
            while at < end and low[at] == " ":
                at += 1
            return name, at
    return None


def keys_of(low: str, children: list[Node]) -> list[tuple[str, int] | None]:
    """The field of each child, all None when no agency is among them (then "Thời gian: …" is no block's
    field).
    """
    keys = [field_key(low, c.words, c.end) for c in children]
    if not any(k is not None and k[0] in AGENCY_KEYS for k in keys):
        return [None] * len(children)
    return keys


_SENTENCE = re.compile(r"(?:^|[.;]\s+)(?=\w)")


def inline_fields(low: str, start: int, end: int) -> Fields:
    """Fields that stand in the words of one item: "…. Chủ trì: Sở …. Thời hạn: 30/6/2026."; each up to its
    stop.
    """
    found: list[tuple[str, int, int]] = []
    for m in _SENTENCE.finditer(low, start, end):
        key = field_key(low, m.end(), end)
        if key is not None and key[0] != "content":
            stop = re.compile(r"[.;](?=\s|$)").search(low, key[1], end)
            found.append((key[0], key[1], stop.start() if stop else end))
    if not any(name in AGENCY_KEYS for name, _, _ in found):
        return {}
    fields: Fields = {}
    for name, a, z in found:
        fields.setdefault(name, (a, z))
    return fields
