"""What stands in a column of names and is nobody: headings of sections, totals, offices, signatures."""

from __future__ import annotations

import re

from nhipcau.core.personvalues.tidying import one_line
from nhipcau.core.text import fold

_UNIT = re.compile(
    r"^(?:(?:[ivx]+|\d+|[a-z])[.)\s-]+)?"
    r"(?:xã|phường|thị trấn|ấp|khóm|huyện|quận|thị xã|thành phố|tỉnh|thôn|khu phố|đặc khu)(?:\s|:|$)",
    re.IGNORECASE,
)
"""With their marks: Xa, Quan and To are family names."""
_OFFICE_WORDS = """
    ủy ban nhân dân | uỷ ban nhân dân | ubnd | chủ tịch | người lập | lập bảng | lập biểu | ký tên |
    ký, ghi rõ |
    trưởng phòng | phó trưởng | thủ trưởng | kế toán | nơi nhận | cộng hòa xã hội | cộng hoà xã hội |
    độc lập - tự do | danh sách người | danh sách kiều | danh sách các | tổng cộng | tổng số | ghi chú |
    phó chủ tịch | họ và tên | họ tên | số thứ tự |
    người duyệt | xác nhận của | người tổng hợp | cộng dồn | cán bộ phụ trách | đơn vị tính
"""
_OFFICE = tuple(each.strip() for each in _OFFICE_WORDS.split("|"))
_OFFICE_FOLDED = tuple(
    fold(each)
    for each in _OFFICE
    if len(each.split()) > 2 or each in ("ubnd", "người lập", "ký tên", "nơi nhận")
)
"""Tống Công, Chu Tích and Lê Kế Toàn without their marks are people."""
_SIGNED_FOR = re.compile(r"^(?:tm|kt|tl|tuq)\.\s")
_SUM = re.compile(r"^(?:cộng|tổng)\s*:?$", re.IGNORECASE)


def is_nobody(text: str) -> bool:
    """Whether a tidy cell of a name is a section's heading, a sum, an office or stands by a signature."""
    line = one_line(text).lower()
    return bool(_UNIT.match(line) or _SUM.match(line)) or _is_office(line)


def is_office(text: str) -> bool:
    """Whether the cell is what stands above a signature or a note: a name below it is no row of the list."""
    return _is_office(one_line(text).lower())


def _is_office(line: str) -> bool:
    if _SIGNED_FOR.match(line):
        return True
    if line.isascii():
        return line.startswith(_OFFICE_FOLDED)
    padded = f" {line} "
    return any(f" {phrase} " in padded or f" {phrase}:" in padded for phrase in _OFFICE)
