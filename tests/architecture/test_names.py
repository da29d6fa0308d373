"""Rule 7: what is never a field, a column or a choice here, whatever anybody asks for.

Political opinion or "attitude", belief, ethnicity, wealth, where somebody is, assessments by the police,
scans of identity cards.
"""

from __future__ import annotations

import re

import pytest
from django.apps import apps

DENIED = re.compile(
    r"politic|opinion|attitude|ideolog|loyal|trustworth|reliab|"
    r"chinh_?tri|thai_?do|tu_?tuong|"
    r"relig|belief|faith|church|ton_?giao|tin_?nguong|"
    r"ethnic|\brace\b|_race|race_|dan_?toc|"
    r"wealth|income|fortune|salary|tai_?san|thu_?nhap|"
    r"geoloc|gps|latitude|longitude|tracking|whereabouts|last_location|"
    r"police|suspicion|watchlist|blacklist|security_(score|note|rating)|risk_score|an_?ninh|"
    r"id_?card|identity_card|passport_(scan|image|photo)|cccd|cmnd|"
    r"fingerprint|biometric|sexual|orientation"
)


def names() -> set[str]:
    """Of every column and every stored choice of ours."""
    found = set()
    for model in apps.get_models(include_auto_created=True):
        if not model.__module__.startswith("nhipcau."):
            continue
        found.add(f"{model._meta.label}.{model._meta.db_table}")
        for field in model._meta.concrete_fields:
            found.add(f"{model._meta.label}.{field.name}")
            found |= {f"{model._meta.label}.{field.name}={value}" for value, _ in field.flatchoices}
    return found


def test_no_column_and_no_choice_bears_a_denied_name() -> None:
    assert [name for name in sorted(names()) if DENIED.search(name.partition(".")[2].lower())] == []


@pytest.mark.parametrize(
    "name",
    ["political_view", "attitude", "religion", "ethnicity", "income_level", "gps", "id_card_scan", "dan_toc"],
)
def test_the_list_would_find(name: str) -> None:
    assert DENIED.search(name)


@pytest.mark.parametrize("name", ["position", "relinked", "traced", "description", "country", "religate"[:4]])
def test_the_list_leaves_ordinary_names_alone(name: str) -> None:
    assert not DENIED.search(name)
