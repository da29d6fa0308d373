"""A plan from before a restructuring, approved after it: its work goes to whoever took over."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone, translation
from tests.cast import Cast

from nhipcau.apps.access.refusals import Refused
from nhipcau.apps.access.waiting import waiting_for
from nhipcau.apps.orgs.actions import Stated, add_allotment_rule, appoint
from nhipcau.apps.orgs.models import Organisation
from nhipcau.apps.orgs.succession import ended, successors
from nhipcau.apps.plans.actions import approve_document, enter_task
from nhipcau.apps.plans.drafting import Named
from nhipcau.apps.plans.models import Assignment, Document, DraftAssignment
from nhipcau.apps.plans.tests.acts import carried_out, made_body, merged, new, old, stated, submitted
from nhipcau.apps.plans.tests.conftest import drafted
from nhipcau.apps.plans.views.approval import _left
from nhipcau.apps.plans.views.desk_page import Desk

DAY = date(2026, 6, 1)


@pytest.fixture(autouse=True)
def _jobs_at_once(settings: Any) -> None:
    settings.JOBS_INLINE = True


def plan_before(cast: Cast) -> Document:
    document = drafted(cast)
    named = set(DraftAssignment.objects.values_list("organisation_id", flat=True))
    assert cast.department_a.pk in named
    return document


def bodies_now(document: Document) -> set[int | None]:
    rows = Assignment.objects.filter(task__document=document, ended_at=None)
    return set(rows.values_list("organisation_id", flat=True))


def test_the_one_successor_gets_the_work(cast: Cast) -> None:
    document = plan_before(cast)
    act = carried_out(cast, merged(cast, [cast.department_a], new("Sở Kinh tế")))
    approve_document(document, revision=document.revision, actor=cast.coordinator)
    assert made_body(act).pk in bodies_now(document)
    assert cast.department_a.pk not in bodies_now(document)


def test_of_several_somebody_must_choose_and_nobody_is_guessed(cast: Cast) -> None:
    document = plan_before(cast)
    act = stated(cast, Stated("split", old(cast.department_a), [new("Sở Một"), new("Sở Hai")]))
    add_allotment_rule(
        act, cast.department_a.pk, "rest", fate="give",
        unit=act.steps.get().units.filter(side="new").first(), actor=cast.coordinator,
    )  # fmt: skip
    carried_out(cast, act)
    with translation.override("vi"):
        lines = [str(line["text"]) for line in _left(Desk(document, cast.coordinator))]
    assert any("không có đúng một đơn vị kế thừa" in line for line in lines)
    approve_document(document, revision=document.revision, actor=cast.coordinator)
    assert cast.department_a.pk not in bodies_now(document)
    assert None in bodies_now(document)


def test_a_task_entered_from_an_old_paper_goes_to_the_successor(cast: Cast) -> None:
    act = carried_out(cast, merged(cast, [cast.department_a], new("Sở Kinh tế")))
    task = enter_task(
        "Báo cáo", [Named("Sở Công Thương", "lead")], kind="conclusion", number="3/TB-UBND",
        issued_on=date(2024, 5, 5), actor=cast.coordinator,
    )  # fmt: skip
    assert [row.organisation for row in task.assignments.all()] == [made_body(act)]


def test_successors_are_found_through_several_acts(cast: Cast) -> None:
    first = carried_out(
        cast,
        merged(
            cast,
            [cast.department_a],
            new("Sở Kinh tế"),
            day=timezone.localdate() - timedelta(days=9),
        ),
    )
    second = merged(cast, [made_body(first)], new("Sở Phát triển"), title="Lần hai")
    second = carried_out(cast, second)
    today = timezone.localdate()
    bodies = [cast.department_a.pk, cast.department_b.pk]
    assert ended(bodies, today) == {cast.department_a.pk}
    assert successors(bodies, today) == {cast.department_a.pk: [made_body(second).pk]}
    between = today - timedelta(days=5)
    assert successors(bodies, between) == {cast.department_a.pk: [made_body(first).pk]}


def test_nobody_is_appointed_to_a_body_that_has_ended(cast: Cast) -> None:
    carried_out(cast, merged(cast, [cast.department_a], new("Sở Kinh tế")))
    ended_body = Organisation.objects.get(pk=cast.department_a.pk)
    with pytest.raises(Refused):
        appoint(cast.reader, "officer", ended_body, valid_from=DAY, actor=cast.system_admin)
    past = appoint(
        cast.reader,
        "officer",
        ended_body,
        valid_from=DAY,
        valid_until=date(2026, 7, 1),
        actor=cast.system_admin,
    )
    assert past.valid.upper == date(2026, 7, 1)


def test_an_act_to_approve_waits_on_the_first_page_of_those_who_may(cast: Cast) -> None:
    act = submitted(cast, merged(cast, [cast.department_a], new("Sở Kinh tế")))
    for name, waits in (
        ("leader", True),
        ("second_coordinator", True),
        ("coordinator", False),
        ("officer", False),
    ):
        found = [each.about for each in waiting_for(getattr(cast, name))]
        assert (name, act.title in found) == (name, waits)
