"""No text breaks a reader; what it understood stays what it is."""

from __future__ import annotations

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from nhipcau.core.personvalues import (
    FIELDS,
    Name,
    PartialDay,
    Phone,
    Understanding,
    guess_columns,
    read_birth,
    read_identity_number,
    read_name,
    read_phone,
    read_stay,
)
from nhipcau.core.personvalues.name_words import listed
from nhipcau.core.personvalues.tests.test_places_and_countries import countries, origins

TODAY = date(2026, 11, 23)
WORDS = [line.split()[0] for line in listed("surnames")] + [
    w for line in listed("given") for w in line.split()
]
FOREIGN = [word for line in listed("foreign_given") for word in line.split()]
NAMES = st.lists(
    st.sampled_from([*WORDS, *FOREIGN, "bà", "mr", "thị", "(jenny)", "tức", ",", "ng."]), max_size=7
).map(" ".join)
TEXTS = st.text(max_size=60) | st.text(alphabet="0123456789/.-: xXtTnNăâĐđ()+,;'", max_size=30) | NAMES
MANY = settings(max_examples=250, deadline=None)


@MANY
@given(TEXTS, st.sampled_from(["", "upper", "title"]))
def test_a_shown_name_is_read_as_itself(text: str, case: str) -> None:
    found = read_name(getattr(text, case)() if case else text)
    if isinstance(found, Name):
        again = read_name(found.display)
        assert isinstance(again, Name), again
        assert again.display == found.display


@MANY
@given(TEXTS)
def test_a_birth_is_never_in_the_future(text: str) -> None:
    found = read_birth(text, today=TODAY)
    if isinstance(found, PartialDay):
        assert found.first <= TODAY
        again = read_birth(found.written, today=TODAY)
        assert isinstance(again, PartialDay)
        assert again.iso == found.iso


@MANY
@given(st.dates(date(1901, 12, 1), TODAY), st.sampled_from(["%d/%m/%Y", "%Y-%m-%d", "%d.%m.%Y", "%d %m %Y"]))
def test_every_real_day_is_read(day: date, form: str) -> None:
    found = read_birth(day.strftime(form), today=TODAY)
    assert isinstance(found, PartialDay)
    assert found.year == day.year
    assert (day.month, day.day) == (1, 1) or (found.month, found.day) == (day.month, day.day)


@MANY
@given(TEXTS, st.sampled_from(["", "VN", "US", "JP", "IT", "XX"]))
def test_a_read_number_is_read_as_itself(text: str, country: str) -> None:
    found = read_phone(text, country=country)
    if isinstance(found, Phone) and found.e164:
        again = read_phone(found.e164)
        assert isinstance(again, Phone), again
        assert again.e164 == found.e164


@MANY
@given(TEXTS, st.booleans())
def test_other_readers_take_any_text(text: str, passport: bool) -> None:
    read_identity_number(text, year=TODAY.year, passport=passport)
    read_stay(text, today=TODAY)
    countries().read(text)


ALL = Understanding(
    {field.code: index for index, field in enumerate(FIELDS)},
    today=TODAY,
    countries=countries(),
    origins=origins(),
)


@settings(max_examples=60, deadline=None)
@given(st.lists(TEXTS, max_size=len(FIELDS)))
def test_any_row_is_read(cells: list[str]) -> None:
    found = ALL.read(cells)
    for problem in found.problems.values():
        assert problem.message("vi")
        assert problem.message("en")


@settings(max_examples=40, deadline=None)
@given(st.lists(st.lists(TEXTS, max_size=6), max_size=6))
def test_any_sheet_is_looked_at(rows: list[list[str]]) -> None:
    guess_columns(rows, today=TODAY, countries=countries())
