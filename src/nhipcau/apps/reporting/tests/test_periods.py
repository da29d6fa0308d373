"""A period is stated, opened, locked, closed; its units are asked, excused, given more time."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from tests.cast import Cast, SignedIn, make_organisation
from tests.permissions.world_of_reports import make_form

from nhipcau.apps.audit.models import Event
from nhipcau.apps.indicators.models import Indicator, IndicatorVersion
from nhipcau.apps.notices.models import Notice
from nhipcau.apps.orgs.models import OrganisationSet, OrganisationVersion, SetMember
from nhipcau.apps.plans.dates import Reckoning
from nhipcau.apps.reporting.actions.add_units import add_units
from nhipcau.apps.reporting.actions.allow_unit import allow_unit
from nhipcau.apps.reporting.actions.close_period import close_period, reopen_period
from nhipcau.apps.reporting.actions.create_period import Facts, Whom, create_period
from nhipcau.apps.reporting.actions.edit_period import edit_period
from nhipcau.apps.reporting.actions.excuse_unit import ask_unit_again, excuse_unit
from nhipcau.apps.reporting.actions.lock_period import lock_period, unlock_period
from nhipcau.apps.reporting.actions.open_period import open_period
from nhipcau.apps.reporting.actions.set_through import set_through
from nhipcau.apps.reporting.endings import LEFT_GROUP
from nhipcau.apps.reporting.models import FormVersion, Obligation, Period
from nhipcau.apps.reporting.refusals import Refused, Stale
from nhipcau.apps.reporting.taking import still_taken
from nhipcau.apps.reporting.timing import due_on_day, read_due, window_for
from nhipcau.core.workdays import end_of


@pytest.fixture
def version(cast: Cast) -> FormVersion:
    indicator = Indicator.objects.create(code="courses", created_by=cast.coordinator)
    IndicatorVersion.objects.create(
        indicator=indicator, number=1, name="Lớp", definition="Số lớp", unit="lớp", state="in_use"
    )
    return make_form(cast, "Báo cáo công tác người Việt Nam ở nước ngoài")


def soon(days: int = 20) -> date:
    return timezone.localdate() + timedelta(days=days)


def facts(version: FormVersion, **more: Any) -> Facts:
    stated: dict[str, Any] = {
        "kind": "year",
        "year": 2027,
        "number": 1,
        "window": window_for("year", 2027, 1),
        "due": due_on_day(soon()),
        "opens_on": timezone.localdate(),
    }
    return Facts(version, **{**stated, **more})


def planned(cast: Cast, version: FormVersion, *units: Any, **more: Any) -> Period:
    named = [each.pk for each in units or (cast.department_a, cast.department_b)]
    return create_period(facts(version, **more), Whom(named), actor=cast.coordinator)


def opened(cast: Cast, version: FormVersion, *units: Any, **more: Any) -> Period:
    return open_period(planned(cast, version, *units, **more), actor=cast.coordinator)


def of(period: Period, unit: Any) -> Obligation:
    return Obligation.objects.get(period=period, organisation=unit)


def group_of(*units: Any) -> OrganisationSet:
    group = OrganisationSet.objects.create(name="Các sở", confirmed_at=timezone.now())
    for unit in units:
        SetMember.objects.create(set=group, organisation=unit, valid=(None, None))
    return group


def test_a_period_keeps_the_words_the_rule_and_the_moment_of_its_due_date(
    cast: Cast, version: FormVersion
) -> None:
    due = read_due("trước ngày 30/11", 2027, Reckoning())
    made = planned(cast, version, due=due)
    assert (made.title, made.state) == ("Năm 2027", "planned")
    assert made.due_phrase == "trước ngày 30/11"
    assert made.due_rule["bound"] == "before"
    assert made.due_at == end_of(date(2027, 11, 29))
    assert made.obligations.count() == 2
    assert Event.objects.filter(verb="reporting.create_period").exists()


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"kind": "quarter", "number": 5}, "no-such-number"),
        ({"window": type(window_for("year", 2027, 1))(date(2027, 2, 1), date(2027, 1, 1))}, "window-order"),
        ({"opens_on": date(2099, 1, 1)}, "opens-after-due"),
        ({"late_until": end_of(date(2020, 1, 1))}, "late-before-due"),
    ],
)
def test_what_cannot_be_is_refused(cast: Cast, version: FormVersion, more: dict[str, Any], code: str) -> None:
    with pytest.raises(Refused) as refused:
        planned(cast, version, **more)
    assert refused.value.code == code
    assert not Period.objects.exists()


def test_the_same_period_is_not_made_twice(cast: Cast, version: FormVersion) -> None:
    planned(cast, version)
    with pytest.raises(Refused, match="period-exists"):
        planned(cast, version)


def test_only_a_coordinator_states_periods(cast: Cast, version: FormVersion) -> None:
    with pytest.raises(PermissionDenied):
        create_period(facts(version), Whom([cast.department_a.pk]), actor=cast.officer)


def test_opening_asks_the_members_of_that_day_and_tells_them_once(cast: Cast, version: FormVersion) -> None:
    group = group_of(cast.department_a)
    made = create_period(facts(version), Whom((), [group.pk]), actor=cast.coordinator)
    SetMember.objects.filter(set=group).delete()
    SetMember.objects.create(set=group, organisation=cast.department_b, valid=(None, None))
    open_period(made, actor=cast.coordinator)
    open_period(made, actor=cast.coordinator)
    left = of(made, cast.department_a)
    assert (left.state, left.excused_reason) == ("excused", LEFT_GROUP)
    assert of(made, cast.department_b).set == group
    told = Notice.objects.filter(kind="reporting.opened")
    assert {each.recipient for each in told} == {cast.outsider}
    assert told.count() == 1
    assert Event.objects.filter(verb="reporting.open_period").count() == 1


def test_what_was_planned_long_ago_asks_by_the_version_in_use(cast: Cast, version: FormVersion) -> None:
    made = planned(cast, version)
    FormVersion.objects.filter(pk=version.pk).update(state="ended")
    with pytest.raises(Refused, match="form-not-in-use"):
        open_period(made, actor=cast.coordinator)
    newer = FormVersion.objects.create(
        form=version.form, number=2, change_note="Thêm mục", created_by=cast.coordinator, state="in_use"
    )
    assert open_period(made, actor=cast.coordinator).form_version == newer


def test_a_unit_that_belongs_to_another_reports_through_it(cast: Cast, version: FormVersion) -> None:
    association = make_organisation("Hội thân nhân xã Cầu Ngang", "relatives")
    OrganisationVersion.objects.filter(organisation=association).update(parent=cast.commune)
    made = planned(cast, version, cast.commune, association, by_parent=True)
    assert of(made, association).through == cast.commune
    assert of(made, cast.commune).through is None


def test_a_lock_takes_no_report_but_from_the_unit_that_was_named(cast: Cast, version: FormVersion) -> None:
    period = opened(cast, version)
    first, second = of(period, cast.department_a), of(period, cast.department_b)
    assert still_taken(first, timezone.now())
    period = lock_period(period, revision=period.revision, actor=cast.coordinator)
    allow_unit(first, until=end_of(soon(30)), reason="Bão", version=0, actor=cast.coordinator)
    first, second = of(period, cast.department_a), of(period, cast.department_b)
    assert still_taken(first, timezone.now())
    assert not still_taken(first, end_of(soon(30)) + timedelta(milliseconds=1))
    assert not still_taken(second, timezone.now())
    given = first.deferrals.get()
    assert (given.state, given.asked_by, given.decided_by) == ("granted", None, cast.coordinator)
    with pytest.raises(Refused, match="reason"):
        unlock_period(period, reason=" ", revision=period.revision, actor=cast.coordinator)
    unlock_period(period, reason="Khóa nhầm", revision=period.revision, actor=cast.coordinator)
    assert still_taken(of(period, cast.department_b), timezone.now())


def test_the_late_window_ends_with_the_last_millisecond_of_its_day(cast: Cast, version: FormVersion) -> None:
    last = end_of(soon(25))
    period = opened(cast, version, late_until=last)
    row = of(period, cast.department_a)
    assert still_taken(row, last)
    assert not still_taken(row, last + timedelta(milliseconds=1))
    row.received_at, row.state = period.due_at, Obligation.State.SENT
    assert not row.is_late
    row.received_at = period.due_at + timedelta(milliseconds=1)
    assert row.is_late


def test_closing_with_units_missing_needs_the_reason_and_can_be_taken_back(
    cast: Cast, version: FormVersion
) -> None:
    period = opened(cast, version)
    with pytest.raises(Refused, match="reason"):
        close_period(period, reason="", actor=cast.coordinator)
    closed = close_period(period, reason="Đã đủ số liệu", actor=cast.coordinator)
    assert (closed.state, closed.closed_reason) == ("closed", "Đã đủ số liệu")
    assert not still_taken(of(closed, cast.department_a), timezone.now())
    again = reopen_period(closed, reason="Đóng nhầm", revision=closed.revision, actor=cast.coordinator)
    assert (again.state, again.closed_reason) == ("open", "")


def test_who_is_slower_is_told_by_whom_it_was_changed(cast: Cast, version: FormVersion) -> None:
    period = opened(cast, version)
    lock_period(period, revision=period.revision, actor=cast.second_coordinator)
    with pytest.raises(Stale) as stale:
        lock_period(period, revision=period.revision, actor=cast.coordinator)
    assert cast.second_coordinator.full_name in stale.value.message()


def test_an_open_period_changes_its_date_with_a_reason_and_its_units_are_told(
    cast: Cast, version: FormVersion
) -> None:
    period = opened(cast, version)
    later = facts(version, due=due_on_day(soon(40)))
    with pytest.raises(Refused, match="reason"):
        edit_period(period, later, reason="", revision=period.revision, actor=cast.coordinator)
    other = facts(version, kind="half", window=window_for("half", 2027, 1))
    with pytest.raises(Refused, match="fixed-once-open"):
        edit_period(period, other, reason="x", revision=period.revision, actor=cast.coordinator)
    edit_period(period, later, reason="Bão số 9", revision=period.revision, actor=cast.coordinator)
    assert Notice.objects.filter(kind="reporting.due_moved", recipient=cast.officer).count() == 1


def test_a_unit_is_excused_with_a_reason_and_asked_again(cast: Cast, version: FormVersion) -> None:
    period = opened(cast, version)
    row = of(period, cast.department_a)
    with pytest.raises(Refused, match="reason"):
        excuse_unit(row, reason="", version=0, actor=cast.coordinator)
    excuse_unit(row, reason="Không có nhiệm vụ", version=0, actor=cast.coordinator)
    assert period.obligations.expected().count() == 1
    ask_unit_again(row, version=1, actor=cast.coordinator)
    assert period.obligations.expected().count() == 2


def test_more_units_are_asked_once(cast: Cast, version: FormVersion) -> None:
    period = opened(cast, version, cast.department_a)
    whom = Whom([cast.department_a.pk, cast.department_b.pk])
    with pytest.raises(Refused, match="reason"):
        add_units(period, whom, reason="", actor=cast.coordinator)
    assert add_units(period, whom, reason="Bổ sung", actor=cast.coordinator) == 1
    assert Notice.objects.filter(kind="reporting.opened", recipient=cast.outsider).count() == 1
    assert Notice.objects.filter(kind="reporting.opened", recipient=cast.officer).count() == 1


def test_a_unit_cannot_review_its_own_report(cast: Cast, version: FormVersion) -> None:
    row = of(opened(cast, version), cast.department_a)
    with pytest.raises(Refused, match="through-itself"):
        set_through(row, cast.department_a, version=0, actor=cast.coordinator)
    set_through(row, cast.department_b, version=0, actor=cast.coordinator)
    assert of(row.period, cast.department_a).through == cast.department_b


def test_a_coordinator_plans_a_period_from_what_is_proposed(
    cast: Cast, version: FormVersion, signed_in: SignedIn
) -> None:
    client = signed_in("coordinator")
    year = timezone.localdate().year + 1
    page = client.get(
        "/reports/periods/new/", {"form": version.pk, "kind": "half", "year": year, "number": 1}
    )
    assert f"Kỳ 6 tháng đầu năm {year}" in page.content.decode()
    sent = {
        "form": version.pk,
        "kind": "half",
        "year": year,
        "number": 1,
        "title": f"Kỳ 6 tháng đầu năm {year}",
        "window_by": "decree",
        "opens_on": f"01/5/{year}",
        "due": "trước ngày 05/6",
        "units": "Sở Công Thương tỉnh Mẫu; Xã Cầu Ngang",
    }
    wrong = client.post("/reports/periods/new/", {**sent, "due": "sớm", "units": "Sở Không Có"})
    assert wrong.status_code == 422
    assert "Sở Không Có" in wrong.content.decode()
    assert not Period.objects.exists()
    done = client.post("/reports/periods/new/", sent, follow=True)
    made = Period.objects.get()
    assert made.due_on == date(year, 6, 4)
    assert (made.window_first, made.window_last) == (date(year - 1, 12, 15), date(year, 6, 14))
    assert "Sở Công Thương tỉnh Mẫu" in done.content.decode()


def test_an_officer_sees_what_her_unit_owes_and_on_her_first_page(
    cast: Cast, version: FormVersion, signed_in: SignedIn
) -> None:
    opened(cast, version, cast.department_a)
    client = signed_in("officer")
    assert client.get("/reports/").status_code == 302
    page = client.get("/reports/mine/").content.decode()
    assert "Lập báo cáo" in page
    assert "Năm 2027" in page
    assert "Gửi báo cáo, hạn" in client.get("/").content.decode()
    assert "Gửi báo cáo, hạn" not in signed_in("outsider").get("/").content.decode()


def test_lists_ask_as_many_queries_for_many_rows_as_for_few(
    cast: Cast, version: FormVersion, signed_in: SignedIn
) -> None:
    def count(client: Any, path: str) -> int:
        client.get(path)
        with CaptureQueriesContext(
            connection,
        ) as asked:
            assert client.get(path).status_code == 200
        return len(asked)

    lead, officer = signed_in("coordinator"), signed_in("officer")
    first = opened(cast, version)
    paths = ((lead, "/reports/"), (officer, "/reports/mine/"), (lead, f"/reports/periods/{first.pk}/setup/"))
    few = [count(*each) for each in paths]
    for year in range(2028, 2045):
        opened(cast, version, year=year, window=window_for("year", year, 1))
    units = [make_organisation(f"Xã {n}", "commune").pk for n in range(24)]
    add_units(first, Whom(units), reason="Bổ sung", actor=cast.coordinator)
    assert [count(*each) for each in paths] == few
    assert max(few) <= 24
