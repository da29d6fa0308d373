"""Periods side by side: only like is compared with like, and what was frozen stays."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from tests.cast import Cast, SignedIn
from tests.permissions.world_of_reports import make_period

from nhipcau.apps.indicators.models import IndicatorVersion
from nhipcau.apps.reporting.models import FormVersion, Period, Section, SectionIndicator, SignedReport
from nhipcau.apps.reporting.over_time import Asked, change, series
from nhipcau.apps.reporting.tests.provinces import Province, indicator, province

pytestmark = pytest.mark.django_db


@pytest.fixture
def years(cast: Cast) -> list[Province]:
    """2025 to 2027 of one form, each with the same two units; of 2027 one is missing."""
    first = province(cast, [indicator("khoa-hoc", name="Số khóa học")])
    found = []
    for year in (2025, 2026, 2027):
        if year == 2025:
            period = first.period
            Period.objects.filter(pk=period.pk).update(
                year=year, title="Năm 2025", window_first=date(2024, 12, 15), window_last=date(2025, 12, 14)
            )
            period.refresh_from_db()
        else:
            period = make_period(first.period.form_version, cast, year=year)
        found.append(Province(cast, period, first.sections, first.asked))
    units = [found[0].unit("Xã Bến Đò"), found[0].unit("Xã Cầu Mới")]
    for each in found[1:]:
        for unit in units:
            made = each.period.obligations.create(organisation=unit.organisation)
            each.units["Xã Bến Đò" if unit == units[0] else "Xã Cầu Mới"] = made
    for at, each in enumerate(found):
        each.report("Xã Bến Đò", values={"khoa-hoc": 10 + at})
        if at < 2:
            each.report("Xã Cầu Mới", values={"khoa-hoc": 5})
    return found


def of(found: list[Province], **more: Any) -> Asked:
    return Asked(found[0].period.form_version.form_id, "khoa-hoc", "year", **more)


def test_the_province_over_three_years(years: list[Province], cast: Cast) -> None:
    points = series(cast.coordinator, of(years))
    assert [(point.amount, point.answered, point.of) for point in points] == [
        (15, 2, 2),
        (16, 2, 2),
        (12, 1, 2),
    ]
    assert change(points[0], points[1]) == 1
    assert change(points[1], points[2]) is None, "a unit is missing"


def test_one_unit_over_three_years(years: list[Province], cast: Cast) -> None:
    unit = years[0].units["Xã Cầu Mới"].organisation_id
    assert [point.amount for point in series(cast.leader, of(years, unit=unit))] == [5, 5, None]


def test_what_was_signed_off_stays_whatever_comes_later(years: list[Province], cast: Cast) -> None:
    total = {"amount": "14", "answered": 2, "of": 2}
    content = {"indicators": [{"code": "khoa-hoc", "total": total}]}
    SignedReport.objects.create(
        period=years[0].period, version=1, content=content, digest="0" * 64, frozen_by=cast.coordinator
    )
    first = series(cast.coordinator, of(years))[0]
    assert (first.amount, first.frozen) == (14, True)


def test_another_definition_is_told_and_not_compared(years: list[Province], cast: Cast) -> None:
    old = years[0].asked["khoa-hoc"].indicator
    IndicatorVersion.objects.filter(pk=old.pk).update(state="ended")
    new = IndicatorVersion.objects.create(
        indicator=old.indicator,
        number=2,
        name=old.name,
        definition="Chỉ đếm khóa trên ba ngày.",
        unit=old.unit,
        state="in_use",
        change_note="Chỉ đếm khóa trên ba ngày",
        comparable=False,
    )
    version = FormVersion.objects.create(
        form=years[0].period.form_version.form, number=2, change_note="Mới", created_by=cast.coordinator
    )
    section = Section.objects.create(
        version=version, key="indicators", position=1, kind="indicators", title="Số liệu"
    )
    SectionIndicator.objects.create(section=section, indicator=new, position=1)
    Period.objects.filter(pk=years[1].period.pk).update(form_version=version)
    points = series(cast.coordinator, of(years))
    assert (points[1].comparable, points[1].note) == (False, "Chỉ đếm khóa trên ba ngày")
    assert change(points[0], points[1]) is None
    assert not points[2].comparable, "back to the definition before is another one again"


def test_the_page_says_the_last_figure_and_how_it_changed(
    years: list[Province], cast: Cast, signed_in: SignedIn, django_assert_max_num_queries: Any
) -> None:
    client = signed_in("coordinator")
    page = client.get("/reports/over-time/").content.decode()
    assert "12 người" in page
    assert "Xã Cầu Mới" in page
    years[2].report("Xã Cầu Mới", values={"khoa-hoc": 9})
    page = client.get("/reports/over-time/", {"kind": "year", "indicator": "khoa-hoc"}).content.decode()
    assert "21 người (+5)" in page
    assert client.get("/reports/over-time/", {"form": "x", "unit": "99999999"}).status_code == 200
    with django_assert_max_num_queries(75):
        client.get("/reports/over-time/")


def test_an_officer_sees_her_own_unit_alone(years: list[Province], cast: Cast, signed_in: SignedIn) -> None:
    years[0].period.obligations.create(organisation=cast.department_a)
    page = signed_in("officer").get("/reports/over-time/").content.decode()
    assert "Xã Bến Đò" not in page
    other = years[0].units["Xã Bến Đò"].organisation_id
    for member, seen in (("coordinator", True), ("officer", False)):
        page = signed_in(member).get("/reports/over-time/", {"unit": other}).content.decode()
        assert (">10</td>" in page) is seen
    assert signed_in("outsider").get("/reports/over-time/").status_code == 200


def test_an_indicator_leads_to_its_figures(years: list[Province], cast: Cast, signed_in: SignedIn) -> None:
    form = years[0].period.form_version.form
    page = signed_in("coordinator").get("/indicators/khoa-hoc/").content.decode()
    address = f"/reports/over-time/?form={form.pk}&amp;indicator=khoa-hoc"
    assert address in page
    assert "Số khóa học" in signed_in("coordinator").get(address.replace("&amp;", "&")).content.decode()
    assert address not in signed_in("outsider").get("/indicators/khoa-hoc/").content.decode()
