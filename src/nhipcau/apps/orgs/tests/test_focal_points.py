"""The directory of focal points: each agency keeps its own, everybody who works here reads all."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries
from tests.cast import Cast, SignedIn

from nhipcau.apps.access.refusals import Refused
from nhipcau.apps.accounts.models import User
from nhipcau.apps.audit.models import Event
from nhipcau.apps.orgs.actions import add_focal_point, edit_focal_point
from nhipcau.apps.orgs.models import FocalPoint
from nhipcau.core.tablereader import read_tables

DAY = date(2026, 1, 1)


def point(cast: Cast, actor: User, name: str = "Huỳnh Văn An", **more: object) -> FocalPoint:
    values = {"first_day": DAY, "phone": "0275 3 822 100", **more}
    return add_focal_point(cast.department_a, full_name=name, actor=actor, **values)  # type: ignore[arg-type]


def test_an_agency_keeps_its_own_and_nobody_elses(cast: Cast) -> None:
    made = point(cast, cast.officer)
    for other in (cast.outsider, cast.commune_officer, cast.leader):
        with pytest.raises(PermissionDenied):
            point(cast, other)
        with pytest.raises(PermissionDenied):
            edit_focal_point(made, **_values(made), actor=other)
    with pytest.raises(PermissionDenied):
        point(cast, cast.reader)
    assert point(cast, cast.coordinator, "Lê Thị Hai")


def _values(made: FocalPoint) -> dict[str, object]:
    return {
        "full_name": made.full_name,
        "position": "Chuyên viên",
        "phone": made.phone,
        "email": "",
        "matter": "",
        "first_day": DAY,
        "last_day": None,
    }


def test_without_a_way_to_reach_her_it_is_refused(cast: Cast) -> None:
    with pytest.raises(Refused):
        point(cast, cast.officer, phone="")
    with pytest.raises(Refused):
        point(cast, cast.officer, last_day=DAY - timedelta(days=1))


def test_names_and_numbers_are_not_in_the_record(cast: Cast) -> None:
    edit_focal_point(point(cast, cast.officer), **_values(FocalPoint.objects.get()), actor=cast.officer)
    said = " ".join(str(event.data) for event in Event.objects.filter(subject_type="orgs.focalpoint"))
    assert "822 100" not in said
    assert "Huỳnh" not in said


@pytest.mark.parametrize("who", ["system_admin", "leader", "outsider", "commune_officer", "reader"])
def test_everybody_who_works_here_reads_all_of_today(cast: Cast, signed_in: SignedIn, who: str) -> None:
    point(cast, cast.officer)
    point(cast, cast.officer, "Người Cũ", last_day=timezone.localdate() - timedelta(days=1))
    page = signed_in(who).get("/organisations/focal-points/").content.decode()
    assert "0275 3 822 100" in page
    assert "Người Cũ" not in page


def test_nobody_else_does(cast: Cast) -> None:
    point(cast, cast.officer)
    assert Client().get("/organisations/focal-points/").status_code == 302


def test_it_is_searched_by_name_agency_and_matter_without_marks(cast: Cast, signed_in: SignedIn) -> None:
    point(cast, cast.officer, matter="Bảo hộ công dân")
    client = signed_in("reader")
    for words, found in (("huynh an", 1), ("so cong thuong", 1), ("Bảo hộ", 1), ("tai chinh", 0)):
        page = client.get("/organisations/focal-points/", {"q": words}).content.decode()
        assert ("Huỳnh Văn An" in page) == bool(found), words


def test_by_page_an_officer_enters_and_corrects(cast: Cast, signed_in: SignedIn) -> None:
    client = signed_in("officer")
    page = client.get("/organisations/focal-points/new/").content.decode()
    assert "Sở Công Thương tỉnh Mẫu" in page
    assert "Sở Tài chính tỉnh Mẫu" not in page
    wanted = {"organisation": cast.department_a.pk, "full_name": "Lê Mới", "first_day": "01/01/2026"}
    assert client.post("/organisations/focal-points/new/", wanted).status_code == 422
    assert client.post("/organisations/focal-points/new/", {**wanted, "phone": "gọi tôi"}).status_code == 422
    wanted["phone"] = "0909 123 456, 0275 3 822 100 máy lẻ 12"
    assert client.post("/organisations/focal-points/new/", wanted).status_code == 302
    row = FocalPoint.objects.get()
    wanted["organisation"] = row.organisation_id
    wanted["last_day"] = "02/01/2026"
    assert client.post(f"/organisations/focal-points/{row.pk}/", wanted).status_code == 302
    assert "Lê Mới" not in client.get("/organisations/focal-points/").content.decode()


def test_the_export_holds_what_the_page_shows(cast: Cast, signed_in: SignedIn, tmp_path: Path) -> None:
    point(cast, cast.officer, matter="=1+1")
    path = tmp_path / "dau-moi.xlsx"
    path.write_bytes(signed_in("reader").post("/organisations/focal-points/export/").content)
    ((_head, row),) = [sheet["rows"] for sheet in read_tables(path)]
    assert row["cells"][:2] == ["Sở Công Thương tỉnh Mẫu", "Huỳnh Văn An"]
    assert row["cells"][5] == "=1+1"


def test_many_are_asked_for_in_as_many_questions(
    cast: Cast, signed_in: SignedIn, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client = signed_in("reader")
    client.get("/organisations/focal-points/")
    for number in range(30):
        point(cast, cast.coordinator, f"Người {number}")
    with django_assert_max_num_queries(14):
        client.get("/organisations/focal-points/?print=1")
