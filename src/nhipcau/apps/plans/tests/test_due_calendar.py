"""Due dates keep what they were found by: a later calendar, another rule, move none."""

from __future__ import annotations

from datetime import UTC, date, datetime
from unittest.mock import patch

import pytest
from django.utils import timezone
from tests.cast import Cast, SignedIn

from nhipcau.apps.access.actors import System
from nhipcau.apps.plans.actions import approve_document, enter_task
from nhipcau.apps.plans.drafting import Named
from nhipcau.apps.plans.models import Document, DraftTask, DueDate, Outcome, Status, Task, outcome_of
from nhipcau.apps.reference.actions import Days, decide_days
from nhipcau.apps.reference.shipped import load

SATURDAY, FRIDAY = date(2027, 6, 5), date(2027, 6, 4)
SHIFT = "nhipcau.apps.plans.dates.settings.DUE_SHIFT"


def entered(cast: Cast, due_on: date | None, text: str = "Báo cáo danh sách") -> Task:
    return enter_task(
        text,
        [Named("Sở Công Thương", "lead")],
        kind=Document.Kind.CONCLUSION,
        number="5/TB",
        due_on=due_on,
        actor=cast.coordinator,
    )


@pytest.fixture
def calendar(db: None) -> None:
    load(actor=System("test"))


def approved(cast: Cast) -> Document:
    text = "Sở Công Thương báo cáo trước ngày 07/6/2027."
    plan = Document.objects.create(
        title="Kế hoạch", state=Document.State.DRAFT, created_by=cast.coordinator, reading={"text": text}
    )
    DraftTask.objects.create(
        document=plan,
        position=1,
        text=text,
        span_start=0,
        span_end=len(text),
        due=[
            {
                "kind": "date",
                "value": "2027-06-07",
                "of": "task",
                "bound": "before",
                "phrase": "trước ngày 07/6/2027",
                "rule": "x",
            }
        ],
    )
    return approve_document(plan, revision=0, actor=cast.coordinator)


@pytest.mark.parametrize(
    ("shift", "day"), [("none", SATURDAY), ("before", FRIDAY), ("after", date(2027, 6, 7))]
)
def test_an_entered_task_has_the_day_by_the_rule_of_the_instance(
    cast: Cast, calendar: None, shift: str, day: date
) -> None:
    with patch(SHIFT, shift):
        task = entered(cast, SATURDAY)
    row = task.due_dates.select_related("calendar_version").get()
    assert (task.due_on, row.due_on, row.stated_on, row.shift) == (day, day, SATURDAY, shift)
    assert row.calendar_version is not None and row.calendar_version.number == 2
    assert {given.due_on for given in task.assignments.all()} == {day}


def test_approval_keeps_phrase_rule_calendar_and_instant(cast: Cast, calendar: None) -> None:
    with patch(SHIFT, "before"):
        task = approved(cast).tasks.get()
    row = task.due_dates.select_related("calendar_version").get()
    assert (row.phrase, row.rule, row.shift) == ("trước ngày 07/6/2027", "x", "before")
    # 6/6 is a Sunday.
    assert (row.stated_on, row.due_on) == (date(2027, 6, 6), FRIDAY)
    assert row.instant == datetime(2027, 6, 4, 16, 59, 59, 999_000, tzinfo=UTC)
    assert row.calendar_version is not None and row.calendar_version.number == 2


def test_a_decision_made_later_moves_no_running_due_date(
    cast: Cast, calendar: None, signed_in: SignedIn
) -> None:
    with patch(SHIFT, "before"):
        plan, task = approved(cast), entered(cast, SATURDAY)
        before = list(DueDate.objects.order_by("pk").values())
        page = f"/tasks/{task.pk}/"
        was = signed_in("coordinator").get(page).content.decode()
        decide_days(
            "Hoán đổi", Days(off=[FRIDAY], working=[SATURDAY]), document="9/QĐ", actor=cast.coordinator
        )
        assert list(DueDate.objects.order_by("pk").values()) == before
        assert plan.tasks.get().due_on == FRIDAY
        now = signed_in("coordinator").get(page).content.decode()
        assert "bản 2" in was and "bản 2" in now and "bản 3" not in now
        later = entered(cast, SATURDAY, "Việc sau")
    assert later.due_on == SATURDAY
    assert later.due_dates.get().calendar_version.number == 3  # type: ignore[union-attr]


def test_another_rule_moves_no_running_due_date(cast: Cast, calendar: None) -> None:
    task = entered(cast, SATURDAY)
    with patch(SHIFT, "after"):
        assert entered(cast, SATURDAY, "Việc sau").due_on == date(2027, 6, 7)
        task.refresh_from_db()
        assert (task.due_on, task.due_dates.get().shift) == (SATURDAY, "none")


@pytest.mark.parametrize(
    ("now", "outcome"),
    [
        (datetime(2027, 6, 5, 16, 59, tzinfo=UTC), Outcome.OPEN_IN_TIME),  # 23:59 in Vietnam
        (datetime(2027, 6, 5, 17, 0, tzinfo=UTC), Outcome.OPEN_OVERDUE),  # 00:00 of the next day
    ],
)
def test_the_day_is_vietnams(now: datetime, outcome: Outcome) -> None:
    today = timezone.localdate(now)
    assert outcome_of(Status.NOT_BEGUN, SATURDAY, None, today) == outcome
