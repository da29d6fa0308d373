"""Approval: what it makes, what it refuses, what it freezes."""

from __future__ import annotations

from datetime import date, timedelta
from threading import Barrier, Thread
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connection, transaction
from django.utils import timezone
from tests.cast import Cast, make_cast

from nhipcau.apps.audit.models import Event
from nhipcau.apps.orgs.actions import confirm_set
from nhipcau.apps.orgs.models import OrganisationSet
from nhipcau.apps.plans.actions import accept_draft, approve_document, drop_draft, match_phrase
from nhipcau.apps.plans.models import Assignment, Document, DraftTask, Task
from nhipcau.apps.plans.refusals import Refused, Stale
from nhipcau.apps.plans.tests.conftest import drafted
from nhipcau.apps.plans.tests.readings import ITEMS, Item, due, plan


def test_drafts_become_tasks_with_source_roles_and_dates(cast: Cast, document: Document) -> None:
    approve_document(document, revision=0, actor=cast.coordinator)
    first, second, third = Task.objects.all()
    text = Document.objects.get().text
    assert first.quote == text[first.span_start : first.span_end] == first.text
    assert (first.role, first.path, first.status) == ("lead", "III.1.a", "not_begun")
    assert [(row.organisation, row.role, row.partner) for row in first.assignments.all()] == [
        (cast.department_a, "lead", False),
        (cast.department_b, "coordinate", True),
    ]
    rule = first.due_dates.get()
    assert (rule.phrase, rule.bound) == ("trước ngày 15/11 hằng năm", "before")
    assert first.due_on == rule.due_on
    assert first.due_on is not None
    assert (first.due_on.month, first.due_on.day) == (11, 14)
    assert first.due_on >= timezone.localdate()
    assert (second.due_on, third.assignments.get(partner=True).organisation) == (None, None)


def test_reporting_duties_and_citations_are_kept(cast: Cast, document: Document) -> None:
    approve_document(document, revision=0, actor=cast.coordinator)
    duty = document.reporting_duties.get()
    assert (duty.kind, duty.due, duty.to_phrase) == ("periodic", "--06-05", "Sở Ngoại vụ")
    assert (duty.every, duty.within) == ("half", "báo cáo công tác đối ngoại")
    (rule,) = duty.due_rules
    assert (rule["kind"], rule["value"], rule["bound"]) == ("annual", "06-05", "before")
    assert list(duty.organisations.all()) == [cast.department_a]
    citation = document.citations.get()
    assert (citation.number_key, citation.issued_on) == ("13/2023/nd-cp", date(2023, 4, 17))


def test_dropped_drafts_become_nothing(cast: Cast, drafts: list[DraftTask]) -> None:
    drop_draft(drafts[1], version=0, actor=cast.coordinator)
    approve_document(drafts[0].document, revision=1, actor=cast.coordinator)
    assert drafts[1].text not in Task.objects.values_list("text", flat=True)
    assert Task.objects.count() == 2


def test_the_record_says_how_many_and_how_many_were_not_looked_at(
    cast: Cast, drafts: list[DraftTask]
) -> None:
    accept_draft(drafts[0], version=0, actor=cast.coordinator)
    approve_document(drafts[0].document, revision=1, actor=cast.coordinator)
    event = Event.objects.get(verb="plans.approve_document")
    assert event.data["tasks"] == 3
    assert event.data["not_looked_at"] == 2


def test_a_second_click_changes_nothing(cast: Cast, document: Document) -> None:
    for _click in range(2):
        approved = approve_document(document, revision=0, actor=cast.coordinator)
        assert approved.state == Document.State.APPROVED
    assert Task.objects.count() == 3
    assert Event.objects.filter(verb="plans.approve_document").count() == 1


def test_the_second_reviewer_is_told(cast: Cast, document: Document) -> None:
    approve_document(document, revision=0, actor=cast.coordinator)
    with pytest.raises(Stale) as refused:
        approve_document(document, revision=0, actor=cast.second_coordinator)
    assert refused.value.code == "approved-by-other"
    assert cast.coordinator.full_name in refused.value.message()


def test_an_older_state_is_not_approved(cast: Cast, drafts: list[DraftTask]) -> None:
    drop_draft(drafts[0], version=0, actor=cast.second_coordinator)
    with pytest.raises(Stale) as refused:
        approve_document(drafts[0].document, revision=0, actor=cast.coordinator)
    assert refused.value.code == "stale"
    assert Task.objects.count() == 0


def test_nothing_to_approve_is_refused(cast: Cast) -> None:
    with pytest.raises(Refused) as refused:
        approve_document(drafted(cast, plan(items=())), revision=0, actor=cast.coordinator)
    assert refused.value.code == "nothing-to-approve"
    assert Document.objects.get().state == Document.State.DRAFT


def test_a_leader_does_not_approve_what_she_sees(cast: Cast, document: Document) -> None:
    approve_document(document, revision=0, actor=cast.coordinator)
    with pytest.raises(PermissionDenied):
        approve_document(document, revision=0, actor=cast.leader)


@pytest.mark.parametrize(
    "change",
    [
        "update plans_document set reading = '{}'",
        "update plans_document set number = '1/KH'",
        "update plans_document set state = 'draft'",
        "update plans_drafttask set text = 'x'",
        "delete from plans_drafttask",
    ],
)
def test_the_database_refuses_to_change_what_was_approved(
    cast: Cast, document: Document, change: str
) -> None:
    approve_document(document, revision=0, actor=cast.coordinator)
    with pytest.raises(DatabaseError, match="frozen"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(change)


GROUP = Item("a)", "Bố trí đầu mối hướng dẫn thân nhân.", agencies=("UBND các xã, phường",))


def test_a_group_waits_for_its_confirmation_and_then_reaches_its_members(cast: Cast) -> None:
    document = drafted(cast, plan(items=(GROUP,)))
    approve_document(document, revision=0, actor=cast.coordinator)
    waiting = Assignment.objects.get()
    assert (waiting.organisation, waiting.set.confirmed_at) == (None, None)
    confirm_set(waiting.set, actor=cast.coordinator)
    given = Assignment.objects.get()
    assert (given.organisation, given.set, given.phrase) == (cast.commune, waiting.set, "UBND các xã, phường")
    assert list(Task.objects.visible_to(cast.commune_officer)) == [given.task]


def test_a_confirmed_group_is_its_members_at_once(cast: Cast) -> None:
    drafted(cast, plan(items=(GROUP,)))
    confirm_set(OrganisationSet.objects.get(), actor=cast.coordinator)
    second = drafted(cast, plan(items=(GROUP, *ITEMS), number="39/KH-UBND"))
    approve_document(second, revision=0, actor=cast.coordinator)
    assert OrganisationSet.objects.count() == 1
    assert Assignment.objects.get(set__isnull=False).organisation == cast.commune


def test_who_is_named_and_in_a_group_has_one_assignment(cast: Cast) -> None:
    both = Item(
        "a)", "Rà soát.", agencies=("các sở, ban, ngành", "Sở Công Thương"), partners=("Sở Tài chính",)
    )
    document = drafted(cast, plan(items=(both,)))
    confirm_set(OrganisationSet.objects.get(), actor=cast.coordinator)
    approve_document(document, revision=0, actor=cast.coordinator)
    rows = {row.organisation: row for row in Assignment.objects.all()}
    assert set(rows) == {cast.lead_agency, cast.department_a, cast.department_b}
    assert rows[cast.department_a].set is None
    assert not rows[cast.department_b].partner


def test_a_phrase_matched_by_hand_reaches_its_agency(cast: Cast, document: Document) -> None:
    match_phrase(document, "các cơ quan liên quan", cast.lead_agency, actor=cast.coordinator)
    approve_document(document, revision=1, actor=cast.coordinator)
    assert Assignment.objects.filter(organisation=cast.lead_agency).count() == 1


def test_the_first_of_several_dates_counts_and_a_report_only_where_the_task_has_none(cast: Cast) -> None:
    today = timezone.localdate()
    soon, later = (today + timedelta(days=days) for days in (10, 400))
    items = (
        Item("a)", "Một.", due=(due("date", later.isoformat()), due("date", soon.isoformat()))),
        Item("b)", "Hai.", due=(due("date", soon.isoformat(), of="report"),)),
        Item("c)", "Ba.", due=(due("date", soon.isoformat(), of="report"), due("date", later.isoformat()))),
    )
    approve_document(drafted(cast, plan(items=items)), revision=0, actor=cast.coordinator)
    assert [task.due_on for task in Task.objects.all()] == [soon, soon, later]


def test_approval_takes_a_fixed_number_of_queries(cast: Cast, django_assert_max_num_queries: Any) -> None:
    items = [Item(f"{number})", f"Việc thứ {number}.", partners=("Sở Tài chính",)) for number in range(60)]
    document = drafted(cast, plan(items=items))
    with django_assert_max_num_queries(40):
        approve_document(document, revision=0, actor=cast.coordinator)


@pytest.mark.django_db(transaction=True)
def test_two_reviewers_at_once_make_one_approval() -> None:
    cast = make_cast()
    document = drafted(cast)
    barrier, told = Barrier(2), []

    def approve(name: str) -> None:
        try:
            barrier.wait()
            approve_document(document, revision=0, actor=getattr(cast, name))
        except Stale as refused:
            told.append(refused.message())
        finally:
            connection.close()

    threads = [Thread(target=approve, args=(name,)) for name in ("coordinator", "second_coordinator")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    winner = Document.objects.get().approved_by
    assert winner is not None
    assert len(told) == 1
    assert winner.full_name in told[0]
    assert Task.objects.count() == 3


@pytest.mark.django_db(transaction=True)
def test_a_double_click_that_arrives_twice_at_once_approves_once() -> None:
    cast = make_cast()
    document = drafted(cast)
    barrier, states = Barrier(3), []

    def approve() -> None:
        try:
            barrier.wait()
            states.append(approve_document(document, revision=0, actor=cast.coordinator).state)
        finally:
            connection.close()

    threads = [Thread(target=approve) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert states == ["approved"] * 3
    assert Task.objects.count() == 3


@pytest.mark.django_db(transaction=True)
def test_an_edit_beside_an_approval_comes_before_it_or_is_refused() -> None:
    cast = make_cast()
    for turn in range(5):
        document = drafted(cast, number=f"{turn}/KH")
        draft = document.drafts.first()
        barrier, refused = Barrier(2), []

        def act(verb: Any, barrier: Barrier = barrier, refused: list[str] = refused) -> None:
            try:
                barrier.wait()
                verb()
            except Refused as refusal:
                refused.append(refusal.code)
            finally:
                connection.close()

        verbs = (
            lambda draft=draft: drop_draft(draft, version=0, actor=cast.second_coordinator),
            lambda document=document: approve_document(document, revision=0, actor=cast.coordinator),
        )
        threads = [Thread(target=act, args=(verb,)) for verb in verbs]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        document.refresh_from_db()
        dropped = document.drafts.filter(state="dropped").count()
        assert (document.state, dropped, refused) in (
            ("approved", 0, ["not-a-draft"]),
            ("draft", 1, ["stale"]),
        )
