"""The leader's page and the pictures: what they count is what the list of tasks shows."""

from __future__ import annotations

import csv
import io
from datetime import date, timedelta
from itertools import pairwise

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from tests.cast import Cast, SignedIn

from nhipcau.apps.desk.figures import agency_lines, heat_lines, step_of
from nhipcau.apps.plans.actions import enter_task
from nhipcau.apps.plans.comparing import by_month, month_ends
from nhipcau.apps.plans.drafting import Named
from nhipcau.apps.plans.models import Assignment, Extension, Obstacle, OutcomeCounts, Status, Task

pytestmark = pytest.mark.django_db
A, B = "Sở Công Thương tỉnh Mẫu", "Sở Tài chính tỉnh Mẫu"


def enter(cast: Cast, agency: str, days: int | None, *, number: str = "1/TB") -> Task:
    today = timezone.localdate()
    due = None if days is None else today + timedelta(days=days)
    named = [Named(agency, "lead")]
    return enter_task("Việc", named, actor=cast.coordinator, kind="conclusion", number=number, due_on=due)


def finish(task: Task, day: date) -> None:
    for model in (Assignment, Task):
        rows = model.objects.filter(**({"task": task} if model is Assignment else {"pk": task.pk}))
        rows.update(status=Status.ACCEPTED, done_on=day)


@pytest.fixture
def tasks(cast: Cast) -> dict[str, Task]:
    """Of Sở A one overdue for 70 days, one done late; of Sở B one open, one without a date."""
    made = {
        "over": enter(cast, A, -70),
        "late": enter(cast, A, -40),
        "open": enter(cast, B, 7),
        "undated": enter(cast, B, None),
    }
    finish(made["late"], timezone.localdate() - timedelta(days=1))
    return made


def found(client: Client, href: str) -> set[int]:
    page = client.get(href)
    assert page.status_code == 200, href
    return {row.task.pk for row in page.context["rows"]}


def test_a_figure_leads_to_the_very_tasks(cast: Cast, tasks: dict[str, Task], signed_in: SignedIn) -> None:
    client = signed_in("leader")
    lines, totals, agencies = agency_lines(cast.leader)

    assert [line.name for line in lines] == [A, B]
    assert (totals, agencies) == (OutcomeCounts(0, 1, 2, 1), 2)
    for line in lines:
        for figure in line.figures:
            if figure.count:
                assert len(found(client, figure.href)) == figure.count, (line.name, figure)
    assert found(client, lines[0].figures[3].href) == {tasks["over"].pk}


def test_a_month_counts_what_was_overdue_when_it_ended(
    cast: Cast, tasks: dict[str, Task], signed_in: SignedIn
) -> None:
    client = signed_in("coordinator")
    ends, heat = heat_lines(cast.coordinator)
    assert [line.name for line in heat] == [A]
    for end, cell in zip(ends, heat[0].cells, strict=True):
        late = {task.pk for task in (tasks["over"], tasks["late"]) if task.due_on and task.due_on <= end}
        assert cell.count == len(late)
        assert (found(client, cell.href) if cell.href else set()) == late


def test_what_was_done_late_is_no_longer_overdue_afterwards(cast: Cast) -> None:
    task = enter(cast, A, -200)
    done = timezone.localdate() - timedelta(days=100)
    finish(task, done)
    assert task.due_on is not None
    shown = Task.objects.overdue_at
    assert list(shown(task.due_on)) == list(shown(done - timedelta(days=1))) == [task]
    assert not shown(task.due_on - timedelta(days=1)).exists()
    assert not shown(done).exists()


def test_months_stand_in_a_row_without_a_gap(cast: Cast) -> None:
    assert month_ends(date(2027, 3, 31), 3) == [date(2026, 12, 31), date(2027, 1, 31), date(2027, 2, 28)]
    assert month_ends(date(2024, 3, 1), 1) == [date(2024, 2, 29)]
    for days in (0, 95, None):
        enter(cast, A, days)
    months = by_month(Task.objects.all(), timezone.localdate())
    assert months[0].counts.total == 1
    assert months[-1].month is None
    dated = [each for each in months if each.month is not None]
    assert 4 <= len(dated) <= 5
    for earlier, later in pairwise(dated):
        assert earlier.last is not None
        assert later.month == earlier.last + timedelta(days=1)


@pytest.mark.parametrize(
    ("count", "step"), [(0, 0), (1, 1), (2, 2), (3, 2), (4, 3), (5, 3), (6, 4), (900, 4)]
)
def test_the_scale_is_the_one_that_is_printed(count: int, step: int) -> None:
    assert step_of(count) == step


def test_a_leader_sees_first_what_to_decide_and_what_is_stuck(
    cast: Cast, tasks: dict[str, Task], signed_in: SignedIn
) -> None:
    part = Assignment.objects.get(task=tasks["over"])
    common = {"assignment": part, "raised_by": cast.officer}
    Obstacle.objects.create(text="Chưa có mặt bằng", clearer=cast.department_b, **common)
    Obstacle.objects.create(text="Vượt khung", escalated_to="UBND tỉnh", clearer_words="UBND tỉnh", **common)
    Extension.objects.create(
        assignment=Assignment.objects.get(task=tasks["open"]),
        old_due_on=timezone.localdate(),
        new_due_on=timezone.localdate() + timedelta(days=30),
        reason="Chờ số liệu",
        asked_by=cast.outsider,
    )
    client = signed_in("leader")
    client.cookies["django_language"] = "en"

    page = client.get("/").content.decode()

    assert "2 things wait for a decision" in page
    assert page.index("UBND tỉnh") < page.index("Sở Tài chính tỉnh Mẫu")
    assert "Chưa có mặt bằng" in page
    assert signed_in("officer").get("/overview/").status_code == 403


def test_tables_are_exported_with_their_totals(
    cast: Cast, tasks: dict[str, Task], signed_in: SignedIn
) -> None:
    client = signed_in("coordinator")
    for address in (
        "/overview/agencies/",
        "/overview/months/",
        f"/overview/plans/{tasks['over'].document_id}/",
    ):
        assert client.get(address).status_code == 200
        file = client.post(f"{address}export/", {"format": "csv"})
        rows = list(csv.reader(io.StringIO(file.content.decode("utf-8-sig"))))
        assert len(rows) > 1
        assert len({len(row) for row in rows}) == 1
    agencies = client.post("/overview/agencies/export/", {"format": "csv"}).content.decode("utf-8-sig")
    assert agencies.splitlines()[-1].endswith("0,1,2,1,4")


def test_nothing_to_show_is_said(signed_in: SignedIn) -> None:
    for address in ("/overview/", "/overview/agencies/", "/overview/months/"):
        assert signed_in("leader").get(address).status_code == 200


def test_the_page_takes_as_many_queries_for_fifty_tasks_as_for_five(cast: Cast, signed_in: SignedIn) -> None:
    client, taken = signed_in("leader"), []
    for _round in range(2):
        for number in range(5 + 40 * len(taken)):
            task = enter(cast, (A, B)[number % 2], -number * 9)
            Obstacle.objects.create(assignment=task.assignments.get(), text="Vướng", raised_by=cast.officer)
        client.get("/overview/")
        with CaptureQueriesContext(connection) as queries:
            assert client.get("/overview/").status_code == 200
        taken.append(len(queries))
    assert taken[0] == taken[1], taken
