"""The pages of an assignment's life: what each shows first, takes, refuses and keeps."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from tests.cast import Cast, SignedIn, make_organisation
from tests.life import report

from nhipcau.apps.files.models import Upload
from nhipcau.apps.orgs.models import Appointment, OrganisationSet
from nhipcau.apps.plans.actions import comment_task, raise_obstacle, set_agency_steps
from nhipcau.apps.plans.awaiting import work_waiting
from nhipcau.apps.plans.models import AgencySteps, Assignment, Comment, Evidence, Obstacle, Task
from nhipcau.apps.plans.tests.test_life import given

TODAY = timezone.localdate()
TEXT = "Danh sách 42 chuyên gia.".encode()


@pytest.fixture(autouse=True)
def folder(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


def sent(**more: Any) -> dict[str, Any]:
    return {"key": str(uuid4()), "text": "Đã lập danh sách.", "state": "progress", **more}


def file(content: bytes = TEXT, name: str = "danh sách.txt") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def shut(answer: Any) -> None:
    """Close its file; `close` of the answer would end the connection too."""
    for close in answer._resource_closers:
        close()


def test_evidence_goes_with_the_update_to_those_who_see_the_task(signed_in: SignedIn, cast: Cast) -> None:
    mine = given(cast)
    client = signed_in("officer")
    links = "https://lamgiang.example.vn/tin\nhttp://baolamgiang.example.vn"
    client.post(f"/tasks/roles/{mine.pk}/", sent(evidence=[file(), file(b"B", "b.txt")], links=links))
    update = mine.updates.get()
    assert [each.name for each in update.evidence.all()] == ["danh sách.txt", "b.txt"]
    page = signed_in("coordinator").get(f"/tasks/{mine.task_id}/").content.decode()
    assert 'href="https://lamgiang.example.vn/tin" rel="noopener noreferrer nofollow"' in page
    first = update.evidence.order_by("pk").first()
    assert first is not None
    address = f"/tasks/evidence/{first.pk}/"
    answer = signed_in("coordinator").get(address)
    assert b"".join(answer.streaming_content) == TEXT  # type: ignore[attr-defined]
    assert "attachment" in answer["Content-Disposition"]
    shut(answer)
    for stranger in ("outsider", "commune_officer"):
        assert signed_in(stranger).get(address).status_code == 404


def test_the_same_bytes_under_another_name_bear_that_name(signed_in: SignedIn, cast: Cast) -> None:
    one, two = given(cast), given(cast, "Sở Tài chính")
    signed_in("officer").post(f"/tasks/roles/{one.pk}/", sent(evidence=[file(name="riêng của A.txt")]))
    signed_in("outsider").post(f"/tasks/roles/{two.pk}/", sent(evidence=[file(name="b.txt")]))
    assert Upload.objects.count() == 1
    shown = Evidence.objects.get(update__assignment=two)
    answer = signed_in("outsider").get(f"/tasks/evidence/{shown.pk}/")
    assert answer["Content-Disposition"] == 'attachment; filename="b.txt"'
    shut(answer)


def test_a_refused_file_costs_neither_the_text_nor_the_good_files(signed_in: SignedIn, cast: Cast) -> None:
    mine, client = given(cast), signed_in("officer")
    address, data = f"/tasks/roles/{mine.pk}/", sent()
    response = client.post(address, {**data, "evidence": [file(), file(b"MZ\x90\x00" * 40, "a.exe")]})
    assert response.status_code == 422
    page = response.content.decode()
    assert "Đã lập danh sách." in page
    assert "a.exe" in page
    assert not mine.updates.exists()
    token = response.context["form"].kept[0].token
    assert client.post(address, {**data, "kept": [token, "giả", token]}).status_code == 302
    assert [each.name for each in mine.updates.get().evidence.all()] == ["danh sách.txt"]


def test_a_kept_file_is_hers_alone(signed_in: SignedIn, cast: Cast) -> None:
    mine, other = given(cast), given(cast, "Sở Tài chính")
    bad = sent(evidence=[file()], percent="900")
    response = signed_in("officer").post(f"/tasks/roles/{mine.pk}/", bad)
    token = response.context["form"].kept[0].token
    signed_in("outsider").post(f"/tasks/roles/{other.pk}/", sent(kept=[token]))
    assert other.updates.get().evidence.count() == 0


@pytest.mark.parametrize(
    "link",
    [
        "javascript:alert(1)",
        "ftp://a.vn/x",
        "https://",
        "https://ten:mk@a.vn",
        "//a.vn",
        "https://a.vn/\u202ex",
    ],
)
def test_a_link_is_a_web_address(signed_in: SignedIn, cast: Cast, link: str) -> None:
    mine = given(cast)
    response = signed_in("officer").post(f"/tasks/roles/{mine.pk}/", sent(links=link))
    assert response.status_code == 422
    assert not mine.updates.exists()


def test_the_count_is_asked_where_there_is_a_target(signed_in: SignedIn, cast: Cast) -> None:
    mine = given(cast)
    coordinator = signed_in("coordinator")
    assert coordinator.post(f"/tasks/{mine.task_id}/target/", {"target": "50"}).status_code == 422
    coordinator.post(f"/tasks/{mine.task_id}/target/", {"target": "50", "unit": "doanh nghiệp"})
    client = signed_in("officer")
    assert (
        "Of <span data-user-text>50</span> <span data-user-text>doanh nghiệp</span>."
        in client.get(f"/tasks/roles/{mine.pk}/").content.decode()
    )
    client.post(f"/tasks/roles/{mine.pk}/", sent(count="12"))
    mine.refresh_from_db()
    assert (mine.count, mine.percent) == (12, None)
    assert "12 of 50" in client.get(f"/tasks/{mine.task_id}/").content.decode()


def accepting(client: Client, row: Assignment, version: int) -> Any:
    return client.post(f"/tasks/roles/{row.pk}/accept/", {"version": str(version)})


def test_the_coordinator_returns_then_accepts_and_both_read_why(signed_in: SignedIn, cast: Cast) -> None:
    mine = report(given(cast), cast.officer)
    client = signed_in("coordinator")
    assert "reports that it is done" in client.get(f"/tasks/{mine.task_id}/").content.decode()
    address, version = f"/tasks/roles/{mine.pk}/return/", str(mine.version)
    assert client.post(address, {"version": version, "reason": ""}).status_code == 422
    assert client.post(address, {"version": version, "reason": "Thiếu số liệu xã"}).status_code == 302
    late = signed_in("second_coordinator").post(address, {"version": version, "reason": "Sai mẫu"})
    assert late.status_code == 409
    assert cast.coordinator.full_name in late.content.decode()
    officer = signed_in("officer")
    for page in (f"/tasks/{mine.task_id}/", f"/tasks/roles/{mine.pk}/"):
        assert "Thiếu số liệu xã" in officer.get(page).content.decode()
    mine = report(mine, cast.officer)
    assert accepting(client, mine, mine.version).status_code == 302
    assert accepting(signed_in("second_coordinator"), mine, mine.version).status_code == 409
    assert "Thiếu số liệu xã" in client.get(f"/tasks/{mine.task_id}/").content.decode()


def group_task(cast: Cast, members: int = 5) -> Task:
    group = OrganisationSet.objects.create(name="Các sở, ban, ngành", confirmed_at=timezone.now())
    task = given(cast).task
    task.assignments.all().delete()
    for number in range(members):
        body = make_organisation(f"Sở Thứ {number} tỉnh Mẫu", "department")
        Assignment.objects.create(task=task, organisation=body, set=group, role="responsible")
    return task


def test_reports_of_a_groups_members_are_accepted_together(signed_in: SignedIn, cast: Cast) -> None:
    task = group_task(cast)
    rows = [report(row, cast.coordinator) for row in task.assignments.order_by("pk")[:3]]
    client = signed_in("coordinator")
    page = client.get(f"/tasks/{task.pk}/").content.decode()
    assert "Accept 3 reports" in page
    assert "Who is missing (5)" in page
    ticked = [f"{row.pk}:{row.version}" for row in rows]
    ticked[2] = f"{rows[2].pk}:{rows[2].version - 1}"
    response = client.post(f"/tasks/{task.pk}/accept/", {"part": ticked}, follow=True)
    words = response.content.decode()
    assert "2 reports are accepted" in words
    assert "Sở Thứ 2 tỉnh Mẫu" in words
    assert task.assignments.filter(status="accepted").count() == 2
    assert client.post(f"/tasks/{task.pk}/accept/", {}).status_code == 422


def test_the_steps_inside_an_agency_have_their_buttons(signed_in: SignedIn, cast: Cast) -> None:
    set_agency_steps(cast.department_a, receives=True, assigns=True, approves=True, actor=cast.coordinator)
    mine, client = given(cast), signed_in("officer")
    page, address = f"/tasks/{mine.task_id}/", f"/tasks/roles/{mine.pk}"
    assert "1 task to receive" in client.get("/").content.decode()
    assert "receive it" in client.get(page).content.decode()
    assert client.post(f"{address}/receive/", {"version": "0"}).status_code == 302
    assert "Who works on it?" in client.get(page).content.decode()
    data = {"version": "1", "specialist": str(cast.officer.pk)}
    assert client.post(f"{address}/assign/", data).status_code == 302
    Appointment.objects.filter(user=cast.officer).update(post="specialist")
    assert client.post(f"{address}/", sent(state="done")).status_code == 302
    assert "waits for the head" in client.get(page).content.decode()
    Appointment.objects.filter(user=cast.officer).update(post="head")
    assert "1 report to approve" in client.get("/").content.decode()
    assert client.get("/tasks/?status=to_approve").context["rows"][0].task.pk == mine.task_id
    mine.refresh_from_db()
    back = client.post(f"{address}/give-back/", {"version": str(mine.version), "reason": ""})
    assert back.status_code == 422
    assert client.post(f"{address}/approve/", {"version": str(mine.version)}).status_code == 302
    assert client.post(f"{address}/approve/", {"version": str(mine.version)}).status_code == 409
    mine.refresh_from_db()
    assert mine.status == "reported"
    assert "1 report waits to be accepted" in signed_in("coordinator").get("/").content.decode()


def test_each_agency_says_how_it_works(signed_in: SignedIn, cast: Cast) -> None:
    client = signed_in("coordinator")
    listed = client.get("/tasks/steps/?agency=Sở Công Thương tỉnh Mẫu")
    assert listed["Location"] == f"/tasks/steps/{cast.department_a.pk}/"
    assert "No agency has this name" in client.get("/tasks/steps/?agency=Sở X").content.decode()
    client.post(f"/tasks/steps/{cast.department_a.pk}/", {"approves": "on"})
    assert AgencySteps.objects.get().approves
    Appointment.objects.filter(user=cast.officer).update(post="specialist")
    assert signed_in("officer").post(f"/tasks/steps/{cast.department_a.pk}/", {}).status_code == 403
    assert signed_in("outsider").get(f"/tasks/steps/{cast.department_a.pk}/").status_code == 404


def test_what_is_stuck_is_found_decided_and_cleared(signed_in: SignedIn, cast: Cast) -> None:
    mine, officer, leader = given(cast, due_on=TODAY), signed_in("officer"), signed_in("leader")
    given(cast, due_on=TODAY)
    data = {"key": str(uuid4()), "text": "Chưa có kinh phí", "clearer": "Sở Tài chính tỉnh Mẫu"}
    for _again in range(2):
        assert officer.post(f"/tasks/roles/{mine.pk}/obstacle/", data).status_code == 302
    obstacle = Obstacle.objects.get()
    assert obstacle.clearer == cast.department_b
    found = leader.get("/tasks/?status=stuck").context["rows"]
    assert [(row.stuck, row.beyond) for row in found] == [(True, False)]
    assert [row.task.pk for row in found] == [mine.task_id]
    officer.post(f"/tasks/obstacles/{obstacle.pk}/escalate/", {"body": "Chủ tịch UBND tỉnh"})
    waits = [each.words for each in work_waiting(cast.leader)]
    assert waits == ["1 obstacle waits for a decision"]
    assert "Chưa có kinh phí" in leader.get("/").content.decode()
    heading = leader.get(f"/tasks/{mine.task_id}/").context["answer"]
    assert heading.endswith("waits for a decision from above")
    decision = {"decision": "Cấp 50 triệu đồng", "decided_on": f"{TODAY:%d/%m/%Y}"}
    assert leader.post(f"/tasks/obstacles/{obstacle.pk}/decide/", decision).status_code == 302
    again = leader.post(f"/tasks/obstacles/{obstacle.pk}/decide/", decision)
    assert again.status_code == 422
    page = officer.get(f"/tasks/{mine.task_id}/").content.decode()
    assert "Cấp 50 triệu đồng" in page
    officer.post(f"/tasks/obstacles/{obstacle.pk}/clear/", {"how": "Đã nhận kinh phí"})
    assert "Đã nhận kinh phí" in leader.get(f"/tasks/{mine.task_id}/").content.decode()
    assert leader.get("/tasks/?status=stuck").context["rows"] == []


def test_more_time_is_asked_for_and_decided(signed_in: SignedIn, cast: Cast) -> None:
    mine = given(cast, due_on=TODAY)
    until = TODAY + timedelta(days=9)
    address = f"/tasks/roles/{mine.pk}/extension/"
    officer, coordinator = signed_in("officer"), signed_in("coordinator")
    early = officer.post(address, {"until": f"{TODAY:%d/%m/%Y}", "reason": "Chờ số liệu"})
    assert early.status_code == 422
    assert "Chờ số liệu" in early.content.decode()
    officer.post(address, {"until": f"{until:%d/%m/%Y}", "reason": "Chờ số liệu"})
    request = mine.extensions.get()
    assert "1 request for more time waits" in coordinator.get("/").content.decode()
    decide = f"/tasks/extensions/{request.pk}/"
    assert "Chờ số liệu" in coordinator.get(decide).content.decode()
    assert coordinator.post(decide, {"grant": "yes", "reason": "Đồng ý"}).status_code == 302
    page = officer.get(f"/tasks/{mine.task_id}/").content.decode()
    assert f"{TODAY:%d/%m/%Y}" in page
    mine.refresh_from_db()
    assert mine.due_on == until


def test_comments_and_following_have_their_buttons(signed_in: SignedIn, cast: Cast) -> None:
    task, reader = given(cast).task, signed_in("reader")
    assert reader.post(f"/tasks/{task.pk}/follow/", follow=True).status_code == 200
    assert "Stop following" in reader.get(f"/tasks/{task.pk}/").content.decode()
    data = {"key": str(uuid4()), "text": "Đề nghị <b>gửi sớm</b>"}
    for _again in range(2):
        signed_in("leader").post(f"/tasks/{task.pk}/comment/", data)
    assert Comment.objects.count() == 1
    page = reader.get(f"/tasks/{task.pk}/").content.decode()
    assert "Đề nghị &lt;b&gt;gửi sớm&lt;/b&gt;" in page
    reader.post(f"/tasks/{task.pk}/unfollow/")
    assert not task.followings.exists()


def test_a_task_of_many_asks_the_same_few_questions(
    signed_in: SignedIn, cast: Cast, own_queries: Any
) -> None:
    counts = set()
    for size in (3, 30):
        task = group_task(cast, size)
        OrganisationSet.objects.update(name=f"Nhóm {size}")
        for row in task.assignments.order_by("pk")[: size // 3]:
            raise_obstacle(report(row, cast.coordinator), "Chờ", clearer_words="Bộ", actor=cast.coordinator)
        counts.add(len(own_queries(signed_in("coordinator"), f"/tasks/{task.pk}/")))
    assert max(counts) <= 24
    assert len(counts) == 1


def test_earlier_reports_are_a_page_further(signed_in: SignedIn, cast: Cast, monkeypatch: Any) -> None:
    monkeypatch.setattr("nhipcau.apps.plans.views.timeline.MOST", 2)
    mine, client = given(cast), signed_in("officer")
    for number in range(3):
        client.post(f"/tasks/roles/{mine.pk}/", sent(text=f"Đợt {number}"))
    first = client.get(f"/tasks/{mine.task_id}/")
    assert [told.update.text for told in first.context["updates"]] == ["Đợt 2", "Đợt 1"]
    further = client.get(f"/tasks/{mine.task_id}/?before={first.context['earlier']}")
    assert [told.update.text for told in further.context["updates"]] == ["Đợt 0"]
    assert client.get(f"/tasks/{mine.task_id}/?before=²").status_code == 200


def test_earlier_comments_and_what_happened_before_are_a_page_further(
    signed_in: SignedIn, cast: Cast, monkeypatch: Any
) -> None:
    monkeypatch.setattr("nhipcau.apps.plans.views.tasks.MOST_COMMENTS", 2)
    monkeypatch.setattr("nhipcau.apps.plans.views.task_history.MOST", 2)
    mine, client = given(cast), signed_in("officer")
    address = f"/tasks/{mine.task_id}/"
    for number in range(5):
        comment_task(mine.task, f"Lời {number}", actor=cast.officer)
        client.post(f"/tasks/roles/{mine.pk}/", sent(text=f"Đợt {number}"))
    seen: list[str] = []
    page = client.get(address)
    while page.context["earlier_comments"]:
        seen = [each.text for each in page.context["comments"]] + seen
        page = client.get(f"{address}?comments_before={page.context['earlier_comments']}")
        assert f'href="{address}#tlkh"' in page.content.decode()
    seen = [each.text for each in page.context["comments"]] + seen
    assert seen == [f"Lời {number}" for number in range(5)]
    page, lines = client.get(address), 0
    while page.context["history"].earlier:
        lines += len(page.context["history"].lines)
        page = client.get(f"{address}?history_before={page.context['history'].earlier}")
    lines += len(page.context["history"].lines)
    monkeypatch.setattr("nhipcau.apps.plans.views.task_history.MOST", 100)
    assert lines == len(client.get(address).context["history"].lines) > 5
    for odd in ("²", "-1", "x", "99999999999999999999999"):
        assert client.get(f"{address}?comments_before={odd}&history_before={odd}").status_code == 200
