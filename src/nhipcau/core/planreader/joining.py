"""Which rows belong to one paragraph."""

from __future__ import annotations

import re
from functools import lru_cache

from nhipcau.core.planreader.labels import Label, label_at
from nhipcau.core.planreader.layout import Layout, ends_open, is_full, starts_low
from nhipcau.core.planreader.rows import Row
from nhipcau.core.planreader.words import CLOSING_OPENERS, TYPES, VERBS

# A row that ends in one of these cannot be the end of a paragraph or heading.
_DANGLING = re.compile(
    r"(?:^|[\s(“\"])(?:và|của|các|những|với|về|tại|cho|từ|đến|theo|là|do|để|nhằm|hoặc|trong|trên|thuộc|một|"
    r"mỗi|bằng|giữa|như|gồm|"
    r"giai đoạn|nghị|quyết|(?:trước|từ|đến|vào|,|\d) ngày|ngày \d{1,2} tháng|(?:tháng \d{1,2}|đến|vào|trong|"
    r"từ) năm|"
    r"(?:tại|theo|của|và) (?:khoản|điều|mục|điểm)|(?:trước|đến) hết)$"
)
_DANGLING_NUMBER = re.compile(rf"{TYPES.pattern} số$")
_DANGLING_NAME = re.compile(
    r"(?:^|[\s(“])(?:Sở|Bộ|Ban|UBND|Ủy ban|Ủy|Uỷ|Hội|Luật|Hồ|Hồ Chí|Việt|Liên hiệp các|Mặt trận)$"
)
_HALF_DATE = re.compile(
    r"(?:(?:trước|từ|đến|vào|,) ngày|khu vực|phụ lục|lần thứ|trang|(?:tại|theo|của|và) (?:khoản|điều|mục|"
    r"điểm))$"
)


def joins(before: Row, row: Row, layout: Layout, caps_ok: bool = True) -> bool:
    """Whether `row` goes on with the paragraph that `before` ends."""
    if "paragraph" in (before.kind, row.kind) or before.cell != row.cell:
        return continues_paragraph(before, row)
    label = label_at(row.text)
    if label is not None and not false_label(before, row, label, layout):
        return False
    if lone_label(before.text):
        return True
    if label is not None or starts_low(row.text):
        return True
    if row.low.startswith(CLOSING_OPENERS) and not ends_open(before.text):
        return False
    if caps_ok and is_caps(before.text) != is_caps(row.text) and not dangles(before):
        return is_caps(row.text) and (is_full(before, row, layout) or (layout.ragged and not row.gap))
    if not ends_open(before.text):
        return joins_after_end(before, row, layout)
    return joins_open(before, row, layout)


def continues_paragraph(before: Row, row: Row) -> bool:
    """Whole paragraphs go on only where a sentence was visibly cut (text that came through a PDF)."""
    if before.kind != "paragraph" or row.kind != "paragraph" or before.cell != row.cell:
        return False
    cut = ends_open(before.text) and not is_caps(before.text) and before.text[-1] not in ")”"
    return cut and row.text[0].islower() and label_at(row.text) is None and len(before.text) > 60


def joins_after_end(before: Row, row: Row, layout: Layout) -> bool:
    """The row before ends a sentence: the paragraph goes on only if that line was full to the edge."""
    if layout.ragged:
        return row.gap == 0 and not before.text.endswith(":")
    if (layout.gaps and row.gap and not row.torn) or before.text.endswith(":"):
        return False
    return is_full(before, row, layout)


def joins_open(before: Row, row: Row, layout: Layout) -> bool:
    """The row before does not end a sentence and this one starts with a capital: a wrapped name, or a heading
    before.
    """
    if dangles(before) or before.text.endswith((",", "-", "/", "(", "“")) or unclosed(before.text):
        return True
    numbered = label_at(before.text)
    if numbered is not None and not numbered.bullet:
        if not row.gap and is_caps(before.text) and is_caps(row.text):
            return True
        if first_verb(row.low):
            return False
    if layout.ragged:
        return row.gap == 0
    if row.low.startswith("việt nam"):
        return True
    bullet = label_at(before.text)
    if bullet is not None and bullet.bullet and not row.gap and first_verb(before.low[bullet.end :]):
        return True
    if row.gap and layout.gaps and not row.torn:
        return is_full(before, row, layout) and not first_verb(row.low)
    return is_full(before, row, layout)


# Two words that official Vietnamese joins with a dash: a line break may stand before the dash.
_PAIR = re.compile(
    r"(?:chính trị|kinh tế|văn hóa|khoa học) - (?:xã hội|công nghệ|kỹ thuật|nghệ thuật)|"
    r"quốc phòng - an ninh|lao động - thương binh|"
    r"thi đua - khen|tài chính - (?:kế hoạch|ngân sách)|an ninh - quốc phòng|dân số - (?:kế|gia)|"
    r"đầu tư - (?:thương|xây)"
)


def false_label(before: Row, row: Row, label: Label, layout: Layout) -> bool:
    """A dash or number at the start of a line that belongs to the sentence before it ("2021⏎- 2026", "chính
    trị⏎- xã hội").
    """
    if not ends_open(before.text) or lone_label(before.text):
        return False
    rest = row.text[label.end :]
    if label.bare == "-" and _is_pair(before.low, rest.lower()):
        return True
    if label.bullet:
        if not rest or label.bare != "-" or (row.gap and layout.gaps and not row.torn):
            return False
        if rest[0].isdigit() and re.search(r"\d$", before.text):
            return True
        if rest[0].islower() and not first_verb(row.low[label.end :]):
            return is_full(before, row, layout) or layout.ragged
        return (
            is_full(before, row, layout)
            and label_at(before.text) is None
            and not first_verb(row.low[label.end :])
        )
    return bool(_HALF_DATE.search(before.low) or _DANGLING_NUMBER.search(before.low)) and label.style in (
        "arabic",
        "decimal",
        "roman",
    )


def _is_pair(before: str, after: str) -> bool:
    """Whether a dash between two lines joins two words that belong together."""
    left, dash = before[-20:], " - "
    words = f"{left}{dash}{after[:14]}"
    return any(m.start() < len(left) < m.end() for m in _PAIR.finditer(words))


def lone_label(text: str) -> bool:
    """A row that is only a label: its words stand in the next row."""
    label = label_at(text)
    return label is not None and label.end >= len(text)


def dangles(row: Row) -> bool:
    """Whether a row ends in a word that needs another after it."""
    return bool(
        _DANGLING.search(row.low) or _DANGLING_NUMBER.search(row.low) or _DANGLING_NAME.search(row.text)
    )


def unclosed(text: str) -> bool:
    """Whether a row leaves a quotation open."""
    return text.count("“") > text.count("”")


@lru_cache(maxsize=4096)
def is_caps(text: str) -> bool:
    """Whether the words of a row are in capitals."""
    letters = sum(map(str.isalpha, text))
    return letters >= 2 and sum(map(str.isupper, text)) > 0.8 * letters


def first_verb(low: str) -> bool:
    """Whether a text starts with a verb of the kind that opens a task."""
    return bool(VERBS.match(low.lstrip()))


def glue(before: str, row: str) -> str:
    """What stands between two joined rows: nothing inside a number ("36-⏎NQ/TW"), else a space."""
    if before.endswith(("-", "/")) and len(before) > 1 and not before[-2].isspace() and row[:1].isalnum():
        return ""
    if row.startswith("/") and before[-1:].isalnum():
        return ""
    return " "
