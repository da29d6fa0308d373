"""What a part of a document is for, told by its heading: background, work in general, assignments, money,
reporting.
"""

from __future__ import annotations

import re
from typing import Literal

Purpose = Literal["none", "general", "assign", "money", "report"]

_BACKGROUND = re.compile(
    r"mục đích|yêu cầu|mục tiêu|quan điểm|khái quát|tình hình|đánh giá|thực trạng|kết quả đạt|phạm vi|"
    r"đối tượng|nguyên tắc|căn cứ|cơ sở pháp lý|bối cảnh|"
    r"sự cần thiết|thuận lợi|khó khăn|tồn tại|hạn chế|nguyên nhân|ý nghĩa|phương châm|chủ đề|"
    r"giải thích từ ngữ|chỉ tiêu|thời gian|địa điểm|thành phần|tiêu chí|"
    r"tiêu chuẩn|số lượng|cơ cấu|hồ sơ|thủ tục|hình thức khen|định hướng|tầm nhìn|dự kiến kết quả|hiệu quả|"
    r"điều kiện|quy mô"
)
_WORK = re.compile(
    r"nhiệm vụ|giải pháp|nội dung|biện pháp|hoạt động|công việc|lộ trình|trọng tâm|công tác trọng|"
    r"chương trình hành động|phương án"
)
_ASSIGN = re.compile(
    r"tổ chức thực hiện|phân công|trách nhiệm|tổ chức triển khai|giao nhiệm vụ|điều hành thực hiện|"
    r"triển khai thực hiện$|^thực hiện$"
)
_MONEY = re.compile(
    r"kinh phí|ngân sách|tài chính thực hiện|nguồn lực thực hiện|nguồn vốn|dự toán|cơ chế tài chính"
)
_REPORT = re.compile(r"báo cáo|thông tin, báo cáo|sơ kết|tổng kết|kiểm tra, giám sát|theo dõi, đánh giá")


def purpose_of(heading: str) -> Purpose | None:
    """The purpose that a heading names, or None when it names a topic."""
    low = heading.lower()
    if len(low.split()) > 24:
        return None
    if _MONEY.search(low) and not _WORK.search(low) and not _ASSIGN.search(low):
        return "money"
    if re.search(r"chế độ (?:thông tin,? )?báo cáo", low) or (_REPORT.match(low) and len(low.split()) <= 12):
        return "report"
    if _ASSIGN.search(low):
        return "assign"
    if _WORK.search(low):
        return (
            "none"
            if re.match(
                r"(?:mục đích|mục tiêu|yêu cầu|đối tượng|thời gian)\b(?!.*(?:nhiệm vụ|giải pháp))", low
            )
            else "general"
        )
    if _BACKGROUND.search(low) and len(low.split()) <= 14 and _opens_with_background(low):
        return "none"
    return None


def _opens_with_background(low: str) -> bool:
    """A background word at the start of the heading, or right after "về";

    "nâng cao hiệu quả" is no background.
    """
    m = _BACKGROUND.search(low)
    return m is not None and (
        m.start() == 0
        or len(low[: m.start()].split()) <= 1
        or low.startswith(("các mục tiêu", "một số chỉ tiêu"))
    )
