"""The country's units in the database: once, in part, twice, beside what was entered by hand."""

from __future__ import annotations

import io
from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command
from django.db.models import Count
from tests.cast import Cast

from nhipcau.apps.access.actors import System
from nhipcau.apps.audit.models import Event
from nhipcau.apps.orgs.actions import (
    appoint,
    create_organisation,
    load_units,
    rename_organisation,
    set_home_province,
)
from nhipcau.apps.orgs.models import HomeProvince, Lineage, Organisation, OrganisationVersion
from nhipcau.core.places import Edge, Version, shipped
from nhipcau.core.places.units import Units, make_units

BEFORE, CHANGE, TODAY = date(2025, 6, 30), date(2025, 7, 1), date(2026, 11, 23)
LOADER = System("load-units")


def small(*more: Version) -> Units:
    """Two provinces that became one; a commune that was divided, one that was merged, one that stayed."""
    old = [
        Version("a1", "province", "province", "1", "Tỉnh Bắc", "", None, CHANGE),
        Version("a2", "province", "province", "2", "Tỉnh Nam", "", None, CHANGE),
        Version("a11", "district", "rural_district", "11", "Huyện Thượng", "a1", None, CHANGE),
        Version("a111", "commune", "commune", "111", "Xã Một", "a11", None, CHANGE),
        Version("a112", "commune", "commune", "112", "Xã Hai", "a11", None, CHANGE),
        Version("a113", "commune", "township", "113", "Thị trấn Ba", "a11", None, CHANGE),
    ]
    new = [
        Version("b1", "province", "province", "1", "Tỉnh Bắc", "", CHANGE, None),
        Version("b111", "commune", "commune", "111", "Xã Bốn", "b1", CHANGE, None),
        Version("b112", "commune", "commune", "112", "Xã Năm", "b1", CHANGE, None),
        Version("a113", "commune", "commune", "113", "Xã Ba", "b1", CHANGE, None),
    ]
    edges = [
        Edge("a1", "b1", "merge", CHANGE, "tỉnh"),
        Edge("a2", "b1", "merge", CHANGE, "tỉnh"),
        Edge("a11", "", "abolish", CHANGE, "huyện"),
        Edge("a111", "b111", "split", CHANGE, "xã"),
        Edge("a111", "b112", "split", CHANGE, "xã"),
        Edge("a112", "b112", "merge", CHANGE, "xã"),
        Edge("a113", "a113", "rename", CHANGE, "xã"),
    ]
    acts = {"tỉnh": "Nghị quyết tỉnh", "huyện": "Nghị quyết huyện", "xã": "Nghị quyết xã"}
    return make_units([*old, *new, *more], edges, (), acts)


def unit(key: str) -> Organisation:
    return Organisation.objects.get(unit_key=key)


def state() -> list[tuple[object, ...]]:
    rows = OrganisationVersion.objects.filter(organisation__unit_key__isnull=False)
    edges = Lineage.objects.values_list("predecessor__unit_key", "successor__unit_key", "kind", "legal_basis")
    return [
        *rows.order_by("pk").values_list("pk", "organisation_id", "name", "code", "valid"),
        *edges.order_by("pk"),
    ]


@pytest.mark.django_db
def test_units_names_codes_parents_and_edges_are_loaded() -> None:
    loaded = load_units(small(), actor=LOADER, source="tables")
    assert (loaded.units, loaded.versions, loaded.edges) == (9, 10, 7)
    stayed = unit("a113").versions.order_by("valid")
    assert [(v.name, v.unit_type, v.kind) for v in stayed] == [
        ("Thị trấn Ba", "township", "commune"),
        ("Xã Ba", "commune", "commune"),
    ]
    assert [v.parent for v in stayed] == [unit("a11"), unit("b1")]
    divided = Lineage.objects.filter(predecessor=unit("a111"))
    assert {(e.successor, e.kind, e.legal_basis) for e in divided} == {
        (unit("b111"), "split", "Nghị quyết xã"),
        (unit("b112"), "split", "Nghị quyết xã"),
    }
    assert Lineage.objects.get(predecessor=unit("a11")).successor is None
    assert set(Organisation.objects.values_list("realm", flat=True)) == {"place"}


@pytest.mark.django_db
def test_loading_twice_is_the_same_as_once() -> None:
    load_units(small(), actor=LOADER, source="tables")
    first = state()
    again = load_units(small(), actor=LOADER, source="tables")
    assert state() == first
    assert (again.units, again.versions, again.edges, again.adopted, again.kept) == (0, 0, 0, 0, 0)


@pytest.mark.django_db
def test_one_act_is_recorded() -> None:
    load_units(small(), actor=LOADER, source="tables")
    (event,) = Event.objects.filter(verb="orgs.load_units")
    assert (event.data["units"], event.data["edges"]) == (9, 7)
    assert event.actor_label == "system:load-units"


@pytest.mark.django_db
def test_a_province_comes_with_what_it_was_made_of_and_another_joins_later() -> None:
    west = Version("c1", "province", "province", "9", "Tỉnh Tây", "", None, None)
    units = small(west, Version("c11", "commune", "commune", "91", "Xã Tây", "c1", CHANGE, None))
    load_units(units, actor=LOADER, source="tables", provinces={"b1"})
    assert set(Organisation.objects.values_list("unit_key", flat=True)) == set(units.versions) - {"c1", "c11"}
    assert load_units(units, actor=LOADER, source="tables").units == 2


@pytest.mark.django_db
def test_a_newer_table_adds_the_next_name_and_leaves_alone_what_was_changed_here(cast: Cast) -> None:
    load_units(small(), actor=LOADER, source="tables")
    rename_organisation(unit("b112"), "Phường Năm", valid_from=date(2026, 1, 1), actor=cast.coordinator)
    city = date(2026, 4, 30)
    newer = small()
    later = [
        Version("b1", "province", "city", "1", "Thành phố Bắc", "", city, None),
        Version("b112", "commune", "ward", "112", "Phường Năm Mới", "b1", city, None),
    ]
    kept = [v for v in newer.all() if v.since is None or v.key not in {"b1", "b112"}]
    ended = [
        Version(v.key, v.tier, v.type, v.code, v.name, v.parent, v.since, city)
        for v in newer.all()
        if v.since is not None and v.key in {"b1", "b112"}
    ]
    loaded = load_units(
        make_units([*kept, *ended, *later], newer.edges, (), newer.acts), actor=LOADER, source="tables 2"
    )
    assert (loaded.versions, loaded.kept) == (1, 1)
    names = [(v.name, v.valid.lower, v.valid.upper) for v in unit("b1").versions.order_by("valid")]
    assert names == [("Tỉnh Bắc", CHANGE, city), ("Thành phố Bắc", city, None)]
    assert unit("b112").versions.get(valid__contains=TODAY).name == "Phường Năm"


def test_communes_that_were_entered_by_hand_are_taken_for_the_units(cast: Cast) -> None:
    by_hand = create_organisation("xã năm", "commune", actor=cast.coordinator)
    also = create_organisation("Xã Sáu", "commune", actor=cast.coordinator)
    held = appoint(cast.officer, "officer", by_hand, valid_from=TODAY, actor=cast.system_admin)
    loaded = load_units(small(), actor=LOADER, source="tables", home="b1")
    set_home_province(unit("b1"), actor=cast.system_admin)
    assert (loaded.adopted, unit("b112")) == (1, by_hand)
    version = by_hand.versions.get()
    assert (version.name, version.code, version.parent) == ("xã năm", "112", unit("b1"))
    assert Lineage.objects.filter(successor=by_hand).count() == 2
    held.refresh_from_db()
    assert held.organisation == by_hand
    working = set(Organisation.objects.working(TODAY))
    assert {by_hand, also, unit("b111"), unit("a113")} <= working
    assert unit("b1") not in working
    again = load_units(small(), actor=LOADER, source="tables", home="b1")
    assert (again.units, again.versions, again.adopted) == (0, 0, 0)


def test_what_lay_in_the_provinces_that_ours_was_made_of_is_ours_too(cast: Cast) -> None:
    load_units(small(), actor=LOADER, source="tables")
    set_home_province(unit("b1"), actor=cast.system_admin)
    assert {unit(key) for key in ("a11", "a111", "a112", "a113")} <= set(Organisation.objects.working(BEFORE))
    assert not OrganisationVersion.objects.working().filter(kind="province").exists()


def test_who_may_not_add_organisations_may_not_load_them(cast: Cast) -> None:
    with pytest.raises(PermissionDenied):
        load_units(small(), actor=cast.officer, source="tables")


def command(*arguments: str) -> str:
    out = io.StringIO()
    call_command("load_units", *arguments, stdout=out)
    return out.getvalue()


@pytest.mark.django_db(transaction=True)
def test_the_command_loads_the_whole_country_once() -> None:
    printed = command("--home", "An Giang")
    assert "14001" in printed
    of_today = OrganisationVersion.objects.filter(valid__contains=TODAY)
    assert dict(of_today.values_list("kind").annotate(n=Count("pk"))) == {"province": 34, "commune": 3321}
    assert OrganisationVersion.objects.count() == len(list(shipped().all()))
    assert Lineage.objects.count() == len(shipped().edges)
    assert HomeProvince.objects.get().place.versions.get().name == "Tỉnh An Giang"
    assert Organisation.objects.working(TODAY).count() == 102
    codes = OrganisationVersion.objects.filter(code="26740", kind="commune")
    assert codes.values("organisation_id").distinct().count() == 2
    assert ": thêm 0 đơn vị, 0 tên" in command()


@pytest.mark.django_db(transaction=True)
def test_the_command_takes_the_province_of_the_settings(settings: pytest.FixtureRequest) -> None:
    settings.PROVINCE_NAME = "tỉnh Hà Tĩnh"  # type: ignore[attr-defined]
    command("--province", "hue")
    names = set(OrganisationVersion.objects.filter(kind="province").values_list("name", flat=True))
    assert names == {"Thành phố Huế", "Tỉnh Hà Tĩnh"}
    assert HomeProvince.objects.get().place.versions.filter(name="Tỉnh Hà Tĩnh").exists()


@pytest.mark.django_db(transaction=True)
def test_an_unknown_province_is_told_and_nothing_is_loaded() -> None:
    with pytest.raises(CommandError, match="An Giangg"):
        command("--province", "An Giangg")
    assert not Organisation.objects.exists()
