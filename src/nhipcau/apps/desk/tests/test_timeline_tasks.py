"""A plan's tasks as bars: the days are right, however few or many there are."""

from __future__ import annotations

import csv
import io
import re
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from django.utils import timezone
from tests.cast import Cast, SignedIn

from nhipcau.apps.desk.spans import parts_of
from nhipcau.apps.desk.tests.test_overview import A, B, enter, finish
from nhipcau.apps.plans.models import Assignment, Status, Task, TaskPeriod
from nhipcau.apps.plans.spanning import Scale, began_on, scale_of, spanning, ticks_of
from nhipcau.apps.plans.views.task_rows import rows_of

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


def begun(task: Task, day: date) -> None:
    moment = timezone.make_aware(datetime.combine(day, time(9)))
    Task.objects.filter(pk=task.pk).update(created_at=moment)


@pytest.fixture
def tasks(cast: Cast) -> dict[str, Task]:
    """All of one paper: one overdue, one done late, one done in time, one open, one without a date."""
    made = {
        "over": enter(cast, A, -70),
        "late": enter(cast, A, -40),
        "done": enter(cast, B, -10),
        "open": enter(cast, B, 7),
        "undated": enter(cast, B, None),
    }
    Task.objects.update(document=made["over"].document)
    for task in made.values():
        begun(task, TODAY - timedelta(days=100))
    finish(made["late"], TODAY - timedelta(days=1))
    finish(made["done"], TODAY - timedelta(days=12))
    return {name: Task.objects.get(pk=task.pk) for name, task in made.items()}


def days(offset: int) -> date:
    return TODAY + timedelta(days=offset)


def test_a_bar_runs_from_the_beginning_to_the_due_day_and_on_when_it_is_late(
    cast: Cast, tasks: dict[str, Task]
) -> None:
    rows = {row.task.pk: row for row in rows_of(list(tasks.values()), cast.leader)}
    found = {name: parts_of(rows[task.pk], TODAY) for name, task in tasks.items()}
    assert found["over"] == [("open", days(-100), days(-70)), ("over", days(-70), TODAY)]
    assert found["late"] == [("late", days(-100), days(-1))]
    assert found["done"] == [("done", days(-100), days(-12))]
    assert found["open"] == [("open", days(-100), days(7))]
    assert found["undated"] == []


@pytest.mark.parametrize(
    ("entered", "issued", "opened", "due", "began"),
    [
        (-5, None, None, 7, -5),
        (-5, -20, None, 7, -20),
        (-20, -5, None, 7, -20),
        (-90, -100, -5, 7, -5),
        (-5, None, None, -10, -10),
        (-5, -20, None, None, -20),
    ],
)
def test_a_task_began_on_the_day_of_its_paper_or_of_its_period(
    entered: int, issued: int | None, opened: int | None, due: int | None, began: int
) -> None:
    now = timezone.now()
    task: Any = Task(created_at=now + timedelta(days=entered), due_on=None if due is None else days(due))
    task.issued_on = None if issued is None else days(issued)
    task.opened_at = None if opened is None else now + timedelta(days=opened)
    assert began_on(task) == days(began)


def test_a_later_period_begins_with_its_opening(cast: Cast, tasks: dict[str, Task]) -> None:
    opened = timezone.now() - timedelta(days=5)
    task, day = tasks["open"], days(7)
    TaskPeriod.objects.create(task=task, number=2, stated_on=day, due_on=day, opened_at=opened)
    assert began_on(spanning(Task.objects.filter(pk=task.pk)).get()) == days(-5)


def test_what_was_reported_and_waits_is_late_only_until_the_day_of_the_report(
    cast: Cast, tasks: dict[str, Task]
) -> None:
    Task.objects.filter(pk=tasks["over"].pk).update(status=Status.REPORTED, done_on=days(-60))
    (row,) = rows_of([Task.objects.get(pk=tasks["over"].pk)], cast.leader)
    assert parts_of(row, TODAY)[-1] == ("over", days(-70), days(-60))


def test_the_page_shows_every_bar_and_leads_to_the_task(
    cast: Cast, tasks: dict[str, Task], signed_in: SignedIn
) -> None:
    client = signed_in("leader")
    address = f"/overview/plans/{tasks['over'].document_id}/tasks/"
    page = client.get(address)
    assert [line.row.task.pk for line in page.context["lines"]] == [
        tasks[name].pk for name in ("over", "late", "done", "open", "undated")
    ]
    body = page.content.decode()
    assert body.count('class="ld-span"') == 4
    assert page.context["heading"].startswith("1")
    for task in tasks.values():
        assert f'href="/tasks/{task.pk}/"' in body
    places = [float(each) for each in re.findall(r'x="([0-9.]+)%"', body)]
    assert places and all(0 <= each <= 100 for each in places)
    over = client.get(f"{address}?outcome=open_overdue")
    assert [line.row.task.pk for line in over.context["lines"]] == [tasks["over"].pk]
    assert client.get(f"{address}?outcome=nonsense&page=x").status_code == 200


def test_one_task_alone_has_its_picture(cast: Cast, signed_in: SignedIn) -> None:
    task = enter(cast, A, 0)
    page = signed_in("leader").get(f"/overview/plans/{task.document_id}/tasks/")
    assert page.status_code == 200
    assert page.content.decode().count('class="ld-span"') == 1


def test_twenty_thousand_are_paged_and_ask_no_more_than_twenty(
    cast: Cast, signed_in: SignedIn, django_assert_max_num_queries: Any
) -> None:
    first = enter(cast, A, 3)
    many = [
        Task(
            document=first.document,
            text=f"Việc {n}",
            due_on=days(n % 900 - 300),
            created_by=cast.coordinator,
            status=Status.IN_PROGRESS,
        )
        for n in range(20_000)
    ]
    Task.objects.bulk_create(many, batch_size=5000)
    client = signed_in("leader")
    address = f"/overview/plans/{first.document_id}/tasks/"
    client.get(address)
    with django_assert_max_num_queries(20):
        page = client.get(address)
    assert len(page.context["lines"]) == 50
    at = client.get(f"{address}?page={page.context['this_month']}")
    dues = [line.row.due_on for line in at.context["lines"]]
    assert dues[0] <= TODAY.replace(day=1) <= dues[-1] or dues[0] >= TODAY.replace(day=1)


def test_an_officer_sees_her_own_part(cast: Cast, tasks: dict[str, Task], signed_in: SignedIn) -> None:
    Assignment.objects.filter(task=tasks["late"]).update(status=Status.IN_PROGRESS, done_on=None)
    page = signed_in("officer").get(f"/overview/plans/{tasks['over'].document_id}/tasks/")
    found = {line.row.task.pk: line.row.outcome.sign for line in page.context["lines"]}
    assert found == {tasks["over"].pk: "over", tasks["late"].pk: "over"}


def test_the_table_is_exported_with_its_days(cast: Cast, tasks: dict[str, Task], signed_in: SignedIn) -> None:
    address = f"/overview/plans/{tasks['over'].document_id}/tasks/export/"
    answer = signed_in("leader").post(address, {"format": "csv"})
    text = b"".join(answer).decode("utf-8-sig")  # type: ignore[call-overload]
    rows = list(csv.reader(io.StringIO(text)))
    assert len(rows) == 6
    assert f"{days(-100):%d}" in rows[1][2]


@pytest.mark.parametrize("length", [1, 40, 400, 4000, 40_000])
def test_a_scale_has_few_ticks_inside_it(length: int) -> None:
    scale = Scale(date(2014, 1, 20), date(2014, 1, 20) + timedelta(days=length))
    ticks = ticks_of(scale)
    assert len(ticks) <= 9
    assert all(scale.first < day <= scale.last for day in ticks)
    assert ticks or length < 32
    assert (scale.place(scale.first), scale.place(scale.last)) == (0, 100)


def test_a_plan_that_is_over_does_not_reach_to_today(cast: Cast) -> None:
    task = enter(cast, A, -3000)
    begun(task, days(-3100))
    finish(task, days(-3005))
    scale = scale_of(Task.objects.filter(pk=task.pk), TODAY)
    assert scale.last < days(-2900)
