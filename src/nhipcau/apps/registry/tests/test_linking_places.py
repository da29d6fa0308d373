"""Communes of old and of today, as linking asks for them."""

from __future__ import annotations

from datetime import date

import pytest
from django.utils import timezone

from nhipcau.apps.orgs.models import Lineage, Organisation, OrganisationVersion
from nhipcau.apps.registry.linking.places import Places, read_places
from nhipcau.core.text import fold, sort_key

MERGED = date(2025, 7, 1)
Kind = OrganisationVersion.Kind


def unit(name: str, kind: str, parent: Organisation | None, until: date | None = None) -> Organisation:
    made = Organisation.objects.create(realm=Organisation.Realm.PLACE)
    begun = None if until or kind == Kind.PROVINCE else MERGED
    OrganisationVersion.objects.create(
        organisation=made,
        name=name,
        kind=kind,
        parent=parent,
        valid=(begun or date(2000, 1, 1), until),
        name_fold=fold(name),
        name_sort=sort_key(name),
    )
    return made


@pytest.fixture
def named(db: None) -> dict[str, Organisation]:
    """Two communes of one district became one; a third was divided between two."""
    province = unit("Tỉnh An Giang", Kind.PROVINCE, None)
    district = unit("Huyện An Phú", Kind.DISTRICT, province, MERGED)
    old = {
        name: unit(f"Xã {name}", Kind.COMMUNE, district, MERGED)
        for name in ("Vĩnh Lộc", "Vĩnh Hậu", "Đa Phước")
    }
    new = {name: unit(f"Xã {name}", Kind.COMMUNE, province) for name in ("Vĩnh Hậu mới", "Nhơn Hội")}
    for one, other, kind in (
        ("Vĩnh Lộc", "Vĩnh Hậu mới", "merge"),
        ("Vĩnh Hậu", "Vĩnh Hậu mới", "merge"),
        ("Đa Phước", "Vĩnh Hậu mới", "split"),
        ("Đa Phước", "Nhơn Hội", "split"),
    ):
        Lineage.objects.create(
            predecessor=old[one], successor=new[other], kind=kind, effective_on=MERGED, legal_basis="NQ"
        )
    return {**old, **new, "province": province}


def found(places: Places, place: Organisation | None, text: str) -> tuple[int, int]:
    asked = places.gazetteer.find(*places.written(place.pk if place else None, text))
    return asked.commune, asked.old_commune


def test_a_commune_of_old_and_the_one_of_today_are_one_place(named: dict[str, Organisation]) -> None:
    places = read_places(timezone.localdate())
    today, old = named["Vĩnh Hậu mới"], named["Vĩnh Lộc"]
    now, before = found(places, today, "xã Vĩnh Lộc, huyện An Phú")
    assert now
    assert before
    # The same place, told in other words, and by the unit alone.
    assert found(places, old, "") == (now, before)
    assert found(places, today, "")[0] == now
    assert found(places, today, "x. Vinh Loc, h. An Phu") == (now, before)


def test_what_is_written_counts_only_where_it_means_the_place(named: dict[str, Organisation]) -> None:
    places = read_places(timezone.localdate())
    assert found(places, named["Nhơn Hội"], "Vĩnh Lộc") == found(places, named["Nhơn Hội"], "")


def test_of_a_divided_commune_nobody_guesses(named: dict[str, Organisation]) -> None:
    assert found(read_places(timezone.localdate()), named["Đa Phước"], "Đa Phước") == (0, 0)
    assert found(read_places(timezone.localdate()), None, "Atlantis") == (0, 0)
