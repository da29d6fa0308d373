"""Lists and pages of organisations, places and partners: filters, old names, days, numbers of queries."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.cast import Cast, SignedIn, make_organisation

from nhipcau.apps.access.actors import System
from nhipcau.apps.orgs.actions import (
    add_alias,
    create_organisation,
    load_units,
    rename_organisation,
    set_home_province,
)
from nhipcau.apps.orgs.descent import became, came_from, descent
from nhipcau.apps.orgs.hierarchy import ancestors, counts, descendants
from nhipcau.apps.orgs.models import Lineage, Organisation, OrganisationVersion
from nhipcau.apps.orgs.search import in_order, named
from nhipcau.core.places import shipped

BEFORE, AFTER, TODAY = date(2025, 6, 30), date(2025, 7, 1), date(2026, 11, 23)
LIST, PLACES, PARTNERS = "/organisations/", "/organisations/places/", "/organisations/partners/"


@pytest.fixture
def an_giang(cast: Cast) -> dict[str, Organisation]:
    """Kiên Giang and An Giang, then and now: some hundreds of units; key of the unit → organisation."""
    load_units(shipped(), actor=System("load-units"), source="tables", provinces={"b91"})
    set_home_province(Organisation.objects.get(unit_key="b91"), actor=cast.system_admin)
    return {str(each.unit_key): each for each in Organisation.objects.exclude(unit_key=None)}


def unit(name: str, day: date) -> Organisation:
    return Organisation.objects.get(versions__name=name, versions__valid__contains=day)


def names(response: Any) -> list[str]:
    return [row.version.name for row in response.context["rows"]]


def page(organisation: Organisation, day: str = "") -> str:
    return reverse("orgs:detail", args=[organisation.pk]) + (f"?on={day}" if day else "")


def test_descendants_and_ancestors_are_those_of_the_day(
    an_giang: dict[str, Organisation], django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(2):
        then = set(descendants(an_giang["a89"].pk, BEFORE).values_list("kind", flat=True))
        now = descendants(an_giang["b91"].pk, TODAY).count()
    assert (then, now) == ({"district", "commune"}, 102)
    assert not descendants(an_giang["a89"].pk, TODAY).exists()
    both = OrganisationVersion.objects.filter(name="Xã Bình Mỹ")
    with django_assert_num_queries(2):
        above = {tuple(each.name for each in found) for found in ancestors(both, TODAY).values()}
    assert above == {("Huyện Châu Phú", "Tỉnh An Giang"), ("Tỉnh An Giang",)}


def test_counts_of_units_by_province_and_type(
    an_giang: dict[str, Organisation], django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(1):
        now = counts(TODAY)[an_giang["b91"].pk]
    assert now == {("commune", "commune"): 85, ("commune", "ward"): 14, ("commune", "special_zone"): 3}
    assert sum(counts(BEFORE)[an_giang["a91"].pk].values()) > 100


def test_what_became_of_units_and_what_they_were_made_of_is_one_query_each(
    an_giang: dict[str, Organisation], django_assert_num_queries: Any
) -> None:
    old, new = an_giang["a89"].pk, an_giang["b91"].pk
    with django_assert_num_queries(2):
        forth, back = became([old, new], TODAY), came_from([new], BEFORE)
    assert forth == {old: [new], new: [new]}
    assert set(back[new]) == {old, an_giang["a91"].pk}


def test_lineage_says_who_went_into_whom_and_by_which_document(
    an_giang: dict[str, Organisation], django_assert_num_queries: Any
) -> None:
    new = unit("Xã Bình Mỹ", TODAY)
    with django_assert_num_queries(2):
        found = descent(new)
    (step,) = found.before
    assert {other.name for other in step.others} == {"Xã Bình Mỹ", "Xã Bình Thủy", "Xã Bình Chánh"}
    assert "1654/NQ-UBTVQH15" in step.legal_basis
    assert found.after == []


def test_a_search_for_an_old_district_tells_what_it_became(
    an_giang: dict[str, Organisation], signed_in: SignedIn
) -> None:
    client = signed_in("reader")
    for words in ("Châu Phú", "CHÂU PHÚ", "chau phu"):
        response = client.get(PLACES, {"q": words})
        assert names(response)[:2] == ["Xã Châu Phú", "Huyện Châu Phú"]
    district = response.context["rows"][1]
    assert district.parts
    assert "Xã Bình Mỹ" in {each.name for each in district.now}
    assert "30/6/2025" in response.content.decode()


def test_an_address_finds_its_unit_then_and_now(
    an_giang: dict[str, Organisation], signed_in: SignedIn
) -> None:
    response = signed_in("reader").get(PLACES, {"q": "xa binh my, h. chau phu"})
    assert names(response) == ["Xã Bình Mỹ", "Xã Bình Mỹ"]
    assert {row.last for row in response.context["rows"]} == {BEFORE, None}


def test_a_name_that_is_almost_right_is_offered(
    an_giang: dict[str, Organisation], signed_in: SignedIn
) -> None:
    response = signed_in("reader").get(PLACES, {"q": "xã Bình Mỹy, An Giang"})
    assert response.context["near"][0].name == "Xã Bình Mỹ"


def test_provinces_of_today_and_of_a_day_before(
    an_giang: dict[str, Organisation], signed_in: SignedIn
) -> None:
    client = signed_in("reader")
    today = client.get(PLACES).context["provinces"]
    assert [(each.version.name, [old.name for old in each.merged]) for each in today] == [
        ("Tỉnh An Giang", ["Tỉnh An Giang", "Tỉnh Kiên Giang"])
    ]
    then = client.get(PLACES, {"on": "30/6/2025"}).context["provinces"]
    assert [each.version.name for each in then] == ["Tỉnh An Giang", "Tỉnh Kiên Giang"]


def test_units_of_a_province_and_of_a_type(an_giang: dict[str, Organisation], signed_in: SignedIn) -> None:
    client = signed_in("reader")
    chosen = {"province": an_giang["b91"].pk, "unit_type": "special_zone"}
    assert names(client.get(PLACES, chosen)) == ["Đặc khu Kiên Hải", "Đặc khu Phú Quốc", "Đặc khu Thổ Châu"]
    townships = client.get(
        PLACES, {"unit_type": "township", "on": "2025-06-30", "province": an_giang["a89"].pk}
    )
    assert "Thị trấn Cái Dầu" in names(townships)
    assert client.get(PLACES, {"unit_type": "township"}).context["page_obj"].paginator.count == 0


def test_a_page_shows_what_lay_in_it_on_a_day(an_giang: dict[str, Organisation], signed_in: SignedIn) -> None:
    client = signed_in("reader")
    district = unit("Huyện Châu Phú", BEFORE)
    shown = client.get(page(district)).context["portrait"]
    assert (shown.last, shown.parts, shown.children_on) == (BEFORE, True, BEFORE)
    assert "Thị trấn Cái Dầu" in {each.name for group in shown.groups for each in group.members}
    assert "Xã Châu Phú" in {each.name for each in shown.now}
    province = client.get(page(an_giang["a89"], "30/6/2025")).context["portrait"]
    assert {each.kind for group in province.groups for each in group.members} == {"district"}
    assert client.get(page(an_giang["b91"])).context["portrait"].total == 102


def test_a_divided_commune_names_all_its_successors(
    an_giang: dict[str, Organisation], signed_in: SignedIn
) -> None:
    divided = Lineage.objects.filter(kind="split").first()
    assert divided is not None
    shown = signed_in("reader").get(page(divided.predecessor)).context["portrait"]
    wanted = set(Lineage.objects.filter(predecessor=divided.predecessor).values_list("successor", flat=True))
    assert {each.organisation_id for each in shown.now} == wanted
    assert len(wanted) > 1


# Queries of its own, besides those of a page with nothing but a form.
QUERIES = {
    LIST: 6,
    f"{LIST}?q=binh": 10,
    PLACES: 6,
    f"{PLACES}?q=binh": 12,
    f"{PLACES}?q=chau+phu": 15,
    f"{PLACES}?unit_type=commune": 9,
    PARTNERS: 4,
}


def test_lists_ask_as_many_queries_for_many_rows_as_for_few(
    an_giang: dict[str, Organisation], signed_in: SignedIn, django_assert_max_num_queries: Any
) -> None:
    client = signed_in("coordinator")
    with CaptureQueriesContext(connection) as of_every_page:
        client.get(f"{PARTNERS}new/")
    for address, own in QUERIES.items():
        with django_assert_max_num_queries(own + len(of_every_page)):
            assert client.get(address).status_code == 200


def test_a_page_asks_few_queries_however_much_lies_in_it(
    an_giang: dict[str, Organisation], signed_in: SignedIn, django_assert_max_num_queries: Any
) -> None:
    client = signed_in("coordinator")
    for each in ("b91", "a89", "a889"):
        with CaptureQueriesContext(connection) as of_every_page:
            client.get(f"{PARTNERS}new/")
        with django_assert_max_num_queries(18 + len(of_every_page)):
            client.get(page(an_giang[each]))


# Agencies


@pytest.fixture
def renamed(cast: Cast) -> Organisation:
    made = create_organisation("Sở Nông nghiệp", "department", abbreviation="SNN", actor=cast.coordinator)
    rename_organisation(made, "Sở Môi trường", valid_from=date(2025, 3, 1), actor=cast.coordinator)
    add_alias(made, "Sở Tài nguyên", actor=cast.coordinator)
    return made


@pytest.mark.parametrize("words", ["so nong nghiep", "Sở Môi trường", "tai nguyen", "SNN"])
def test_an_agency_is_found_by_every_name_it_had(
    renamed: Organisation, signed_in: SignedIn, words: str
) -> None:
    (row,) = signed_in("officer").get(LIST, {"q": words}).context["rows"]
    assert row.version.name == "Sở Môi trường"
    assert row.once == ("Sở Nông nghiệp" if words in ("so nong nghiep", "SNN") else "")


def test_the_list_is_that_of_the_day(renamed: Organisation, signed_in: SignedIn) -> None:
    client = signed_in("officer")
    then = names(client.get(LIST, {"on": "28/02/2025"}))
    assert "Sở Nông nghiệp" in then
    assert "Sở Môi trường" not in then
    assert "Sở Môi trường" in names(client.get(LIST))


def test_an_agency_that_ended_is_found_with_what_it_became(cast: Cast, signed_in: SignedIn) -> None:
    old = create_organisation("Sở Cũ", "department", valid_until=AFTER, actor=cast.coordinator)
    new = create_organisation("Sở Mới", "department", valid_from=AFTER, actor=cast.coordinator)
    Lineage.objects.create(
        predecessor=old, successor=new, kind="merge", effective_on=AFTER, legal_basis="NQ 1"
    )
    client = signed_in("officer")
    assert "Sở Cũ" not in names(client.get(LIST))
    (row,) = client.get(LIST, {"q": "so cu"}).context["rows"]
    assert (row.last, [each.name for each in row.now]) == (BEFORE, ["Sở Mới"])
    assert "NQ 1" in client.get(page(new)).content.decode()


def test_filters_by_realm_and_kind(
    an_giang: dict[str, Organisation], cast: Cast, signed_in: SignedIn
) -> None:
    client = signed_in("officer")
    agencies = names(client.get(LIST, {"realm": "agency"}))
    assert "Sở Công Thương tỉnh Mẫu" in agencies
    assert not any(name.startswith("Xã") for name in agencies)
    communes = client.get(LIST, {"realm": "place"}).context["page_obj"].paginator
    assert communes.count == 102 + 1  # and the one that was entered by hand
    assert set(names(client.get(LIST, {"kind": "department"}))) == set(agencies)


def test_a_day_that_cannot_be_read_is_told_and_left_out(cast: Cast, signed_in: SignedIn) -> None:
    client = signed_in("officer")
    for address in (LIST, PLACES, PARTNERS, page(cast.department_a)):
        response = client.get(address, {"on": "31/31/2025"})
        assert response.status_code == 200
        assert "31/12/2027" in response.content.decode()


def test_an_exact_name_comes_before_longer_ones(cast: Cast) -> None:
    for name in ("Sở An toàn Bình Mỹ Trung", "Sở Bình Mỹ"):
        make_organisation(name, "department")
    found = in_order(named(OrganisationVersion.objects.all(), "bình mỹ"))
    assert [version.name for version in found] == ["Sở Bình Mỹ", "Sở An toàn Bình Mỹ Trung"]


def test_the_own_province_is_said_on_its_page(
    an_giang: dict[str, Organisation], cast: Cast, signed_in: SignedIn
) -> None:
    admin, other = signed_in("system_admin"), make_organisation("Tỉnh Khác", "province")
    assert admin.get(page(an_giang["b91"])).context["is_home"]
    assert admin.post(reverse("orgs:home", args=[other.pk]))["Location"] == page(other)
    assert an_giang["b91"] not in Organisation.objects.working(TODAY)
    assert Organisation.objects.working(TODAY).filter(realm="place").count() == 1
    agency = admin.post(reverse("orgs:home", args=[cast.department_a.pk]), follow=True)
    assert "trực thuộc trung ương" in agency.content.decode()


# Partners


def test_a_partner_is_named_once_and_gets_no_work(cast: Cast, signed_in: SignedIn) -> None:
    client = signed_in("coordinator")
    sent = {"name": "Hội người Việt Nam tại Brno", "kind": "association_abroad", "abbreviation": ""}
    made = Organisation.objects.get(pk=int(client.post(f"{PARTNERS}new/", sent)["Location"].split("/")[-2]))
    assert made.realm == "partner"
    assert made not in Organisation.objects.working(TODAY)
    again = client.post(f"{PARTNERS}new/", {**sent, "name": "hội người việt nam  tại brno"})
    assert again.status_code == 422
    assert names(client.get(PARTNERS, {"q": "brno"})) == ["Hội người Việt Nam tại Brno"]
    assert names(client.get(PARTNERS, {"kind": "mission"})) == []
    assert names(client.get(LIST, {"q": "brno"})) == []


def test_a_partner_needs_a_kind_of_partner(cast: Cast, signed_in: SignedIn) -> None:
    sent = {"name": "Sở Lạ", "kind": "department"}
    assert signed_in("coordinator").post(f"{PARTNERS}new/", sent).status_code == 422
