"""Kinds of task: proposed, said, and their records listed, counted and made into tasks."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from tests.cast import Cast, SignedIn

from nhipcau.apps.plans.actions import set_kind, set_parent
from nhipcau.apps.plans.models import (
    Course,
    Dissemination,
    Document,
    Inspection,
    InspectionFinding,
    Kind,
    Review,
    Task,
)
from nhipcau.apps.plans.tests.estimates import task_of
from nhipcau.apps.plans.views.tests.conftest import Own

pytestmark = pytest.mark.django_db
COURSE = "Tổ chức tập huấn công tác kiều bào cho cán bộ cấp xã"


@pytest.fixture(autouse=True)
def own_folder(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "files"
    settings.DATA = tmp_path


@pytest.fixture
def task(cast: Cast) -> Task:
    """Of Sở A and of a commune."""
    return task_of(cast, COURSE, cast.department_a, cast.commune)


def said(cast: Cast, task: Task, kind: str) -> Task:
    return set_kind(task, kind, actor=cast.coordinator)


def page(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200, response.status_code
    return response.content.decode()


def test_the_likely_kind_is_shown_and_confirmed_in_one_click(
    cast: Cast, task: Task, signed_in: SignedIn
) -> None:
    client = signed_in("officer")
    assert task.likely_kind == Kind.COURSE
    assert "Its words make likely" in page(client, f"/tasks/{task.pk}/")
    assert client.post(f"/tasks/{task.pk}/kind/", {"kind": "course"}).status_code == 302
    task.refresh_from_db()
    assert task.kind == Kind.COURSE
    assert "Every task has its kind" in page(signed_in("coordinator"), "/tasks/kinds/likely/")


def test_a_course_counts_its_participants_by_unit(cast: Cast, task: Task, signed_in: SignedIn) -> None:
    said(cast, task, "course")
    client = signed_in("officer")
    form = {
        "organisation": cast.department_a.pk,
        "topic": "Tập huấn đợt 1",
        "day": "5/4/2026",
        "taught_by": "Học viện",
        "units": "SCT: 12\nXã Cầu Ngang - 3\nHội thân nhân kiều bào: 1.005",
    }
    assert client.post(f"/tasks/{task.pk}/records/new/", form).status_code == 302
    course = Course.objects.get()
    assert [(row.organisation_id, row.count) for row in course.participants.all()] == [
        (cast.department_a.pk, 12),
        (cast.commune.pk, 3),
        (None, 1005),
    ]
    shown = page(client, "/tasks/kinds/course/")
    assert "1 training course" in shown
    assert "1,020 participants" in shown
    assert "1 of 1 tasks of this kind have one" in shown
    assert page(client, f"/tasks/kinds/course/{course.pk}/edit/").count("Hội thân nhân kiều bào: 1005") == 1

    bad = client.post(f"/tasks/{task.pk}/records/new/", {**form, "units": "Sở Công Thương"})
    assert bad.status_code == 422
    assert "as unit: number" in bad.content.decode()


def test_each_agency_keeps_its_own_and_sees_no_other(cast: Cast, task: Task, signed_in: SignedIn) -> None:
    said(cast, task, "session")
    form = {"topic": "Phổ biến", "form": "meeting", "attendance": "", "organisation": cast.commune.pk}
    assert signed_in("officer").post(f"/tasks/{task.pk}/records/new/", form).status_code == 422
    assert signed_in("commune_officer").post(f"/tasks/{task.pk}/records/new/", form).status_code == 302
    other = {**form, "organisation": cast.department_a.pk, "attendance": "40"}
    assert signed_in("officer").post(f"/tasks/{task.pk}/records/new/", other).status_code == 302

    own = Dissemination.objects.get(organisation=cast.commune)
    assert signed_in("officer").get(f"/tasks/kinds/session/{own.pk}/edit/").status_code == 404
    assert signed_in("leader").get(f"/tasks/kinds/session/{own.pk}/edit/").status_code == 403
    assert "1 dissemination session" in page(signed_in("officer"), "/tasks/kinds/session/")
    every = page(signed_in("coordinator"), "/tasks/kinds/session/")
    assert "40 people attended, known of 1 of 2 sessions" in every


def test_a_review_is_followed_to_its_answer_and_found_by_it(
    cast: Cast, task: Task, signed_in: SignedIn
) -> None:
    said(cast, task, "law")
    client = signed_in("officer")
    form = {
        "organisation": cast.department_a.pk,
        "topic": "Thông tư mẫu",
        "number": "01/2020/TT-BNG",
        "proposal": "amend",
        "addressee": "Bộ Ngoại giao",
        "sent_on": "1/6/2026",
    }
    early = client.post(
        f"/tasks/{task.pk}/records/new/", {**form, "result": "accepted", "result_on": "1/5/2026"}
    )
    assert early.status_code == 422
    assert client.post(f"/tasks/{task.pk}/records/new/", form).status_code == 302
    review = Review.objects.get()
    assert review.what == "law"
    assert "Thông tư mẫu" in page(client, "/tasks/kinds/law/?result=none&q=ngoai+giao")
    assert "Thông tư mẫu" not in page(client, "/tasks/kinds/law/?result=accepted")
    assert (
        client.post(
            f"/tasks/kinds/law/{review.pk}/edit/", {**form, "result": "accepted", "result_on": "1/7/2026"}
        ).status_code
        == 302
    )
    assert "1 with a proposal, 1 answered" in page(client, "/tasks/kinds/law/")
    assert "simplify" not in page(client, f"/tasks/kinds/law/{review.pk}/edit/")


def test_a_list_is_a_file_too_and_text_is_no_formula(cast: Cast, task: Task, signed_in: SignedIn) -> None:
    said(cast, task, "course")
    form = {"organisation": cast.department_a.pk, "topic": "=1+1", "units": "SCT: 2"}
    client = signed_in("officer")
    assert client.post(f"/tasks/{task.pk}/records/new/", form).status_code == 302
    body = client.post("/tasks/kinds/course/export/", {"format": "csv"}).content.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(body)))
    assert [(row["Topic"], row["Participants"], row["Participants by unit"]) for row in rows] == [
        ("'=1+1", "2", "SCT: 2")
    ]
    nothing = client.post("/tasks/kinds/course/export/", {"format": "csv", "filters": "q=khac"})
    assert len(nothing.content.decode("utf-8-sig").strip().splitlines()) == 1


def test_a_finding_becomes_a_task_whose_source_are_the_minutes(
    cast: Cast, task: Task, signed_in: SignedIn
) -> None:
    said(cast, task, "inspection")
    client = signed_in("officer")
    form = {
        "organisation": cast.department_a.pk,
        "topic": "Kiểm tra việc thực hiện",
        "day": "10/11/2026",
        "units": "Xã Cầu Ngang",
        "minutes_number": "05/BB-SCT",
        "minutes_day": "11/11/2026",
        "minutes_file": SimpleUploadedFile("biên bản.txt", "Biên bản kiểm tra".encode()),
    }
    assert client.post(f"/tasks/{task.pk}/records/new/", form).status_code == 302
    visit = Inspection.objects.get()
    assert visit.units.get().organisation_id == cast.commune.pk
    file = client.get(f"/tasks/inspections/{visit.pk}/papers/minutes/")
    assert b"".join(file).decode() == "Biên bản kiểm tra"  # type: ignore[arg-type]
    assert signed_in("outsider").get(f"/tasks/inspections/{visit.pk}/papers/minutes/").status_code == 404

    finding = {"text": "Lập sổ theo dõi kiều bào", "organisation": cast.commune.pk, "due_on": "31/12/2026"}
    assert client.post(f"/tasks/inspections/{visit.pk}/findings/", finding).status_code == 302
    found = InspectionFinding.objects.get()
    assert client.post(f"/tasks/findings/{found.pk}/task/").status_code == 403
    coordinator = signed_in("coordinator")
    first = coordinator.post(f"/tasks/findings/{found.pk}/task/")
    assert coordinator.post(f"/tasks/findings/{found.pk}/task/")["Location"] == first["Location"]

    found.refresh_from_db()
    assert found.task is not None
    made = found.task
    assert (made.document.kind, made.document.number) == (Document.Kind.MINUTES, "05/BB-SCT")
    assert [row.organisation_id for row in made.assignments.all()] == [cast.commune.pk]
    assert made.text in page(signed_in("commune_officer"), f"/tasks/{made.pk}/")
    assert "Every finding has become a task" in page(client, f"/tasks/inspections/{visit.pk}/")
    assert "1 findings, 0 without a task" in page(coordinator, "/tasks/kinds/inspection/")
    kept = client.post(f"/tasks/findings/{found.pk}/drop/", {"reason": "Nhầm"})
    assert kept.status_code == 422


def test_a_record_entered_by_mistake_leaves_the_lists_with_its_reason(
    cast: Cast, task: Task, signed_in: SignedIn
) -> None:
    said(cast, task, "course")
    form = {"organisation": cast.department_a.pk, "topic": "Nhầm", "units": ""}
    client = signed_in("officer")
    client.post(f"/tasks/{task.pk}/records/new/", form)
    refused = client.post(f"/tasks/{task.pk}/kind/", {"kind": "session"}, follow=True)
    assert "Drop them first" in refused.content.decode()
    address = f"/tasks/kinds/course/{Course.objects.get().pk}/drop/"
    assert client.post(address, {"reason": ""}).status_code == 422
    assert client.post(address, {"reason": "Nhập nhầm nhiệm vụ"}).status_code == 302
    assert "0 training courses" in page(client, "/tasks/kinds/course/")
    assert client.post(f"/tasks/{task.pk}/kind/", {"kind": "session"}).status_code == 302


def test_a_units_task_points_to_the_one_above_and_both_say_so(
    cast: Cast, task: Task, signed_in: SignedIn
) -> None:
    below = task_of(cast, "Xã mở lớp tập huấn của mình", cast.commune)
    client = signed_in("commune_officer")
    assert COURSE in page(client, f"/tasks/{below.pk}/parent/?q=tap+huan")
    assert client.post(f"/tasks/{below.pk}/parent/", {"parent": task.pk}).status_code == 302
    assert COURSE in page(client, f"/tasks/{below.pk}/")
    above = page(signed_in("coordinator"), f"/tasks/{task.pk}/")
    assert "Xã mở lớp tập huấn của mình" in above
    assert "0 of 1" in above
    assert "Xã mở lớp" not in page(signed_in("officer"), f"/tasks/{task.pk}/")

    ring = signed_in("coordinator").post(f"/tasks/{task.pk}/parent/", {"parent": below.pk})
    assert ring.status_code == 409
    assert "itself part of this one" in ring.content.decode()
    hidden = task_of(cast, "Việc của Sở Tài chính", cast.department_b)
    assert client.post(f"/tasks/{below.pk}/parent/", {"parent": hidden.pk}).status_code == 404
    assert client.post(f"/tasks/{below.pk}/parent/", {"parent": ""}).status_code == 302
    below.refresh_from_db()
    assert below.parent_id is None


def test_the_lists_keep_to_their_queries(
    cast: Cast, task: Task, signed_in: SignedIn, own_queries: Own
) -> None:
    said(cast, task, "course")
    people = {"created_by": cast.officer, "changed_by": cast.officer}
    for n in range(12):
        course = Course.objects.create(
            task=task, organisation=cast.department_a, topic=f"Lớp {n}", day=timezone.localdate(), **people
        )
        course.participants.create(unit="SCT", count=n)
    client = signed_in("coordinator")
    assert len(own_queries(client, "/tasks/kinds/course/")) <= 12
    assert len(own_queries(client, "/tasks/kinds/likely/")) <= 3
    assert len(own_queries(client, "/tasks/kinds/")) <= 8
    set_parent(task_of(cast, "Việc con", cast.commune), task, actor=cast.coordinator)
    before = len(own_queries(client, f"/tasks/{task.pk}/"))
    for n in range(5):
        set_parent(task_of(cast, f"Việc con {n}", cast.commune), task, actor=cast.coordinator)
    assert len(own_queries(client, f"/tasks/{task.pk}/")) == before
