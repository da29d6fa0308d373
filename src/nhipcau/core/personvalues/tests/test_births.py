"""Births and other days as registers write them."""

from __future__ import annotations

from datetime import date

import pytest

from nhipcau.core.personvalues import (
    PartialDay,
    Problem,
    Stay,
    birth_of_parts,
    read_birth,
    read_stay,
    read_year,
)
from nhipcau.core.personvalues.dates import from_serial

TODAY = date(2026, 11, 23)


def iso(text: str) -> str:
    found = read_birth(text, today=TODAY)
    assert isinstance(found, PartialDay), (text, found)
    return found.iso


@pytest.mark.parametrize(
    "written",
    [
        "12/3/1970",
        "12/03/1970",
        "12-03-1970",
        "12.3.1970",
        "12.3.70",
        "12 3 1970",
        "1970-03-12",
        "1970/3/12",
        "1970-03-12T00:00:00",
        "1970-03-12 00:00:00",
        "12-Mar-1970",
        "March 12, 1970",
        "12 tháng 3 năm 1970",
        "ngày 12 tháng 3 năm 1970",
        "sinh ngày 12/3/1970",
        "12031970",
        "19700312",
        "120370",
        "25639",
        "25639.0",
        "l2/o3/197O",
        "１２/３/１９７０",
    ],
)
def test_one_day_in_many_ways(written: str) -> None:
    assert iso(written) == "1970-03-12"


@pytest.mark.parametrize(
    "written",
    [
        "1970",
        "1970.0",
        "năm 1970",
        "SN 1970",
        "01/01/1970",
        "1/1/70",
        "00/00/1970",
        "??/??/1970",
        "xx/xx/1970",
    ],
)
def test_a_year_alone_stays_a_year(written: str) -> None:
    assert iso(written) == "1970"


@pytest.mark.parametrize(
    "written", ["3/1970", "03-1970", "T3/1970", "tháng 3/1970", "00/03/1970", "Mar 1970", "1970-03"]
)
def test_a_month_alone_stays_a_month(written: str) -> None:
    assert iso(written) == "1970-03"


@pytest.mark.parametrize("written", ["khoảng 1970", "~1970", "1970?", "khoảng năm 1970", "chừng 1970"])
def test_about_is_kept(written: str) -> None:
    found = read_birth(written, today=TODAY)
    assert isinstance(found, PartialDay)
    assert (found.year, found.bound) == (1970, "about")


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("31/02/1970", "no-such-day"),
        ("29/02/1900", "no-such-day"),
        ("32/1/1970", "no-such-day"),
        ("12/03/2027", "future"),
        ("2030", "future"),
        ("1850", "too-long-ago"),
        ("2513", "other-calendar"),
        ("Canh Tuất", "lunar"),
        ("12/3/1970 (âm lịch)", "lunar"),
        ("12/3/1970 ÂL", "lunar"),
        ("tuổi Dần", "lunar"),
        ("45 tuổi", "age"),
        ("70", "age-or-year"),
        ("1970-1972", "several-years"),
        ("trước 1970", "open-ended"),
        ("12/3", "date-unread"),
        ("hôm qua", "date-unread"),
    ],
)
def test_what_cannot_be_or_is_not_certain_is_refused(written: str, code: str) -> None:
    found = read_birth(written, today=TODAY)
    assert isinstance(found, Problem)
    assert found.code == code
    assert "{" not in found.message("vi") + found.message("en")


def test_two_digits_are_the_latest_year_that_has_come() -> None:
    assert iso("23/11/26") == "2026-11-23"
    assert iso("24/11/26") == "1926-11-24"
    assert iso("12/3/99") == "1999-03-12"


def test_month_before_day_is_read_where_it_can_be_nothing_else_and_told() -> None:
    found = read_birth("03/25/1970", today=TODAY)
    assert isinstance(found, PartialDay)
    assert (found.iso, found.doubts) == ("1970-03-25", ("month-first",))


def test_days_that_a_workbook_counts() -> None:
    def day(number: int, epoch: int) -> str:
        found = from_serial(number, epoch)
        return found.iso if isinstance(found, PartialDay) else found.code

    assert day(59, 1900) == "1900-02-28"
    assert day(60, 1900) == "no-such-day"
    assert day(61, 1900) == "1900-03-01"
    assert day(25639, 1900) == "1970-03-12"
    assert day(24177, 1904) == "1970-03-12"


def test_three_cells_make_one_birth() -> None:
    def made(*cells: str) -> str | None:
        found = birth_of_parts(*cells, today=TODAY)
        return found.iso if isinstance(found, PartialDay) else found and found.code

    assert made("12", "3", "1970") == "1970-03-12"
    assert made("12.0", "3.0", "1970.0") == "1970-03-12"
    assert made("", "3", "1970") == "1970-03"
    assert made("", "", "1970") == "1970"
    assert made("", "", "") is None
    assert made("12", "", "1970") == "no-such-day"
    assert made("12", "3", "") == "date-unread"


def test_when_somebody_left() -> None:
    found = read_year("30/4/1975", today=TODAY)
    assert isinstance(found, PartialDay)
    assert found.iso == "1975-04-30"
    before = read_year("trước năm 1975", today=TODAY)
    assert isinstance(before, PartialDay)
    assert (before.year, before.bound) == (1975, "before")


@pytest.mark.parametrize(
    ("written", "since", "until", "current"),
    [
        ("2005-2010", "2005", "2010", False),
        ("từ 2005 đến nay", "2005", None, True),
        ("2005 - nay", "2005", None, True),
        ("đến 2010", None, "2010", False),
        ("từ năm 2005 đến năm 2010", "2005", "2010", False),
        ("3/2005 - 12/2010", "2005-03", "2010-12", False),
        ("2005", "2005", None, False),
    ],
)
def test_a_stay_has_two_ends(written: str, since: str | None, until: str | None, current: bool) -> None:
    found = read_stay(written, today=TODAY)
    assert isinstance(found, Stay)
    assert (found.since and found.since.iso, found.until and found.until.iso, found.current) == (
        since,
        until,
        current,
    )


def test_a_stay_that_ends_before_it_begins_is_refused() -> None:
    assert read_stay("2010-2005", today=TODAY) == Problem("wrong-order", {"one": "2010", "other": "2005"})


def test_days_are_shown_as_officials_write_them() -> None:
    assert PartialDay(1970, 6, 5).written == "05/6/1970"
    assert PartialDay(1970, 2, 15).written == "15/02/1970"
    assert PartialDay(1970, 6).written == "6/1970"
    assert PartialDay(1970).written == "1970"
