"""The board of a period: who stands where, at the edge of the deadline too, and what each sees of it."""

from __future__ import annotations

import io
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone, translation
from python_calamine import CalamineWorkbook
from tests.cast import BEGINNING, Cast, SignedIn, make_organisation
from tests.permissions.world_of_indicators import make_indicator
from tests.permissions.world_of_reports import begin, make_form, make_period, send

from nhipcau.apps.orgs.models import Organisation, OrganisationSet, OrganisationVersion, SetMember
from nhipcau.apps.reporting.board import board_of, by_kind
from nhipcau.apps.reporting.models import Chase, Deferral, Obligation, Period, Standing, Verdict

pytestmark = pytest.mark.django_db
TICK = timedelta(microseconds=1)


@pytest.fixture
def period(cast: Cast) -> Period:
    make_indicator("nguoi-o-nuoc-ngoai", "Người ở nước ngoài")
    version = make_form(cast, "Báo cáo công tác người Việt Nam ở nước ngoài")
    return make_period(version, cast)


def owed(period: Period, organisation: Organisation, **more: Any) -> Obligation:
    return Obligation.objects.create(period=period, organisation=organisation, **more)


def received(obligation: Obligation, at: datetime, state: str = "sent") -> None:
    Obligation.objects.filter(pk=obligation.pk).update(state=state, received_at=at)


def standing(obligation: Obligation, now: datetime) -> str:
    return Obligation.objects.standing_at(now).get(pk=obligation.pk).standing


@pytest.mark.parametrize(("past", "expected"), [(-TICK, "in_time"), (TICK * 0, "in_time"), (TICK, "late")])
def test_the_last_microsecond_of_the_day_counts(
    cast: Cast, period: Period, past: timedelta, expected: str
) -> None:
    report = owed(period, cast.department_a)
    received(report, period.due_at + past)
    assert standing(report, period.due_at + timedelta(days=3)) == expected


@pytest.mark.parametrize(("past", "expected"), [(TICK * 0, "not_due"), (TICK, "missing")])
def test_who_has_not_sent_is_missing_from_midnight_on(
    cast: Cast, period: Period, past: timedelta, expected: str
) -> None:
    report = owed(period, cast.department_a)
    assert standing(report, period.due_at + past) == expected


def test_more_time_moves_the_units_own_moment_alone(cast: Cast, period: Period) -> None:
    later = period.due_at + timedelta(days=5)
    deferred, other = owed(period, cast.department_a, deferred_at=later), owed(period, cast.department_b)
    for report in (deferred, other):
        received(report, period.due_at + timedelta(days=2))
    assert [standing(each, later) for each in (deferred, other)] == ["in_time", "late"]


def test_a_report_that_another_holds_for_stands_where_that_one_stands(cast: Cast, period: Period) -> None:
    foreign = make_period(period.form_version, cast, year=2029)
    other = owed(foreign, cast.department_a)
    report = owed(period, cast.department_a, discharged_by=other)
    now = period.due_at
    assert standing(report, now) == "not_due"
    received(other, period.due_at + TICK)
    assert standing(report, now) == "late"
    received(other, period.due_at, state="approved")
    assert standing(report, now) == "in_time"
    assert not Obligation.objects.filter(pk=report.pk).without_report(now).exists()


def test_who_is_missing_is_one_query(cast: Cast, period: Period, django_assert_num_queries: Any) -> None:
    missing = [owed(period, each) for each in (cast.department_a, cast.department_b)]
    received(owed(period, cast.commune), timezone.now())
    with django_assert_num_queries(1):
        assert list(period.obligations.all().without_report(timezone.now())) == missing


def test_the_groups_add_up_to_the_whole(cast: Cast, period: Period) -> None:
    for each in (
        cast.department_a,
        cast.department_b,
        cast.commune,
        make_organisation("Hội A", "association"),
    ):
        owed(period, each)
    board = board_of(period, cast.coordinator, period.due_at + TICK)
    groups = by_kind(board.units)
    assert [(group.key, group.expected) for group in groups] == [
        ("agencies", 2),
        ("associations", 1),
        ("communes", 1),
    ]
    assert board.counts[Standing.MISSING] == sum(group.counts[Standing.MISSING] for group in groups) == 4


def page(client: Client, period: Period, query: str = "") -> str:
    return client.get(f"/reports/periods/{period.pk}/{query}").content.decode()


@pytest.fixture
def mixed(cast: Cast, period: Period) -> dict[str, Obligation]:
    """One missing that asks for more time, one returned, one late, one excused."""
    Period.objects.filter(pk=period.pk).update(due_at=timezone.now() - timedelta(days=3))
    period.refresh_from_db()
    union = make_organisation("Hội Kiều bào", "association")
    made = {
        "missing": owed(period, cast.department_a),
        "returned": owed(period, cast.department_b),
        "late": owed(period, cast.commune),
        "excused": owed(period, union, state="excused", excused_reason="Mới lập"),
    }
    sent = send(begin(made["returned"], cast), cast, "TN-1")
    Verdict.objects.create(
        submission=sent, what="returned", reason="Biểu 2 lệch tổng", created_by=cast.coordinator
    )
    received(made["returned"], timezone.now(), state="returned")
    received(made["late"], timezone.now())
    Chase.objects.create(obligation=made["missing"], how="zalo", created_by=cast.coordinator)
    Deferral.objects.create(
        obligation=made["missing"],
        old_at=period.due_at,
        new_at=period.due_at + timedelta(days=9),
        reason="Bầu lại ban chấp hành",
        asked_by=cast.officer,
    )
    return made


def test_the_heading_is_the_answer(signed_in: SignedIn, period: Period, mixed: dict[str, Obligation]) -> None:
    shown = page(signed_in("coordinator"), period)
    assert "Còn 1 đơn vị chưa gửi, 1 đơn vị phải gửi lại" in shown
    assert "3 đơn vị phải gửi, 1 đã gửi" in shown


def test_a_row_says_why_and_how_often_one_reminded(
    signed_in: SignedIn, period: Period, mixed: dict[str, Obligation]
) -> None:
    shown = page(signed_in("coordinator"), period)
    for words in ("Thiếu, quá hạn 3 ngày", "Bầu lại ban chấp hành", "Đã nhắc 1 lần", "Biểu 2 lệch tổng"):
        assert words in shown
    assert "Mới lập" not in shown
    assert "Mới lập" in page(signed_in("coordinator"), period, "?tab=all")
    assert "muộn 3 ngày" in page(signed_in("leader"), period, "?tab=late")


def test_an_officer_sees_her_own_unit_alone(
    signed_in: SignedIn, period: Period, mixed: dict[str, Obligation]
) -> None:
    shown = page(signed_in("officer"), period, "?tab=all")
    assert "Sở Công Thương" in shown
    assert "Sở Tài chính" not in shown
    assert "Xã Cầu Ngang" not in shown


def test_a_unit_is_found_without_marks(
    signed_in: SignedIn, period: Period, mixed: dict[str, Obligation]
) -> None:
    shown = page(signed_in("coordinator"), period, "?tab=all&q=cau+ngang")
    assert shown.count("Xã Cầu Ngang") > shown.count("Sở Tài chính tỉnh Mẫu")


def test_named_groups_are_another_way_to_count(
    cast: Cast, signed_in: SignedIn, period: Period, mixed: dict[str, Obligation]
) -> None:
    group = OrganisationSet.objects.create(name="Khối kinh tế", confirmed_at=timezone.now())
    SetMember.objects.create(set=group, organisation=cast.department_a, valid=(BEGINNING, None))
    shown = page(signed_in("coordinator"), period, "?by=set")
    assert "Khối kinh tế" in shown
    picked = page(signed_in("coordinator"), period, f"?by=set&group=set-{group.pk}&tab=all")
    assert 'rowheader" scope="row" data-user-text>Sở Công Thương' in picked
    assert 'rowheader" scope="row" data-user-text>Xã Cầu Ngang' not in picked


def test_the_file_has_what_the_tab_has(
    signed_in: SignedIn, period: Period, mixed: dict[str, Obligation]
) -> None:
    answer = signed_in("coordinator").post(
        f"/reports/periods/{period.pk}/export/", {"filters": "tab=returned", "format": "xlsx"}
    )
    rows = CalamineWorkbook.from_filelike(io.BytesIO(answer.content)).get_sheet_by_index(0).to_python()
    assert [row[0] for row in rows[1:]] == ["Sở Tài chính tỉnh Mẫu"]
    assert "Biểu 2 lệch tổng" in str(rows[1][5])


def crowd(period: Period, number: int) -> None:
    made = Organisation.objects.bulk_create(Organisation(realm="place") for _each in range(number))
    OrganisationVersion.objects.bulk_create(
        OrganisationVersion(
            organisation=each, name=f"Xã Mẫu {at}", kind="commune", valid=(BEGINNING, None)
        ).with_keys()
        for at, each in enumerate(made)
    )
    Obligation.objects.bulk_create(Obligation(period=period, organisation=each) for each in made)


@pytest.mark.parametrize("number", [0, 5, 150, 1000])
def test_the_board_takes_as_many_queries_for_5_units_as_for_1000(
    signed_in: SignedIn, period: Period, django_assert_max_num_queries: Any, number: int
) -> None:
    crowd(period, number)
    client = signed_in("coordinator")
    page(client, period)
    with django_assert_max_num_queries(19):
        shown = page(client, period, "?tab=all")
    assert shown.count('scope="row" data-user-text') == min(number, 25)
    assert shown.count('class="rb-tile ') == (number if number <= 400 else 100)


def test_the_board_is_the_same_in_english(
    signed_in: SignedIn, period: Period, mixed: dict[str, Obligation]
) -> None:
    client = signed_in("coordinator")
    client.cookies["django_language"] = "en"
    with translation.override("en"):
        assert "1 unit has not sent, 1 unit has to send again" in page(client, period)


def test_the_coordinator_is_led_to_approving_many(cast: Cast, signed_in: SignedIn, period: Period) -> None:
    received(owed(period, cast.department_a), period.due_at)
    received(owed(period, cast.department_b), period.due_at, "approved")
    address = f"/reports/periods/{period.pk}/"
    page = signed_in("coordinator").get(address).content.decode()
    assert f"{address}approve/" in page
    assert "Duyệt 1 báo cáo" in page
    assert f"{address}approve/" not in signed_in("reader").get(address).content.decode()
