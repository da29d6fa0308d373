"""Whether each unit has issued its own plan, and its tasks under the one above."""

from __future__ import annotations

import csv
import io
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from tests.cast import Cast, SignedIn

from nhipcau.apps.access.waiting import waiting_for
from nhipcau.apps.orgs.models import OrganisationSet, SetMember
from nhipcau.apps.plans.actions import remove_document
from nhipcau.apps.plans.models import Document, OwnPlan, OwnPlanDuty, Task
from nhipcau.apps.plans.tests.estimates import task_of
from nhipcau.apps.plans.views.tests.conftest import Own

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_folder(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "files"
    settings.DATA = tmp_path


@pytest.fixture
def above(cast: Cast) -> Task:
    """A task of the plan, of Sở A and of the commune."""
    return task_of(cast, "Tổ chức kết nối kiều bào", cast.department_a, cast.commune)


def page(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200, response.status_code
    return response.content.decode()


def stated(signed_in: SignedIn, above: Task, **values: Any) -> OwnPlanDuty:
    address = f"/plans/{above.document_id}/own-plans/new/"
    answer = signed_in("coordinator").post(address, {"due_on": "", **values})
    assert answer.status_code == 302, answer.content.decode()
    return OwnPlanDuty.objects.get()


def of(duty: OwnPlanDuty, organisation: Any) -> OwnPlan:
    return duty.units.get(organisation=organisation)


def test_all_that_are_charged_have_to_issue_and_the_page_says_who_has(
    cast: Cast, above: Task, signed_in: SignedIn
) -> None:
    yesterday = timezone.localdate() - timedelta(days=1)
    duty = stated(signed_in, above, due_on=f"{yesterday:%d/%m/%Y}", phrase="Các đơn vị ban hành kế hoạch")
    assert {row.organisation_id for row in duty.units.all()} == {cast.department_a.pk, cast.commune.pk}
    address = f"/plans/{above.document_id}/own-plans/"
    assert "0 of 2 units have issued their plans" in page(signed_in("leader"), address)

    mine = of(duty, cast.commune)
    form = {"number": "07/KH-UBND", "issued_on": f"{yesterday:%d/%m/%Y}", "link": "https://example.vn/kh"}
    file = SimpleUploadedFile("kế hoạch.txt", "Kế hoạch của xã".encode())
    client = signed_in("commune_officer")
    assert client.post(f"/own-plans/{mine.pk}/", {**form, "file": file}).status_code == 302
    shown = page(signed_in("leader"), address)
    assert "1 of 2 units have issued their plans" in shown
    assert "Issued in time" in shown
    assert "Not issued, past its date" in shown
    answer = signed_in("outsider").get(f"/own-plans/{mine.pk}/file/")
    assert b"".join(answer).decode() == "Kế hoạch của xã"  # type: ignore[arg-type]
    only = page(signed_in("leader"), f"{address}?state=missing&q=cong+thuong")
    assert "07/KH-UBND" not in only

    body = signed_in("leader").post(address + "export/", {"format": "csv", "filters": "state=issued"})
    rows = list(csv.DictReader(io.StringIO(body.content.decode("utf-8-sig"))))
    assert [(row["Number"], row["State"]) for row in rows] == [("07/KH-UBND", "Issued in time")]


def test_a_unit_enters_its_own_plan_alone(cast: Cast, above: Task, signed_in: SignedIn) -> None:
    duty = stated(signed_in, above)
    other = of(duty, cast.department_a)
    form = {"number": "1/KH", "issued_on": "1/6/2026"}
    assert signed_in("commune_officer").post(f"/own-plans/{other.pk}/", form).status_code == 403
    tomorrow = timezone.localdate() + timedelta(days=1)
    early = signed_in("officer").post(
        f"/own-plans/{other.pk}/", {**form, "issued_on": f"{tomorrow:%d/%m/%Y}"}
    )
    assert early.status_code == 422
    script = signed_in("officer").post(f"/own-plans/{other.pk}/", {**form, "link": "javascript:alert(1)"})
    assert script.status_code == 422
    other.refresh_from_db()
    assert other.issued_on is None


def test_a_group_is_its_members_on_the_plans_day(cast: Cast, above: Task, signed_in: SignedIn) -> None:
    group = OrganisationSet.objects.create(name="Các xã", confirmed_at=timezone.now())
    SetMember.objects.create(set=group, organisation=cast.commune, valid=(date(2020, 1, 1), None))
    duty = stated(signed_in, above, group=group.pk)
    assert [row.organisation_id for row in duty.units.all()] == [cast.commune.pk]
    empty = OrganisationSet.objects.create(name="Không ai", confirmed_at=timezone.now())
    answer = signed_in("coordinator").post(
        f"/plans/{above.document_id}/own-plans/new/", {"group": empty.pk, "due_on": ""}
    )
    assert answer.status_code == 422
    assert "Nobody would have to issue a plan" in answer.content.decode()


def test_an_excused_unit_is_not_counted_and_a_duty_with_an_answer_stays(
    cast: Cast, above: Task, signed_in: SignedIn
) -> None:
    duty = stated(signed_in, above)
    unit = of(duty, cast.department_a)
    excuse = {"reason": "Lồng ghép vào kế hoạch chung"}
    assert signed_in("officer").post(f"/own-plans/{unit.pk}/excuse/", excuse).status_code == 403
    assert signed_in("coordinator").post(f"/own-plans/{unit.pk}/excuse/", {}).status_code == 422
    assert signed_in("coordinator").post(f"/own-plans/{unit.pk}/excuse/", excuse).status_code == 302
    address = f"/plans/{above.document_id}/own-plans/"
    assert "0 of 1 unit has issued its plan" in page(signed_in("coordinator"), address)
    form = {"number": "1/KH", "issued_on": "1/6/2026"}
    assert signed_in("coordinator").post(f"/own-plans/{of(duty, cast.commune).pk}/", form).status_code == 302
    gone = signed_in("coordinator").post(
        f"/own-plans/duties/{duty.pk}/drop/", {"reason": "Nhầm"}, follow=True
    )
    assert "the duty stays" in gone.content.decode()
    assert OwnPlanDuty.objects.exists()


def test_a_units_tasks_count_under_the_plan_above(cast: Cast, above: Task, signed_in: SignedIn) -> None:
    duty = stated(signed_in, above)
    unit, client = of(duty, cast.commune), signed_in("commune_officer")
    task = {"text": "Xã tổ chức gặp mặt kiều bào", "parent": above.pk, "due_on": "31/12/2026"}
    early = client.post(f"/own-plans/{unit.pk}/tasks/", task)
    assert "Enter number and day" in early.content.decode()
    client.post(f"/own-plans/{unit.pk}/", {"number": "07/KH-UBND", "issued_on": "1/6/2026"})
    assert client.post(f"/own-plans/{unit.pk}/tasks/", task).status_code == 302
    made = Task.objects.get(parent=above)
    assert (made.document.number, made.document.kind) == ("07/KH-UBND", Document.Kind.PLAN)
    other, again = of(duty, cast.department_a), signed_in("officer")
    again.post(f"/own-plans/{other.pk}/", {"number": "07/KH-UBND", "issued_on": "1/6/2026"})
    again.post(f"/own-plans/{other.pk}/tasks/", {**task, "text": "Sở cũng có số ấy"})
    assert Task.objects.get(text="Sở cũng có số ấy").document_id != made.document_id
    assert [row.organisation_id for row in made.assignments.all()] == [cast.commune.pk]
    assert "Xã tổ chức gặp mặt kiều bào" in page(client, f"/own-plans/{unit.pk}/")
    assert "0 of 1" in page(signed_in("coordinator"), f"/plans/{above.document_id}/own-plans/")
    hidden = task_of(cast, "Việc của Sở Tài chính", cast.department_b)
    assert client.post(f"/own-plans/{unit.pk}/tasks/", {**task, "parent": hidden.pk}).status_code == 422


def test_what_a_unit_has_to_issue_waits_on_its_first_page(
    cast: Cast, above: Task, signed_in: SignedIn
) -> None:
    stated(signed_in, above)
    assert any("/own-plans/" in each.href for each in waiting_for(cast.commune_officer))
    assert not any("/own-plans/" in each.href for each in waiting_for(cast.outsider))


def test_a_removed_plan_takes_its_duties_along(cast: Cast, above: Task, signed_in: SignedIn) -> None:
    stated(signed_in, above)
    remove_document(above.document, reason="Tải nhầm", actor=cast.coordinator)
    assert not OwnPlan.objects.exists()


def test_the_page_keeps_to_its_queries(
    cast: Cast, above: Task, signed_in: SignedIn, own_queries: Own
) -> None:
    stated(signed_in, above)
    assert len(own_queries(signed_in("coordinator"), f"/plans/{above.document_id}/own-plans/")) <= 7
