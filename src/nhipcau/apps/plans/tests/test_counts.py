"""What plans and tasks count themselves, by agency and window, one query each."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries
from tests.cast import Cast, SignedIn

from nhipcau.apps.indicators.registers import NamedCount, named_counts
from nhipcau.apps.plans.models import (
    Assignment,
    Consultation,
    ConsultationAnswer,
    Course,
    CourseParticipants,
    Dissemination,
    Document,
    Estimate,
    EstimateAmount,
    EstimateLine,
    Extension,
    Inspection,
    Obstacle,
    OwnPlan,
    OwnPlanDuty,
    PeriodPart,
    Review,
    Role,
    Task,
    TaskPeriod,
    Update,
)
from nhipcau.apps.plans.tests.estimates import opened
from nhipcau.core.workdays import VIETNAM, Window

pytestmark = pytest.mark.django_db
WINDOW = Window(date(2026, 1, 1), date(2026, 6, 14))
INSIDE, OUTSIDE = date(2026, 3, 5), date(2026, 6, 15)
TODAY = date(2026, 7, 1)
Figures = dict[str, Decimal]


def moment(day: date, hour: int = 10) -> datetime:
    return datetime(day.year, day.month, day.day, hour, tzinfo=VIETNAM)


@pytest.fixture
def plan(cast: Cast) -> Document:
    return Document.objects.create(created_by=cast.coordinator, state=Document.State.APPROVED)


Part = Callable[..., Assignment]


@pytest.fixture
def part(cast: Cast, plan: Document) -> Part:
    def make(**more: Any) -> Assignment:
        task = Task.objects.create(document=plan, text="Việc", created_by=cast.coordinator)
        values: dict[str, Any] = {"organisation": cast.department_a, "role": Role.LEAD, "due_on": INSIDE}
        return Assignment.objects.create(task=task, **(values | more))

    return make


@pytest.fixture
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("nhipcau.apps.plans.counting.timezone.localdate", lambda: TODAY)


def count(name: str) -> NamedCount:
    return next(each for each in named_counts() if each.name == name)


def figure(name: str, cast: Cast, window: Window = WINDOW) -> Decimal:
    """Of Sở A; that of all organisations and of none tell the same, and so do the years together."""
    found = count(name).counts(window, [cast.department_a.pk, cast.department_b.pk], None)
    assert dict(found) == dict(count(name).counts(window, None, None))
    assert not count(name).counts(window, [cast.commune.pk], None)
    whole = found.get((cast.department_a.pk, ""), Decimal(0))
    if "year" in count(name).splits:
        assert sum(by_year(name, cast, window).values()) == whole
    return whole


def by_year(name: str, cast: Cast, window: Window) -> Figures:
    found = count(name).counts(window, [cast.department_a.pk], "year")
    return {year: figure for (_organisation, year), figure in found.items()}


def test_four_outcomes_make_what_was_due(cast: Cast, part: Part, today: None) -> None:
    done = {"status": "accepted"}
    part(**done, done_on=INSIDE)
    part(**done, done_on=INSIDE + timedelta(days=1))
    part(status="reported", done_on=INSIDE)
    part()
    part(due_on=OUTSIDE)
    part(due_on=None)
    part(partner=True)
    part(ended_at=timezone.now())
    outcomes = ("done_in_time", "done_late", "open_in_time", "open_overdue")
    assert [figure(f"plans.tasks_{name}", cast) for name in outcomes] == [1, 1, 1, 1]
    assert figure("plans.tasks_due", cast) == 4


def test_a_task_that_comes_again_counts_once_a_period(cast: Cast, part: Part, today: None) -> None:
    row = part(due_on=date(2026, 6, 10))
    for number, (due_on, status) in enumerate([(INSIDE, "accepted"), (OUTSIDE, "accepted")], start=1):
        period = TaskPeriod.objects.create(
            task=row.task,
            number=number,
            stated_on=due_on,
            due_on=due_on,
            opened_at=moment(due_on),
            closed_at=moment(due_on),
        )
        PeriodPart.objects.create(
            period=period,
            assignment=row,
            organisation=cast.department_a,
            role=Role.LEAD,
            status=status,
            due_on=due_on,
            done_on=due_on,
        )
    assert figure("plans.tasks_due", cast) == 2
    assert figure("plans.tasks_done_in_time", cast) == 1


def test_a_window_of_several_years_is_told_by_year(cast: Cast, part: Part) -> None:
    window = Window(date(2025, 12, 15), date(2027, 12, 14))
    for day in (date(2025, 12, 31), date(2026, 1, 1), INSIDE, date(2027, 12, 14), date(2027, 12, 15)):
        part(due_on=day)
    row = part(due_on=None)
    for moment_ in (moment(date(2027, 1, 1), 0), moment(date(2026, 12, 31), 23)):
        # Midnight in Vietnam: the day before in London.
        made = Obstacle.objects.create(assignment=row, text="Vướng", raised_by=cast.officer)
        Obstacle.objects.filter(pk=made.pk).update(raised_at=moment_)
    assert by_year("plans.tasks_due", cast, window) == {"2025": 1, "2026": 2, "2027": 1}
    assert by_year("plans.obstacles_raised", cast, window) == {"2026": 1, "2027": 1}
    assert figure("plans.tasks_due", cast, window) == 4


def test_what_is_as_at_a_day_or_counted_once_has_no_years() -> None:
    undivided = {each.name for each in named_counts() if each.name.startswith("plans.") and not each.splits}
    assert undivided == {"plans.tasks_reported", "plans.tasks_stuck", "plans.tasks_beyond"}


def test_a_report_counts_once_and_by_vietnams_day(cast: Cast, part: Part) -> None:
    row, late = part(), part()
    said = {"created_by": cast.officer, "done": True, "text": "Xong", "state": Update.State.SENT}
    for hour in (8, 9):
        Update.objects.create(assignment=row, sent_at=moment(INSIDE, hour), **said)
    # 00:30 of the 15th in Vietnam is still the 14th in London.
    Update.objects.create(assignment=late, sent_at=moment(OUTSIDE, 0) + timedelta(minutes=30), **said)
    Update.objects.create(assignment=part(), sent_at=moment(INSIDE), **{**said, "done": False})
    assert figure("plans.tasks_reported", cast) == 1


def test_stuck_is_as_at_the_last_day(cast: Cast, part: Part) -> None:
    rows = {
        "open": {},
        "cleared later": {"cleared_at": moment(OUTSIDE), "cleared_how": "Xong"},
        "cleared before": {"cleared_at": moment(INSIDE), "cleared_how": "Xong"},
        "beyond": {"escalated_to": "Tỉnh", "escalated_at": moment(INSIDE)},
        "decided later": {
            "escalated_to": "Tỉnh",
            "escalated_at": moment(INSIDE),
            "decided_on": OUTSIDE,
            "decision": "Được",
        },
    }
    for values in rows.values():
        made = Obstacle.objects.create(assignment=part(), text="Vướng", raised_by=cast.officer, **values)
        Obstacle.objects.filter(pk=made.pk).update(raised_at=moment(INSIDE))
    raised_later = Obstacle.objects.create(assignment=part(), text="Vướng", raised_by=cast.officer)
    Obstacle.objects.filter(pk=raised_later.pk).update(raised_at=moment(OUTSIDE))
    assert figure("plans.tasks_stuck", cast) == 4
    assert figure("plans.tasks_beyond", cast) == 2
    assert figure("plans.obstacles_raised", cast) == 5
    assert figure("plans.obstacles_cleared", cast) == 1


def test_extensions_asked_and_granted(cast: Cast, part: Part) -> None:
    for state in ("asked", "granted", "refused"):
        decided = {} if state == "asked" else {"decision": "Lý do", "decided_at": moment(INSIDE)}
        made = Extension.objects.create(
            assignment=part(),
            old_due_on=INSIDE,
            new_due_on=OUTSIDE,
            reason="Chờ",
            asked_by=cast.officer,
            state=state,
            **decided,
        )
        Extension.objects.filter(pk=made.pk).update(asked_at=moment(INSIDE))
    assert figure("plans.extensions_asked", cast) == 3
    assert figure("plans.extensions_granted", cast) == 1


def test_records_count_when_they_ended(cast: Cast, part: Part) -> None:
    said = {
        "task": part().task,
        "organisation": cast.department_a,
        "created_by": cast.officer,
        "changed_by": cast.officer,
        "topic": "Chủ đề",
    }
    for day, last_day in ((INSIDE, None), (date(2025, 12, 30), INSIDE), (INSIDE, OUTSIDE), (None, None)):
        course = Course.objects.create(**said, day=day, last_day=last_day)
        for number in (3, 4):
            CourseParticipants.objects.create(course=course, unit="Xã", count=number)
        Dissemination.objects.create(**said, day=day, last_day=last_day, attendance=50)
        Inspection.objects.create(**said, day=day, last_day=last_day)
        Review.objects.create(**said, day=day, last_day=last_day, what="law", proposal="amend", sent_on=day)
        Review.objects.create(
            **said, day=day, last_day=last_day, what="procedure", proposal="keep", sent_on=day
        )
    Course.objects.create(**said, day=INSIDE, ended_at=timezone.now())
    names = ("courses", "sessions", "inspections", "laws_reviewed", "procedures_reviewed")
    assert [figure(f"plans.{name}", cast) for name in names] == [2] * 5
    assert figure("plans.course_participants", cast) == 14
    assert figure("plans.people_reached", cast) == 100
    assert figure("plans.proposals_sent", cast) == 2


def test_answers_and_own_plans_count_by_their_day(cast: Cast, plan: Document) -> None:
    asked = {"created_by": cast.coordinator, "title": "Dự thảo"}
    for due_on, answered_on in ((INSIDE, INSIDE), (INSIDE, INSIDE + timedelta(days=1)), (OUTSIDE, OUTSIDE)):
        consultation = Consultation.objects.create(**asked, due_on=due_on)
        ConsultationAnswer.objects.create(
            consultation=consultation, organisation=cast.department_a, kind="agree", answered_on=answered_on
        )
    for issued_on in (INSIDE, OUTSIDE, None):
        duty = OwnPlanDuty.objects.create(document=plan, created_by=cast.coordinator)
        OwnPlan.objects.create(duty=duty, organisation=cast.department_a, issued_on=issued_on)
    assert figure("plans.consultations_in_time", cast) == 1
    assert figure("plans.own_plans", cast) == 1


def test_money_that_was_corrected_counts_once(cast: Cast) -> None:
    round_ = opened(cast)
    estimate = Estimate.objects.create(asked=round_.a, task=round_.tasks[0])
    line = EstimateLine.objects.create(
        estimate=estimate, content="Hội trường", quantity=Decimal(1), norm=5, amount=5
    )
    said = {"line": line, "stage": "spent", "decided_on": INSIDE, "entered_by": cast.officer}
    EstimateAmount.objects.create(**said, amount=900, replaced_at=timezone.now())
    EstimateAmount.objects.create(**said, amount=700)
    EstimateAmount.objects.create(**{**said, "stage": "allocated"}, amount=10_000)
    assert figure("plans.spent", cast) == 700


@pytest.mark.parametrize("each", named_counts(), ids=lambda each: str(each.name))
def test_each_is_one_query(
    each: NamedCount, cast: Cast, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for split in (None, *each.splits):
        with django_assert_num_queries(1):
            each.counts(WINDOW, [cast.department_a.pk, cast.department_b.pk], split)


@pytest.mark.parametrize("each", named_counts(), ids=lambda each: str(each.name))
def test_each_has_a_page_or_says_why_not(each: NamedCount, cast: Cast, signed_in: SignedIn) -> None:
    assert str(each.label)
    assert str(each.unit)
    assert str(each.definition)
    assert (each.links is None) != (not each.no_page)
    if each.links is not None:
        client: Client = signed_in("coordinator")
        for of in (None, cast.department_a.pk):
            page = client.get(each.links(WINDOW, of))
            assert page.status_code == 200
            assert "nc-field-error" not in page.content.decode()
