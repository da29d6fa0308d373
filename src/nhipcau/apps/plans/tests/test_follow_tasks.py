"""Tasks after approval: entered by hand, followed, ended; found in lists."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.utils import timezone
from tests.cast import Cast
from tests.life import begin, finish, report

from nhipcau.apps.orgs.actions import create_organisation
from nhipcau.apps.plans.actions import accept_report, approve_document, end_task, enter_task, return_report
from nhipcau.apps.plans.drafting import Named
from nhipcau.apps.plans.models import Assignment, Document, Outcome, Task, outcome_of
from nhipcau.apps.plans.refusals import Refused
from nhipcau.apps.plans.tests.conftest import drafted
from nhipcau.apps.plans.tests.readings import Item, plan

TODAY = timezone.localdate()


def entered(cast: Cast, text: str = "Báo cáo danh sách chuyên gia", due_on: date | None = None) -> Task:
    return enter_task(
        text,
        [Named("Sở Công Thương", "lead"), Named("Sở TC", "coordinate", partner=True)],
        actor=cast.coordinator,
        kind=Document.Kind.CONCLUSION,
        number="55/TB-UBND",
        issued_on=date(2026, 11, 2),
        title="Kết luận cuộc họp",
        quote="Giao Sở Công Thương báo cáo.",
        due_on=due_on,
    )


def test_a_task_is_entered_with_its_source(cast: Cast) -> None:
    first, second = entered(cast, due_on=TODAY), entered(cast, "Việc thứ hai")
    assert first.document == second.document
    assert (first.document.kind, first.document.state, first.due_on) == ("conclusion", "approved", TODAY)
    assert [row.organisation for row in first.assignments.all()] == [cast.department_a, cast.department_b]
    assert first.role == "lead"
    assert list(Task.objects.visible_to(cast.officer)) == [first, second]


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"text": " "}, "empty-text"),
        ({"named": [Named(" ")]}, "no-agency"),
        ({"number": "", "issued_on": None, "title": "", "quote": " "}, "no-source"),
    ],
)
def test_a_task_without_words_agency_or_source_is_refused(cast: Cast, values: dict, code: str) -> None:
    full = {
        "text": "Việc",
        "named": [Named("Sở Công Thương")],
        "number": "1/TB",
        "issued_on": None,
        "kind": "note",
    }
    with pytest.raises(Refused) as refused:
        enter_task(**{**full, **values}, actor=cast.coordinator)
    assert refused.value.code == code
    assert not Document.objects.exists()


def test_only_coordinators_enter_and_end_tasks(cast: Cast) -> None:
    task = entered(cast)
    with pytest.raises(PermissionDenied):
        enter_task("x", [Named("y")], actor=cast.officer, kind="note", number="1")
    with pytest.raises(PermissionDenied):
        end_task(task, reason="x", actor=cast.officer)


def test_the_task_is_done_when_all_who_are_charged_are(cast: Cast) -> None:
    both = Item("a)", "Rà soát.", agencies=("Sở Công Thương", "Sở Tài chính"), partners=("Sở Ngoại vụ",))
    approve_document(drafted(cast, plan(items=(both,))), revision=0, actor=cast.coordinator)
    one, two, _partner = Assignment.objects.order_by("pk")
    finish(one, cast.coordinator, TODAY - timedelta(days=3))
    task = Task.objects.get()
    assert (task.status, task.done_on) == ("in_progress", None)
    reported = report(two, cast.outsider)
    task.refresh_from_db()
    assert (task.status, task.done_on) == ("reported", TODAY)
    accept_report(reported, version=reported.version, actor=cast.coordinator)
    task.refresh_from_db()
    assert (task.status, task.done_on) == ("accepted", TODAY)
    one.refresh_from_db()
    return_report(one, reason="Nhầm", version=one.version, actor=cast.coordinator)
    task.refresh_from_db()
    assert (task.status, task.done_on) == ("returned", None)


def test_progress_is_the_agencys_own(cast: Cast) -> None:
    mine, partners = entered(cast).assignments.all()
    with pytest.raises(PermissionDenied):
        report(partners, cast.officer)
    with pytest.raises(Http404):
        report(mine, cast.commune_officer)
    with pytest.raises(Refused) as refused:
        report(mine, cast.coordinator, TODAY + timedelta(days=1))
    assert refused.value.code == "done-day"
    with pytest.raises(Refused) as refused:
        report(mine, cast.officer, TODAY - timedelta(days=1))
    assert refused.value.code == "not-your-day"
    assert begin(mine, cast.officer).status == "in_progress"


def test_an_ended_task_keeps_what_was_done_and_takes_no_more(cast: Cast) -> None:
    task = entered(cast)
    mine = task.assignments.get(partner=False)
    begin(mine, cast.officer)
    with pytest.raises(Refused):
        end_task(task, reason=" ", actor=cast.coordinator)
    end_task(task, reason="Không còn cần", actor=cast.coordinator)
    for change in (
        lambda: report(mine, cast.officer),
        lambda: end_task(task, reason="nữa", actor=cast.coordinator),
    ):
        with pytest.raises(Refused) as refused:
            change()
        assert refused.value.code == "task-ended"
    assert Assignment.objects.get(pk=mine.pk).status == "in_progress"
    assert not Task.objects.current().exists()


@pytest.mark.parametrize(
    ("status", "due", "done", "outcome"),
    [
        ("accepted", 0, 0, Outcome.DONE_IN_TIME),
        ("accepted", 0, -1, Outcome.DONE_IN_TIME),
        ("accepted", -2, -1, Outcome.DONE_LATE),
        ("accepted", -2, None, Outcome.DONE_IN_TIME),
        ("accepted", None, -1, Outcome.DONE_IN_TIME),
        ("reported", -2, -2, Outcome.OPEN_IN_TIME),
        ("reported", -2, -1, Outcome.OPEN_OVERDUE),
        ("reported", -1, None, Outcome.OPEN_OVERDUE),
        ("reported", 0, None, Outcome.OPEN_IN_TIME),
        ("reported", None, -1, Outcome.OPEN_IN_TIME),
        ("returned", -1, None, Outcome.OPEN_OVERDUE),
        ("returned", 0, None, Outcome.OPEN_IN_TIME),
        ("not_begun", 0, None, Outcome.OPEN_IN_TIME),
        ("in_progress", -1, None, Outcome.OPEN_OVERDUE),
        ("not_begun", None, None, Outcome.OPEN_IN_TIME),
    ],
)
def test_four_outcomes_are_kept_apart(
    cast: Cast, status: str, due: int | None, done: int | None, outcome: Outcome
) -> None:
    due_on = None if due is None else TODAY + timedelta(days=due)
    done_on = None if done is None else TODAY + timedelta(days=done)
    assert outcome_of(status, due_on, done_on, TODAY) == outcome
    task = entered(cast, due_on=due_on)
    own = [cast.department_a.pk]
    Task.objects.update(status=status, done_on=done_on)
    Assignment.objects.update(status=status, done_on=done_on, due_on=due_on)
    for each in Outcome:
        for organisations in (None, own):
            found = Task.objects.with_outcome(each, TODAY, organisations)
            assert list(found) == ([task] if each == outcome else [])
    counts = Task.objects.outcome_counts(TODAY)
    assert (getattr(counts, outcome.value), counts.total) == (1, 1)
    assert Task.objects.outcome_counts(TODAY, own) == counts


def test_lists_are_filtered_by_words_agency_role_and_date(cast: Cast) -> None:
    soon, late = (
        entered(cast, "Tổ chức Hội nghị", TODAY),
        entered(cast, "Lập danh sách ĐƯỜNG", TODAY - timedelta(9)),
    )
    tasks = Task.objects.visible_to(cast.leader)
    assert list(tasks.matching("hoi NGHI")) == [soon]
    assert list(tasks.matching("duong danh")) == [late]
    assert list(tasks.matching("% _")) == []
    assert list(tasks.of([cast.department_b.pk], "lead")) == []
    assert set(tasks.of([cast.department_b.pk], "coordinate")) == {soon, late}
    assert set(tasks.with_role("lead")) == {soon, late}
    assert list(tasks.due_between(TODAY, TODAY)) == [soon]
    assert list(tasks.due_between(None, TODAY - timedelta(1))) == [late]
    assert list(tasks.urgent_first()) == [late, soon]


def test_officers_see_their_agencys_tasks_alone(cast: Cast) -> None:
    entered(cast)
    assert not Task.objects.visible_to(cast.commune_officer).exists()
    assert not Task.objects.visible_to(cast.leaver).exists()
    assert not Task.objects.visible_to(cast.system_admin).exists()
    for name in ("coordinator", "leader", "reader", "officer", "outsider"):
        assert Task.objects.visible_to(getattr(cast, name)).count() == 1


def test_names_that_held_on_the_documents_day_are_matched(cast: Cast) -> None:
    create_organisation(
        "Sở Kế hoạch và Đầu tư", "department", valid_until=date(2025, 3, 1), actor=cast.coordinator
    )
    item = Item("a)", "Việc.", agencies=("Sở KH&ĐT",))
    old = drafted(cast, plan(items=(item,), issued="2024-05-04"))
    new = drafted(cast, plan(items=(item,), issued="2026-05-04", number="2"))
    assert old.drafts.get().assignments.get().organisation is not None
    assert new.drafts.get().assignments.get().is_open
