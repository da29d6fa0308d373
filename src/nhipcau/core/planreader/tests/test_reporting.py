"""Duties to report on carrying the plan out."""

from __future__ import annotations

import pytest

from nhipcau.core.planreader.blocks import Page
from nhipcau.core.planreader.folding import shadow
from nhipcau.core.planreader.reading import read_text
from nhipcau.core.planreader.reporting import asked_of, is_report, reporter


@pytest.mark.parametrize(
    "clause",
    [
        "báo cáo kết quả thực hiện về Sở Y tế",
        "báo cáo tình hình triển khai và kết quả thực hiện",
        "tổng hợp tình hình, kết quả thực hiện, báo cáo UBND tỉnh",
        "kết quả thực hiện gửi về Sở Y tế",
        "định kỳ hằng quý báo cáo UBND tỉnh",
        "hằng năm gửi báo cáo về Sở Y tế",
        "báo cáo sơ kết giữa kỳ",
        "tham mưu tổng kết và báo cáo UBND tỉnh",
        "thực hiện chế độ báo cáo định kỳ",
        "gửi báo cáo về Sở Y tế",
    ],
)
def test_a_clause_about_carrying_out_is_a_duty_to_report(clause):
    assert is_report(shadow(clause))


@pytest.mark.parametrize(
    "clause",
    [
        "mở lớp tiếng lào",
        "xây dựng báo cáo chuyên đề về lớp học",
        "chịu trách nhiệm báo cáo kết quả thực hiện",
        "ban hành quy chế về việc báo cáo kết quả thực hiện",
        "theo dõi để tổng hợp kết quả thực hiện, gửi về sở",
        "tổng kết lớp học",
        "báo chí phản ánh kết quả thực hiện",
        "",
    ],
)
def test_other_mentions_of_reports_and_results_are_none(clause):
    assert not is_report(shadow(clause))


def kinds(text: str):
    asked = asked_of(Page(text=text, low=shadow(text)), 0, len(text))
    return [(each.kind, each.due) for each in asked]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("báo cáo kết quả thực hiện về Sở Y tế", [("once", None)]),
        ("định kỳ hằng quý báo cáo kết quả thực hiện", [("periodic", None)]),
        ("báo cáo kết quả thực hiện trước ngày 15/11 hằng năm", [("periodic", "--11-15")]),
        ("báo cáo kết quả thực hiện trước ngày 15/11/2031", [("once", "2031-11-15")]),
        ("tổ chức sơ kết, báo cáo kết quả thực hiện trước ngày 15/11/2031", [("midterm", "2031-11-15")]),
        ("tổ chức tổng kết, báo cáo kết quả thực hiện trước ngày 15/11/2035", [("final", "2035-11-15")]),
        ("báo cáo kết quả thực hiện trước ngày 20 hằng tháng", [("periodic", None)]),
    ],
)
def test_kind_and_date_of_a_report(text, expected):
    assert kinds(text) == expected


@pytest.mark.parametrize(
    ("text", "free", "who"),
    [
        ("Các sở, ngành báo cáo kết quả thực hiện.", False, ["Các sở, ngành"]),
        ("Yêu cầu Sở Y tế báo cáo kết quả thực hiện.", True, ["Sở Y tế"]),
        ("Nếu có vướng mắc, các đơn vị phản ánh về Sở Y tế.", True, ["các đơn vị"]),
        ("Quá trình thực hiện nếu có vướng mắc thì các sở phản ánh.", True, ["các sở"]),
        ("Quá trình thực hiện nếu có vướng mắc thì các sở phản ánh.", False, None),
        ("Báo cáo kết quả thực hiện về Sở Y tế.", True, None),
    ],
)
def test_who_reports_is_the_subject_of_the_sentence(text, free, who):
    found = reporter(text, shadow(text), free)
    assert (found.names if found else None) == who


PLAN = """KẾ HOẠCH
Mở lớp tiếng Lào

I. MỤC ĐÍCH

Để các xã báo cáo kết quả thực hiện tốt hơn.

II. TỔ CHỨC THỰC HIỆN

1. Sở Ngoại vụ

a) Mở lớp tiếng Lào.

b) Tổng hợp kết quả thực hiện, báo cáo UBND tỉnh trước ngày 15/11 hằng năm.

2. UBND các xã

Báo cáo kết quả thực hiện về UBND tỉnh (qua Sở Ngoại vụ) trước ngày 01/11 hằng năm.

Trong quá trình thực hiện nếu có khó khăn, vướng mắc, các đơn vị phản ánh về Sở Ngoại vụ để xem xét.
"""


def test_reports_say_who_to_whom_through_whom_and_when():
    reports = read_text(PLAN)["reporting"]
    assert [(r["by"], r["to"], r["via"], r["kind"], r["due"]) for r in reports] == [
        ("Sở Ngoại vụ", "UBND tỉnh", None, "periodic", "--11-15"),
        ("UBND các xã", "UBND tỉnh", "Sở Ngoại vụ", "periodic", "--11-01"),
        ("các đơn vị", "Sở Ngoại vụ", None, "ad hoc", None),
    ]


def test_a_duty_said_twice_is_one_report_and_its_place_quotes_it():
    twice = PLAN.replace(
        "a) Mở lớp", "a) Tổng hợp kết quả thực hiện, báo cáo UBND tỉnh trước ngày 15/11 hằng năm; mở lớp"
    )
    reading = read_text(twice)
    assert len(reading["reporting"]) == 3
    for report in reading["reporting"]:
        start, end = report["span"]
        assert reading["text"][start:end] == report["text"]
