"""How often reports are asked for, and by which day of each turn."""

from __future__ import annotations

import time
from datetime import date

import pytest

from nhipcau.core.planreader.reading import read_text
from nhipcau.core.planreader.schema import Report
from nhipcau.core.workdays import DueRule, days_of

PLAN = """ỦY BAN NHÂN DÂN
TỈNH MẪU

Số: 12/KH-UBND

Mẫu, ngày 04 tháng 5 năm 2026

KẾ HOẠCH
Về công tác mẫu năm 2026

I. TỔ CHỨC THỰC HIỆN

1. Các sở, ban, ngành, địa phương

- {sentence}

- Tổ chức tuyên truyền.

Trên đây là Kế hoạch./.

Nơi nhận:
- Như trên;
- Lưu: VT.
"""


def reports(sentence: str) -> list[Report]:
    reading = read_text(PLAN.format(sentence=sentence))
    for report in reading["reporting"]:
        for rule in report["due_rules"]:
            start, end = rule["span"]
            assert reading["text"][start:end] == rule["phrase"]
    return reading["reporting"]


def rules(sentence: str) -> list[tuple[str | None, str | None, str | None, str]]:
    return [
        (rule["every"], rule["kind"], rule["value"], rule["bound"])
        for report in reports(sentence)
        for rule in report["due_rules"]
    ]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            "Định kỳ hằng quý (trước ngày 20 tháng cuối quý), báo cáo kết quả thực hiện về Sở Ngoại vụ.",
            [("quarter", "quarterly", "20", "before")],
        ),
        (
            "Báo cáo kết quả thực hiện về Sở Ngoại vụ chậm nhất ngày 15 của tháng cuối mỗi quý.",
            [("quarter", "quarterly", "15", "by")],
        ),
        (
            "Trước ngày 25 hằng tháng báo cáo kết quả thực hiện về Sở Ngoại vụ.",
            [("month", "monthly", "25", "before")],
        ),
        (
            "Trước ngày 05 của tháng sau báo cáo kết quả thực hiện về Sở Ngoại vụ.",
            [("month", "monthly", "5", "before")],
        ),
        (
            "Định kỳ 6 tháng đầu năm (trước ngày 15/6), năm (trước ngày 15/12) báo cáo kết quả thực hiện gửi "
            "Sở Ngoại vụ để tổng hợp.",
            [("half", "annual", "06-15", "before"), ("year", "annual", "12-15", "before")],
        ),
        (
            "Báo cáo quý gửi trước ngày 18 của tháng cuối quý; báo cáo 6 tháng gửi trước ngày 18/6; "
            "báo cáo năm gửi trước ngày 18/12 về Sở Ngoại vụ.",
            [
                ("quarter", "quarterly", "18", "before"),
                ("half", "annual", "06-18", "before"),
                ("year", "annual", "12-18", "before"),
            ],
        ),
        (
            "Báo cáo kết quả thực hiện 9 tháng trước ngày 15/9, báo cáo năm trước ngày 15/12 về Sở Y tế.",
            [("nine-months", "annual", "09-15", "before"), ("year", "annual", "12-15", "before")],
        ),
        (
            "Định kỳ hằng quý trước ngày 15/3, 15/6, 15/9, 15/12 báo cáo kết quả thực hiện về Sở Ngoại vụ.",
            [("quarter", "annual", f"{month}-15", "before") for month in ("03", "06", "09", "12")],
        ),
        (
            "Báo cáo tình hình thực hiện về Sở Ngoại vụ định kỳ quý trước ngày 05 của tháng đầu quý sau.",
            [("quarter", "annual", f"{month}-05", "before") for month in ("01", "04", "07", "10")],
        ),
        (
            "Trước ngày 15/6 hằng năm báo cáo kết quả thực hiện 6 tháng đầu năm về Sở Ngoại vụ.",
            [("half", "annual", "06-15", "before")],
        ),
        (
            "Gửi báo cáo kết quả thực hiện trước ngày 10/6 đối với báo cáo 6 tháng, trước ngày 10/12 đối "
            "với báo cáo năm về Sở Ngoại vụ.",
            [("half", "annual", "06-10", "before"), ("year", "annual", "12-10", "before")],
        ),
        (
            "Báo cáo kết quả thực hiện Quý I trước ngày 15/3, Quý II trước ngày 15/6, Quý III trước ngày "
            "15/9 và năm trước ngày 15/12 về Sở Ngoại vụ.",
            [
                ("quarter", "annual", "03-15", "before"),
                ("quarter", "annual", "06-15", "before"),
                ("quarter", "annual", "09-15", "before"),
                ("year", "annual", "12-15", "before"),
            ],
        ),
        (
            "Chậm nhất ngày 10 tháng 12 hằng năm, gửi báo cáo kết quả thực hiện về Sở Ngoại vụ.",
            [("year", "annual", "12-10", "by")],
        ),
    ],
)
def test_each_day_has_its_period(
    sentence: str, expected: list[tuple[str | None, str | None, str | None, str]]
) -> None:
    assert rules(sentence) == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            "Định kỳ 06 tháng, hằng năm báo cáo tình hình thực hiện Kế hoạch gửi về Sở Ngoại vụ.",
            ["half", "year"],
        ),
        (
            "Định kỳ tháng, quý, 6 tháng, năm báo cáo tình hình thực hiện về Ủy ban nhân dân tỉnh.",
            ["month", "quarter", "half", "year"],
        ),
        (
            "Hằng quý, 6 tháng, 9 tháng và cả năm báo cáo kết quả triển khai về Sở Ngoại vụ để tổng hợp.",
            ["quarter", "half", "nine-months", "year"],
        ),
        (
            "Thực hiện chế độ báo cáo định kỳ về Sở Ngoại vụ: quý I, 6 tháng, 9 tháng và năm.",
            ["quarter", "half", "nine-months", "year"],
        ),
    ],
)
def test_periods_without_a_day_are_kept(sentence: str, expected: list[str]) -> None:
    (report,) = reports(sentence)
    assert [rule["every"] for rule in report["due_rules"]] == expected
    assert {rule["kind"] for rule in report["due_rules"]} == {None}
    assert report["every"] == expected[0]


def test_two_yearly_dates_are_the_first_half_and_the_year() -> None:
    found = rules("Định kỳ trước ngày 05/6 và 30/11 hằng năm báo cáo kết quả thực hiện gửi Sở Ngoại vụ.")
    assert found == [("half", "annual", "06-05", "before"), ("year", "annual", "11-30", "before")]


def test_monthly_and_quarterly_without_a_date_are_one_report_of_two_rules() -> None:
    found = reports(
        "Báo cáo kết quả thực hiện hằng tháng (trước ngày 20), hằng quý (trước ngày 20 tháng cuối quý), "
        "06 tháng (trước ngày 20/6) và năm (trước ngày 20/12) về Sở Ngoại vụ."
    )
    assert [(report["due"], report["every"]) for report in found] == [
        ("--06-20", "half"),
        ("--12-20", "year"),
        (None, "month"),
    ]
    assert [(rule["kind"], rule["value"]) for rule in found[2]["due_rules"]] == [
        ("monthly", "20"),
        ("quarterly", "20"),
    ]


def test_a_certain_half_year_does_not_come_again() -> None:
    (report,) = reports(
        "Báo cáo kết quả thực hiện trong 6 tháng đầu năm 2026 về Sở Ngoại vụ trước ngày 20/6/2026."
    )
    assert [(rule["every"], rule["kind"], rule["value"]) for rule in report["due_rules"]] == [
        ("half", "date", "2026-06-20")
    ]


def test_midterm_and_final_reports_have_no_rhythm() -> None:
    found = reports(
        "Báo cáo sơ kết việc thực hiện Kế hoạch vào năm 2027 và tổng kết vào năm 2031 (trước ngày 15/11) gửi "
        "Sở Ngoại vụ."
    )
    assert [(report["kind"], report["every"]) for report in found] == [("midterm", None), ("final", None)]
    assert [
        (rule["kind"], rule["value"], rule["bound"]) for report in found for rule in report["due_rules"]
    ] == [
        ("year", "2027", "by"),
        ("date", "2031-11-15", "before"),
    ]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            "Báo cáo tình hình thực hiện Kế hoạch kết hợp trong báo cáo công tác đối ngoại hàng năm, gửi "
            "về Sở Ngoại vụ tổng hợp.",
            "báo cáo công tác đối ngoại hàng năm",
        ),
        (
            "Định kỳ trước ngày 30/11 hằng năm báo cáo kết quả thực hiện (hoặc lồng ghép trong báo cáo công "
            "tác đối ngoại theo định kỳ) gửi Sở Ngoại vụ.",
            "báo cáo công tác đối ngoại theo định kỳ",
        ),
        (
            "Định kỳ 6 tháng một lần báo cáo kết quả thực hiện, gửi cùng báo cáo công tác đối ngoại đơn vị.",
            "báo cáo công tác đối ngoại đơn vị",
        ),
        ("Báo cáo kết quả thực hiện về Sở Ngoại vụ trước ngày 30/10/2026.", None),
    ],
)
def test_the_report_it_may_be_sent_in(sentence: str, expected: str | None) -> None:
    assert {report["within"] for report in reports(sentence)} == {expected}


def test_a_day_of_a_date_is_no_half_year() -> None:
    (report,) = reports("Báo cáo kết quả thực hiện về Sở Ngoại vụ trước ngày 6 tháng 5 năm 2027.")
    assert [(rule["every"], rule["value"]) for rule in report["due_rules"]] == [(None, "2027-05-06")]


def test_every_rule_with_a_kind_gives_a_day() -> None:
    for sentence in (
        "Định kỳ hằng quý (trước ngày 20 tháng cuối quý), báo cáo kết quả thực hiện về Sở Ngoại vụ.",
        "Trước ngày 25 hằng tháng báo cáo kết quả thực hiện về Sở Ngoại vụ.",
        "Báo cáo tình hình thực hiện về Sở Ngoại vụ định kỳ quý trước ngày 05 của tháng đầu quý sau.",
    ):
        for every, kind, value, bound in rules(sentence):
            assert every
            assert days_of(DueRule(kind or "", value or "", bound), since=date(2026, 5, 4), most=1)


@pytest.mark.parametrize("words", ["hằng quý (ngày 20), ", "tháng, quý, ", "trước ngày 15/6 hằng năm, "])
def test_a_sentence_without_end_is_read_in_time(words: str) -> None:
    begun = time.process_time()
    reports("Định kỳ báo cáo kết quả thực hiện " + words * 8000 + "về Sở Ngoại vụ.")
    assert time.process_time() - begun < 10
