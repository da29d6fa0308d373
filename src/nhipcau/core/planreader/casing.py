"""Names that a letterhead prints in capitals, written as in running text."""

from __future__ import annotations

import re

from nhipcau.core.planreader.folding import shadow

_COMMON = (
    "ủy ban nhân dân|hội đồng nhân dân|ủy ban mặt trận tổ quốc việt nam|bộ chỉ huy quân sự|văn phòng|"
    "ban chỉ đạo|ban quản lý|ban chấp hành|"
    "ban thường vụ|bộ đội biên phòng|đoàn đại biểu quốc hội"
)
_PROPER = {
    "mặt trận tổ quốc việt nam": "Mặt trận Tổ quốc Việt Nam",
    "đảng cộng sản việt nam": "Đảng Cộng sản Việt Nam", "việt nam": "Việt Nam",
    "thủ tướng chính phủ": "Thủ tướng Chính phủ", "chính phủ": "Chính phủ", "trung ương": "Trung ương",
    "quốc hội": "Quốc hội",
}  # fmt: skip
_UNITS = re.compile(r"\b(?:tỉnh|thành phố|huyện|quận|thị xã|xã|phường|thị trấn|đặc khu)\b(?! ủy| đoàn)")


def from_capitals(text: str) -> str:
    """ "ỦY BAN NHÂN DÂN TỈNH X" as "Ủy ban nhân dân tỉnh X"; text that is not in capitals stays."""
    if any(c.islower() for c in text):
        return text
    low = shadow(text)
    party = re.match(r"(?:ban thường vụ |ban chấp hành )?(?:tỉnh|thành|huyện|quận|thị|đảng) ủy\b", low)
    if party:
        return party.group()[:1].upper() + party.group()[1:] + _capitals(low[party.end() :])
    unit = _UNITS.search(low)
    head, tail = (low[: unit.start()], low[unit.start() :]) if unit and unit.start() else (low, "")
    if unit and unit.start() == 0:
        head, tail = "", low
    return (_head(head) + _tail(tail)).strip()


def _head(low: str) -> str:
    for common in _COMMON.split("|"):
        if low.strip() == common:
            return low[:1].upper() + low[1:]
    words = re.split(r"(\s+|(?<=,))", low)
    out: list[str] = []
    fresh = 0
    for word in words:
        out.append(word[:1].upper() + word[1:] if fresh < 2 and word.strip() and word != "và" else word)
        fresh = 0 if word.endswith(",") or word == "và" else fresh + bool(word.strip())
        if word == "và" or word.endswith(","):
            fresh = 1
    return _proper("".join(out))


def _proper(text: str) -> str:
    for low, proper in _PROPER.items():
        text = re.sub(re.escape(low), proper, text, flags=re.IGNORECASE)
    return text


def _tail(low: str) -> str:
    unit = _UNITS.match(low)
    if not unit:
        return low
    return unit.group() + _capitals(low[unit.end() :])


def _capitals(low: str) -> str:
    """Every word with a capital, as in a place's name."""
    return re.sub(r"(?<=\s)\w", lambda m: m.group().upper(), low)
