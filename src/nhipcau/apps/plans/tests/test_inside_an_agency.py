"""Inside an agency: the clerk receives, the head assigns, the specialist drafts, the head approves."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404
from tests.cast import BEGINNING, Cast, make_user
from tests.life import report

from nhipcau.apps.accounts.models import User
from nhipcau.apps.notices.models import Notice
from nhipcau.apps.orgs.models import Appointment
from nhipcau.apps.plans.actions import (
    Said,
    approve_report,
    assign_specialist,
    give_back,
    receive_assignment,
    send_update,
    set_agency_steps,
    specialists,
)
from nhipcau.apps.plans.models import AgencySteps, Assignment, Update, Verdict
from nhipcau.apps.plans.stepping import Step, at_step, step_now
from nhipcau.apps.plans.tests.test_life import code_of, given

DONE = Said("Đã xong, gửi kèm danh sách.", done=True)


@dataclass(frozen=True)
class Office:
    """Sở A with a clerk, a head, two specialists."""

    clerk: User
    head: User
    one: User
    two: User
    task: Assignment


def staff(cast: Cast, name: str, post: str) -> User:
    user = make_user(name, f"Người {name}")
    Appointment.objects.create(
        user=user, role="officer", organisation=cast.department_a, post=post, valid=(BEGINNING, None)
    )
    return user


@pytest.fixture
def office(cast: Cast) -> Office:
    Appointment.objects.filter(user=cast.officer).delete()
    set_agency_steps(cast.department_a, receives=True, assigns=True, approves=True, actor=cast.coordinator)
    return Office(
        clerk=staff(cast, "clerk", "clerk"),
        head=staff(cast, "head", "head"),
        one=staff(cast, "one", "specialist"),
        two=staff(cast, "two", "specialist"),
        task=given(cast),
    )


def fresh(row: Assignment) -> Assignment:
    return Assignment.objects.get(pk=row.pk)


def through(office: Office) -> Assignment:
    """Received, and given to the first specialist."""
    row = receive_assignment(office.task, version=office.task.version, actor=office.clerk)
    return assign_specialist(row, office.one, version=row.version, actor=office.head)


def test_a_report_goes_through_the_agency_step_by_step(cast: Cast, office: Office) -> None:
    row = through(office)
    assert (row.step, row.specialist, row.status) == ("drafting", office.one, "not_begun")
    send_update(row, DONE, actor=office.one)
    row = fresh(row)
    assert (row.step, row.status, row.done_on) == ("to_approve", "in_progress", None)
    draft = Update.objects.get()
    assert not Update.objects.visible_to(cast.coordinator).exists()
    assert list(Update.objects.visible_to(office.head)) == [draft]
    row = approve_report(row, version=row.version, actor=office.head)
    assert (row.step, row.status, row.done_on is not None) == ("sent", "reported", True)
    sent = Update.objects.visible_to(cast.coordinator).get()
    assert (sent.created_by, sent.sent_by) == (office.one, office.head)


def test_the_head_gives_a_draft_back_with_a_reason_that_stays_inside(cast: Cast, office: Office) -> None:
    row = through(office)
    send_update(row, DONE, actor=office.one)
    row = fresh(row)
    version = row.version
    assert code_of(lambda: give_back(row, reason="", version=version, actor=office.head)) == "reason"
    row = give_back(row, reason="Thiếu số liệu", version=version, actor=office.head)
    assert (row.step, row.status) == ("drafting", "in_progress")
    assert Verdict.objects.visible_to(office.one).get().reason == "Thiếu số liệu"
    assert not Verdict.objects.visible_to(cast.coordinator).exists()
    assert not Verdict.objects.visible_to(cast.outsider).exists()
    assert Notice.objects.get(recipient=office.one, kind="plans.given_back").values["reason"]
    send_update(row, DONE, actor=office.one)
    row = fresh(row)
    approve_report(row, version=row.version, actor=office.head)
    assert list(Update.objects.order_by("pk").values_list("state", flat=True)) == ["given_back", "sent"]


def test_each_step_is_taken_by_its_post(cast: Cast, office: Office) -> None:
    row = office.task
    for wrong in (office.one, cast.coordinator):
        with pytest.raises(PermissionDenied):
            receive_assignment(row, version=0, actor=wrong)
    with pytest.raises(Http404):
        receive_assignment(row, version=0, actor=cast.outsider)
    with pytest.raises(PermissionDenied):
        send_update(row, DONE, actor=office.clerk)
    assert code_of(lambda: send_update(row, DONE, actor=office.one)) == "not-your-step"
    row = receive_assignment(row, version=0, actor=office.clerk)
    for wrong in (office.clerk, office.one):
        with pytest.raises(PermissionDenied):
            assign_specialist(row, office.one, version=row.version, actor=wrong)
    with pytest.raises(PermissionDenied):
        approve_report(row, version=row.version, actor=office.one)


def test_who_has_it_drafts_and_the_other_specialist_does_not(cast: Cast, office: Office) -> None:
    row = through(office)
    with pytest.raises(PermissionDenied):
        send_update(row, DONE, actor=office.two)
    assert set(specialists(row)) == {office.head, office.one, office.two}
    version = row.version
    assert (
        code_of(lambda: assign_specialist(row, office.clerk, version=version, actor=office.head))
        == "not-of-agency"
    )
    row = assign_specialist(row, office.two, version=version, actor=office.head)
    assert Notice.objects.filter(recipient=office.two, kind="plans.given_to_you").count() == 1
    send_update(row, DONE, actor=office.two)
    assert fresh(row).step == "to_approve"


def test_a_step_that_somebody_took_meanwhile_is_told(office: Office) -> None:
    row = receive_assignment(office.task, version=0, actor=office.clerk)
    assert code_of(lambda: receive_assignment(row, version=0, actor=office.head)) == "moved"
    assert code_of(lambda: receive_assignment(row, version=row.version, actor=office.head)) == "moved"


def test_the_heads_own_report_needs_nobody_else(office: Office) -> None:
    send_update(through(office), DONE, actor=office.head)
    assert fresh(office.task).status == "reported"


def test_the_lead_agency_enters_a_report_on_paper_unless_one_waits_inside(cast: Cast, office: Office) -> None:
    row = through(office)
    send_update(row, DONE, actor=office.one)
    assert code_of(lambda: report(row, cast.coordinator)) == "waits-inside"
    row = fresh(row)
    give_back(row, reason="Sửa lại", version=row.version, actor=office.head)
    assert report(row, cast.coordinator).status == "reported"


def test_steps_that_an_agency_does_not_use_are_passed_over(cast: Cast) -> None:
    row = given(cast)
    none = AgencySteps(organisation=cast.department_a)
    heads = AgencySteps(organisation=cast.department_a, assigns=True)
    assert (step_now(row, none), step_now(row, heads)) == ("drafting", "to_assign")
    assert list(Assignment.objects.filter(at_step(Step.DRAFTING, [none]))) == [row]
    assert list(Assignment.objects.filter(at_step(Step.TO_ASSIGN, [heads]))) == [row]
    assert not Assignment.objects.filter(at_step(Step.TO_RECEIVE, [none, heads])).exists()
    assert report(row, cast.officer).status == "reported"


def test_coordinator_and_head_say_how_the_agency_works(cast: Cast, office: Office) -> None:
    for who in (office.one, office.clerk, cast.outsider, cast.leader):
        with pytest.raises((PermissionDenied, Http404)):
            set_agency_steps(cast.department_a, receives=False, assigns=False, approves=False, actor=who)
    assert AgencySteps.objects.get().approves
    set_agency_steps(cast.department_a, receives=False, assigns=False, approves=False, actor=office.head)
    assert not AgencySteps.objects.get().approves
