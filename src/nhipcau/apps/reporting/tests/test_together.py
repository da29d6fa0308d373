"""Which reports could be sent together, and joining them from the overview."""

from __future__ import annotations

from typing import Any

import pytest
from tests.cast import Cast, SignedIn
from tests.permissions.world_of_indicators import make_indicator
from tests.permissions.world_of_reports import make_form

from nhipcau.apps.orgs.models import Organisation
from nhipcau.apps.reporting.models import FormVersion, Obligation, Period
from nhipcau.apps.reporting.sharing import shared_days
from nhipcau.apps.reporting.tests.reports import make_period

ADDRESS = "/reports/duties/together/"


@pytest.fixture
def version(cast: Cast) -> FormVersion:
    make_indicator("nguoi-o-nuoc-ngoai", "Người ở nước ngoài")
    return make_form(cast, "Báo cáo công tác người Việt Nam ở nước ngoài")


def period(cast: Cast, version: FormVersion, title: str, *units: Organisation, **more: Any) -> Period:
    made = make_period(version, cast, title=title, **more)
    Obligation.objects.bulk_create(Obligation(period=made, organisation=unit) for unit in units)
    return made


def test_those_due_on_one_day_that_ask_the_same_units_stand_together(
    cast: Cast, version: FormVersion, django_assert_num_queries: Any
) -> None:
    a, b, commune = cast.department_a, cast.department_b, cast.commune
    main = period(cast, version, "Kiều bào", a, b, commune)
    some = period(cast, version, "Đối ngoại", a, commune)
    period(cast, version, "Việc khác ngày", a, due_in=20)
    period(cast, version, "Không ai chung")
    period(cast, version, "Đột xuất", a, kind="adhoc")
    period(cast, version, "Đã đóng", a, state="closed")
    seen = Period.objects.visible_to(cast.coordinator)
    with django_assert_num_queries(3):
        (day,) = shared_days(seen)
    assert (day.main, day.units, day.due_on) == (main, 3, main.due_on)
    assert [(each.period, each.units, each.in_both) for each in day.others] == [(some, 2, 2)]


def test_a_period_that_others_are_joined_to_is_the_main_one(cast: Cast, version: FormVersion) -> None:
    a, b = cast.department_a, cast.department_b
    large = period(cast, version, "Lớn", a, b)
    carrier = period(cast, version, "Chính", a)
    joined = period(cast, version, "Đã lồng", a)
    Period.objects.filter(pk=joined.pk).update(joined_to=carrier)
    (day,) = shared_days(Period.objects.visible_to(cast.coordinator))
    assert (day.main, [each.period for each in day.others]) == (carrier, [large])


def test_they_are_joined_from_the_overview(cast: Cast, version: FormVersion, signed_in: SignedIn) -> None:
    main = period(cast, version, "Kiều bào", cast.department_a, cast.department_b)
    some = period(cast, version, "Đối ngoại", cast.department_a)
    client = signed_in("coordinator")
    page = client.get(ADDRESS).content.decode()
    assert "Có 1 ngày mà đơn vị có thể báo cáo chung một lần" in page
    assert "1 trên 1 đơn vị của kỳ này" in page
    act = f"/reports/periods/{some.pk}/act/"
    done = client.post(act, {"what": "join", "main": main.pk, "back": "together"}, follow=True)
    assert done.redirect_chain[-1][0] == ADDRESS
    assert "Không có hai báo cáo nào cùng hạn" in done.content.decode()
    some.refresh_from_db()
    assert some.joined_to == main
    assert ADDRESS in client.get("/reports/duties/").content.decode()


def test_who_reads_sees_it_and_joins_nothing(cast: Cast, version: FormVersion, signed_in: SignedIn) -> None:
    period(cast, version, "Kiều bào", cast.department_a)
    period(cast, version, "Đối ngoại", cast.department_a)
    page = signed_in("reader").get(ADDRESS)
    assert page.status_code == 200
    assert 'value="join"' not in page.content.decode()
