"""Which kind of work the words of a task make likely. A proposal for a person to confirm, never more."""

from __future__ import annotations

import re
import unicodedata
from typing import Literal

LikelyKind = Literal["", "course", "law", "procedure", "session", "inspection"]

_LOOKED_AT = (
    r"(?:rà soát|hệ thống h[óo][aá]|kiến nghị|đề xuất|tham mưu|nghiên cứu|sửa đổi|hoàn thiện|xây dựng)"
)
_LAW = (
    r"(?:văn bản quy phạm|văn bản pháp luật|hệ thống pháp luật|quy định của pháp luật|quy định pháp luật"
    r"|chính sách,? (?:và )?pháp luật|cơ chế,? chính sách|thể chế)"
)
_PATTERNS: tuple[tuple[LikelyKind, re.Pattern[str]], ...] = (
    (
        "procedure",
        re.compile(
            r"(?:rà soát|đơn giản h[óo][aá]|cắt giảm|cải cách|rút ngắn|kiến nghị|công bố|chuẩn h[óo][aá])"
            r"[^.;]{0,60}(?:thủ tục hành chính|thủ tục)|cải cách hành chính"
        ),
    ),
    (
        "inspection",
        re.compile(
            r"(?:đoàn|cuộc|đợt|tiến hành|tổ chức(?: các đoàn| đoàn)?|định kỳ|chủ trì) "
            r"(?:(?:liên ngành|công tác|thực hiện) )?(?:kiểm tra|thanh tra|giám sát)"
            r"|^(?:kiểm tra|thanh tra)\b"
        ),
    ),
    (
        "course",
        re.compile(
            r"tập huấn|(?:lớp|khóa|khoá) (?:học|đào tạo|bồi dưỡng|tiếng)"
            r"|(?:mở|tổ chức) (?:các )?(?:lớp|khóa|khoá)\b"
            r"|bồi dưỡng (?:kiến thức|nghiệp vụ|kỹ năng|cán bộ|ngoại ngữ|chuyên môn|cho)"
            r"|(?<!giáo dục và )đào tạo,? bồi dưỡng"
        ),
    ),
    ("law", re.compile(rf"{_LOOKED_AT}[^.;]{{0,80}}{_LAW}")),
    (
        "session",
        re.compile(
            r"tuyên truyền|phổ biến,? (?:giáo dục |và )?"
            r"(?:pháp luật|chính sách|chủ trương|nội dung|quy định|nghị quyết)"
            r"|quán triệt|phổ biến, quán triệt|nói chuyện chuyên đề"
        ),
    ),
)


def likely_kind(text: str) -> LikelyKind:
    """The kind whose words come first in the text; "" where none do."""
    words = " ".join(unicodedata.normalize("NFC", text).lower().split())
    found: list[tuple[int, LikelyKind]] = []
    for kind, pattern in _PATTERNS:
        match = pattern.search(words)
        if match:
            found.append((match.start(), kind))
    return min(found, key=lambda pair: pair[0])[1] if found else ""
