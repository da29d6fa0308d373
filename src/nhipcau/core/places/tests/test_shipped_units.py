"""The country's units, against the counts that are published."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date
from itertools import pairwise

import pytest

from nhipcau.core.places import Units, Version, shipped
from nhipcau.core.places.units import Edge, make_units

BEFORE, AFTER, TODAY = date(2025, 6, 30), date(2025, 7, 1), date(2026, 11, 23)


@pytest.fixture(scope="module")
def units() -> Units:
    return shipped()


def on(units: Units, day: date) -> list[Version]:
    return [version for version in units.all() if version.on(day)]


def named(units: Units, name: str, day: date) -> Version:
    (found,) = (version for version in on(units, day) if version.name == name)
    return found


def test_three_tiers_before_and_two_since(units: Units) -> None:
    assert Counter(version.tier for version in on(units, BEFORE)) == {
        "province": 63,
        "district": 696,
        "commune": 10_035,
    }
    assert Counter(version.tier for version in on(units, AFTER)) == {"province": 34, "commune": 3321}


def test_communes_wards_and_special_zones_since_july_2025(units: Units) -> None:
    types = Counter(version.type for version in on(units, TODAY) if version.tier == "commune")
    assert types == {"commune": 2621, "ward": 687, "special_zone": 13}


def test_seven_cities_since_dong_nai_is_one(units: Units) -> None:
    def cities(day: date) -> int:
        return sum(version.type == "city" for version in on(units, day))

    assert cities(date(2026, 4, 29)) == 6
    assert cities(date(2026, 4, 30)) == 7
    dong_nai = named(units, "Thành phố Đồng Nai", TODAY)
    assert units.at(dong_nai.key, date(2026, 4, 29)) == named(units, "Tỉnh Đồng Nai", date(2026, 4, 29))


def old_communes(units: Units) -> list[Version]:
    """The 10,040 units of the old list: communes, and five island districts that had none."""
    islands = [v for v in on(units, BEFORE) if v.tier == "district" and not units.children(v.key, BEFORE)]
    assert len(islands) == 5
    return islands + [version for version in on(units, BEFORE) if version.tier == "commune"]


def test_every_old_commune_became_one_or_several_of_todays(units: Units) -> None:
    old = old_communes(units)
    assert len(old) == 10_040
    for version in old:
        today = units.on(version.key, TODAY)
        assert today, version
        assert {unit.tier for unit in today} == {"commune"}


def test_every_commune_of_today_came_from_somewhere(units: Units) -> None:
    assert all(units.on(v.key, BEFORE) for v in on(units, TODAY) if v.tier == "commune")


def test_merged_divided_unchanged_and_renamed(units: Units) -> None:
    """The published 9,328 + 149 + 92 are the 9,569 undivided ones; the published 1,033 "divided" are not
    communes but pairs of an old and a new unit, of 471 old communes. Who is alone in its new unit, parts of
    divided ones aside, are the published 149 unchanged and 92 renamed; by the names as the data have them
    these are 153 and 88.
    """
    divided, alone = 0, defaultdict(list)
    pairs = 0
    for version in old_communes(units):
        today = units.on(version.key, AFTER)
        if len(today) > 1:
            divided += 1
            pairs += len(today)
        else:
            alone[today[0].key].append((version, today[0]))
    undivided = sum(map(len, alone.values()))
    single = [found[0] for found in alone.values() if len(found) == 1]
    assert (undivided, divided, pairs) == (9328 + 149 + 92, 471, 1033)
    assert len(single) == 149 + 92
    assert sum(old.name == new.name for old, new in single) == 153


def test_a_unit_whose_area_stayed_is_the_same_unit(units: Units) -> None:
    both = {v.key for v in on(units, BEFORE)} & {v.key for v in on(units, AFTER) if v.tier == "commune"}
    assert len(both) == 137
    ly_son = named(units, "Đặc khu Lý Sơn", TODAY)
    assert units.at(ly_son.key, BEFORE) == named(units, "Huyện Lý Sơn", BEFORE)
    assert (
        len({v.key for v in on(units, BEFORE)} & {v.key for v in on(units, AFTER) if v.tier == "province"})
        == 11
    )


def test_a_code_that_was_given_anew_names_two_units(units: Units) -> None:
    of_code = {version.name: version.key for version in units.all() if version.code == "26740"}
    assert set(of_code) == {"Phường Bến Nghé", "Phường Sài Gòn"}
    assert len(set(of_code.values())) == 2
    assert units.on(of_code["Phường Bến Nghé"], TODAY)[0].name == "Phường Sài Gòn"
    gia_lai = {v.name for v in units.all() if v.tier == "province" and v.code == "52"}
    assert gia_lai == {"Tỉnh Bình Định", "Tỉnh Gia Lai"}


@pytest.mark.parametrize(
    ("name", "code", "parts"),
    [
        ("Tỉnh An Giang", "91", {"Tỉnh An Giang", "Tỉnh Kiên Giang"}),
        ("Thành phố Cần Thơ", "92", {"Thành phố Cần Thơ", "Tỉnh Sóc Trăng", "Tỉnh Hậu Giang"}),
        ("Thành phố Hà Nội", "01", {"Thành phố Hà Nội"}),
        ("Tỉnh Hà Tĩnh", "42", {"Tỉnh Hà Tĩnh"}),
    ],
)
def test_provinces_of_today_and_what_they_were_made_of(
    units: Units, name: str, code: str, parts: set[str]
) -> None:
    province = named(units, name, AFTER)
    assert province.code == code
    assert {version.name for version in units.on(province.key, BEFORE)} == parts


def test_districts_end_with_nobody_in_their_place_and_their_communes_go_on(units: Units) -> None:
    chau_phu = named(units, "Huyện Châu Phú", BEFORE)
    assert units.on(chau_phu.key, TODAY) == []
    assert "Xã Bình Mỹ" in {unit.name for unit in units.became(chau_phu, TODAY)}


def test_every_edge_quotes_a_document_that_is_there(units: Units) -> None:
    assert {edge.act for edge in units.edges} <= set(units.acts)
    assert all(units.acts.values())
    assert Counter(edge.kind for edge in units.edges) == {
        "merge": 9484,
        "split": 1033,
        "abolish": 691,
        "rename": 17,
    }


def test_every_parent_exists_in_the_time_of_its_parts(units: Units) -> None:
    for version in units.all():
        if version.tier != "province":
            above = units.at(version.parent, version.a_day if version.until else TODAY)
            assert above is not None, version
            assert above.tier == (
                "district" if version.tier == "commune" and version.until == AFTER else "province"
            )


def test_no_unit_has_two_names_on_a_day(units: Units) -> None:
    for versions in units.versions.values():
        for earlier, later in pairwise(versions):
            assert earlier.until is not None
            assert later.since is not None
            assert earlier.until <= later.since


def test_a_unit_that_passed_through_several_changes_is_followed_to_the_end() -> None:
    def unit(key: str, since: date | None, until: date | None) -> Version:
        return Version(key, "commune", "commune", "", f"Xã {key.upper()}", "", since, until)

    one, two = date(2000, 1, 1), date(2010, 1, 1)
    made = make_units(
        [unit("a", None, one), unit("b", one, two), unit("c", two, None), unit("d", one, None)],
        [
            Edge("a", "b", "split", one, ""),
            Edge("a", "d", "split", one, ""),
            Edge("b", "c", "merge", two, ""),
        ],
    )
    assert {v.key for v in made.on("a", date(2020, 1, 1))} == {"c", "d"}
    assert {v.key for v in made.on("c", date(1990, 1, 1))} == {"a"}
    assert {v.key for v in made.on("a", date(2005, 1, 1))} == {"b", "d"}
