"""Dates as official texts write them."""

from __future__ import annotations

import pytest

from nhipcau.core.planreader.dates import full_date, iso_date


@pytest.mark.parametrize(
    ("text", "value", "quoted"),
    [
        ("trước ngày 07 tháng 9 năm 2031.", "2031-09-07", "ngày 07 tháng 9 năm 2031"),
        ("ngày 7 tháng 9, năm 2031", "2031-09-07", "ngày 7 tháng 9, năm 2031"),
        ("trước ngày 07/9/2031", "2031-09-07", "ngày 07/9/2031"),
        ("7-9-2031", "2031-09-07", "7-9-2031"),
        ("7.9.2031", "2031-09-07", "7.9.2031"),
        ("ngày 07/ 9/ 2031", "2031-09-07", "ngày 07/ 9/ 2031"),
        ("từ 01/02/2031 đến ngày 03 tháng 4 năm 2031", "2031-02-01", "01/02/2031"),
    ],
)
def test_a_whole_date_is_read_with_its_place(text, value, quoted):
    found = full_date(text)
    assert found is not None
    assert (found[0], text[found[1] : found[2]]) == (value, quoted)


@pytest.mark.parametrize(
    "text",
    [
        "ngày 07 tháng 9",
        "tháng 9 năm 2031",
        "31/2/2031",
        "07/9/31",
        "07/9/20311",
        "107/9/2031",
        "1807/9/1531",
        "",
    ],
)
def test_what_is_no_whole_day_is_no_date(text):
    assert full_date(text) is None


def test_only_the_part_asked_for_is_searched():
    text = "ngày 01/02/2031 và ngày 03/4/2031"
    assert full_date(text, 16) == ("2031-04-03", 19, len(text))
    assert full_date(text, 0, 10) is None


@pytest.mark.parametrize(
    ("parts", "value"),
    [
        ((2032, 2, 29), "2032-02-29"),
        ((2031, 2, 29), None),
        (("2031", "9", "7"), "2031-09-07"),
        ((2031, 13, 1), None),
    ],
)
def test_only_days_of_the_calendar_count(parts, value):
    assert iso_date(*parts) == value
