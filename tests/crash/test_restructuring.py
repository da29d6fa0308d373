"""kill -9 in the middle of carrying an act out or undoing it, and two who do it at once: all or nothing."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from tests.cast import Cast, make_cast
from tests.crash.conftest import Killed

from nhipcau.apps.access.identity import acting
from nhipcau.apps.access.refusals import Refused
from nhipcau.apps.accounts.models import User
from nhipcau.apps.orgs.actions import (
    Body,
    approve_restructuring,
    ask_undo,
    carry_out_restructuring,
    undo_restructuring,
)
from nhipcau.apps.orgs.models import Restructuring, RowChange
from nhipcau.apps.plans.actions import approve_document
from nhipcau.apps.plans.management.commands.restructuring_scenario import digests
from nhipcau.apps.plans.models import Assignment, Status
from nhipcau.apps.plans.tests.acts import approved_plan, carried_out, merged, new, submitted, task_of
from nhipcau.apps.plans.tests.conftest import drafted

pytestmark = [pytest.mark.crash, pytest.mark.django_db(transaction=True)]

ACT = "nhipcau.apps.orgs.actions.carry_out_restructuring"
UNDO = "nhipcau.apps.orgs.actions.undo_restructuring"
ACTING = [
    (ACT, "lock_rows", "after"),
    (ACT, "_make_bodies", "after"),
    (ACT, "write", "after"),
    (ACT, "followers", "after"),
    (ACT, "account", "after"),
    ("nhipcau.apps.access.act", "write", "after"),
]
UNDOING = [(UNDO, "take_back", "before"), (UNDO, "take_back", "after"), (UNDO, "recompute", "after")]


def world() -> tuple[Cast, Restructuring]:
    """Two departments with open work, one task of both, and the approved act that merges them."""
    cast = make_cast()
    plan = approved_plan(cast)
    task_of(plan, "Chung", cast.department_a, cast.department_b)
    for number in range(5):
        task_of(plan, f"Việc {number}", cast.department_a)
    act = submitted(cast, merged(cast, [cast.department_a, cast.department_b], new("Sở Kinh tế")))
    Restructuring.objects.filter(pk=act.pk).update(state="approved", approved_by=cast.leader)
    act.refresh_from_db()
    return cast, act


@pytest.mark.parametrize("point", ACTING, ids=lambda point: "-".join(point[1:]))
def test_an_act_killed_in_the_middle_changed_nothing_and_is_carried_out_again(
    killed: Killed, point: tuple[str, str, str]
) -> None:
    cast, act = world()
    before = digests()
    assert killed((*point, 1), "carry_out", act.pk, cast.leader.pk) == -signal.SIGKILL
    act.refresh_from_db()
    assert (act.state, RowChange.objects.count(), digests()) == ("approved", 0, before)
    carry_out_restructuring(act, actor=cast.leader)
    assert not Assignment.objects.filter(
        organisation__in=(cast.department_a, cast.department_b), ended_at=None
    ).exists()


@pytest.mark.parametrize("point", UNDOING, ids=lambda point: "-".join(point[1:]))
def test_an_undoing_killed_in_the_middle_changed_nothing_and_is_done_again(
    killed: Killed, point: tuple[str, str, str]
) -> None:
    cast, act = world()
    before = digests()
    act = carry_out_restructuring(act, actor=cast.leader)
    act = ask_undo(act, reason="Nhầm", actor=cast.coordinator)
    done = digests()
    assert killed((*point, 1), "undo", act.pk, cast.leader.pk) == -signal.SIGKILL
    act.refresh_from_db()
    assert (act.state, digests()) == ("undo_asked", done)
    undo_restructuring(act, actor=cast.leader)
    assert digests() == before


def at_once(*works: Callable[[], Any]) -> list[BaseException | None]:
    """Each in a thread and a connection of its own, begun together; what each raised."""
    gate, raised = threading.Barrier(len(works)), [None] * len(works)  # type: list[Any]

    def run(place: int, work: Callable[[], Any]) -> None:
        try:
            gate.wait(10)
            work()
        except Exception as error:  # told to the test
            raised[place] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(place, work)) for place, work in enumerate(works)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return list(raised)


def doing(act: Restructuring, user: User) -> Callable[[], None]:
    def work() -> None:
        with acting(user):
            carry_out_restructuring(Restructuring.objects.get(pk=act.pk), actor=user)

    return work


def test_of_two_who_carry_it_out_at_once_one_is_told() -> None:
    cast, act = world()
    raised = at_once(doing(act, cast.leader), doing(act, cast.second_coordinator))
    assert sorted(type(each).__name__ for each in raised) == ["NoneType", "Refused"]
    assert RowChange.objects.filter(model="orgs.organisation").count() == 1


def test_of_two_acts_that_merge_each_into_the_other_one_is_refused() -> None:
    cast = make_cast()
    task_of(approved_plan(cast), "Việc", cast.department_a, cast.department_b)
    acts = []
    for old, to in ((cast.department_a, cast.department_b), (cast.department_b, cast.department_a)):
        act = submitted(cast, merged(cast, [old], Body(organisation=to.pk)))
        Restructuring.objects.filter(pk=act.pk).update(state="approved", approved_by=cast.leader)
        acts.append(act)
    raised = at_once(*(doing(act, cast.leader) for act in acts))
    assert sum(each is None for each in raised) == 1
    assert isinstance(next(each for each in raised if each is not None), Refused)


def test_an_officer_who_works_meanwhile_loses_nothing() -> None:
    cast, act = world()
    rows = list(Assignment.objects.filter(organisation=cast.department_a).order_by("-pk"))

    def officer() -> None:
        for row in rows:
            with acting(cast.officer):
                fresh = Assignment.objects.select_for_update().get(pk=row.pk)
                fresh.status = Status.IN_PROGRESS
                fresh.save(update_fields=["status", "changed_at"])

    raised = at_once(doing(act, cast.leader), officer)
    assert raised == [None, None]
    kept = Assignment.objects.filter(pk__in=[row.pk for row in rows])
    assert set(kept.values_list("status", flat=True)) == {Status.IN_PROGRESS}
    assert not kept.filter(organisation=cast.department_a, ended_at=None).exists()


def test_an_act_that_is_undone_twice_at_once_is_undone_once(settings: Any) -> None:
    settings.JOBS_INLINE = True
    cast = make_cast()
    act = carried_out(cast, merged(cast, [cast.department_a], new("Sở Kinh tế")))
    ask_undo(act, reason="Nhầm", actor=cast.coordinator)

    def undoing() -> None:
        with acting(cast.leader):
            found = Restructuring.objects.get(pk=act.pk)
            undo_restructuring(found, actor=cast.leader)

    raised = at_once(undoing, undoing)
    assert sorted(type(each).__name__ for each in raised) == ["NoneType", "Refused"]
    act.refresh_from_db()
    assert act.state == "undone"


def test_two_who_approve_at_once_approve_once() -> None:
    cast = make_cast()
    act = submitted(cast, merged(cast, [cast.department_a], new("Sở Kinh tế")))

    def approving(user: User) -> Callable[[], None]:
        def work() -> None:
            with acting(user):
                found = Restructuring.objects.get(pk=act.pk)
                approve_restructuring(found, revision=act.revision, actor=user)

        return work

    raised = at_once(approving(cast.leader), approving(cast.second_coordinator))
    assert sorted(type(each).__name__ for each in raised) == ["NoneType", "Refused"]


def test_a_plan_approved_at_the_same_moment_gives_nothing_to_a_body_that_ends(settings: Any) -> None:
    settings.JOBS_INLINE = True
    cast, act = world()
    document = drafted(cast)

    def approving() -> None:
        with acting(cast.coordinator):
            approve_document(document, revision=document.revision, actor=cast.coordinator)

    assert at_once(doing(act, cast.leader), approving) == [None, None]
    gone = (cast.department_a, cast.department_b)
    assert Assignment.objects.filter(task__document=document).exists()
    assert not Assignment.objects.filter(organisation__in=gone, ended_at=None).exists()
