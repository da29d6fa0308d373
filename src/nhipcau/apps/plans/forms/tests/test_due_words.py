"""Due dates as people type them."""

from __future__ import annotations

from datetime import date

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from nhipcau.apps.plans.forms.due_words import NotADueDate, due_words, parse, understood


def kinds(words: str) -> list[tuple[str, str, str]]:
    return [(entry["kind"], entry["value"], entry["of"]) for entry in parse(words)]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("31/12/2027", [("date", "2027-12-31", "task")]),
        ("05/6 và 30/11 hằng năm", [("annual", "06-05", "task"), ("annual", "11-30", "task")]),
        ("30/9 every year", [("annual", "09-30", "task")]),
        ("01/3-05/6", [("month-day", "03-01", "task"), ("month-day", "06-05", "task")]),
        ("25/5", [("month-day", "05-25", "task")]),
        ("ngày 20 hằng tháng", [("monthly", "20", "task")]),
        ("day 20 every month", [("monthly", "20", "task")]),
        ("2027", [("year", "2027", "task")]),
        ("quý IV/2027", [("quarter", "2027-Q4", "task")]),
        ("tháng 6/2027", [("month", "2027-06", "task")]),
        ("15/11; báo cáo: 20/12 hằng năm", [("month-day", "11-15", "task"), ("annual", "12-20", "report")]),
        ("", []),
        ("không nêu hạn", []),
    ],
)
def test_words_give_due_entries(words: str, expected: list[tuple[str, str, str]]) -> None:
    assert kinds(words) == expected


@pytest.mark.parametrize(
    "words",
    [
        "31/2/2027",
        "sớm",
        "40/13",
        "ngày 45 hằng tháng",
        "13/2027",
        "31/12/0000",
        "31/12/9999",
        "31/12/20027",
        "31/12/27",
        "٣١/١٢/٢٠٢٧",
    ],
)
def test_words_that_are_no_date_are_refused_with_the_part(words: str) -> None:
    with pytest.raises(NotADueDate) as refused:
        parse(words)
    assert refused.value.part == words


def test_an_entry_that_was_not_changed_keeps_its_phrase_and_rule() -> None:
    known = {
        "kind": "annual",
        "value": "11-15",
        "of": "task",
        "bound": "before",
        "phrase": "trước 15/11",
        "rule": "x",
    }
    assert parse("15/11 hằng năm", [known]) == [known]


ENTRIES = st.one_of(
    st.dates(date(2000, 1, 1), date(2099, 12, 31)).map(lambda d: ("date", d.isoformat())),
    st.dates(date(2024, 1, 1), date(2024, 12, 31)).map(lambda d: ("annual", f"{d:%m-%d}")),
    st.dates(date(2024, 1, 1), date(2024, 12, 31)).map(lambda d: ("month-day", f"{d:%m-%d}")),
    st.integers(1, 31).map(lambda n: ("monthly", f"{n:02d}")),
    st.integers(1, 31).map(lambda n: ("quarterly", f"{n:02d}")),
    st.integers(1, 31).map(lambda n: ("halfyearly", f"{n:02d}")),
    st.integers(2000, 2099).map(lambda n: ("year", str(n))),
    st.tuples(st.integers(2000, 2099), st.integers(1, 4)).map(lambda p: ("quarter", f"{p[0]}-Q{p[1]}")),
    st.tuples(st.integers(2000, 2099), st.integers(1, 12)).map(lambda p: ("month", f"{p[0]}-{p[1]:02d}")),
)


@pytest.mark.parametrize("language", ["vi", "en"])
@given(entries=st.lists(st.tuples(ENTRIES, st.sampled_from(["task", "report"])), max_size=3))
def test_what_is_shown_is_read_back(language: str, entries: list[tuple[tuple[str, str], str]]) -> None:
    listed = [{"kind": kind, "value": value, "of": of} for (kind, value), of in entries]
    with translation.override(language):
        assert kinds(due_words(listed)) == [(kind, value, of) for (kind, value), of in entries]


def test_the_phrase_says_how_it_was_understood() -> None:
    entry = {"kind": "quarter", "value": "2027-Q4", "bound": "by", "phrase": "trong quý IV năm 2027"}
    with translation.override("en"):
        words = understood(entry, date(2027, 12, 31))
    assert "“trong quý IV năm 2027”" in words
    assert "31 December 2027, Friday" in words
