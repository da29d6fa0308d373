"""Estimates: who writes what when, and what may not be overwritten."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.utils import timezone
from tests.cast import Cast

from nhipcau.apps.notices.models import Notice
from nhipcau.apps.plans.actions import (
    close_round,
    edit_round,
    enter_amounts,
    fill_estimates,
    open_round,
    remind_agencies,
    return_estimates,
    send_estimates,
)
from nhipcau.apps.plans.actions.enter_amounts import Given
from nhipcau.apps.plans.estimating import Stage, figures_of, total_of
from nhipcau.apps.plans.models import EstimateAmount, EstimateLine, EstimateRound, RoundAgency
from nhipcau.apps.plans.refusals import Refused
from nhipcau.apps.plans.tests.estimates import Opened, line, opened, task_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(cast: Cast) -> Opened:
    return opened(cast)


def give(world: Opened, stage: str, *amounts: int | None, reason: str = "") -> int:
    """By who may, today."""
    actors = {"advised": world.cast.coordinator, "spent": world.cast.officer}
    rows = world.lines()
    given = {row.pk: Given(amount, reason) for row, amount in zip(rows, amounts, strict=True)}
    actor = actors.get(stage, world.cast.outsider)
    return enter_amounts(world.a, stage, given, decided_on=timezone.localdate(), actor=actor)


def code(error: pytest.ExceptionInfo[Refused]) -> str:
    return error.value.code


def test_a_line_comes_to_quantity_times_norm_in_whole_dong(world: Opened) -> None:
    lines = [line(world.tasks[0], norm=333, quantity="1.5")]
    fill_estimates(world.a, lines, version=0, actor=world.cast.officer)
    assert [row.amount for row in world.lines()] == [500]


def test_a_year_has_one_round_and_asks_somebody(world: Opened) -> None:
    values = {"send_by": timezone.localdate(), "finance": world.cast.department_b, "words": ""}
    with pytest.raises(Refused) as refused:
        open_round(2027, agencies=[world.cast.commune.pk], actor=world.cast.coordinator, **values)  # type: ignore[arg-type]
    assert code(refused) == "round-exists"
    with pytest.raises(Refused) as refused:
        open_round(2028, agencies=[], actor=world.cast.coordinator, **values)  # type: ignore[arg-type]
    assert code(refused) == "round-agencies"
    assert EstimateRound.objects.count() == 1


def test_opening_tells_the_officers_of_the_agencies_once(world: Opened) -> None:
    told = Notice.objects.filter(kind="plans.estimates_opened")
    assert {notice.recipient_id for notice in told} == {world.cast.officer.pk, world.cast.outsider.pk}


def test_only_the_agency_writes_its_lines(world: Opened) -> None:
    lines = [line(world.tasks[0])]
    for other in (world.cast.coordinator, world.cast.outsider, world.cast.leader):
        with pytest.raises(PermissionDenied):
            fill_estimates(world.a, lines, version=0, actor=other)
    with pytest.raises(Http404):
        fill_estimates(world.a, lines, version=0, actor=world.cast.commune_officer)
    assert not world.lines()


def test_a_line_is_for_a_task_of_the_agency(world: Opened) -> None:
    foreign = task_of(world.cast, "Việc của Sở Tài chính", world.cast.department_b)
    with pytest.raises(Refused) as refused:
        fill_estimates(world.a, [line(foreign)], version=0, actor=world.cast.officer)
    assert code(refused) == "not-your-task"
    assert not EstimateLine.objects.exists()


def test_two_who_write_at_once_do_not_overwrite_one_another(world: Opened) -> None:
    fill_estimates(world.a, [line(world.tasks[0])], version=0, actor=world.cast.officer)
    with pytest.raises(Refused) as refused:
        fill_estimates(world.a, [], version=0, actor=world.cast.officer)
    assert code(refused) == "estimates-changed"
    assert len(world.lines()) == 1


def test_nothing_and_not_sent_are_told_apart(world: Opened) -> None:
    with pytest.raises(Refused) as refused:
        send_estimates(world.a, actor=world.cast.officer)
    assert code(refused) == "estimates-empty"
    send_estimates(world.a, nothing=True, actor=world.cast.officer)

    rows = list(RoundAgency.objects.filter(round=world.round))
    figures = figures_of(rows, EstimateLine.objects.filter(ended_at=None))
    assert figures[world.a.pk].asked.amount == 0
    assert figures[world.b.pk].asked.amount is None
    total = total_of(figures.values()).asked
    assert (total.amount, total.known, total.total) == (0, 1, 2)


def test_what_was_sent_is_not_changed_but_returned(world: Opened) -> None:
    world.send(500_000, 700_000)
    with pytest.raises(Refused) as refused:
        fill_estimates(world.a, [], version=world.a.version, actor=world.cast.officer)
    assert code(refused) == "estimates-sent"
    with pytest.raises(Refused) as refused:
        return_estimates(world.a, reason=" ", actor=world.cast.coordinator)
    assert code(refused) == "reason"

    return_estimates(world.a, reason="Thiếu định mức", actor=world.cast.coordinator)
    world.a.refresh_from_db()
    assert (world.a.sent_at, world.a.returned_reason) == (None, "Thiếu định mức")
    assert Notice.objects.filter(kind="plans.estimates_returned", recipient=world.cast.officer).count() == 1


def test_a_line_that_was_sent_ends_and_another_follows_it(world: Opened) -> None:
    world.send(500_000, 700_000)
    return_estimates(world.a, reason="Cắt giảm", actor=world.cast.coordinator)
    world.a.refresh_from_db()
    first, second = world.lines()
    same = line(world.tasks[0], norm=500_000, content="Dòng 0", pk=first.pk)
    less = line(world.tasks[1], norm=600_000, content="Dòng 1", pk=second.pk)
    fill_estimates(world.a, [same, less], version=world.a.version, actor=world.cast.officer)

    assert [row.amount for row in world.lines()] == [1_000_000, 1_200_000]
    assert world.lines()[0].pk == first.pk
    second.refresh_from_db()
    assert (second.amount, second.ended_at is None) == (1_400_000, False)


def test_the_steps_follow_one_another_and_each_has_its_hands(world: Opened) -> None:
    world.send(500_000)
    with pytest.raises(Refused) as refused:
        give(world, "appraised", 1_000_000)
    assert code(refused) == "stage-before"
    with pytest.raises(PermissionDenied):
        enter_amounts(world.a, "appraised", {}, decided_on=timezone.localdate(), actor=world.cast.coordinator)
    assert give(world, "advised", 1_000_000) == 1
    with pytest.raises(Refused) as refused:
        give(world, "appraised", 800_000)
    assert code(refused) == "stage-reason"
    assert give(world, "appraised", 800_000, reason="Theo định mức") == 1
    assert give(world, "allocated", 800_000) == 1
    assert give(world, "spent", 750_000) == 1
    with pytest.raises(Refused) as refused:
        give(world, "allocated", 700_000, reason="Giảm")
    assert code(refused) == "stage-after"


def test_an_allocation_of_zero_is_a_decision_and_none_is_not(world: Opened) -> None:
    world.send(500_000, 700_000)
    give(world, "advised", 1_000_000, 1_400_000)
    give(world, "appraised", 1_000_000, 1_400_000)
    give(world, "allocated", 0, None, reason="Không cân đối được")

    figures = figures_of([world.a], EstimateLine.objects.filter(ended_at=None))[world.a.pk]
    allocated = figures.stages[Stage.ALLOCATED]
    assert (allocated.amount, allocated.known, allocated.total) == (0, 1, 2)
    assert figures.stages[Stage.SPENT].amount is None


def test_a_correction_keeps_what_was_said_before(world: Opened) -> None:
    world.send(500_000)
    give(world, "advised", 900_000, reason="Giảm 10%")
    assert give(world, "advised", 900_000, reason="Giảm 10%") == 0
    assert give(world, "advised", 1_000_000) == 1
    assert give(world, "advised", None) == 1
    kept = EstimateAmount.objects.order_by("pk")
    assert [row.amount for row in kept] == [900_000, 1_000_000]
    assert all(row.replaced_at for row in kept)


def test_spending_above_the_allocation_needs_its_reason(world: Opened) -> None:
    world.send(500_000)
    for stage in ("advised", "appraised", "allocated"):
        give(world, stage, 1_000_000)
    with pytest.raises(Refused) as refused:
        give(world, "spent", 1_000_001)
    assert code(refused) == "stage-reason"
    assert give(world, "spent", 1_000_001, reason="Giá thuê tăng") == 1


def test_appraised_estimates_are_not_returned(world: Opened) -> None:
    world.send(500_000)
    give(world, "advised", 1_000_000)
    give(world, "appraised", 1_000_000)
    with pytest.raises(Refused) as refused:
        return_estimates(world.a, reason="Sai", actor=world.cast.coordinator)
    assert code(refused) == "estimates-valued"


def test_a_decision_of_tomorrow_and_more_than_any_budget_are_refused(world: Opened) -> None:
    with pytest.raises(Refused) as refused:
        fill_estimates(
            world.a,
            [line(world.tasks[0], norm=10**15, quantity="10")],
            version=0,
            actor=world.cast.officer,
        )
    assert code(refused) == "too-much-money"
    world.send(500_000)
    tomorrow = timezone.localdate() + timedelta(days=1)
    with pytest.raises(Refused) as refused:
        enter_amounts(world.a, "advised", {}, decided_on=tomorrow, actor=world.cast.coordinator)
    assert code(refused) == "stage-day"


def test_a_closed_round_takes_nothing_any_more(world: Opened) -> None:
    world.send(500_000)
    close_round(world.round, actor=world.cast.coordinator)
    for attempt in (
        lambda: give(world, "advised", 1_000_000),
        lambda: return_estimates(world.a, reason="Sai", actor=world.cast.coordinator),
        lambda: send_estimates(world.b, nothing=True, actor=world.cast.outsider),
        lambda: remind_agencies(world.round, actor=world.cast.coordinator),
        lambda: close_round(world.round, actor=world.cast.coordinator),
    ):
        with pytest.raises(Refused) as refused:
            attempt()
        assert code(refused) == "round-closed"


def test_those_that_are_missing_are_reminded_once_a_day(world: Opened) -> None:
    world.send(500_000)
    assert remind_agencies(world.round, actor=world.cast.coordinator) == 1
    assert remind_agencies(world.round, actor=world.cast.coordinator) == 0
    told = Notice.objects.filter(kind="plans.estimates_missing")
    assert [notice.recipient_id for notice in told] == [world.cast.outsider.pk]


def test_an_agency_leaves_a_round_only_while_it_has_entered_nothing(world: Opened) -> None:
    values = {
        "send_by": world.round.send_by,
        "finance": world.cast.department_b,
        "words": "",
        "actor": world.cast.coordinator,
    }
    only_a, both = [world.cast.department_a.pk], [world.cast.department_a.pk, world.cast.commune.pk]
    edit_round(world.round, agencies=both, **values)  # type: ignore[arg-type]
    assert set(world.round.agencies.values_list("organisation_id", flat=True)) == set(both)
    world.send(500_000)
    with pytest.raises(Refused) as refused:
        edit_round(world.round, agencies=[world.cast.commune.pk], **values)  # type: ignore[arg-type]
    assert code(refused) == "round-has-lines"
    edit_round(world.round, agencies=only_a, **values)  # type: ignore[arg-type]
    assert world.round.agencies.count() == 1


def test_a_draft_is_seen_by_its_agency_alone(world: Opened) -> None:
    fill_estimates(world.a, [line(world.tasks[0])], version=0, actor=world.cast.officer)
    cast = world.cast
    seen = {
        name: EstimateLine.objects.visible_to(getattr(cast, name)).count()
        for name in ("officer", "coordinator", "outsider", "commune_officer", "leader", "system_admin")
    }
    assert seen == {
        "officer": 1,
        "coordinator": 0,
        "outsider": 0,
        "commune_officer": 0,
        "leader": 0,
        "system_admin": 0,
    }
    world.a.refresh_from_db()
    send_estimates(world.a, actor=cast.officer)
    assert EstimateLine.objects.visible_to(cast.coordinator).count() == 1
    assert EstimateLine.objects.visible_to(cast.outsider).count() == 1
    assert EstimateLine.objects.visible_to(cast.commune_officer).count() == 0
