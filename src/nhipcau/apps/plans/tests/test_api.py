"""The programming interface shows and changes what its person may, no more."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from tests.cast import Cast

from nhipcau.apps.access.actions import create_token, end_token
from nhipcau.apps.access.refusals import Refused
from nhipcau.apps.accounts.models import ApiToken, User
from nhipcau.apps.plans.actions import enter_task
from nhipcau.apps.plans.drafting import Named
from nhipcau.apps.plans.models import Assignment, Task, Update

pytestmark = pytest.mark.django_db


class Program:
    """Asks with a key of the user's."""

    def __init__(self, user: User, *, writes: bool = True, days: int = 30) -> None:
        self.token, self.key = create_token(name="Bảng theo dõi", days=days, writes=writes, actor=user)
        self.client = Client(headers={"authorization": f"Bearer {self.key}", "accept-language": "vi"})

    def get(self, address: str) -> Any:
        return self.client.get(f"/api/v1/{address}")

    def post(self, address: str, data: object, **headers: str) -> Any:
        body = "application/json"
        return self.client.post(f"/api/v1/{address}", data, content_type=body, headers=headers)


@pytest.fixture
def tasks(cast: Cast) -> dict[str, Task]:
    def enter(name: str) -> Task:
        due = timezone.localdate() + timedelta(days=7)
        named = [Named(name, "lead")]
        return enter_task(
            f"Việc của {name}", named, actor=cast.coordinator, kind="conclusion", number="1/TB", due_on=due
        )

    return {"a": enter("Sở Công Thương tỉnh Mẫu"), "b": enter("Sở Tài chính tỉnh Mẫu")}


def part_of(task: Task) -> Assignment:
    return Assignment.objects.get(task=task)


def test_a_list_shows_what_the_person_sees(cast: Cast, tasks: dict[str, Task]) -> None:
    def seen(user: User, query: str = "") -> list[int]:
        return [each["id"] for each in Program(user).get(f"tasks/{query}").json()["results"]]

    assert sorted(seen(cast.coordinator)) == sorted(task.pk for task in tasks.values())
    assert seen(cast.officer) == [tasks["a"].pk]
    assert seen(cast.commune_officer) == []
    assert seen(cast.coordinator, "?q=tai chinh") == [tasks["b"].pk]
    assert seen(cast.coordinator, f"?agency={cast.department_a.pk}&role=lead") == [tasks["a"].pk]
    assert seen(cast.coordinator, f"?agency={cast.department_a.pk}&role=advise") == []
    assert seen(cast.coordinator, "?outcome=open_overdue") == []


def test_a_task_of_another_agency_is_not_there(cast: Cast, tasks: dict[str, Task]) -> None:
    program = Program(cast.officer)
    shown = program.get(f"tasks/{tasks['a'].pk}/").json()
    assert [each["organisation"] for each in shown["assignments"]] == [cast.department_a.pk]
    assert shown["due_dates"][0]["due_on"] == shown["due_on"]
    others = part_of(tasks["b"])
    for address in (f"tasks/{tasks['b'].pk}/", f"assignments/{others.pk}/updates/", "plans/999/"):
        missing = program.get(address)
        assert (missing.status_code, missing.json()["code"]) == (404, "not_found")


def test_an_update_is_sent_once_whatever_the_network_does(cast: Cast, tasks: dict[str, Task]) -> None:
    program, part = Program(cast.officer), part_of(tasks["a"])
    address, key = f"assignments/{part.pk}/updates/", str(uuid.uuid4())
    sent = {"text": "Đã gửi văn bản", "percent": 40, "links": ["https://example.vn/van-ban"]}

    first = program.post(address, sent, **{"Idempotency-Key": key})
    again = program.post(address, sent, **{"Idempotency-Key": key})

    assert (first.status_code, again.status_code) == (201, 201)
    assert first.json()["id"] == again.json()["id"]
    assert [each["percent"] for each in program.get(address).json()["results"]] == [40]
    assert program.get(f"assignments/{part.pk}/").json()["status"] == "in_progress"


def test_wrong_input_is_told_in_the_person_s_language_and_nothing_is_kept(
    cast: Cast, tasks: dict[str, Task]
) -> None:
    program, part = Program(cast.officer), part_of(tasks["a"])
    address = f"assignments/{part.pk}/updates/"
    for sent in ({}, {"text": " "}, {"text": "a", "percent": 140}, {"text": "a", "links": ["javascript:1"]}):
        refused = program.post(address, sent)
        assert refused.status_code == 400
        assert refused.json()["code"] == "invalid"
        assert refused.json()["message"]
    bad_key = program.post(address, {"text": "a"}, **{"Idempotency-Key": "một"})
    assert bad_key.status_code == 400
    program.post(address, {"text": "Xong", "done": True})
    stale = program.post(address, {"text": "Lần nữa"})
    assert stale.status_code == 409
    assert stale.json()["code"] != "error"
    assert Update.objects.count() == 1
    assert program.get("tasks/?due_from=ngày mai").status_code == 400


def test_a_key_that_only_reads_changes_nothing(cast: Cast, tasks: dict[str, Task]) -> None:
    program, part = Program(cast.officer, writes=False), part_of(tasks["a"])
    refused = program.post(f"assignments/{part.pk}/updates/", {"text": "Xong"})
    assert (refused.status_code, refused.json()["code"]) == (403, "permission_denied")
    assert not Update.objects.exists()
    reader = Program(cast.reader)
    assert reader.post(f"assignments/{part.pk}/updates/", {"text": "Xong"}).status_code == 403


def test_a_key_that_is_wrong_ended_or_late_and_a_locked_person_get_one_answer(
    cast: Cast, tasks: dict[str, Task]
) -> None:
    wrong = Client(headers={"authorization": "Bearer nc_khong-co"}).get("/api/v1/tasks/")
    ended, late, locked = Program(cast.officer), Program(cast.officer), Program(cast.outsider)
    end_token(ended.token, actor=cast.officer)
    yesterday = timezone.localdate() - timedelta(days=1)
    ApiToken.objects.filter(pk=late.token.pk).update(expires_on=yesterday)
    User.objects.filter(pk=cast.outsider.pk).update(is_active=False)

    answers = [wrong, *(each.get("tasks/") for each in (ended, late, locked))]

    assert {answer.status_code for answer in answers} == {401}
    assert {answer.json()["code"] for answer in answers} == {"authentication_failed"}
    assert Client().get("/api/v1/tasks/").status_code == 401


def test_keys_are_kept_as_digests_and_end_within_a_year(cast: Cast) -> None:
    program = Program(cast.officer)
    kept = ApiToken.objects.values().get(pk=program.token.pk)
    assert program.key not in str(kept)
    for name, days in (("", 30), ("Bảng", 0), ("Bảng", 367)):
        with pytest.raises(Refused):
            create_token(name=name, days=days, writes=False, actor=cast.officer)


def test_a_page_of_fifty_takes_as_many_queries_as_one_of_two(cast: Cast, tasks: dict[str, Task]) -> None:
    program, taken = Program(cast.coordinator), []
    program.get("tasks/")  # the day of its last use is written once
    for more in (0, 48):
        for _ in range(more):
            enter_task(
                "Việc", [Named("Sở Tài chính", "lead")], actor=cast.coordinator, kind="note", number="2/TB"
            )
        with CaptureQueriesContext(connection) as queries:
            assert program.get("tasks/").json()["count"] == 2 + more
        taken.append(len(queries))
    assert taken[0] == taken[1]
