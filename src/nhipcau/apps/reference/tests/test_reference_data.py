"""The shipped tables, and how the province changes them."""

from __future__ import annotations

from datetime import date
from io import StringIO

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from tests.cast import Cast

from nhipcau.apps.access.actors import System
from nhipcau.apps.reference.actions import edit_law_change, end_law_change, record_law_change
from nhipcau.apps.reference.models import (
    Abbreviation,
    CalendarVersion,
    Country,
    LawChange,
    abbreviation_key,
    number_key,
)
from nhipcau.apps.reference.shipped import load, rows

LOADER = System("test")


def test_loading_twice_adds_nothing_and_keeps_the_provinces_words(db: None) -> None:
    added = load(actor=LOADER)
    here = sum(model.objects.count() for model in (LawChange, Abbreviation, Country, CalendarVersion))
    assert added == here > 30
    row = LawChange.objects.get(number="13/2023/NĐ-CP")
    row.source = "do tỉnh sửa"
    row.save()
    assert load(actor=LOADER) == 0
    assert LawChange.objects.get(pk=row.pk).source == "do tỉnh sửa"


def test_every_shipped_row_has_a_source() -> None:
    for table in ("law_changes", "abbreviations"):
        assert all(row["source"] for row in rows(table))


@pytest.mark.parametrize("number", ["13/2023/NĐ-CP", "13/2023/nđ-cp", "13/2023/NĐ- CP"])
def test_a_citation_finds_what_replaced_it(db: None, number: str) -> None:
    load(actor=LOADER)
    change = LawChange.objects.current().of(number, date(2023, 4, 17)).get()
    assert (change.successor, change.effective_on) == ("356/2025/NĐ-CP", date(2026, 1, 1))
    assert not LawChange.objects.of(number, date(2020, 1, 1)).exists()


def test_the_province_notes_corrects_and_takes_back_a_change(cast: Cast) -> None:
    day = date(2026, 7, 1)
    made = record_law_change(
        "1/2020/NĐ-CP", "replaced", day, "Công báo", actor=cast.coordinator, successor="2/2026"
    )
    again = record_law_change("1/2020/NĐ-CP", "replaced", day, "Công báo 5", actor=cast.coordinator)
    assert again.pk == made.pk
    edited = edit_law_change(made, actor=cast.system_admin, successor="3/2026/NĐ-CP")
    assert (edited.successor, edited.source) == ("3/2026/NĐ-CP", "Công báo 5")
    end_law_change(edited, reason="nhầm", actor=cast.coordinator)
    assert not LawChange.objects.current().exists()
    with pytest.raises(PermissionDenied):
        edit_law_change(made, actor=cast.officer, successor="x")


def test_keys_ignore_how_a_number_or_abbreviation_is_typed() -> None:
    assert number_key("36- NQ/TW") == number_key("36-nq/tw")
    assert abbreviation_key("KH&ĐT") == abbreviation_key("KH - ĐT") == "khdt"


@pytest.mark.django_db(transaction=True)
def test_the_command_loads() -> None:
    call_command("load_reference", stdout=StringIO())
    assert LawChange.objects.exists()
