"""Cited documents that have a number."""

from __future__ import annotations

import re

from nhipcau.core.planreader.blocks import Page
from nhipcau.core.planreader.dates import full_date
from nhipcau.core.planreader.schema import Citation
from nhipcau.core.planreader.words import TYPES

# 38/KH-UBND, 51/2019/QĐ-UBND, 41/2024/QH15, 574/UBND-NC, 36-NQ/TW, 02-TT/TU; a space may have come in
# beside - and /.
_BODY = r"[A-ZĐƯ][A-Za-zĐđƯư&]{0,14}\d{0,2}"
_STATE = rf"\d{{1,5}}[a-z]?\s?/\s?(?:(?:19|20)\d{{2}}\s?/\s?)?{_BODY}(?:\s?[-/]\s?{_BODY}(?:[-.&]{_BODY})*)?"
_PARTY = rf"\d{{1,5}}\s?-\s?(?:{_BODY})\s?/\s?{_BODY}(?:\s?-\s?{_BODY})?"
NUMBER = re.compile(rf"(?<![\w/.,-])(?:{_PARTY}|{_STATE})(?![\w/])")
_TYPE_BEFORE = re.compile(
    rf"({TYPES.pattern[:-6]})(?:\s+(?:liên tịch|hành động|kết luận))?(?:\s+số)?\s*:?\s*$"
)
_BARE = re.compile(rf"({TYPES.pattern[:-6]})\s+số\s+(\d{{1,4}})(?=\s+(?:của|ngày)\b)")
_SYMBOLS = {
    "nq": "Nghị quyết", "qđ": "Quyết định", "kh": "Kế hoạch", "ct": "Chỉ thị", "kl": "Kết luận",
    "nđ": "Nghị định", "tt": "Thông tư",
    "tb": "Thông báo", "hd": "Hướng dẫn", "ctr": "Chương trình", "cv": "Công văn", "bc": "Báo cáo",
    "ttr": "Tờ trình", "qh": "Luật",
    "cđ": "Công điện", "ttlt": "Thông tư liên tịch", "ubnd": "Công văn", "kt": "Kết luận", "qy": "Quy định",
    "đa": "Đề án",
}  # fmt: skip
_ISSUER_END = re.compile(
    r"[,;:“\".(\n)]|\s(?:về|ban hành|phê duyệt|quy định|thực hiện|triển khai|sửa đổi|hướng dẫn|ngày|và|đã|"
    r"năm|tiếp tục|kết luận|thông qua|trên|trong|đối với|tại)(?!\w)"
)


def read_citations(page: Page, own: str | None) -> list[Citation]:
    """Every distinct cited document with a number, in the order of first mention; dates from any mention."""
    found: dict[str, Citation] = {}
    body = next((b.start for b in page.blocks if b.zone in ("body", "title", "subject")), 0)
    hidden = [(b.start, b.end) for b in page.blocks if b.zone in ("letterhead", "recipients", "signature")]
    for m in NUMBER.finditer(page.text):
        number = re.sub(r"\s+", "", m.group())
        if any(a <= m.start() < z for a, z in hidden) or not plausible(number) or _same(number, own):
            continue
        _keep(found, mention(page, m.start(), m.end(), number))
    for m in _BARE.finditer(page.low, body):
        if not any(c["number"].startswith((f"{m.group(2)}/", f"{m.group(2)}-")) for c in found.values()):
            _keep(found, mention(page, m.start(2), m.end(2), m.group(2)))
    return list(found.values())


def plausible(number: str) -> bool:
    """Whether a run of digits, strokes and capitals can be a document's number: it has a symbol of two
    letters or more.
    """
    symbols = re.findall(r"[A-ZĐa-zđ]{2,}", number)
    if not symbols:
        return False
    digits = re.match(r"\d+", number)
    return digits is not None and (
        len(symbols) >= 2 or bool(re.search(r"/(?:19|20)\d{2}/", number)) or symbols[0].lower() in _SYMBOLS
    )


def _same(number: str, own: str | None) -> bool:
    return own is not None and own.casefold() == number.casefold()


def mention(page: Page, start: int, end: int, number: str) -> Citation:
    """One mention: its type stands before the number, its date and issuer after it."""
    kind, at = type_before(page, start)
    issued, after = date_after(page.low, end)
    return Citation(
        number=number,
        type=kind or type_by_symbol(number),
        issued=issued,
        issuer=issuer_after(page, after),
        span=[at, end],
    )


def type_before(page: Page, start: int) -> tuple[str | None, int]:
    """The type's words right before a number, and where they begin."""
    window = page.low[max(0, start - 60) : start]
    m = _TYPE_BEFORE.search(window)
    if m is None:
        return None, start
    at = max(0, start - 60) + m.start()
    words = page.low[
        at : at + len(m.group().rstrip().removesuffix("số").rstrip(" :").removesuffix("số").rstrip())
    ].strip()
    return words[:1].upper() + words[1:], at


def type_by_symbol(number: str) -> str | None:
    """The type that the symbol in the number stands for."""
    for symbol in re.findall(r"[A-ZĐa-zđ]+", number):
        if symbol.lower() in _SYMBOLS:
            return _SYMBOLS[symbol.lower()]
    return None


def date_after(low: str, end: int) -> tuple[str | None, int]:
    """The date that belongs to the number before it: at once, or after "của" and the issuer."""
    lead = re.compile(r"\s*[,(]?\s*(?:ban hành\s+)?(?=ngày|\d{1,2}/\d{1,2}/)").match(low, end)
    if lead:
        found = full_date(low, lead.end(), lead.end() + 40)
        if found and found[1] == lead.end():
            return found[0], found[2]
    later = re.compile(r"\s*,?\s*của\s+[^,;:.“\"(\n\d]{4,60}?\s(?=ngày)").match(low, end)
    if later:
        found = full_date(low, later.end(), later.end() + 40)
        if found and found[1] == later.end():
            return found[0], end
    return None, end


def issuer_after(page: Page, at: int) -> str | None:
    """The issuer named by "của …" after the number or its date."""
    m = re.compile(r"\s*[),]?\s*của\s+").match(page.low, at)
    if m is None:
        return None
    stop = _ISSUER_END.search(page.low, m.end(), m.end() + 120)
    name = page.text[m.end() : stop.start() if stop else m.end() + 60].strip()
    return name if name and name[0].isupper() else None


def _keep(found: dict[str, Citation], new: Citation) -> None:
    """Join a mention with the earlier ones of the same number; mixed case is better than capitals."""
    key = new["number"].casefold()
    old = found.get(key)
    if old is None:
        found[key] = new
        return
    for name in ("issued", "issuer", "type"):
        if old[name] is None:
            old[name] = new[name]
    if old["number"].isupper() and not new["number"].isupper():
        old["number"] = new["number"]
