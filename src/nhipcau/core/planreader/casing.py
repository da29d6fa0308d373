"""Names that a letterhead prints in capitals, written as in running text."""

from __future__ import annotations

import re

from nhipcau.core.planreader.folding import shadow

_COMMON = (
    "ủy ban nhân dân|hội đồng nhân dân|ủy ban mặt trận tổ quốc việt nam|văn phòng|bộ đội biên phòng|"
    "đoàn đại biểu quốc hội"
)
_PROPER = {
    "mặt trận tổ quốc việt nam": "Mặt trận Tổ quốc Việt Nam",
    "đảng cộng sản việt nam": "Đảng Cộng sản Việt Nam", "việt nam": "Việt Nam",
    "thủ tướng chính phủ": "Thủ tướng Chính phủ", "chính phủ": "Chính phủ", "trung ương": "Trung ương",
    "quốc hội": "Quốc hội",
}  # fmt: skip
_PARTY = re.compile(
    r"(?:(?P<board>ban (?:thường vụ|chấp hành)) )?"
    r"(?P<head>(?:tỉnh|thành|huyện|quận|thị|đảng|xã) (?:ủy|đoàn))\b"
)
_UNITS = re.compile(r"\b(?:tỉnh|thành phố|huyện|quận|thị xã|xã|phường|thị trấn|đặc khu)\b(?! ủy| đoàn)")


def from_capitals(text: str) -> str:
    """ "ỦY BAN NHÂN DÂN TỈNH X" as "Ủy ban nhân dân tỉnh X"; text that is not in capitals stays."""
    if any(c.islower() for c in text):
        return text
    low = shadow(text)
    party = _PARTY.match(low)
    if party:
        board = f"{_head(party['board'])} " if party["board"] else ""
        return board + _first(party["head"]) + _place(low[party.end() :])
    unit = _UNITS.search(low)
    head, tail = (low[: unit.start()], low[unit.start() :]) if unit and unit.start() else (low, "")
    if unit and unit.start() == 0:
        head, tail = "", low
    return (_head(head) + _tail(tail)).strip()


def _head(low: str) -> str:
    for common in _COMMON.split("|"):
        if low.strip() == common:
            return _proper(_first(low))
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


def _first(low: str) -> str:
    return low[:1].upper() + low[1:]


def _place(low: str) -> str:
    """What stands behind a committee: a unit in small letters and its name, or the name alone."""
    unit = _UNITS.match(low.lstrip())
    return f" {_tail(low.lstrip())}" if unit else _capitals(low)


def _capitals(low: str) -> str:
    """Every word with a capital, as in a place's name."""
    return re.sub(r"(?<=\s)\w", lambda m: m.group().upper(), low)
