from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from tests.cast import Cast

from nhipcau.apps.indicators.models import Goal
from nhipcau.apps.reporting.figures import Figure
from nhipcau.apps.reporting.models import Obligation, Period, Submission
from nhipcau.apps.reporting.tests.provinces import Province, indicator, province
from nhipcau.apps.reporting.totals import totals_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked(cast: Cast) -> Province:
    """Three communes and a department that are asked for people and money."""
    people = indicator("kieu-bao")
    found = province(cast, [people, indicator("kieu-hoi", kind="money", unit="triệu đồng")])
    for name in ("Xã Bến Đò", "Xã Cầu Mới", "Phường Đồng Nam"):
        found.unit(name)
    found.unit("Sở Y tế tỉnh Mẫu", "department", short="SYT")
    return found


def people_of(found: Province) -> Figure:
    total = totals_of(found.period).of_code("kieu-bao")
    assert total is not None
    return total.total


def names(found: Province, pks: tuple[int, ...]) -> list[str]:
    called = {unit.organisation_id: name for name, unit in found.units.items()}
    return [called[pk] for pk in pks]


def test_a_total_says_how_many_answered_and_who_did_not(asked: Province) -> None:
    asked.report("Xã Bến Đò", values={"kieu-bao": 120})
    asked.report("Sở Y tế tỉnh Mẫu", values={"kieu-bao": 3})
    asked.report("Xã Cầu Mới", values={"kieu-hoi": 7})
    total = people_of(asked)
    assert (total.value, total.answered, total.expected) == (Decimal(123), 2, 4)
    assert names(asked, total.unsent) == ["Phường Đồng Nam"]
    assert names(asked, total.blank) == ["Xã Cầu Mới"]


def test_what_nobody_answered_has_no_value(asked: Province) -> None:
    total = people_of(asked)
    assert (total.value, total.answered, total.expected) == (None, 0, 4)


def test_a_unit_that_has_no_figures_is_named_apart(asked: Province) -> None:
    asked.report("Xã Bến Đò", values={"kieu-bao": None})
    total = people_of(asked)
    assert names(asked, total.no_data) == ["Xã Bến Đò"]
    assert total.value is None
    assert total.answered == 0


def test_nothing_to_report_is_an_answer(asked: Province) -> None:
    asked.report("Xã Bến Đò", nothing=True)
    total = people_of(asked)
    assert (total.value, total.answered) == (Decimal(0), 1)
    assert names(asked, total.nothing) == ["Xã Bến Đò"]


def test_an_average_is_made_without_those_that_report_nothing(cast: Cast) -> None:
    found = province(cast, [indicator("ty-le", kind="percent", over_units="average")])
    found.unit("Xã Bến Đò"), found.unit("Xã Cầu Mới")
    found.report("Xã Bến Đò", values={"ty-le": 40})
    found.report("Xã Cầu Mới", nothing=True)
    total = totals_of(found.period).indicators[0].total
    assert (total.value, total.answered, total.expected) == (Decimal(40), 2, 2)


def test_what_was_returned_does_not_count_nor_the_version_before_it(asked: Province) -> None:
    first = asked.report("Xã Bến Đò", values={"kieu-bao": 120})
    asked.report("Xã Bến Đò", values={"kieu-bao": 130}, number=2, state="returned")
    assert first.state == Submission.State.SENT
    total = people_of(asked)
    assert total.value is None
    assert "Xã Bến Đò" in names(asked, total.unsent)
    asked.report("Xã Bến Đò", values={"kieu-bao": 125}, number=3, state="approved")
    assert people_of(asked).value == Decimal(125)


def test_what_lies_with_the_unit_that_reviews_it_has_not_come_yet(asked: Province) -> None:
    asked.report("Xã Bến Đò", values={"kieu-bao": 120}, state="below")
    assert people_of(asked).value is None
    Obligation.objects.filter(pk=asked.units["Xã Bến Đò"].pk).update(state="sent")
    assert people_of(asked).value == Decimal(120)


def test_a_draft_does_not_count(asked: Province) -> None:
    obligation = asked.units["Xã Bến Đò"]
    Submission.objects.create(
        obligation=obligation, organisation=obligation.organisation, number=1, created_by=asked.cast.officer
    )
    assert people_of(asked).answered == 0


def test_a_report_that_holds_for_two_counts_once(asked: Province) -> None:
    asked.report("Sở Y tế tỉnh Mẫu", values={"kieu-bao": 3})
    inside = asked.units["Xã Bến Đò"]
    Obligation.objects.filter(pk=inside.pk).update(discharged_by=asked.units["Sở Y tế tỉnh Mẫu"])
    totals = totals_of(asked.period)
    assert people_of(asked).value == Decimal(3)
    assert (totals.answered, totals.expected) == (1, 3)
    unit = totals.unit(inside.organisation_id)
    assert unit is not None
    assert unit.within == asked.units["Sở Y tế tỉnh Mẫu"].organisation_id


def test_a_report_of_another_period_answers_what_asks_for_the_same(asked: Province, cast: Cast) -> None:
    version = asked.asked["kieu-bao"].indicator
    other = province(cast, [version])
    elsewhere = Obligation.objects.create(
        period=other.period, organisation=asked.units["Sở Y tế tỉnh Mẫu"].organisation
    )
    other.report(elsewhere, values={"kieu-bao": 9})
    for name in ("Sở Y tế tỉnh Mẫu", "Xã Bến Đò"):
        Obligation.objects.filter(pk=asked.units[name].pk).update(discharged_by=elsewhere)
    total = people_of(asked)
    assert (total.value, total.answered, total.expected) == (Decimal(9), 1, 3)


def test_who_need_not_report_is_not_missing(asked: Province) -> None:
    Obligation.objects.filter(pk=asked.units["Xã Bến Đò"].pk).update(
        state="excused", excused_reason="Giải thể"
    )
    assert people_of(asked).expected == 3


def test_parts_are_added_for_themselves(cast: Cast) -> None:
    found = province(cast, [indicator("kieu-bao", splits=["sex"])], splits=["sex"])
    found.unit("Xã Bến Đò"), found.unit("Xã Cầu Mới"), found.unit("Xã Đông")
    male, female = ("kieu-bao", "sex", "male"), ("kieu-bao", "sex", "female")
    found.report("Xã Bến Đò", values={"kieu-bao": 10}, parts={female: 4, male: 6})
    found.report("Xã Cầu Mới", values={"kieu-bao": 5}, parts={female: 2})
    parts = totals_of(found.period).indicators[0].parts
    shown = [(part.label, part.figure.value, part.figure.answered, part.figure.expected) for part in parts]
    assert [row[1:] for row in shown] == [(Decimal(6), 1, 3), (Decimal(6), 2, 3)]
    assert [part.category for part in parts] == ["male", "female"]


def test_a_ratio_is_made_of_the_sums(cast: Cast) -> None:
    over, under = indicator("da-giai-quyet"), indicator("tiep-nhan")
    ratio = indicator(
        "ty-le",
        kind="percent",
        over_units="none",
        numerator=over.indicator,
        denominator=under.indicator,
    )
    found = province(cast, [over, under, ratio])
    found.unit("Xã Bến Đò"), found.unit("Xã Cầu Mới"), found.unit("Xã Đông")
    found.report("Xã Bến Đò", values={"da-giai-quyet": 1, "tiep-nhan": 1})
    found.report("Xã Cầu Mới", values={"da-giai-quyet": 1, "tiep-nhan": 3})
    found.report("Xã Đông", values={"tiep-nhan": 100})
    total = totals_of(found.period).of_code("ty-le")
    assert total is not None
    assert (total.total.value, total.total.answered, total.total.expected) == (Decimal(50), 2, 3)
    assert total.by_unit[found.units["Xã Bến Đò"].organisation_id] == Decimal(100)


def test_groups_of_units_have_totals_of_their_own(asked: Province) -> None:
    asked.report("Xã Bến Đò", values={"kieu-bao": 120})
    asked.report("Sở Y tế tỉnh Mẫu", values={"kieu-bao": 3})
    groups = totals_of(asked.period).indicators[0].by_group
    assert {key: (figure.value, figure.expected) for key, figure in groups.items()} == {
        "agencies": (Decimal(3), 1),
        "communes": (Decimal(120), 3),
    }


def test_a_total_stands_beside_goals_and_the_period_before(asked: Province, cast: Cast) -> None:
    version = asked.asked["kieu-bao"].indicator
    goal: dict[str, Any] = {"indicator": version.indicator, "source": "Kế hoạch mẫu"}
    Goal.objects.create(kind="baseline", year=2025, value=100, **goal)
    Goal.objects.create(kind="target", year=2030, value=500, **goal)
    Goal.objects.create(kind="target", year=2028, value=300, organisation=cast.department_a, **goal)
    earlier = Period.objects.get(pk=asked.period.pk)
    earlier.pk, earlier.title, earlier.year = None, "Năm 2026", 2026
    earlier.window_first, earlier.window_last = date(2025, 12, 15), date(2026, 12, 14)
    earlier.due_stated_on = date(2026, 12, 20)
    earlier.save()
    past = Obligation.objects.create(
        period=earlier, organisation=asked.units["Xã Bến Đò"].organisation, received_at=earlier.due_at
    )
    asked.report(past, values={"kieu-bao": 90})
    total = totals_of(asked.period).of_code("kieu-bao")
    assert total is not None
    assert (total.baseline and total.baseline.value, total.target and total.target.year) == (
        Decimal(100),
        2030,
    )
    assert total.before is not None
    assert (total.before.value, total.before.title, total.before.comparable) == (
        Decimal(90),
        "Năm 2026",
        True,
    )


def test_a_hundred_and_fifty_units_are_added_up_in_a_few_queries(
    cast: Cast, django_assert_max_num_queries: Any
) -> None:
    found = province(cast, [indicator(f"chi-tieu-{at}") for at in range(20)])
    for at in range(12):
        found.report(found.unit(f"Xã {at}"), values={f"chi-tieu-{n}": n for n in range(20)})
    with django_assert_max_num_queries(10):
        totals = totals_of(found.period)
    assert totals.indicators[5].total.value == Decimal(60)


def test_nothing_to_report_in_the_section_of_figures_is_an_answer(asked: Province) -> None:
    asked.report("Xã Bến Đò", texts=[{"kind": "indicators", "nothing": True}])
    total = people_of(asked)
    assert (total.value, total.answered, names(asked, total.nothing)) == (Decimal(0), 1, ["Xã Bến Đò"])
