"""Duties of plans become periods made ahead, once; what amends or removes the plan ends what is planned."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone
from tests.cast import Cast, SignedIn

from nhipcau.apps.access.actors import System
from nhipcau.apps.orgs.models import OrganisationSet, SetMember
from nhipcau.apps.plans import registers
from nhipcau.apps.plans.actions import remove_document
from nhipcau.apps.plans.dates import Reckoning
from nhipcau.apps.plans.forms.due_words import NotADueDate
from nhipcau.apps.plans.models import Document, ReportingDuty
from nhipcau.apps.plans.tests.acts import approved_plan
from nhipcau.apps.reporting.actions.close_period import close_period
from nhipcau.apps.reporting.actions.join_periods import join_periods, part_periods
from nhipcau.apps.reporting.actions.open_period import open_period
from nhipcau.apps.reporting.actions.settle_schedule import Rhythm, end_schedule, settle_schedule
from nhipcau.apps.reporting.endings import PLAN_AMENDED, PLAN_REMOVED, SCHEDULE_ENDED
from nhipcau.apps.reporting.models import FormVersion, Obligation, Period, Schedule
from nhipcau.apps.reporting.period_jobs import keep_periods
from nhipcau.apps.reporting.refusals import Refused
from nhipcau.apps.reporting.rhythm import offers, period_due_on, read_rule, turns
from nhipcau.apps.reporting.sharing import joinable
from nhipcau.apps.reporting.tests.reports import make_version

BY = Reckoning()
SYSTEM = System("test")


@pytest.fixture
def version(cast: Cast) -> FormVersion:
    return make_version(cast)


@pytest.fixture
def duty(cast: Cast) -> ReportingDuty:
    return duty_of(cast, approved_plan(cast))


def duty_of(cast: Cast, plan: Document, **more: Any) -> ReportingDuty:
    stated: dict[str, Any] = {
        "by_phrase": "các sở",
        "kind": "periodic",
        "text": "Các sở báo cáo trước ngày 05/6 và ngày 30/11 hằng năm",
        "due_rules": [
            {"every": "half", "kind": "annual", "value": "06-05", "bound": "before", "phrase": "trước 05/6"},
            {"every": "year", "kind": "annual", "value": "11-30", "bound": "by", "phrase": "30/11"},
        ],
    }
    made = ReportingDuty.objects.create(document=plan, **{**stated, **more})
    made.organisations.set([cast.department_a, cast.department_b])
    return made


def rules_of(duty: ReportingDuty) -> list[dict[str, Any]]:
    return [read_rule(each.period, each.due) for each in offers(duty)]


def settled(cast: Cast, duty: ReportingDuty, version: FormVersion, **more: Any) -> Schedule:
    rhythm = Rhythm(version.form, rules_of(duty), **more)
    return settle_schedule(duty, rhythm, actor=cast.coordinator)


def test_the_words_of_a_duty_are_offered_and_what_they_do_not_say_is_asked(cast: Cast) -> None:
    plan = approved_plan(cast)
    full = offers(duty_of(cast, plan))
    assert [(each.period, each.clear) for each in full] == [("half", True), ("year", True)]
    assert full[0].due == "trước 05/6 hằng năm"
    silent = [
        {"every": "half", "kind": None, "value": None},
        {"every": None, "kind": "annual", "value": "05-25"},
    ]
    unclear = offers(duty_of(cast, plan, due_rules=silent))
    assert [(each.period, each.due, each.clear) for each in unclear] == [
        ("half", "", False),
        ("", "25/5 hằng năm", False),
    ]
    old = offers(duty_of(cast, plan, due_rules=[], due="--05-25"))
    assert [(each.period, each.due) for each in old] == [("", "25/5 hằng năm")]
    midterm = offers(duty_of(cast, plan, due_rules=[], kind="midterm", due="2027"))
    assert [(each.period, each.due) for each in midterm] == [("midterm", "2027")]
    assert offers(duty_of(cast, plan, due_rules=[], due=""))[0].clear is False


@pytest.mark.parametrize(
    ("period", "words", "dues"),
    [
        ("half", "trước ngày 05/6 hằng năm", [(2027, 1, date(2027, 6, 4)), (2028, 1, date(2028, 6, 4))]),
        ("year", "30/11 hằng năm", [(2027, 1, date(2027, 11, 30)), (2028, 1, date(2028, 11, 30))]),
        ("year", "15/01 hằng năm", [(2026, 1, date(2027, 1, 15)), (2027, 1, date(2028, 1, 15))]),
        ("midterm", "2027", [(2027, 1, date(2027, 12, 31))]),
        ("once", "30/10/2027", [(2027, 1, date(2027, 10, 30))]),
        ("final", "2031", []),
    ],
)
def test_turns_of_two_years(period: str, words: str, dues: list[tuple[int, int, date]]) -> None:
    found = turns([read_rule(period, words)], date(2027, 1, 1), date(2028, 12, 31), BY)
    assert [(each.year, each.number, each.due.day) for each in found] == dues


def test_quarters_and_months_come_as_often_as_they_should() -> None:
    quarterly = turns([read_rule("quarter", "ngày 20 hằng quý")], date(2027, 1, 1), date(2027, 12, 31), BY)
    assert [each.number for each in quarterly] == [1, 2, 3, 4]
    assert [each.due.day.month for each in quarterly] == [3, 6, 9, 12]
    monthly = turns([read_rule("month", "ngày 14 hằng tháng")], date(2027, 1, 1), date(2027, 12, 31), BY)
    assert [each.number for each in monthly] == list(range(1, 13))


@pytest.mark.parametrize(
    ("kind", "day", "found"),
    [
        ("half", date(2027, 5, 25), (2027, 1)),
        ("half", date(2027, 11, 15), (2027, 2)),
        ("half", date(2028, 1, 10), (2027, 2)),
        ("quarter", date(2027, 4, 5), (2027, 1)),
        ("quarter", date(2027, 1, 5), (2026, 4)),
        ("quarter", date(2027, 3, 25), (2027, 1)),
        ("month", date(2027, 1, 5), (2026, 12)),
        ("month", date(2027, 1, 20), (2027, 1)),
        ("nine-months", date(2027, 9, 20), (2027, 1)),
    ],
)
def test_a_report_is_about_the_period_that_ends_or_has_just_ended(
    kind: str, day: date, found: tuple[int, int]
) -> None:
    assert period_due_on(kind, day) == found


@pytest.mark.parametrize(
    ("period", "words"),
    [("half", "sớm"), ("once", "05/6 hằng năm"), ("once", "05/6"), ("year", "05/6; 10/10")],
)
def test_what_is_no_rule_is_refused(period: str, words: str) -> None:
    with pytest.raises(NotADueDate):
        read_rule(period, words)


def test_settling_makes_two_years_and_the_job_makes_nothing_twice(
    cast: Cast, duty: ReportingDuty, version: FormVersion
) -> None:
    settled(cast, duty, version, window_by="plan")
    rows = Period.objects.filter(duty=duty)
    assert 4 <= rows.count() <= 6
    assert all(row.obligations.count() == 2 for row in rows)
    assert {row.document for row in rows} == {duty.document}
    yearly = rows.filter(kind="year").order_by("due_at")
    assert yearly[1].window_first == yearly[0].window_last + timedelta(days=1)
    made, _opened = keep_periods()
    assert made == 0
    later = timezone.localdate() + timedelta(days=366)
    made, _opened = keep_periods(later)
    assert 1 <= made <= 3


def test_planned_periods_open_by_themselves_on_their_day_and_only_then(
    cast: Cast, duty: ReportingDuty, version: FormVersion
) -> None:
    settled(cast, duty, version)
    first = Period.objects.filter(duty=duty).order_by("opens_on").first()
    assert first is not None
    Period.objects.filter(duty=duty).update(opens_on=timezone.localdate() + timedelta(days=5))
    Period.objects.filter(pk=first.pk).update(opens_on=timezone.localdate())
    assert keep_periods() == (0, 1)
    assert keep_periods() == (0, 0)
    first.refresh_from_db()
    assert first.state == "open"


def test_a_period_that_cannot_open_stops_no_other(
    cast: Cast, duty: ReportingDuty, version: FormVersion
) -> None:
    settled(cast, duty, version)
    rows = list(Period.objects.filter(duty=duty).order_by("due_at"))
    Period.objects.filter(duty=duty).update(opens_on=timezone.localdate())
    rows[0].obligations.all().delete()
    assert keep_periods() == (0, len(rows) - 1)


def test_what_a_person_gave_up_is_not_made_again(
    cast: Cast, duty: ReportingDuty, version: FormVersion
) -> None:
    settled(cast, duty, version)
    first = Period.objects.filter(duty=duty).order_by("due_at")[0]
    close_period(first, reason="Năm nay không cần", actor=cast.coordinator)
    assert keep_periods()[0] == 0


def test_settled_anew_plans_anew_and_what_is_open_goes_on(
    cast: Cast, duty: ReportingDuty, version: FormVersion
) -> None:
    settled(cast, duty, version)
    first = open_period(Period.objects.filter(duty=duty).order_by("due_at")[0], actor=cast.coordinator)
    left = Period.objects.filter(duty=duty, state="planned").count()
    settled(cast, duty, version, opens_days=10)
    assert Period.objects.filter(duty=duty, state="planned").count() == left >= 3
    first.refresh_from_db()
    assert first.state == "open"
    schedule = Schedule.objects.get(duty=duty)
    end_schedule(schedule, reason="Kế hoạch mới", actor=cast.coordinator)
    assert not Period.objects.filter(duty=duty, state="planned").exists()
    assert Period.objects.filter(duty=duty, closed_reason=SCHEDULE_ENDED).count() == left
    assert keep_periods()[0] == 0


def test_a_duty_that_names_nobody_asks_for_units(cast: Cast, version: FormVersion) -> None:
    duty = duty_of(cast, approved_plan(cast))
    duty.organisations.clear()
    with pytest.raises(Refused, match="nobody-asked"):
        settled(cast, duty, version)
    assert not Schedule.objects.exists()


def test_an_amendment_that_repeats_a_duty_carries_it_on_and_ends_the_others(
    cast: Cast, version: FormVersion
) -> None:
    plan = approved_plan(cast)
    kept, dropped = duty_of(cast, plan), duty_of(cast, plan, due_rules=[], due="2027-10-30", kind="once")
    settled(cast, kept, version)
    rules = [read_rule("once", "30/10/2027")]
    settle_schedule(dropped, Rhythm(version.form, rules), actor=cast.coordinator)
    opened = open_period(Period.objects.filter(duty=kept).order_by("due_at")[0], actor=cast.coordinator)
    amendment = approved_plan(cast, "2/KH-UBND")
    amendment.amends = plan
    again = duty_of(cast, amendment)
    registers.approved(amendment, cast.coordinator)
    assert Schedule.objects.get(duty=again).form == version.form
    assert Period.objects.filter(duty=dropped, state="planned").count() == 0
    assert Schedule.objects.get(duty=dropped).ended_reason == PLAN_AMENDED
    opened.refresh_from_db()
    assert opened.state == "open"
    registers.removed(amendment, cast.coordinator)
    assert Schedule.objects.get(duty=kept).ended_at is None
    assert Period.objects.filter(duty=kept, state="planned").count() >= 3
    assert not Period.objects.filter(duty=again, state="planned").exists()


def test_removing_the_plan_ends_what_is_planned_takes_its_words_and_keeps_what_is_open(
    cast: Cast, duty: ReportingDuty, version: FormVersion
) -> None:
    settled(cast, duty, version)
    opened = open_period(Period.objects.filter(duty=duty).order_by("due_at")[0], actor=cast.coordinator)
    plan = duty.document
    remove_document(plan, reason="Tải nhầm", actor=cast.coordinator)
    rows = Period.objects.filter(document=plan)
    assert rows.filter(closed_reason=PLAN_REMOVED).count() == rows.count() - 1 >= 3
    assert rows.get(state="open") == opened
    assert set(rows.values_list("due_phrase", flat=True)) == {""}
    assert not Schedule.objects.exists()


def test_two_plans_that_ask_the_same_units_the_same_day_can_be_reported_together(
    cast: Cast, version: FormVersion
) -> None:
    one, two = (duty_of(cast, approved_plan(cast, number)) for number in ("1/KH-UBND", "2/KH-UBND"))
    two.organisations.set([cast.department_a, cast.commune])
    for duty in (one, two):
        settled(cast, duty, version)
    main, other = (Period.objects.filter(duty=duty).order_by("due_at")[0] for duty in (one, two))
    offered = joinable(other, Period.objects.visible_to(cast.coordinator))
    assert [(each.pk, each.in_both) for each in offered] == [(main.pk, 1)]  # type: ignore[attr-defined]
    assert join_periods(other, main, actor=cast.coordinator) == 1
    open_period(main, actor=cast.coordinator)
    open_period(other, actor=cast.coordinator)
    shared = Obligation.objects.get(period=other, organisation=cast.department_a)
    assert shared.discharged_by == Obligation.objects.get(period=main, organisation=cast.department_a)
    alone = Obligation.objects.get(period=other, organisation=cast.commune)
    assert alone.discharged_by is None
    for wrong, code in (((main, main), "same-period"), ((main, other), "chain"), ((other, main), "chain")):
        with pytest.raises(Refused, match=code):
            join_periods(*wrong, actor=cast.coordinator)
    other.refresh_from_db()
    assert part_periods(other, reason="Nội dung khác nhau", actor=cast.coordinator) == 1
    shared.refresh_from_db()
    assert (shared.discharged_by, shared.state) == (None, "waiting")


def test_a_coordinator_settles_a_duty_on_its_page(
    cast: Cast, version: FormVersion, signed_in: SignedIn
) -> None:
    group = OrganisationSet.objects.create(name="Các sở", confirmed_at=timezone.now())
    SetMember.objects.create(set=group, organisation=cast.department_a, valid=(None, None))
    duty = duty_of(cast, approved_plan(cast), due_rules=[{"every": "half", "kind": None, "value": None}])
    duty.organisations.clear()
    client = signed_in("coordinator")
    assert "1 nghĩa vụ báo cáo chưa có mẫu" in client.get("/reports/duties/").content.decode()
    path = f"/reports/duties/{duty.pk}/"
    assert "Hệ thống không tự suy đoán" in client.get(path).content.decode()
    sent = {
        "form": version.form_id,
        "window_by": "decree",
        "cut_off_days": 0,
        "opens_days": 30,
        "period_0": "half",
        "due_0": "",
        "sets": group.pk,
    }
    assert client.post(path, sent).status_code == 422
    done = client.post(path, {**sent, "due_0": "05/6 hằng năm"}, follow=True)
    assert "Kỳ 6 tháng đầu năm" in done.content.decode()
    assert Period.objects.filter(duty=duty).count() == 2


def test_the_dates_are_shown_before_anything_is_settled(
    cast: Cast, version: FormVersion, signed_in: SignedIn
) -> None:
    duty = duty_of(cast, approved_plan(cast), due_rules=[])
    client, path = signed_in("coordinator"), f"/reports/duties/{duty.pk}/"
    sent = {
        "form": version.form_id,
        "window_by": "plan",
        "cut_off_days": 5,
        "opens_days": 20,
        "late_days": 3,
        "period_0": "half",
        "due_0": "trước 05/6 hằng năm",
    }
    shown = client.post(path, {**sent, "what": "preview"})
    assert not Period.objects.exists()
    assert not hasattr(ReportingDuty.objects.get(pk=duty.pk), "schedule")
    page = shown.content.decode()
    assert "chưa lưu gì" in page
    assert "trước 05/6 hằng năm" in page
    client.post(path, sent)
    made = Period.objects.filter(duty=duty).order_by("due_at")
    facts = [each["facts"] for each in shown.context["preview"]]
    assert [(each.window.first, each.window.last, each.opens_on, each.due.at) for each in facts] == [
        (row.window_first, row.window_last, row.opens_on, row.due_at) for row in made
    ]
    wrong = client.post(path, {**sent, "due_0": "sớm", "what": "preview"})
    assert wrong.status_code == 422
