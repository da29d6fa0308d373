"""Deadlines in words."""

from __future__ import annotations

import pytest

from nhipcau.core.planreader.dues import dues_in
from nhipcau.core.planreader.folding import shadow


def dues(text: str) -> list[tuple[str, str, str, str]]:
    return [(d["kind"], d["value"], d["of"], d["bound"]) for d in dues_in(text, shadow(text), 0)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("hoàn thành trước ngày 30 tháng 10 năm 2025", [("date", "2025-10-30", "task", "before")]),
        ("gửi báo cáo trước 10/10/2025", [("date", "2025-10-10", "report", "before")]),
        ("chậm nhất ngày 05/6/2026 có báo cáo", [("date", "2026-06-05", "report", "by")]),
        (
            "báo cáo định kỳ trước ngày 05/6 và 30/11 hằng năm",
            [("annual", "06-05", "report", "before"), ("annual", "11-30", "report", "before")],
        ),
        ("Định kỳ 06 tháng (trước ngày 25/5), năm (trước 10/10) gửi báo cáo", [
            ("month-day", "05-25", "report", "before"), ("month-day", "10-10", "report", "before")]),
        (
            "báo cáo sơ kết vào năm 2027, tổng kết vào năm 2031",
            [("year", "2027", "report", "by"), ("year", "2031", "report", "by")],
        ),
        ("tổng kết vào năm 2031 (trước ngày 15/11)", [("date", "2031-11-15", "report", "before")]),
        ("báo cáo trước ngày 20 hằng tháng", [("monthly", "20", "report", "before")]),
        ("Năm 2026, phấn đấu giải ngân 30 tỷ đồng", [("year", "2026", "task", "by")]),
        ("Thời gian thực hiện: Quý IV năm 2025", [("date", "2025-12-31", "task", "by")]),
        ("Thời gian thực hiện: Quý IV năm 2025 và các năm tiếp theo", []),
        ("trình trước tháng 9 năm 2026", [("date", "2026-09-01", "task", "before")]),
        ("hoàn thành trong tháng 9 năm 2026", [("date", "2026-09-30", "task", "by")]),
        ("Thời gian thực hiện: Năm 2025 và các năm tiếp theo", []),
        ("phát triển đến năm 2030, tầm nhìn đến năm 2045", []),
        ("triển khai Chiến lược văn hóa đến năm 2030", []),
        ("giai đoạn 2021 - 2030", []),
        ("Quyết định số 12/QĐ-UBND ngày 05/3/2024", []),
        ("kế hoạch công tác năm 2025", []),
        ("trước ngày 31/02/2025", []),
    ],
)  # fmt: skip
def test_only_dates_that_a_word_of_limit_governs_are_deadlines(text, found):
    assert dues(text) == found


def test_a_deadline_quotes_its_phrase():
    text = "Rà soát, hoàn thành trước ngày 15/3/2026."
    due = dues_in(text, shadow(text), 100)[0]
    assert due["phrase"] == "trước ngày 15/3/2026"
    assert due["span"] == [100 + text.index("trước"), 100 + len(text) - 1]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Hoàn thành lớp học trong quý II năm 2031.", [("date", "2031-06-30", "task", "by")]),
        ("Hoàn thành trước 17 giờ ngày 07/9/2031.", [("date", "2031-09-07", "task", "by")]),
        ("Hoàn thành trước 16h30, ngày 07/9/2031.", [("date", "2031-09-07", "task", "by")]),
        ("Báo cáo trước 17 giờ 00 phút ngày 20 hằng tháng.", [("monthly", "20", "report", "by")]),
        ("Hoàn thành trước 17 giờ của lớp.", []),
        ("Xong chậm nhất vào ngày 07 tháng 9 năm 2031.", [("date", "2031-09-07", "task", "by")]),
        ("Hoàn thành trong năm 2031.", [("year", "2031", "task", "by")]),
        ("Chậm nhất ngày 25 hằng tháng báo cáo kết quả.", [("monthly", "25", "report", "by")]),
        ("Kế hoạch đã ban hành ngày 07/9/2031.", []),
        ("Lớp học khai giảng năm 2031 có 30 học viên.", []),
        ("Theo Nghị quyết đại hội nhiệm kỳ 2031 - 2035.", []),
        ("Trước ngày hội của xã.", []),
        ("Mở từ ngày 07/9/2031.", []),
        ("", []),
    ],
)
def test_limits_by_quarter_hour_and_month_and_dates_that_limit_nothing(text, found):
    assert dues(text) == found
