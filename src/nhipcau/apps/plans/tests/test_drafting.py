"""Readings as drafts: roles, dates, places in the text."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.cast import Cast

from nhipcau.apps.orgs.models import OrganisationSet
from nhipcau.apps.plans.dates import due_dates, due_day, earliest, entry, frame_of
from nhipcau.apps.plans.drafting import named_in
from nhipcau.apps.plans.spans import offset_of, place_of, tightened, words_of
from nhipcau.apps.plans.tests.conftest import drafted
from nhipcau.apps.plans.tests.readings import Item, plan

TODAY = date(2026, 11, 23)


def test_each_agency_has_its_own_role_and_a_partner_is_named_once() -> None:
    task = {
        "role": "lead",
        "agencies": ["Sở A", "Sở B"],
        "with": ["Sở B", "Sở C"],
        "assignments": [{"agency": "Sở A", "role": "lead"}, {"agency": "Sở B", "role": "advise"}],
    }
    found = [(body.phrase, body.role, body.partner) for body in named_in(task)]
    assert found == [("Sở A", "lead", False), ("Sở B", "advise", False), ("Sở C", "coordinate", True)]


def test_an_unknown_role_is_responsible() -> None:
    assert named_in({"agencies": ["Sở A"], "role": "boss"})[0].role == "responsible"


def test_a_reading_makes_as_many_queries_whatever_its_length(
    cast: Cast, django_assert_max_num_queries: Any
) -> None:
    items = [Item(f"{number})", f"Việc {number}.", partners=("Sở Tài chính",)) for number in range(80)]
    with django_assert_max_num_queries(30):
        drafted(cast, plan(items=items))


def test_two_phrases_of_the_same_kinds_are_one_set(cast: Cast) -> None:
    phrases = ("các sở, ban, ngành", "Các sở, ngành", "UBND các xã, phường", "các sở, ban, ngành")
    drafted(cast, plan(items=[Item(f"{at})", "Việc.", agencies=(name,)) for at, name in enumerate(phrases)]))
    sets = {found.name: found for found in OrganisationSet.objects.all()}
    assert set(sets) == {"Các sở, ban, ngành", "UBND các xã, phường"}
    assert sets["Các sở, ban, ngành"].phrases.count() == 2
    assert sets["UBND các xã, phường"].members.get().organisation == cast.commune
    assert all(found.confirmed_at is None for found in sets.values())


@pytest.mark.parametrize(
    ("header", "issued", "kind", "value", "day"),
    [
        ({"year": 2025}, date(2025, 2, 21), "month-day", "05-25", date(2025, 5, 25)),
        ({"year": 2026, "period": [2027, 2031]}, date(2026, 11, 12), "month-day", "05-25", date(2027, 5, 25)),
        ({"year": 2024}, date(2024, 5, 4), "annual", "06-05", date(2027, 6, 5)),
        ({"year": 2024, "period": [2024, 2026]}, date(2024, 5, 4), "annual", "06-05", None),
        ({}, None, "annual", "12-01", date(2026, 12, 1)),
        ({}, None, "month-day", "12-01", date(2026, 12, 1)),
        ({"year": "hai nghìn"}, None, "year", "2031", date(2031, 12, 31)),
    ],
)
def test_a_due_rule_is_read_within_its_document(
    header: dict[str, Any], issued: date | None, kind: str, value: str, day: date | None
) -> None:
    frame = frame_of({"document": header}, issued, TODAY)
    assert due_day(entry(kind, value), frame) == day


def test_phrase_and_rule_are_kept_beside_the_date() -> None:
    frame = frame_of(None, None, TODAY)
    rows = due_dates([{"kind": "soon", "value": "?", "phrase": "sớm nhất"}, entry("year", "2027")], frame)
    assert [(row.phrase, row.due_on) for row in rows] == [("sớm nhất", None), ("", date(2027, 12, 31))]
    assert earliest(rows) == date(2027, 12, 31)
    assert earliest([]) is None


TEXT = "III. TỔ CHỨC\na) Tổ chức hội nghị  kết nối\n doanh nghiệp; biên soạn sổ tay.\n"


def test_words_and_places_lead_to_each_other_over_line_ends() -> None:
    start, end = TEXT.index("a)"), len(TEXT)
    words = words_of(TEXT[start:end])
    assert words == "Tổ chức hội nghị kết nối doanh nghiệp; biên soạn sổ tay."
    place = place_of(words, words.index("biên"), TEXT, start, end)
    assert place == TEXT.index("biên")
    assert offset_of(words, place, TEXT, start, end) == words.index("biên")
    assert place_of("Những lời khác", 3, TEXT, start, end) is None
    assert offset_of("Những lời khác", start, TEXT, start, end) is None


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(alphabet="ab \n.;)", max_size=60), st.integers(-5, 70), st.integers(-5, 70))
def test_any_marked_part_stays_inside_the_text(text: str, start: int, end: int) -> None:
    low, high = tightened(text, start, end)
    assert 0 <= low <= high <= len(text) or low >= high
    piece = text[low:high]
    assert piece == piece.strip()
    words = words_of(piece)
    for at in range(len(words) + 1):
        place = place_of(words, at, text, low, high)
        assert place is None or low <= place <= high


@pytest.mark.parametrize(
    ("piece", "words"),
    [
        ("a) Tổ chức.", "Tổ chức."),
        ("- Rà soát", "Rà soát"),
        ("+ Rà soát", "Rà soát"),
        ("1.2. Lập danh sách", "Lập danh sách"),
        ("IV. Việc", "Việc"),
        ("đ) Việc", "Việc"),
        ("(1) Việc", "Việc"),
        ("Năm 2027. Việc", "Năm 2027. Việc"),
        ("2027 là năm cuối", "2027 là năm cuối"),
    ],
)
def test_a_tasks_words_come_without_their_marker(piece: str, words: str) -> None:
    assert words_of(piece) == words
