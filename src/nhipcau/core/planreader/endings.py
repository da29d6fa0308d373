"""How an official document ends: recipients, signature, and the annexes behind them."""

from __future__ import annotations

import re
from typing import Literal

from nhipcau.core.planreader.joining import is_caps
from nhipcau.core.planreader.rows import Row

Zone = Literal[
    "letterhead", "subject", "address", "type", "title", "body", "recipients", "signature", "annex", "note"
]

RECIPIENTS = re.compile(r"^(?:nơi nhận|nơi gửi)\b")
SIGNATURE = re.compile(
    r"^(?:(?:t ?/ ?m|tm|t\.m|k ?/ ?t|kt|tl|t/l|tuq|t\.l|q) ?\.? ?(?=[^\W\d])[^\d.;:,]{2,80}|(?:quyền |"
    r"phó )?(?:chủ tịch|giám đốc|tổng giám đốc|"
    r"bí thư|chánh văn phòng|văn phòng|thủ tướng|bộ trưởng|thứ trưởng|trưởng ban|hiệu trưởng|viện trưởng|"
    r"cục trưởng|chủ nhiệm|tổng thư ký|"
    r"tư lệnh|chỉ huy trưởng|chánh thanh tra|tổng cục trưởng|vụ trưởng|chi cục trưởng|"
    r"trưởng phòng)[^\d.;:]{0,60})$"
)
# Recipients and signature of one document stand at most so many rows apart.
NEAR = 40
ANNEX = re.compile(r"^(?:phụ lục|biểu mẫu|biểu số|mẫu số|danh mục|phụ biểu)\b")


def mark_end(rows: list[Row], zones: list[Zone]) -> None:
    """From "Nơi nhận" or the signature on nothing belongs to the body any more."""
    start = next(
        (
            i
            for i in range(len(rows) // 5, len(rows))
            if _opens_recipients(rows[i]) and len(rows[i].text) < 40
        ),
        None,
    )
    signed = _signature_start(rows, start)
    if start is None:
        early = next((i for i in range(min(3, len(rows)), len(rows)) if _opens_recipients(rows[i])), None)
        start = early if early is not None and (signed is None or abs(signed - early) < NEAR) else None
    if start is None and signed is None:
        _mark_annex_without_signature(rows, zones)
        return
    first = min(x for x in (start, signed) if x is not None)
    _mark_closing(rows, zones, first)


def _opens_recipients(row: Row) -> bool:
    """ "Nơi nhận" alone or before its list, no sentence about where something is handed in."""
    head = RECIPIENTS.match(row.low)
    return head is not None and row.low[head.end() :].lstrip()[:1] in ("", ":", "-", ".")


def is_signature(row: Row) -> bool:
    """A row of the signature block: on whose behalf, or the position, in capitals."""
    return is_caps(row.text) and bool(SIGNATURE.match(row.low)) and len(row.text) < 90


_SIGNED = re.compile(r"^\(?(?:đã )?ký(?: tên| thay| và ghi rõ họ tên)?\b.{0,40}$")


def _signature_start(rows: list[Row], start: int | None) -> int | None:
    """The first row of the signature block: after "Nơi nhận", or up to six rows above it, or at the end."""
    if start is None:
        half = len(rows) // 2
        return next(
            (
                i
                for i in range(min(3, half), len(rows))
                if is_signature(rows[i]) and (i >= half or _named_below(rows, i))
            ),
            None,
        )
    first = None
    for i in range(start - 1, max(-1, start - 12), -1):
        if is_signature(rows[i]):
            first = i
        elif not looks_like_name(rows[i].text) and not _SIGNED.match(rows[i].low):
            break
    return first


def _named_below(rows: list[Row], i: int) -> bool:
    """Whether the positions from `i` on come to a person's name: then long annexes stand behind them."""
    for row in rows[i + 1 : i + 6]:
        if not is_caps(row.text) and not _SIGNED.match(row.low):
            return looks_like_name(row.text)
    return False


def _mark_closing(rows: list[Row], zones: list[Zone], first: int) -> None:
    """Recipients, signature and what stands behind them, in whichever order they come."""
    state: Zone = "signature"
    named = listed = False
    for i in range(first, len(rows)):
        row = rows[i]
        if state == "annex":
            pass
        elif RECIPIENTS.match(row.low):
            state, listed = "recipients", True
        elif is_signature(row):
            state = "signature"
        elif _starts_annex(row):
            state = "annex"
        elif state == "recipients" and looks_like_name(row.text) and _after_filing(rows, i):
            state, named = "signature", True
        elif state == "signature" and _SIGNED.match(row.low):
            pass
        elif state == "signature" and not is_caps(row.text):
            state = _after_signature(row, listed, named, i - first)
            named = True
        zones[i] = state


def _after_filing(rows: list[Row], i: int) -> bool:
    """Whether the filing line ("- Lưu: …"), the last recipient, stands right above: then a name is the
    signer's.
    """
    return bool(re.match(r"^[-–+•*]?\s*lưu\b", rows[i - 1].low)) or rows[i - 1].text.endswith(".")


def _after_signature(row: Row, listed: bool, named: bool, far: int) -> Zone:
    """What a row below the positions is: the name, more recipients, or something else."""
    if row.text.startswith("-") and listed:
        return "recipients" if far < 40 else "annex"
    if (named or not looks_like_name(row.text)) and listed:
        return "annex"
    return "signature"


def _starts_annex(row: Row) -> bool:
    return bool(ANNEX.match(row.low)) and (
        is_caps(row.text.split("(", maxsplit=1)[0]) or row.text.startswith("Phụ lục")
    )


def looks_like_name(text: str) -> bool:
    """Whether a row can be a person's name: two to six words with capitals, nothing else."""
    words = re.sub(
        r"^(?:GS|PGS|TS|ThS|BS|CN|KS|Đ/c|Đồng chí|Thiếu tướng|Đại tá|Thượng tá|Trung tá)\.?\s*", "", text
    ).split()
    return 2 <= len(words) <= 6 and all(w[0].isupper() and w.replace("-", "").isalpha() for w in words)


def _mark_annex_without_signature(rows: list[Row], zones: list[Zone]) -> None:
    at = next(
        (
            i
            for i in range(len(rows) // 4, len(rows))
            if zones[i] == "body" and _starts_annex(rows[i]) and len(rows[i].text) < 40
        ),
        None,
    )
    for i in range(at if at is not None else len(rows), len(rows)):
        zones[i] = "annex"
