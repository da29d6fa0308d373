"""Tasks that come again: one period after the other, none twice, none forgotten."""

from __future__ import annotations

import uuid
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone
from tests.cast import Cast
from tests.life import begin, finish, report

from nhipcau.apps.access.actors import System
from nhipcau.apps.notices.models import Notice
from nhipcau.apps.plans import jobs
from nhipcau.apps.plans.actions import (
    approve_document,
    end_task,
    open_next_period,
    remove_document,
    report_period_part,
    return_period_part,
    settle_period_part,
)
from nhipcau.apps.plans.dates import Reckoning
from nhipcau.apps.plans.jobs import open_due_periods
from nhipcau.apps.plans.models import (
    Assignment,
    Document,
    DraftAssignment,
    DraftTask,
    DueDate,
    Extension,
    LateReport,
    PeriodPart,
    Status,
    Task,
    TaskPeriod,
)
from nhipcau.apps.plans.periods import comes_again, next_turn
from nhipcau.apps.plans.refusals import Refused, Stale
from nhipcau.apps.plans.tests.acts import carried_out, made_body, merged, new
from nhipcau.apps.plans.tests.readings import due
from nhipcau.apps.plans.waiting import earlier_periods
from nhipcau.apps.reference.actions import Days, decide_days
from nhipcau.apps.reference.shipped import load
from nhipcau.core.workdays import Shift

JOB = System("periods")
TODAY = timezone.localdate()
YEARLY = due("annual", "06-05", "trước ngày 05/6 hằng năm", bound="before")
# Far enough that nothing of the first period is late.
FIRST = next(day for day in (date(TODAY.year, 6, 4), date(TODAY.year + 1, 6, 4)) if day >= TODAY)
SECOND = FIRST.replace(year=FIRST.year + 1)


def approved(cast: Cast, *rules: dict[str, object], until: str | None = None) -> Task:
    """A task of Sở A and Sở B, as an approved plan leaves it."""
    text = "Sở A, Sở B báo cáo trước ngày 05/6 hằng năm."
    period = [str(TODAY.year), until] if until else [None, None]
    plan = Document.objects.create(
        title="Kế hoạch",
        state=Document.State.DRAFT,
        created_by=cast.coordinator,
        reading={"text": text, "document": {"period": period}},
    )
    draft = DraftTask.objects.create(
        document=plan, position=1, text=text, span_start=0, span_end=len(text), due=list(rules) or [YEARLY]
    )
    for number, body in enumerate((cast.department_a, cast.department_b)):
        DraftAssignment.objects.create(
            draft=draft, position=number, phrase="Sở", role="responsible", organisation=body
        )
    return approve_document(plan, revision=0, actor=cast.coordinator).tasks.get()


def parts(task: Task) -> list[Assignment]:
    return list(task.assignments.order_by("pk"))


def finish_all(task: Task, cast: Cast) -> None:
    for row in parts(task):
        finish(row, cast.coordinator)


def over(day: date) -> date:
    """A day on which the period that was due on `day` is over."""
    return day + timedelta(days=31)


def test_approval_opens_the_first_period(cast: Cast) -> None:
    task = approved(cast)
    period = task.periods.get()
    assert (task.period, task.missed, task.due_on) == (1, 0, FIRST)
    assert (period.number, period.stated_on, period.due_on, period.closed_at) == (1, FIRST, FIRST, None)


def test_a_task_with_one_day_has_no_periods(cast: Cast) -> None:
    task = approved(cast, due("date", "2027-06-05"))
    assert (task.period, task.periods.count()) == (None, 0)
    assert open_next_period(task, actor=JOB, today=date(2030, 1, 1)) is None


def test_nothing_opens_while_the_period_runs(cast: Cast) -> None:
    task = approved(cast)
    begin(parts(task)[0], cast.officer)
    for day in (TODAY, FIRST, FIRST + timedelta(days=30)):
        assert open_next_period(task, actor=JOB, today=day) is None


def test_when_all_is_accepted_the_next_opens_and_the_work_begins_anew(cast: Cast) -> None:
    task = approved(cast)
    finish(parts(task)[0], cast.coordinator)
    assert open_next_period(task, actor=JOB) is None
    finish(parts(task)[1], cast.coordinator)
    opened = open_next_period(task, actor=JOB)
    task.refresh_from_db()
    assert opened is not None and (opened.number, opened.due_on) == (2, SECOND)
    assert (task.status, task.done_on, task.due_on) == (Status.NOT_BEGUN, None, SECOND)
    assert (task.period, task.missed) == (2, 0)
    for row in parts(task):
        state = (row.status, row.done_on, row.due_on, row.percent, row.step)
        assert state == (Status.NOT_BEGUN, None, SECOND, None, Assignment.Step.TO_RECEIVE)
    closed = task.periods.get(number=1)
    assert (closed.status, closed.done_on, closed.closed_as) == (Status.ACCEPTED, TODAY, "accepted")
    assert {(part.organisation, part.status, part.done_on) for part in closed.parts.all()} == {
        (cast.department_a, Status.ACCEPTED, TODAY),
        (cast.department_b, Status.ACCEPTED, TODAY),
    }
    # The next can be reported and accepted like the first.
    finish_all(task, cast)
    assert open_next_period(task, actor=JOB) is not None


def test_a_missed_period_stays_overdue_in_the_history_and_is_counted(cast: Cast) -> None:
    task = approved(cast)
    finish(parts(task)[0], cast.coordinator)
    opened = open_next_period(task, actor=JOB, today=over(FIRST))
    task.refresh_from_db()
    assert opened is not None and (task.period, task.missed, task.due_on) == (2, 1, SECOND)
    closed = task.periods.get(number=1)
    assert (closed.closed_as, closed.status) == ("over", Status.IN_PROGRESS)
    later = over(FIRST)
    counts = TaskPeriod.objects.outcome_counts(later)
    assert (counts.open_overdue, counts.total) == (1, 1)
    own = TaskPeriod.objects.outcome_counts(later, [cast.department_a.pk])
    assert (own.done_in_time, own.total) == (1, 1)
    other = TaskPeriod.objects.outcome_counts(later, [cast.department_b.pk])
    assert (other.open_overdue, other.total) == (1, 1)
    assert list(TaskPeriod.objects.missed()) == [closed]


def test_a_report_that_waits_holds_the_period_open_until_the_next_day_has_come(cast: Cast) -> None:
    task = approved(cast)
    for row in parts(task):
        report(row, cast.coordinator)
    task.refresh_from_db()
    assert task.status == Status.REPORTED
    assert open_next_period(task, actor=JOB, today=SECOND) is None
    assert open_next_period(task, actor=JOB, today=SECOND + timedelta(days=1)) is not None


def test_running_twice_opens_once(cast: Cast) -> None:
    task = approved(cast)
    finish_all(task, cast)
    assert open_next_period(task, actor=JOB) is not None
    assert open_next_period(task, actor=JOB) is None
    assert open_due_periods() == 0
    assert task.periods.count() == 2


def test_the_database_has_one_open_period_and_each_number_once(cast: Cast) -> None:
    task = approved(cast)
    now = timezone.now()
    fields = {"task": task, "stated_on": SECOND, "due_on": SECOND, "opened_at": now}
    with pytest.raises(IntegrityError), transaction.atomic():
        TaskPeriod.objects.create(number=2, **fields)
    with pytest.raises(IntegrityError), transaction.atomic():
        TaskPeriod.objects.create(number=1, closed_at=now, **fields)


def test_the_job_makes_up_for_what_was_slept_through(cast: Cast) -> None:
    task = approved(cast)
    late = date(FIRST.year + 3, 12, 1)
    assert open_due_periods(late) == 4
    task.refresh_from_db()
    assert (task.period, task.missed, task.due_on) == (5, 4, FIRST.replace(year=FIRST.year + 4))
    days = list(task.periods.values_list("number", "due_on"))
    assert days == [(number + 1, FIRST.replace(year=FIRST.year + number)) for number in range(5)]
    assert open_due_periods(late) == 0


def test_one_task_that_fails_does_not_keep_the_others_waiting(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken, sound = approved(cast), approved(cast)
    real = jobs.open_next_period

    def sometimes(task: Task, **kwargs: object) -> TaskPeriod | None:
        if task.pk == broken.pk:
            raise RuntimeError
        return real(task, **kwargs)  # type: ignore[arg-type]

    monkeypatch.setattr(jobs, "open_next_period", sometimes)
    assert open_due_periods(over(FIRST)) == 1
    broken.refresh_from_db()
    sound.refresh_from_db()
    assert (broken.period, sound.period) == (1, 2)


def test_tasks_approved_before_there_were_periods_get_their_first(cast: Cast) -> None:
    task = approved(cast)
    task.periods.all().delete()
    Task.objects.filter(pk=task.pk).update(period=None)
    assert open_due_periods() == 0
    task.refresh_from_db()
    assert (task.period, task.periods.get().due_on) == (1, FIRST)


def test_no_period_opens_after_the_plan_has_ended(cast: Cast) -> None:
    task = approved(cast, until=str(FIRST.year))
    finish_all(task, cast)
    assert open_next_period(task, actor=JOB) is None
    task.refresh_from_db()
    assert task.status == Status.ACCEPTED


def test_no_period_opens_of_a_task_that_has_ended(cast: Cast) -> None:
    task = approved(cast)
    end_task(task, reason="Không còn phù hợp", actor=cast.coordinator)
    assert open_due_periods(over(FIRST)) == 0


def test_several_days_a_year_take_turns(cast: Cast) -> None:
    task = approved(cast, due("annual", "06-05"), due("annual", "11-30"))
    days = sorted(
        day
        for year in range(TODAY.year, TODAY.year + 4)
        for day in (date(year, 6, 5), date(year, 11, 30))
        if day >= TODAY
    )[:4]
    for number, day in enumerate(days, start=1):
        task.refresh_from_db()
        assert (task.period, task.due_on) == (number, day)
        finish_all(task, cast)
        open_next_period(task, actor=JOB)
    assert sorted(task.due_dates.values_list("due_on", flat=True))[0] > days[-1]


def test_two_days_without_recurrence_are_two_periods(cast: Cast) -> None:
    one, two = TODAY + timedelta(days=20), TODAY + timedelta(days=60)
    task = approved(cast, due("date", one.isoformat()), due("date", two.isoformat()))
    finish_all(task, cast)
    assert open_next_period(task, actor=JOB) is not None
    task.refresh_from_db()
    assert (task.period, task.due_on) == (2, two)
    finish_all(task, cast)
    assert open_next_period(task, actor=JOB) is None


def test_late_monthly_work_makes_room_half_way_to_the_next_day(cast: Cast) -> None:
    task = approved(cast, due("monthly", "15"))
    first = task.periods.get().due_on
    assert open_next_period(task, actor=JOB, today=first + timedelta(days=13)) is None
    assert open_next_period(task, actor=JOB, today=first + timedelta(days=17)) is not None


def test_the_reports_of_a_task_come_again_where_it_has_no_day_of_its_own(cast: Cast) -> None:
    yearly = due("annual", "11-15", of="report")
    assert approved(cast, yearly).period == 1
    assert approved(cast, yearly, due("date", "2027-06-05")).period is None


def test_the_next_day_is_found_by_the_calendar_of_its_opening(cast: Cast) -> None:
    load(actor=System("test"))
    task = approved(cast)
    saturday = next(FIRST.replace(year=year) for year in range(FIRST.year + 1, 2036) if _weekend(FIRST, year))
    monday = saturday + timedelta(days=7 - saturday.weekday())
    decide_days("Nghỉ", Days(off=[monday]), actor=cast.coordinator)
    rows = list(task.due_dates.all())
    by = Reckoning(shift=Shift.AFTER)
    turn = next_turn(rows, saturday - timedelta(days=1), by)
    assert turn is not None and (turn.stated_on, turn.due_on) == (saturday, monday)
    finish_all(task, cast)
    open_next_period(task, actor=JOB)
    row = task.due_dates.select_related("calendar_version").get()
    assert row.calendar_version is not None and row.calendar_version.number == 3
    assert (row.stated_on, row.due_on) == (SECOND, SECOND)
    assert row.instant is not None and timezone.localtime(row.instant).date() == SECOND


def _weekend(day: date, year: int) -> bool:
    return day.replace(year=year).weekday() >= 5


def test_a_request_for_more_time_falls_with_its_period(cast: Cast) -> None:
    task = approved(cast)
    asked = Extension.objects.create(
        assignment=parts(task)[0],
        old_due_on=FIRST,
        new_due_on=FIRST + timedelta(days=9),
        reason="Chờ số liệu",
        asked_by=cast.officer,
    )
    open_next_period(task, actor=JOB, today=over(FIRST))
    asked.refresh_from_db()
    assert asked.state == Extension.State.REFUSED and asked.decision


def test_only_the_lead_agency_and_the_system_open_periods(cast: Cast) -> None:
    task = approved(cast)
    for name in ("officer", "leader", "reader"):
        with pytest.raises(PermissionDenied):
            open_next_period(task, actor=getattr(cast, name))
    finish_all(task, cast)
    assert open_next_period(task, actor=cast.coordinator) is not None


def test_those_who_are_charged_are_told_once_of_a_period_ahead(cast: Cast) -> None:
    task = approved(cast)
    finish_all(task, cast)
    Notice.objects.all().delete()
    open_next_period(task, actor=JOB)
    told = Notice.objects.filter(kind="plans.period_opened")
    assert {row.recipient for row in told} == {cast.officer, cast.outsider}
    # Of the years that were slept through only the one that runs is news.
    told.delete()
    open_due_periods(date(FIRST.year + 6, 12, 1))
    assert told.count() == 2


class TestSettling:
    @pytest.fixture
    def part(self, cast: Cast) -> PeriodPart:
        task = approved(cast)
        finish(parts(task)[0], cast.coordinator)
        open_next_period(task, actor=JOB, today=over(FIRST))
        return PeriodPart.objects.get(organisation=cast.department_b)

    def test_what_was_done_after_all_is_noted_with_its_day(self, cast: Cast, part: PeriodPart) -> None:
        settled = settle_period_part(part, done_on=TODAY, reason="Báo cáo 5/BC-SCT", actor=cast.coordinator)
        assert (settled.status, settled.done_on, settled.settled_by) == (
            Status.ACCEPTED,
            TODAY,
            cast.coordinator,
        )
        period = TaskPeriod.objects.get(pk=part.period_id)
        assert (period.status, period.done_on, period.task.missed) == (Status.ACCEPTED, TODAY, 0)
        # The open period is another matter.
        assert period.task.status == Status.NOT_BEGUN

    def test_twice_is_once(self, cast: Cast, part: PeriodPart) -> None:
        for day in (TODAY, TODAY - timedelta(days=3)):
            fresh = PeriodPart.objects.get(pk=part.pk)
            settle_period_part(fresh, done_on=day, reason="Báo cáo", actor=cast.coordinator)
        part.refresh_from_db()
        assert part.done_on == TODAY

    def test_the_agency_reports_late_and_the_lead_agency_notes_it(self, cast: Cast, part: PeriodPart) -> None:
        assert [each.about for each in earlier_periods(cast.outsider)] == [part.period.task.text]
        reported = report_period_part(part, "Đã gửi báo cáo 12/BC", actor=cast.outsider)
        assert (reported.status, reported.done_on) == (Status.REPORTED, TODAY)
        assert [each.text for each in reported.reports.all()] == ["Đã gửi báo cáo 12/BC"]
        period = TaskPeriod.objects.get(pk=part.period_id)
        assert (period.status, period.task.missed) == (Status.REPORTED, 1)
        assert list(earlier_periods(cast.outsider)) == []
        assert len(list(earlier_periods(cast.coordinator))) == 1
        settle_period_part(reported, done_on=TODAY, reason="12/BC", actor=cast.coordinator)
        with pytest.raises(Refused, match="period-done"):
            report_period_part(part, "Lần nữa", actor=cast.outsider)
        assert not [*earlier_periods(cast.outsider), *earlier_periods(cast.coordinator)]

    def test_what_was_returned_is_asked_for_again_and_every_word_stays(
        self, cast: Cast, part: PeriodPart
    ) -> None:
        report_period_part(part, "Đã gửi", actor=cast.outsider)
        first = part.reports.get()
        returned = return_period_part(first, reason="Thiếu số liệu", actor=cast.coordinator)
        assert (returned.status, returned.done_on) == (Status.RETURNED, None)
        assert len(list(earlier_periods(cast.outsider))) == 1
        assert not list(earlier_periods(cast.coordinator))
        told = Notice.objects.get(kind="plans.period_returned")
        assert (told.recipient, told.values["reason"]) == (cast.outsider, "Thiếu số liệu")
        report_period_part(part, "Gửi lại, đủ số liệu", actor=cast.outsider)
        for user in (cast.outsider, cast.coordinator, cast.officer):
            rows = LateReport.objects.visible_to(user).filter(part=part)
            assert [(each.text, each.return_reason) for each in rows] == [
                ("Đã gửi", "Thiếu số liệu"),
                ("Gửi lại, đủ số liệu", ""),
            ]
        period = TaskPeriod.objects.get(pk=part.period_id)
        assert period.status == Status.REPORTED

    def test_a_report_that_was_not_read_is_not_returned(self, cast: Cast, part: PeriodPart) -> None:
        report_period_part(part, "Đã gửi", actor=cast.outsider)
        first = part.reports.get()
        report_period_part(part, "Bổ sung", actor=cast.outsider)
        with pytest.raises(Stale):
            return_period_part(first, reason="Thiếu", actor=cast.coordinator)
        last = part.reports.order_by("-pk")[0]
        with pytest.raises(Refused, match="reason"):
            return_period_part(last, reason=" ", actor=cast.coordinator)
        with pytest.raises(PermissionDenied):
            return_period_part(last, reason="Thiếu", actor=cast.outsider)
        settle_period_part(part, done_on=TODAY, reason="12/BC", actor=cast.coordinator)
        with pytest.raises(Refused, match="no-such-move"):
            return_period_part(last, reason="Thiếu", actor=cast.coordinator)

    def test_the_same_form_sent_twice_is_one_report(self, cast: Cast, part: PeriodPart) -> None:
        key = uuid.uuid4()
        for _click in range(2):
            report_period_part(part, "Đã gửi", key=key, actor=cast.outsider)
        assert part.reports.count() == 1

    def test_many_periods_left_are_one_line(self, cast: Cast) -> None:
        task = approved(cast)
        open_due_periods(date(FIRST.year + 5, 12, 1))
        (line,) = earlier_periods(cast.outsider)
        assert line.href.endswith("?status=missed") and line.words.startswith(str(task.periods.count() - 1))

    def test_another_agency_or_nothing_said_is_refused(self, cast: Cast, part: PeriodPart) -> None:
        for name in ("officer", "coordinator", "leader"):
            with pytest.raises(PermissionDenied):
                report_period_part(part, "Đã làm", actor=getattr(cast, name))
        with pytest.raises(Refused, match="empty-update"):
            report_period_part(part, "  ", actor=cast.outsider)

    def test_a_day_to_come_no_reason_or_an_officer_is_refused(self, cast: Cast, part: PeriodPart) -> None:
        with pytest.raises(Refused, match="done-day"):
            settle_period_part(
                part, done_on=TODAY + timedelta(days=1), reason="Báo cáo", actor=cast.coordinator
            )
        with pytest.raises(Refused, match="reason"):
            settle_period_part(part, done_on=TODAY, reason=" ", actor=cast.coordinator)
        with pytest.raises(PermissionDenied):
            settle_period_part(part, done_on=TODAY, reason="Báo cáo", actor=cast.officer)
        assert PeriodPart.objects.get(pk=part.pk).status != Status.ACCEPTED


def test_rules_without_days_never_come_again() -> None:
    assert not comes_again([DueDate(kind="soon", value="?")])


class TestAmendments:
    def amended(self, cast: Cast, task: Task, *rules: dict[str, object]) -> Document:
        text = "Sở A, Sở B báo cáo hằng năm."
        amendment = Document.objects.create(
            title="Kế hoạch sửa đổi",
            state=Document.State.DRAFT,
            created_by=cast.coordinator,
            reading={"text": text},
            amends=task.document,
        )
        draft = DraftTask.objects.create(
            document=amendment,
            position=1,
            text=text,
            span_start=0,
            span_end=len(text),
            due=list(rules),
            continues=task,
        )
        for number, body in enumerate((cast.department_a, cast.department_b)):
            DraftAssignment.objects.create(
                draft=draft, position=number, phrase="Sở", role="responsible", organisation=body
            )
        return approve_document(amendment, revision=0, actor=cast.coordinator)

    def test_the_open_period_follows_the_amendment_and_the_closed_ones_stay(self, cast: Cast) -> None:
        task = approved(cast)
        finish_all(task, cast)
        open_next_period(task, actor=JOB)
        self.amended(cast, task, due("annual", "10-10"))
        task.refresh_from_db()
        first, second = task.periods.order_by("number")
        assert (first.due_on, first.status) == (FIRST, Status.ACCEPTED)
        turn = next(
            day for year in range(FIRST.year, 2100) if (day := date(year, 10, 10)) > FIRST and day >= TODAY
        )
        rule = task.due_dates.get(ended_at=None)
        assert (second.due_on, task.due_on, second.due_date, rule.due_on) == (turn, turn, rule, turn)
        assert {row.due_on for row in parts(task)} == {turn}

    def test_a_day_that_the_closed_period_covers_is_passed_over(self, cast: Cast) -> None:
        task = approved(cast)
        finish_all(task, cast)
        open_next_period(task, actor=JOB)
        earlier = FIRST - timedelta(days=30)
        self.amended(cast, task, due("annual", f"{earlier:%m-%d}"))
        task.refresh_from_db()
        day = earlier.replace(year=earlier.year + 1)
        period = task.periods.get(number=2)
        assert (task.due_on, period.due_on, task.due_dates.get(ended_at=None).due_on) == (day, day, day)
        assert {row.due_on for row in parts(task)} == {day}

    def test_a_removed_amendment_gives_the_days_back(self, cast: Cast) -> None:
        task = approved(cast)
        amendment = self.amended(cast, task, due("annual", "10-10"))
        remove_document(amendment, reason="Tải nhầm", actor=cast.coordinator)
        task.refresh_from_db()
        assert (task.period, task.due_on, task.periods.get().due_on) == (1, FIRST, FIRST)
        finish_all(task, cast)
        assert open_next_period(task, actor=JOB) is not None

    def test_a_task_that_comes_again_no_more_has_no_open_period(self, cast: Cast) -> None:
        task = approved(cast)
        self.amended(cast, task, due("date", "2027-12-31"))
        task.refresh_from_db()
        assert (task.period, task.periods.count(), task.due_on) == (None, 0, date(2027, 12, 31))

    def test_a_task_may_begin_to_come_again(self, cast: Cast) -> None:
        task = approved(cast, due("date", "2027-12-31"))
        self.amended(cast, task, YEARLY)
        task.refresh_from_db()
        assert (task.period, task.periods.get().due_on) == (1, FIRST)


@pytest.mark.parametrize("all_done", [True, False])
def test_after_a_merger_the_coming_periods_are_the_successors(
    cast: Cast, settings: Any, all_done: bool
) -> None:
    settings.JOBS_INLINE = True
    task = approved(cast)
    if all_done:
        finish_all(task, cast)
    else:
        finish(parts(task)[0], cast.coordinator)
    bodies = [cast.department_a, cast.department_b]
    successor = made_body(carried_out(cast, merged(cast, bodies, new("Sở mới"))))
    task.refresh_from_db()
    assert open_next_period(task, actor=JOB, today=over(FIRST)) is not None
    in_force = task.assignments.filter(ended_at=None)
    assert [row.organisation for row in in_force] == [successor]
    assert in_force.get().status == Status.NOT_BEGUN
