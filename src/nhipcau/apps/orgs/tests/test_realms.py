"""Agencies, places and partners; whose communes are working units."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from tests.cast import Cast, make_organisation

from nhipcau.apps.access.refusals import Refused
from nhipcau.apps.orgs.actions import (
    appoint,
    create_organisation,
    propose_set,
    rename_organisation,
    set_home_province,
)
from nhipcau.apps.orgs.directory import directory
from nhipcau.apps.orgs.models import KINDS, HomeProvince, Organisation, OrganisationVersion, realm_of

DAY = date(2026, 11, 23)


@pytest.fixture
def units(cast: Cast) -> dict[str, Organisation]:
    """Two provinces with a commune each, one below a district, and a commune entered by hand."""
    one, two = (make_organisation(f"Tỉnh {name}", "province") for name in ("Một", "Hai"))
    made = {"ours": one, "theirs": two}

    def below(key: str, parent: str, name: str, kind: str) -> None:
        made[key] = create_organisation(
            name, kind, parent=made.get(parent), valid_from=date(2020, 1, 1), actor=cast.coordinator
        )

    below("our district", "ours", "Huyện Một", "district")
    below("our commune", "ours", "Xã Một", "commune")
    below("our old commune", "our district", "Xã Một Cũ", "commune")
    below("their district", "theirs", "Huyện Hai", "district")
    below("their commune", "theirs", "Xã Hai", "commune")
    below("their old commune", "their district", "Xã Hai Cũ", "commune")
    below("by hand", "", "Xã Ba", "commune")
    made["partner"] = create_organisation("Hội tại Brno", "association_abroad", actor=cast.coordinator)
    set_home_province(made["ours"], actor=cast.system_admin)
    return made


def test_every_kind_belongs_to_one_realm() -> None:
    every = [kind for kinds in KINDS.values() for kind in kinds]
    assert sorted(every) == sorted(OrganisationVersion.Kind)
    assert realm_of("commune") == "place"
    assert realm_of("department") == "agency"
    assert realm_of("mission") == "partner"


def test_agencies_and_our_own_communes_are_working_units(cast: Cast, units: dict[str, Organisation]) -> None:
    working = set(Organisation.objects.working(DAY))
    ours = {units[name] for name in ("our district", "our commune", "our old commune", "by hand")}
    assert working == ours | {cast.lead_agency, cast.department_a, cast.department_b, cast.commune}
    assert set(directory(DAY).organisations) == {one.pk for one in working}


def test_a_set_of_communes_is_of_our_own_only(cast: Cast, units: dict[str, Organisation]) -> None:
    members = propose_set("các xã", ["commune"], actor=cast.coordinator).members
    found = set(members.values_list("organisation_id", flat=True))
    ours = {units[key].pk for key in ("our commune", "our old commune", "by hand")}
    assert found == ours | {cast.commune.pk}


@pytest.mark.parametrize("elsewhere", ["their commune", "their district", "partner", "ours", "theirs"])
def test_nobody_is_appointed_outside_the_working_units(
    cast: Cast, units: dict[str, Organisation], elsewhere: str
) -> None:
    with pytest.raises(Refused):
        appoint(cast.officer, "officer", units[elsewhere], valid_from=DAY, actor=cast.system_admin)
    appoint(cast.officer, "officer", units["our commune"], valid_from=DAY, actor=cast.system_admin)


def test_our_province_is_one_and_set_by_the_system_administrator(
    cast: Cast, units: dict[str, Organisation]
) -> None:
    with pytest.raises(PermissionDenied):
        set_home_province(units["theirs"], actor=cast.coordinator)
    with pytest.raises(Refused):
        set_home_province(units["our commune"], actor=cast.system_admin)
    set_home_province(units["theirs"], actor=cast.system_admin)
    assert HomeProvince.objects.get().place == units["theirs"]


def test_a_place_never_becomes_an_agency(cast: Cast, units: dict[str, Organisation]) -> None:
    with pytest.raises(Refused):
        rename_organisation(
            units["our commune"], "Sở Một", kind="department", valid_from=DAY, actor=cast.coordinator
        )
    rename_organisation(units["our commune"], "Phường Một", valid_from=DAY, actor=cast.coordinator)
