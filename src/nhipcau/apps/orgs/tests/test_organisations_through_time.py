"""Organisations keep who they are; names, aliases and members are dated."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from tests.cast import Cast

from nhipcau.apps.orgs.actions import (
    add_alias,
    confirm_set,
    create_organisation,
    name_set_phrase,
    propose_set,
    rename_organisation,
)
from nhipcau.apps.orgs.directory import directory, members, names, versions
from nhipcau.apps.orgs.models import Organisation, OrganisationVersion, SetPhrase

MERGED = date(2025, 7, 1)


@pytest.fixture
def department(cast: Cast) -> Organisation:
    made = create_organisation("Sở Nông nghiệp", "department", abbreviation="SNN", actor=cast.coordinator)
    rename_organisation(
        made, "Sở Nông nghiệp và Môi trường", abbreviation="SNNMT", valid_from=MERGED, actor=cast.coordinator
    )
    return made


def test_a_renamed_organisation_has_the_name_of_the_day(department: Organisation) -> None:
    before, after = date(2025, 6, 30), MERGED
    assert names([department.pk], before) == {department.pk: "Sở Nông nghiệp"}
    assert names([department.pk], after) == {department.pk: "Sở Nông nghiệp và Môi trường"}
    assert directory(before).organisations[department.pk].abbreviation == "SNN"
    assert Organisation.objects.as_of(after).filter(pk=department.pk).count() == 1


def test_one_that_is_gone_or_not_yet_there_is_called_by_its_nearest_name(cast: Cast) -> None:
    gone = create_organisation(
        "Huyện A", "district", valid_from=date(2000, 1, 1), valid_until=MERGED, actor=cast.coordinator
    )
    assert names([gone.pk], date(2026, 1, 1)) == names([gone.pk], date(1990, 1, 1)) == {gone.pk: "Huyện A"}
    assert gone.pk not in directory(MERGED).organisations
    assert gone.pk in directory(date(2025, 6, 30)).organisations


def test_two_names_at_once_are_refused_by_the_database(department: Organisation) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        OrganisationVersion.objects.create(
            organisation=department, name="Khác", kind="department", valid=(date(2025, 1, 1), None)
        )


def test_an_alias_holds_for_its_time_and_is_written_once(cast: Cast, department: Organisation) -> None:
    first = add_alias(department, "Sở NN&PTNT", valid_until=MERGED, actor=cast.coordinator)
    assert add_alias(department, "sở  nn&ptnt", valid_until=MERGED, actor=cast.coordinator) == first
    assert directory(date(2024, 1, 1)).organisations[department.pk].aliases == ("Sở NN&PTNT",)
    assert directory(MERGED).organisations[department.pk].aliases == ()


def test_a_proposed_set_has_members_by_kind_each_for_its_time(cast: Cast) -> None:
    district = create_organisation("Huyện A", "district", valid_until=MERGED, actor=cast.coordinator)
    commune = create_organisation("Xã A", "commune", valid_from=MERGED, actor=cast.coordinator)
    local = propose_set("các địa phương", ["district", "commune"], actor=cast.coordinator)
    assert set(members([local.pk], date(2025, 6, 30))[local.pk]) == {cast.commune.pk, district.pk}
    assert set(members([local.pk], MERGED)[local.pk]) == {cast.commune.pk, commune.pk}
    assert propose_set("Các địa phương", ["unit"], actor=cast.coordinator) == local
    assert propose_set("huyện, xã", ["commune", "district"], actor=cast.coordinator) == local
    assert local.confirmed_at is None


def test_confirming_can_change_the_members_and_the_name(cast: Cast) -> None:
    group = propose_set("các sở, ngành", ["department"], actor=cast.coordinator)
    kept = confirm_set(
        group, [cast.department_a.pk, cast.commune.pk], name=" Các sở ", actor=cast.coordinator
    )
    assert (kept.name, kept.confirmed_by) == ("Các sở", cast.coordinator)
    assert set(kept.members.values_list("organisation_id", flat=True)) == {
        cast.department_a.pk,
        cast.commune.pk,
    }
    again = confirm_set(group, actor=cast.coordinator)
    assert again.members.count() == 2


def test_a_phrase_means_one_set_at_a_time(cast: Cast) -> None:
    first = propose_set("các sở", ["department"], actor=cast.coordinator)
    second = propose_set("các hội", ["association"], actor=cast.coordinator)
    name_set_phrase(second, "Các Sở", actor=cast.coordinator)
    assert SetPhrase.objects.get(phrase_fold="cac so").set == second
    assert first.phrases.count() == 0


def test_only_coordinators_confirm_and_officers_create_nothing(cast: Cast) -> None:
    group = propose_set("các sở", ["department"], actor=cast.coordinator)
    for name in ("leader", "officer", "reader", "system_admin", "commune_officer"):
        with pytest.raises(PermissionDenied):
            confirm_set(group, actor=getattr(cast, name))
    for name in ("leader", "officer", "reader", "commune_officer"):
        with pytest.raises(PermissionDenied):
            create_organisation("Sở X", "department", actor=getattr(cast, name))


def test_the_own_province_is_known_by_what_several_names_end_with(cast: Cast) -> None:
    assert directory(MERGED).own_places() == ["tỉnh Mẫu"]
    create_organisation("Ủy ban nhân dân tỉnh Lam Giang", "peoples_committee", actor=cast.coordinator)
    create_organisation("Thành phố Bến Đá", "district", actor=cast.coordinator)
    assert set(directory(MERGED).own_places()) == {"tỉnh Mẫu", "tỉnh Lam Giang"}


def test_versions_come_in_one_query(cast: Cast, django_assert_num_queries: object) -> None:
    with django_assert_num_queries(1):  # type: ignore[operator]
        found = versions([cast.department_a.pk, cast.department_b.pk], MERGED)
    assert len(found) == 2
