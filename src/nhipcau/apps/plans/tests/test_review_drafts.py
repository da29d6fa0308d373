"""Correcting drafts: each action with what it refuses."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.utils import timezone
from tests.cast import Cast

from nhipcau.apps.orgs.actions import create_organisation
from nhipcau.apps.plans.actions import (
    accept_draft,
    approve_document,
    create_draft,
    drop_draft,
    edit_document,
    edit_draft,
    join_drafts,
    mark_not_assigning,
    match_phrase,
    move_draft,
    restore_draft,
    split_draft,
    undo_change,
    unmark_not_assigning,
)
from nhipcau.apps.plans.dates import entry
from nhipcau.apps.plans.drafting import Named
from nhipcau.apps.plans.models import Document, DraftTask
from nhipcau.apps.plans.refusals import Refused, Stale
from nhipcau.apps.plans.tests.conftest import drafted
from nhipcau.apps.plans.tests.readings import UNSEEN, Item, plan


def texts(document: Document) -> list[str]:
    return list(document.drafts.exclude(state="dropped").values_list("text", flat=True))


def test_a_reading_becomes_drafts_with_matched_agencies(cast: Cast, drafts: list[DraftTask]) -> None:
    first, _second, third = drafts
    assert first.text.startswith("Chủ trì")
    agency, partner = first.assignments.all()
    assert (agency.organisation, agency.role, agency.partner) == (cast.department_a, "lead", False)
    assert (partner.organisation, partner.role, partner.partner) == (cast.department_b, "coordinate", True)
    vague = third.assignments.get(partner=True)
    assert vague.as_written
    assert not vague.is_open


def test_accepting_marks_the_draft_and_counts_a_revision(cast: Cast, drafts: list[DraftTask]) -> None:
    accepted = accept_draft(drafts[0], version=0, actor=cast.coordinator)
    assert accepted.state == DraftTask.State.ACCEPTED
    accepted.refresh_from_db()
    assert (accepted.version, accepted.changed_by) == (1, cast.coordinator)
    assert Document.objects.get().revision == 1


def test_the_second_reviewer_of_the_same_draft_is_told_who_was_faster(
    cast: Cast, drafts: list[DraftTask]
) -> None:
    accept_draft(drafts[0], version=0, actor=cast.second_coordinator)
    with pytest.raises(Stale) as refused:
        edit_draft(drafts[0], version=0, actor=cast.coordinator, text="Khác")
    assert cast.second_coordinator.full_name in refused.value.message()
    assert DraftTask.objects.get(pk=drafts[0].pk).text == drafts[0].text


def test_reviewers_of_different_drafts_do_not_collide(cast: Cast, drafts: list[DraftTask]) -> None:
    accept_draft(drafts[0], version=0, actor=cast.second_coordinator)
    accept_draft(drafts[1], version=0, actor=cast.coordinator)
    assert Document.objects.get().revision == 2


@pytest.mark.parametrize("name", ["leader", "reader", "officer", "system_admin", "commune_officer"])
def test_only_coordinators_review(cast: Cast, drafts: list[DraftTask], name: str) -> None:
    with pytest.raises((PermissionDenied, Http404)):
        accept_draft(drafts[0], version=0, actor=getattr(cast, name))


def test_editing_changes_what_is_given_and_settles_its_doubts(cast: Cast, drafts: list[DraftTask]) -> None:
    edited = edit_draft(
        drafts[1],
        version=0,
        actor=cast.coordinator,
        text="  Tổ chức \n hội nghị ",
        role="lead",
        due=[entry("date", "2027-10-30", bound="before", phrase="trước ngày 30/10/2027")],
        accept=True,
    )
    edited.refresh_from_db()
    assert (edited.text, edited.role, edited.state) == ("Tổ chức hội nghị", "lead", "accepted")
    assert edited.doubts == []
    assert edited.due[0]["value"] == "2027-10-30"
    assert [row.role for row in edited.assignments.all()] == ["lead"]


def test_editing_replaces_agencies_and_matches_what_is_not_chosen(
    cast: Cast, drafts: list[DraftTask]
) -> None:
    edited = edit_draft(
        drafts[1],
        version=0,
        actor=cast.coordinator,
        named=[
            Named("Sở TC", "lead", organisation=cast.department_b.pk),
            Named("sở công thương", "coordinate", partner=True),
            Named("Hội nào đó", as_written=True),
        ],
    )
    rows = list(edited.assignments.all())
    assert [row.organisation for row in rows] == [cast.department_b, cast.department_a, None]
    assert rows[2].as_written


def test_a_task_without_words_is_refused(cast: Cast, drafts: list[DraftTask]) -> None:
    with pytest.raises(Refused) as refused:
        edit_draft(drafts[0], version=0, actor=cast.coordinator, text=" \n")
    assert refused.value.code == "empty-text"
    assert refused.value.message()


def test_splitting_gives_each_part_its_words_and_place(cast: Cast, drafts: list[DraftTask]) -> None:
    whole = drafts[1]
    at = whole.text.index("biên soạn")
    first, second = split_draft(whole, version=0, actor=cast.coordinator, at=at)
    text = whole.document.text
    assert text[first.span_start : first.span_end] == first.text == "Tổ chức hội nghị kết nối doanh nghiệp;"
    assert text[second.span_start : second.span_end] == second.text
    assert [row.phrase for row in second.assignments.all()] == ["Sở Công Thương"]
    assert texts(whole.document)[1:3] == [first.text, second.text]


def test_splitting_by_a_place_in_the_document_is_the_same(cast: Cast, drafts: list[DraftTask]) -> None:
    whole = drafts[1]
    place = whole.document.text.index("biên soạn")
    first, second = split_draft(whole, version=0, actor=cast.coordinator, place=place)
    assert second.text.startswith("biên soạn")
    assert second.span_start == place
    assert first.document.revision == 1


@pytest.mark.parametrize("at", [0, 10_000, None])
def test_a_split_without_two_parts_is_refused(cast: Cast, drafts: list[DraftTask], at: int | None) -> None:
    with pytest.raises(Refused) as refused:
        split_draft(drafts[1], version=0, actor=cast.coordinator, at=at)
    assert refused.value.code == "split-at-end"
    assert Document.objects.get().revision == 0


def test_a_partner_goes_with_the_part_that_names_it(cast: Cast, drafts: list[DraftTask]) -> None:
    at = drafts[0].text.index("lập danh mục")
    first, second = split_draft(drafts[0], version=0, actor=cast.coordinator, at=at)
    assert [row.partner for row in first.assignments.all()] == [False, True]
    assert [row.partner for row in second.assignments.all()] == [False]
    assert (first.due, len(second.due)) == ([], 1)


def test_joining_brings_words_bodies_and_dates_together(cast: Cast, drafts: list[DraftTask]) -> None:
    joined = join_drafts(drafts[1], version=0, actor=cast.coordinator)
    assert joined.pk == drafts[0].pk
    assert joined.text.endswith("hướng dẫn đầu tư.")
    assert (joined.span_start, joined.span_end) == (drafts[0].span_start, drafts[1].span_end)
    assert [row.phrase for row in joined.assignments.all()] == ["Sở Công Thương", "Sở Tài chính"]
    assert len(texts(joined.document)) == 2


def test_the_first_draft_has_nothing_to_join_with(cast: Cast, drafts: list[DraftTask]) -> None:
    with pytest.raises(Refused) as refused:
        join_drafts(drafts[0], version=0, actor=cast.coordinator)
    assert refused.value.code == "nothing-before"


def test_a_dropped_draft_can_be_restored(cast: Cast, drafts: list[DraftTask]) -> None:
    dropped = drop_draft(drafts[0], version=0, actor=cast.coordinator)
    assert drafts[0].text not in texts(dropped.document)
    restore_draft(drafts[0], version=1, actor=cast.coordinator)
    assert drafts[0].text in texts(dropped.document)


def test_a_draft_moves_after_another_and_to_the_front(cast: Cast, drafts: list[DraftTask]) -> None:
    document, actor = drafts[0].document, cast.coordinator
    move_draft(drafts[0], version=0, actor=actor, after=drafts[2])
    assert texts(document)[-1] == drafts[0].text
    move_draft(drafts[0], version=1, actor=actor)
    assert texts(document)[0] == drafts[0].text


def test_many_moves_into_the_same_gap_keep_the_order(cast: Cast, drafts: list[DraftTask]) -> None:
    document, actor = drafts[0].document, cast.coordinator
    for turn in range(14):
        move_draft(drafts[1 + turn % 2], version=turn // 2, actor=actor, after=drafts[0])
        assert texts(document)[:2] == [drafts[0].text, drafts[1 + turn % 2].text]


def test_a_task_is_made_from_a_marked_sentence(cast: Cast, document: Document) -> None:
    start = document.text.index(UNSEEN)
    made = create_draft(document, start - 1, start + len(UNSEEN) + 1, actor=cast.coordinator)
    assert made.text == UNSEEN == document.text[made.span_start : made.span_end]
    assert [row.organisation for row in made.assignments.all()] == [cast.department_a]
    assert made.doubts == ["agencies"]
    assert texts(document)[-1] == UNSEEN


@pytest.mark.parametrize(("start", "end"), [(0, 0), (50, 20), (10**6, 10**7)])
def test_a_task_needs_marked_words(cast: Cast, document: Document, start: int, end: int) -> None:
    with pytest.raises(Refused) as refused:
        create_draft(document, start, end, actor=cast.coordinator)
    assert refused.value.code == "span"


def test_a_sentence_is_marked_as_no_assignment_and_back(cast: Cast, document: Document) -> None:
    start = document.text.index(UNSEEN)
    for _twice in range(2):
        mark_not_assigning(document, start, start + len(UNSEEN), actor=cast.coordinator)
    assert document.not_assigning.count() == 1
    unmark_not_assigning(document, start, start + 1, actor=cast.coordinator)
    assert document.not_assigning.count() == 0


def test_undo_takes_back_change_after_change(cast: Cast, drafts: list[DraftTask]) -> None:
    document, actor = drafts[0].document, cast.coordinator
    before = texts(document)
    split_draft(drafts[1], version=0, actor=actor, at=drafts[1].text.index("biên"))
    join_drafts(drafts[1], version=1, actor=actor)
    assert texts(document) != before
    undo_change(document, actor=actor)
    undo_change(document, actor=actor)
    assert texts(document) == before
    restored = DraftTask.objects.get(pk=drafts[0].pk)
    assert [row.phrase for row in restored.assignments.all()] == ["Sở Công Thương", "Sở Tài chính"]
    with pytest.raises(Refused) as refused:
        undo_change(document, actor=actor)
    assert refused.value.code == "nothing-to-undo"


def test_undo_does_not_run_over_somebody_elses_change(cast: Cast, drafts: list[DraftTask]) -> None:
    drop_draft(drafts[0], version=0, actor=cast.coordinator)
    restore_draft(drafts[0], version=1, actor=cast.second_coordinator)
    with pytest.raises(Stale):
        undo_change(drafts[0].document, actor=cast.coordinator)


def test_a_phrase_is_matched_once_for_all_drafts_and_remembered(cast: Cast, drafts: list[DraftTask]) -> None:
    document = drafts[0].document
    count = match_phrase(document, "các cơ quan liên quan", cast.department_b, actor=cast.coordinator)
    assert count == 1
    assert drafts[2].assignments.get(partner=True).organisation == cast.department_b
    assert cast.department_b.aliases.get().text == "các cơ quan liên quan"
    match_phrase(document, "sở công thương", None, actor=cast.coordinator)
    assert all(row.as_written for row in drafts[0].assignments.filter(partner=False))


def test_nothing_of_an_approved_document_can_be_changed(cast: Cast, drafts: list[DraftTask]) -> None:
    document = approve_document(drafts[0].document, revision=0, actor=cast.coordinator)
    for change in (
        lambda: accept_draft(drafts[0], version=0, actor=cast.coordinator),
        lambda: create_draft(document, 0, 20, actor=cast.coordinator),
        lambda: undo_change(document, actor=cast.coordinator),
    ):
        with pytest.raises(Refused) as refused:
            change()
        assert refused.value.code == "not-a-draft"


def test_another_date_finds_agencies_by_their_names_of_that_day(cast: Cast, document: Document) -> None:
    create_organisation(
        "Sở Thông tin và Truyền thông", "department", valid_until=date(2025, 3, 1), actor=cast.coordinator
    )
    item = Item("a)", "Tuyên truyền.", agencies=("Sở TT&TT",))
    undated = drafted(cast, plan(items=(item,), issued="", number=""))
    assert undated.drafts.get().assignments.get().is_open
    edited = edit_document(
        undated,
        revision=0,
        actor=cast.coordinator,
        number=" 12/KH ",
        issued_on=date(2024, 5, 4),
        title="Đề án",
    )
    edited.refresh_from_db()
    assert (edited.number, edited.title, edited.title_fold, edited.revision) == ("12/KH", "Đề án", "de an", 1)
    assert undated.drafts.get().assignments.get().organisation is not None
    with pytest.raises(Stale):
        edit_document(undated, revision=0, actor=cast.second_coordinator, title="Khác")
    with pytest.raises(Refused):
        edit_document(undated, revision=1, actor=cast.coordinator, title=" ")


def test_an_undated_document_is_read_by_the_end_of_its_year(cast: Cast) -> None:
    reading = plan(issued="")
    reading["document"]["year"] = 2024
    assert drafted(cast, reading).dated == date(2024, 12, 31)
    reading["document"]["year"] = None
    assert drafted(cast, reading, number="3").dated == timezone.localdate()
    reading["document"]["year"] = 9999
    assert drafted(cast, reading, number="2").dated == timezone.localdate()


def test_a_task_under_another_heading_takes_no_agency_from_the_one_before(cast: Cast) -> None:
    reading = plan()
    start = reading["text"].index(UNSEEN)
    reading["sections"] = [{"path": "III.2", "heading": "Khác", "span": [start - 1, start]}]
    made = create_draft(drafted(cast, reading), start, start + 20, actor=cast.coordinator)
    assert not made.assignments.exists()
    assert (made.scope, made.doubts) == ("general", ["agencies"])


def test_an_undated_document_without_a_year_is_read_by_what_it_cites_where_that_knows_more(
    cast: Cast,
) -> None:
    create_organisation(
        "Sở Thông tin và Truyền thông", "department", valid_until=date(2025, 3, 1), actor=cast.coordinator
    )
    reading = plan(items=(Item("a)", "Tuyên truyền.", agencies=("Sở TT&TT",)),), issued="")
    reading["document"]["year"] = None
    old = drafted(cast, reading)
    assert old.dated == date(2023, 4, 17)
    assert not old.drafts.get().assignments.get().is_open
