"""How officials read dates, numbers and distances."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.utils import translation

from nhipcau.apps.webkit import formats
from nhipcau.apps.webkit.outcomes import outcome

TODAY = date(2027, 6, 9)


@pytest.mark.parametrize(
    ("day", "vietnamese", "english"),
    [
        (date(2027, 6, 5), "05/6/2027", "5 June 2027"),
        (date(2027, 2, 5), "05/02/2027", "5 February 2027"),
        (date(2027, 1, 31), "31/01/2027", "31 January 2027"),
        (date(2027, 12, 10), "10/12/2027", "10 December 2027"),
        (None, "", ""),
    ],
)
def test_a_zero_leads_days_below_ten_and_the_first_two_months(
    day: date | None, vietnamese: str, english: str
) -> None:
    with translation.override("vi"):
        assert formats.format_date(day) == vietnamese
    with translation.override("en"):
        assert formats.format_date(day) == english


def test_a_moment_is_told_in_the_province_s_time() -> None:
    late_in_london = datetime(2027, 6, 4, 18, 30, tzinfo=UTC)
    with translation.override("vi"):
        assert formats.format_moment(late_in_london) == "01:30 05/6/2027"
    with translation.override("en"):
        assert formats.format_moment(late_in_london) == "01:30, 5 June 2027"


def test_numbers_use_the_signs_of_the_language_and_missing_is_not_zero() -> None:
    with translation.override("vi"):
        assert formats.format_number(26362) == "26.362"
        assert formats.format_number(24.5, 1) == "24,5"
        assert formats.size(2_500_000) == "2,4 MB"
    with translation.override("en"):
        assert formats.format_number(26362) == "26,362"
        assert formats.format_number(None) == ""


@pytest.mark.parametrize(
    ("due", "done", "sign", "words"),
    [
        (date(2027, 6, 11), None, "open", "2 days left"),
        (date(2027, 6, 10), None, "open", "1 day left"),
        (TODAY, None, "open", "Due today"),
        (date(2027, 5, 31), None, "over", "9 days overdue"),
        (date(2027, 6, 11), TODAY, "done", "Done in time"),
        (date(2027, 6, 11), date(2027, 6, 17), "late", "Done, 6 days late"),
        (None, None, "open", "No due date"),
        (None, TODAY, "done", "Done"),
    ],
)
def test_the_four_outcomes_are_kept_apart(due: date | None, done: date | None, sign: str, words: str) -> None:
    with translation.override("en"):
        found = outcome(due, done, TODAY)
    assert (found.sign, found.words) == (sign, words)


def test_a_returned_task_says_so_whatever_its_date() -> None:
    with translation.override("en"):
        assert outcome(date(2027, 1, 1), None, TODAY, returned=True).sign == "back"


def test_a_badge_shows_the_given_name_which_stands_last() -> None:
    assert formats.initials("Lê Thị Thu Hà") == "TH"
    assert formats.initials("Đỗ") == "Đ"
    assert formats.initials("") == ""
