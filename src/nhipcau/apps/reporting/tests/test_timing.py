"""Due moments and windows at their edges."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from nhipcau.apps.plans.dates import Reckoning
from nhipcau.apps.plans.forms.due_words import NotADueDate
from nhipcau.apps.reporting.naming import has_number, proposed_title, subject_of
from nhipcau.apps.reporting.timing import read_due, window_for
from nhipcau.core.workdays import VIETNAM, Shift, Window, shipped_calendar

NONE = Reckoning()
BEFORE = Reckoning(shipped_calendar(), None, Shift.BEFORE)
AFTER = Reckoning(shipped_calendar(), None, Shift.AFTER)


@pytest.mark.parametrize(
    ("words", "year", "by", "day"),
    [
        ("trước ngày 30/11", 2027, NONE, date(2027, 11, 29)),
        ("Trước 30/11 hằng năm", 2027, NONE, date(2027, 11, 29)),
        ("trước ngày 30/11", 2026, BEFORE, date(2026, 11, 27)),
        ("trước ngày 30/11", 2026, AFTER, date(2026, 11, 30)),
        ("trước và trong ngày 30/11", 2027, NONE, date(2027, 11, 30)),
        ("chậm nhất ngày 25/5", 2027, NONE, date(2027, 5, 25)),
        ("05/6/2027", 2027, NONE, date(2027, 6, 5)),
        ("05/6/2027", 2027, BEFORE, date(2027, 6, 4)),
        ("05/6/2027", 2027, AFTER, date(2027, 6, 7)),
        ("15/01 năm sau", 2027, NONE, date(2028, 1, 15)),
        ("quý IV/2027", 2027, NONE, date(2027, 12, 31)),
        ("2031", 2031, NONE, date(2031, 12, 31)),
    ],
)
def test_words_of_a_due_date_are_read_as_officials_mean_them(
    words: str, year: int, by: Reckoning, day: date
) -> None:
    found = read_due(words, year, by)
    assert found.day == day
    assert found.phrase == words
    assert found.at == datetime(day.year, day.month, day.day, 23, 59, 59, 999_000, VIETNAM)


def test_the_fifth_of_june_2027_is_a_saturday_and_the_stated_day_is_kept() -> None:
    found = read_due("05/6/2027", 2027, BEFORE)
    assert date(2027, 6, 5).weekday() == 5
    assert (found.stated_on, found.day) == (date(2027, 6, 5), date(2027, 6, 4))
    assert found.rule == {"kind": "date", "value": "2027-06-05", "bound": "by", "shift": "before"}


@pytest.mark.parametrize("words", ["", "sớm", "31/02", "05/6 và 30/11", "hằng tháng", "ngày 20 hằng quý"])
def test_words_that_give_no_day_or_several_are_refused(words: str) -> None:
    with pytest.raises(NotADueDate):
        read_due(words, 2027, NONE)


@pytest.mark.parametrize(
    ("kind", "number", "first", "last"),
    [
        ("month", 1, date(2026, 12, 15), date(2027, 1, 14)),
        ("quarter", 3, date(2027, 6, 15), date(2027, 9, 14)),
        ("half", 1, date(2026, 12, 15), date(2027, 6, 14)),
        ("half", 2, date(2027, 6, 15), date(2027, 12, 14)),
        ("nine-months", 1, date(2026, 12, 15), date(2027, 9, 14)),
        ("year", 1, date(2026, 12, 15), date(2027, 12, 14)),
    ],
)
def test_windows_are_those_of_the_decree(kind: str, number: int, first: date, last: date) -> None:
    assert window_for(kind, 2027, number) == Window(first, last)


def test_a_yearly_figure_due_in_october_ends_at_the_plans_own_cut_off() -> None:
    window = window_for("year", 2027, 1, cut_off=date(2027, 10, 10))
    assert (window.first, window.last) == (date(2026, 10, 11), date(2027, 10, 10))
    assert window_for("half", 2027, 1, cut_off=date(2027, 5, 25)).first == date(2026, 12, 15)
    assert window_for("year", 2028, 1, cut_off=date(2028, 2, 29)).first == date(2027, 3, 1)


def test_two_windows_with_a_cut_off_leave_no_day_out() -> None:
    one = window_for("year", 2027, 1, cut_off=date(2027, 11, 29))
    two = window_for("year", 2028, 1, cut_off=date(2028, 11, 29))
    assert two.first == one.last + timedelta(days=1)


def test_periods_are_called_as_officials_call_them() -> None:
    assert proposed_title("half", 2027, 1) == "Kỳ 6 tháng đầu năm 2027"
    assert proposed_title("quarter", 2027, 3) == "Quý III năm 2027"
    assert proposed_title("year", 2027) == "Năm 2027"
    assert proposed_title("midterm", 2027) == "Sơ kết năm 2027"
    assert not has_number("quarter", 5)
    assert not has_number("year", 2)


@pytest.mark.parametrize(
    ("form", "period", "subject"),
    [
        ("Báo cáo công tác đối ngoại", "Kỳ 6 tháng đầu năm 2027", "Công tác đối ngoại 6 tháng đầu năm 2027"),
        ("Tình hình kiều hối", "Quý III năm 2027", "Tình hình kiều hối quý III năm 2027"),
    ],
)
def test_the_subject_of_a_report_is_its_form_and_its_period(form: str, period: str, subject: str) -> None:
    assert subject_of(form, period) == subject
