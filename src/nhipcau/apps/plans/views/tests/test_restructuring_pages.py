"""The pages of an act of restructuring, without scripts: stale forms, refusals, lists, long work."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from tests.cast import Cast, SignedIn

from nhipcau.apps.files.models import LongWork
from nhipcau.apps.notices.models import Notice
from nhipcau.apps.notices.registers import page_of
from nhipcau.apps.orgs.actions import Body, Stated, allot_items, ask_undo, refuse_undo, return_restructuring
from nhipcau.apps.orgs.models import Allotment, Restructuring
from nhipcau.apps.plans.tests.acts import (
    approved_plan,
    carried_out,
    merged,
    new,
    old,
    stated,
    submitted,
    task_of,
    undone,
)

ASSIGNMENTS = "plans.assignment.organisation"
Counted = Callable[[int], Any]


@pytest.fixture(autouse=True)
def _jobs_at_once(settings: Any) -> None:
    settings.JOBS_INLINE = True


def page(name: str, act: Restructuring, *more: object) -> str:
    return reverse(f"orgs:{name}", args=[act.pk, *more])


def test_a_list_of_many_acts_asks_as_often_as_one_of_few(
    cast: Cast, signed_in: SignedIn, django_assert_num_queries: Counted
) -> None:
    client = signed_in("coordinator")
    address = reverse("orgs:restructurings")
    stated(cast, title="Phương án đầu")
    client.get(address)
    with CaptureQueriesContext(connection) as few:
        client.get(address)
    for number in range(20):
        stated(cast, title=f"Phương án {number}")
    with django_assert_num_queries(len(few)):
        response = client.get(address)
    assert response.context["heading"].startswith("21")


def test_a_page_that_is_older_than_the_act_changes_nothing(cast: Cast, signed_in: SignedIn) -> None:
    act = merged(cast, [cast.department_a], new("Sở Kinh tế"))
    step = act.steps.get()
    client = signed_in("coordinator")
    response = client.post(page("step_remove", act, step.pk), {"revision": act.revision - 1})
    assert response.status_code == 422
    assert act.steps.exists()
    response = client.post(page("step_remove", act, step.pk), {"revision": act.revision})
    assert response.status_code == 302
    assert not act.steps.exists()


def test_the_author_finds_no_button_to_approve_and_is_refused_without_it(
    cast: Cast, signed_in: SignedIn
) -> None:
    act = submitted(cast, merged(cast, [cast.department_a], new("Sở Kinh tế")))
    client = signed_in("coordinator")
    assert page("restructuring_approve", act) not in client.get(page("restructuring", act)).content.decode()
    assert client.post(page("restructuring_approve", act), {"revision": act.revision}).status_code == 403
    assert signed_in("leader").get(page("restructuring", act)).status_code == 200


def test_ticked_items_and_rules_reach_only_what_may_be_allotted(cast: Cast, signed_in: SignedIn) -> None:
    task = task_of(approved_plan(cast), "Việc", cast.department_a)
    act = stated(cast, Stated("split", old(cast.department_a), [new("Sở Một"), new("Sở Hai")]))
    client, body = signed_in("coordinator"), cast.department_a.pk
    row = task.assignments.get()
    sent: dict[str, Any] = {"revision": act.revision, "target": "end"}
    for item in ("accounts.user:1", f"{ASSIGNMENTS}:1;drop", "x"):
        assert client.post(page("items_allot", act, body), {**sent, "item": item}).status_code == 422
    assert not Allotment.objects.exists()
    good = {**sent, "item": f"{ASSIGNMENTS}:{row.pk}"}
    assert client.post(page("items_allot", act, body), {**good, "target": "999999"}).status_code == 422
    assert client.post(page("items_allot", act, body), good).status_code == 302
    assert Allotment.objects.get().fate == "end"
    act.refresh_from_db()
    rule = {"revision": act.revision, "by": "words", "value": "", "target": "end"}
    assert client.post(page("rule_new", act, body), rule).status_code == 422
    assert client.post(page("rule_new", act, body), {**rule, "by": "rest"}).status_code == 302


def test_an_allotment_to_a_body_that_a_step_no_longer_names_does_not_count(cast: Cast) -> None:
    task = task_of(approved_plan(cast), "Việc", cast.department_a)
    act = stated(cast, Stated("split", old(cast.department_a), [new("Sở Một"), new("Sở Hai")]))
    unit = act.steps.get().units.filter(side="new").first()
    row = task.assignments.get()
    allot_items(act, [(ASSIGNMENTS, str(row.pk))], "give", unit=unit, actor=cast.coordinator)
    act.steps.get().delete()
    assert not Allotment.objects.exists()


def test_what_depends_on_it_is_listed_before_anybody_asks(cast: Cast, signed_in: SignedIn) -> None:
    task = task_of(approved_plan(cast), "Việc", cast.department_a)
    act = carried_out(cast, merged(cast, [cast.department_a], Body(organisation=cast.department_b.pk)))
    client = signed_in("coordinator")
    assert client.get(page("restructuring_undo", act)).context["may_undo"]
    task.assignments.update(status="accepted")
    response = client.get(page("restructuring_undo", act))
    assert not response.context["may_undo"]
    assert len(response.context["depends"]) == 1
    response = client.post(page("restructuring_undo", act), {"reason": "Nhầm"})
    act.refresh_from_db()
    assert (response.status_code, act.state) == (422, "carried_out")
    assert "depends on the act by now" in response.content.decode()


def test_who_asked_to_undo_an_act_is_refused_and_a_second_person_does_it(
    cast: Cast, signed_in: SignedIn
) -> None:
    act = carried_out(cast, merged(cast, [cast.department_a], new("Sở Kinh tế")))
    client = signed_in("coordinator")
    client.post(page("restructuring_undo", act), {"reason": "Nhầm nghị quyết"})
    act.refresh_from_db()
    assert (act.state, act.undo_asked_by) == ("undo_asked", cast.coordinator)
    body = client.get(page("restructuring", act)).content.decode()
    assert "Nhầm nghị quyết" in body
    assert page("undo_approve", act) not in body
    sent = {"revision": act.revision}
    assert client.post(page("undo_approve", act), sent).status_code == 403
    leader = signed_in("leader")
    assert act.title in leader.get("/").content.decode()
    assert leader.post(page("undo_approve", act), {"revision": act.revision - 1}).status_code == 422
    assert leader.post(page("undo_approve", act), sent).status_code == 302
    act.refresh_from_db()
    assert (act.state, act.undone_by, act.reason) == ("undone", cast.leader, "Nhầm nghị quyết")


def told(kind: str) -> set[Any]:
    return {row.recipient for row in Notice.objects.filter(kind=f"orgs.{kind}")}


def test_everybody_who_has_a_part_in_an_act_hears_of_its_turns(cast: Cast, signed_in: SignedIn) -> None:
    act = carried_out(cast, merged(cast, [cast.department_a], new("Sở Kinh tế")))
    assert told("act_submitted") == {cast.second_coordinator, cast.leader}
    assert told("act_done") == {cast.coordinator}
    act = ask_undo(act, reason="Nhầm", actor=cast.second_coordinator)
    assert told("undo_asked") == {cast.coordinator, cast.leader}
    refuse_undo(act, reason="Vẫn còn hiệu lực", actor=cast.leader)
    assert told("undo_refused") == {cast.coordinator, cast.second_coordinator}
    undone(cast, act)
    assert told("act_undone") == {cast.coordinator}
    shown = Notice.objects.get(kind="orgs.act_undone")
    assert page("restructuring", act) == page_of(shown.about_type, shown.about_id)


def test_what_is_sent_back_is_told_to_who_wrote_it(cast: Cast) -> None:
    act = submitted(cast, merged(cast, [cast.department_a], new("Sở Kinh tế")))
    return_restructuring(act, reason="Thiếu căn cứ", actor=cast.leader)
    assert told("act_returned") == {cast.coordinator}


def test_an_undoing_that_is_refused_leaves_the_act_and_says_why(cast: Cast, signed_in: SignedIn) -> None:
    act = carried_out(cast, merged(cast, [cast.department_a], new("Sở Kinh tế")))
    signed_in("coordinator").post(page("restructuring_undo", act), {"reason": "Nhầm"})
    leader = signed_in("leader")
    assert leader.post(page("undo_refuse", act), {"reason": " "}).status_code == 422
    leader.post(page("undo_refuse", act), {"reason": "Nghị quyết vẫn còn hiệu lực"})
    act.refresh_from_db()
    assert act.state == "carried_out"
    body = signed_in("coordinator").get(page("restructuring", act)).content.decode()
    assert "Nghị quyết vẫn còn hiệu lực" in body
    assert "It was not undone" in body
    # It can be asked for once more.
    again = signed_in("coordinator").post(page("restructuring_undo", act), {"reason": "Có văn bản mới"})
    assert again.status_code == 302


def test_what_came_to_rest_on_it_while_it_waited_is_told_as_the_reason(
    cast: Cast, signed_in: SignedIn
) -> None:
    task = task_of(approved_plan(cast), "Việc", cast.department_a)
    act = carried_out(cast, merged(cast, [cast.department_a], Body(organisation=cast.department_b.pk)))
    act = ask_undo(act, reason="Nhầm", actor=cast.coordinator)
    task.assignments.update(status="accepted")
    leader = signed_in("leader")
    response = leader.post(page("undo_approve", act), {"revision": act.revision}, follow=True)
    act.refresh_from_db()
    assert act.state == "carried_out"
    # In the words of the instance's language, as the job wrote them down.
    assert "phụ thuộc vào phương án" in response.content.decode()


def test_a_job_that_was_killed_blocks_nobody_for_ever(cast: Cast, signed_in: SignedIn) -> None:
    act = carried_out(cast, merged(cast, [cast.department_a], new("Sở Kinh tế")))
    act = ask_undo(act, reason="Nhầm", actor=cast.coordinator)
    work = LongWork.objects.create(kind="orgs.undo", owner=cast.coordinator, state="running")
    Restructuring.objects.filter(pk=act.pk).update(work=work)
    client, sent = signed_in("leader"), {"revision": act.revision}
    assert client.get(page("restructuring", act)).context["running"]
    assert client.post(page("undo_approve", act), sent).status_code == 422
    LongWork.objects.filter(pk=work.pk).update(created_at=timezone.now() - timedelta(hours=1))
    assert client.post(page("undo_approve", act), sent).status_code == 302
    act.refresh_from_db()
    assert act.state == "undone"
