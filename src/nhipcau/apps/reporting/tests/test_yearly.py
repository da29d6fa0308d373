"""A mid-term report begins with what the years said, put together by each indicator's rule."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.utils import timezone
from tests.cast import Cast

from nhipcau.apps.indicators.models import IndicatorVersion
from nhipcau.apps.reporting.asked import asked_of
from nhipcau.apps.reporting.background import LastTime, last_time_of
from nhipcau.apps.reporting.models import Obligation, Passage, Period, Submission, Value
from nhipcau.apps.reporting.tests.reports import Reports, make_period, make_reports

pytestmark = pytest.mark.django_db
WINDOW = {"window_first": date(2024, 12, 15), "window_last": date(2027, 6, 14)}


@pytest.fixture
def found(cast: Cast) -> Reports:
    """The mid-term report that Sở A owes, with what it reported for 2025 and 2026."""
    made = make_reports(cast, kind="midterm", year=2027, title="Sơ kết 2027", **WINDOW)
    for year in (2025, 2026):
        window = {"window_first": date(year - 1, 12, 15), "window_last": date(year, 12, 14)}
        period = make_period(made.version, cast, kind="year", year=year, title=f"Năm {year}", **window)
        owed = Obligation.objects.create(period=period, organisation=cast.department_a)
        answer(made, owed, cast, year - 2020, f"Việc năm {year}.")
    return made


def answer(found: Reports, owed: Obligation, cast: Cast, amount: int, text: str) -> Submission:
    """A report as sent."""
    number = owed.submissions.count() + 1
    sent = Submission.objects.create(
        obligation=owed, organisation=owed.organisation, number=number, created_by=cast.officer
    )
    Value.objects.create(submission=sent, asked=found.asked(1), amount=amount)
    Value.objects.create(submission=sent, asked=found.asked(1), split="sex", category="male", amount=1)
    Passage.objects.create(submission=sent, section=found.section("narrative"), text=text)
    Submission.objects.filter(pk=sent.pk).update(
        state="sent", sent_at=timezone.now(), received_number=f"TN-{sent.pk}", digest="0" * 64
    )
    return sent


def offered(found: Reports) -> LastTime | None:
    return last_time_of(found.of_a, asked_of(found.of_a))


def total(found: Reports, **changed: object) -> Decimal | None:
    """What is offered, were the definition changed so."""
    asked = asked_of(found.of_a)
    version = asked.figures[found.asked(1).pk].indicator
    for name, value in changed.items():
        setattr(version, name, value)
    last = last_time_of(found.of_a, asked)
    return last.figures.get((version.indicator_id, "", "")) if last else None


def test_texts_stand_year_after_year_and_figures_are_put_together(found: Reports) -> None:
    last = offered(found)
    assert last is not None
    assert (last.title, last.together) == ("Năm 2025, Năm 2026", True)
    assert last.texts["narrative"] == ("Năm 2025:\nViệc năm 2025.", "Năm 2026:\nViệc năm 2026.")
    indicator = found.asked(1).indicator.indicator_id
    assert last.figures == {(indicator, "", ""): 11, (indicator, "sex", "male"): 2}


def test_a_stock_is_that_of_the_last_year(found: Reports) -> None:
    assert total(found, over_time="last") == 6
    assert total(found, over_time="none") is None


def test_a_year_without_the_figure_gives_none(found: Reports) -> None:
    Submission.objects.filter(obligation__period__year=2025).update(state="returned")
    owed = Obligation.objects.get(period__year=2025)
    again = answer(found, owed, found.cast, 0, "")
    assert total(found) == 6, "0 is a figure"
    Submission.objects.filter(pk=again.pk).update(state="returned")
    last = offered(found)
    assert last is not None
    assert last.title == "Năm 2026"


def test_definitions_that_may_not_be_compared_are_not_put_together(found: Reports) -> None:
    old = found.asked(1).indicator
    assert total(found, number=2) == 11
    IndicatorVersion.objects.create(
        indicator=old.indicator, number=2, name="x", definition="x", unit="người", comparable=False,
        state="ended", change_note="Khác",
    )  # fmt: skip
    assert total(found, number=2) is None
    assert total(found, number=1) == 11, "both years were counted as the period counts"


def test_years_outside_the_window_and_other_units_do_not_count(found: Reports) -> None:
    Period.objects.filter(year=2025).update(window_first=date(2023, 12, 15), window_last=date(2024, 12, 14))
    assert total(found) == 6
    assert last_time_of(found.of_b, asked_of(found.of_b)) is None
