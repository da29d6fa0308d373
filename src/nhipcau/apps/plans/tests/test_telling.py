"""Who is told of what happens to a task."""

from __future__ import annotations

import pytest
from django.utils import translation
from tests.cast import Cast

from nhipcau.apps.notices.actions import tell
from nhipcau.apps.notices.models import Notice
from nhipcau.apps.notices.registers import known_kinds
from nhipcau.apps.notices.wording import plain
from nhipcau.apps.plans.actions import approve_document, remove_document
from nhipcau.apps.plans.models import Assignment
from nhipcau.apps.plans.telling import KINDS, tell_agency, tell_overseers
from nhipcau.apps.plans.tests.conftest import drafted
from nhipcau.apps.plans.tests.test_life import given as alone


@pytest.fixture
def given(cast: Cast) -> Assignment:
    document = approve_document(drafted(cast), revision=0, actor=cast.coordinator)
    Notice.objects.all().delete()
    return Assignment.objects.filter(task__document=document, organisation=cast.department_a)[0]


def readers() -> list[str]:
    return sorted(row.recipient.email.partition("@")[0] for row in Notice.objects.select_related("recipient"))


def test_the_agency_is_told_with_its_name_and_its_task(cast: Cast, given: Assignment) -> None:
    tell_agency(given, "plans.returned", key="returned:1", actor=cast.coordinator, reason="thiếu số liệu")
    assert readers() == ["officer"]
    with translation.override("en"):
        words = plain(Notice.objects.get())
    assert given.task.text[:40] in words
    assert "thiếu số liệu" in words


def test_those_who_oversee_are_told_the_actor_apart(cast: Cast, given: Assignment) -> None:
    tell_overseers(given, "plans.reported", key="reported:1", actor=cast.second_coordinator)
    assert readers() == ["coordinator"]
    tell_overseers(given, "plans.stuck", key="stuck:1", actor=cast.officer, leaders=True, reason="vốn")
    assert readers() == ["coordinator", "coordinator", "leader", "second_coordinator"]


def test_an_assignment_without_an_organisation_tells_nobody(cast: Cast, given: Assignment) -> None:
    given.organisation = None
    tell_agency(given, "plans.accepted", key="accepted:1", actor=cast.coordinator)
    assert not Notice.objects.exists()


def test_every_kind_is_registered() -> None:
    assert set(KINDS) <= set(known_kinds())


def test_a_plan_removed_for_good_leaves_no_message_of_its_tasks(cast: Cast, given: Assignment) -> None:
    tell_agency(given, "plans.accepted", key="accepted:1", actor=cast.coordinator)
    tell([cast.officer], "plans.accepted", key="d", actor=cast.coordinator, about=given.task.document)
    remove_document(given.task.document, reason="nhầm", actor=cast.coordinator)
    assert not Notice.objects.exists()


def test_who_was_given_tasks_by_a_plan_is_told_once_with_how_many(cast: Cast) -> None:
    document = approve_document(drafted(cast), revision=0, actor=cast.coordinator)
    notice = Notice.objects.get(recipient=cast.officer)
    count = Assignment.objects.filter(task__document=document, organisation=cast.department_a).count()
    assert (notice.kind, notice.values["n"]) == ("plans.plan_given", count)
    remove_document(document, reason="nhầm", actor=cast.coordinator)
    assert not Notice.objects.exists()


def test_who_is_given_a_single_task_is_told_of_it(cast: Cast) -> None:
    row = alone(cast)
    assert Notice.objects.get(recipient=cast.officer).values["task"] == row.task.text
