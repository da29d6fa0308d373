"""An amended plan: what is the same task, what is new, what ends."""

from __future__ import annotations

import random
from threading import Barrier, Thread
from typing import Any

import pytest
from django.db import connection
from django.db.models import Model
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.cast import Cast, make_cast
from tests.life import finish, report

from nhipcau.apps.orgs.actions import confirm_set
from nhipcau.apps.orgs.models import OrganisationSet
from nhipcau.apps.plans.actions import (
    approve_document,
    create_draft,
    drop_draft,
    edit_draft,
    end_task,
    join_drafts,
    relink_draft,
    remove_document,
    restore_draft,
)
from nhipcau.apps.plans.amending import Item as Compared
from nhipcau.apps.plans.amending import dropped, pairs
from nhipcau.apps.plans.models import Assignment, Document, DraftTask, DueDate, Task, TaskWording
from nhipcau.apps.plans.refusals import Refused
from nhipcau.apps.plans.tests.conftest import drafted
from nhipcau.apps.plans.tests.readings import Item, due, plan

FIRST = (
    Item("a)", "Lập danh mục dự án mời gọi đầu tư gửi Sở Ngoại vụ.", due=(due("date", "2027-11-15"),)),
    Item("b)", "Tổ chức hội nghị kết nối doanh nghiệp kiều bào.", partners=("Sở Tài chính",)),
    Item("c)", "Hỗ trợ đăng ký nhãn hiệu cho doanh nghiệp kiều bào."),
)
SECOND = (
    Item("a)", "Lập danh mục dự án mời gọi đầu tư gửi Sở Ngoại vụ.", due=(due("date", "2027-10-15"),)),
    Item(
        "c)",
        "Tổ chức hai hội nghị kết nối doanh nghiệp kiều bào trong năm.",
        agencies=("Sở Công Thương", "Sở Ngoại vụ"),
    ),
    Item("d)", "Biên soạn sổ tay song ngữ về thủ tục hải quan."),
)


@pytest.fixture
def first(cast: Cast) -> Document:
    document = drafted(cast, plan(items=FIRST))
    approve_document(document, revision=0, actor=cast.coordinator)
    document.refresh_from_db()
    return document


@pytest.fixture
def amendment(cast: Cast, first: Document) -> Document:
    return drafted(cast, plan(items=SECOND, number="77/KH-UBND"), amends=first)


def by_path(document: Document) -> dict[str, DraftTask]:
    return {draft.path: draft for draft in document.drafts.select_related("continues", "document")}


def task_of(path: str) -> Task:
    return Task.objects.get(path=path)


def test_the_desk_can_say_what_is_same_changed_added_and_dropped(
    first: Document, amendment: Document
) -> None:
    drafts = by_path(amendment)
    assert {path: draft.change for path, draft in drafts.items()} == {
        "III.1.a": "same",
        "III.1.c": "changed",
        "III.1.d": "added",
    }
    assert drafts["III.1.c"].continues == task_of("III.1.b")
    assert dropped(amendment) == [task_of("III.1.c")]


def test_approval_keeps_identity_and_progress(cast: Cast, first: Document, amendment: Document) -> None:
    old = task_of("III.1.b")
    done = old.assignments.get(partner=False)
    finish(done, cast.coordinator)
    ended = task_of("III.1.c")
    approve_document(amendment, revision=0, actor=cast.coordinator)
    kept = Task.objects.get(pk=old.pk)
    assert (kept.document, kept.path) == (amendment, "III.1.c")
    assert (kept.status, kept.done_on) == ("in_progress", None)
    assert kept.text == SECOND[1].text == kept.quote
    wording = kept.earlier_wordings.get()
    assert (wording.document, wording.text, wording.path) == (first, FIRST[1].text, "III.1.b")
    rows = {row.organisation: row for row in kept.assignments.all()}
    assert rows[cast.department_a].status == "accepted"
    assert rows[cast.lead_agency].status == "not_begun"
    assert rows[cast.department_b].ended_at is not None
    ended.refresh_from_db()
    assert (ended.ended_reason, ended.document) == ("amended", first)
    assert all(row.ended_at for row in ended.assignments.all())
    assert Task.objects.current().count() == 3


def test_an_agency_that_an_amendment_leaves_out_does_not_see_what_follows(
    cast: Cast, first: Document, amendment: Document
) -> None:
    kept, taken, ended = task_of("III.1.a"), task_of("III.1.b"), task_of("III.1.c")
    helper = cast.outsider
    assert taken in Task.objects.visible_to(helper)
    approve_document(amendment, revision=0, actor=cast.coordinator)
    assert taken not in Task.objects.visible_to(helper)
    assert not Assignment.objects.visible_to(helper).filter(task=taken).exists()
    assert {kept, taken, ended} <= set(Task.objects.visible_to(cast.officer))


def test_a_changed_date_replaces_the_old_one(cast: Cast, first: Document, amendment: Document) -> None:
    old = task_of("III.1.a")
    approve_document(amendment, revision=0, actor=cast.coordinator)
    old.refresh_from_db()
    assert str(old.due_on) == "2027-10-15"
    assert [bool(row.ended_at) for row in old.due_dates.order_by("due_on")] == [False, True]
    assert str(old.assignments.get().due_on) == "2027-10-15"


def test_a_reviewer_links_otherwise(cast: Cast, first: Document, amendment: Document) -> None:
    drafts, actor = by_path(amendment), cast.coordinator
    with pytest.raises(Refused) as refused:
        relink_draft(drafts["III.1.d"], task_of("III.1.a"), version=0, actor=actor)
    assert refused.value.code == "linked-twice"
    assert relink_draft(drafts["III.1.c"], None, version=0, actor=actor).change == "added"
    linked = relink_draft(drafts["III.1.d"], task_of("III.1.c"), version=0, actor=actor)
    assert linked.change == "changed"
    assert dropped(amendment) == [task_of("III.1.b")]


def test_only_tasks_of_the_amended_plan_are_linked(cast: Cast, first: Document, amendment: Document) -> None:
    other = drafted(cast, plan(items=FIRST, number="5/KH"))
    with pytest.raises(Refused) as refused:
        relink_draft(other.drafts.select_related("document")[0], None, version=0, actor=cast.coordinator)
    assert refused.value.code == "not-an-amendment"
    approve_document(other, revision=0, actor=cast.coordinator)
    foreign = Task.objects.filter(document=other)[0]
    with pytest.raises(Refused) as refused:
        relink_draft(by_path(amendment)["III.1.d"], foreign, version=0, actor=cast.coordinator)
    assert refused.value.code == "other-plan"


def test_a_dropped_draft_ends_the_task_it_continued(cast: Cast, first: Document, amendment: Document) -> None:
    drop_draft(by_path(amendment)["III.1.a"], version=0, actor=cast.coordinator)
    assert {task.path for task in dropped(amendment)} == {"III.1.a", "III.1.c"}


def test_corrections_are_compared_anew(cast: Cast, first: Document, amendment: Document) -> None:
    draft, actor = by_path(amendment)["III.1.a"], cast.coordinator
    edit_draft(draft, version=0, actor=actor, text="Lập danh mục khác.")
    assert by_path(amendment)["III.1.a"].change == "changed"
    edit_draft(draft, version=1, actor=actor, text=FIRST[0].text)
    assert by_path(amendment)["III.1.a"].change == "same"
    made = create_draft(amendment, draft.span_start, draft.span_end, actor=actor)
    made.refresh_from_db()
    assert made.change == "added"


def test_no_task_is_continued_twice(cast: Cast, first: Document, amendment: Document) -> None:
    drafts, actor = by_path(amendment), cast.coordinator
    drop_draft(drafts["III.1.a"], version=0, actor=actor)
    relink_draft(drafts["III.1.d"], task_of("III.1.a"), version=0, actor=actor)
    restored = restore_draft(drafts["III.1.a"], version=1, actor=actor)
    assert restored.continues is None
    joined = join_drafts(by_path(amendment)["III.1.d"], version=1, actor=actor, first=restored)
    assert joined.continues == task_of("III.1.a")
    approve_document(amendment, revision=4, actor=actor)
    assert Task.objects.current().count() == 2


def test_removing_an_approved_amendment_puts_the_plan_back(
    cast: Cast, first: Document, amendment: Document
) -> None:
    before = list(Task.objects.values_list("pk", "path", "text", "document_id"))
    approve_document(amendment, revision=0, actor=cast.coordinator)
    with pytest.raises(Refused):
        remove_document(first, reason="nhầm", actor=cast.coordinator)
    remove_document(amendment, reason="Tải nhầm bản", actor=cast.coordinator)
    assert list(Task.objects.values_list("pk", "path", "text", "document_id")) == before
    assert Task.objects.current().count() == 3
    assert Assignment.objects.filter(task__path="III.1.c", ended_at=None).count() == 1


def everything() -> dict[str, list[dict[str, Any]]]:
    """Each row of the tasks, their due dates and their assignments; when a row was last saved aside."""
    models: tuple[type[Model], ...] = (Task, DueDate, Assignment, TaskWording)
    return {
        model.__name__: [
            {name: value for name, value in row.items() if name != "changed_at"}
            for row in model._default_manager.order_by("pk").values()
        ]
        for model in models
    }


def tables_with(word: str) -> list[str]:
    """The tables in which a row has the word."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select c.oid::regclass::text from pg_class c join pg_namespace n on n.oid = c.relnamespace"
            " where n.nspname = 'public' and c.relkind in ('r', 'p') and has_table_privilege(c.oid, 'select')"
        )
        names = [name for (name,) in cursor.fetchall()]
        found = []
        for name in names:
            cursor.execute(f"select exists (select from {name} t where t::text ilike %s)", [f"%{word}%"])
            if cursor.fetchone() == (True,):
                found.append(name)
    return found


WORD = "ngọcthạch"
OTHERWISE = (
    Item(
        "a)",
        f"Lập danh mục dự án mời gọi đầu tư gửi Sở Ngoại vụ {WORD}.",
        role="lead",
        agencies=("Sở Công Thương", "Sở Ngoại vụ"),
        due=(due("date", "2027-10-15", f"trước {WORD}"),),
    ),
    Item(
        "b)",
        "Tổ chức hội nghị kết nối doanh nghiệp kiều bào.",
        agencies=(f"Tổ công tác {WORD}",),
        scope="collective",
    ),
    Item("d)", f"Biên soạn sổ tay song ngữ {WORD}.", partners=(f"các cơ quan {WORD} liên quan",)),
)


def test_removing_an_approved_amendment_restores_every_field_and_keeps_no_word(
    cast: Cast, first: Document
) -> None:
    before = everything()
    amendment = drafted(cast, plan(items=OTHERWISE, number="78/KH-UBND"), amends=first)
    assert set(tables_with(WORD)) >= {"plans_document", "plans_drafttask", "plans_draftassignment"}
    approve_document(amendment, revision=0, actor=cast.coordinator)
    assert {"plans_task", "plans_duedate", "plans_assignment"} <= set(tables_with(WORD))
    assert everything() != before
    remove_document(amendment, reason="Tải nhầm bản", actor=cast.coordinator)
    assert everything() == before
    assert tables_with(WORD) == []


def test_removing_the_second_amendment_puts_the_first_back(cast: Cast, first: Document) -> None:
    second = drafted(cast, plan(items=SECOND, number="77/KH-UBND"), amends=first)
    approve_document(second, revision=0, actor=cast.coordinator)
    before = everything()
    third = drafted(cast, plan(items=OTHERWISE, number="78/KH-UBND"), amends=second)
    approve_document(third, revision=0, actor=cast.coordinator)
    remove_document(third, reason="Tải nhầm bản", actor=cast.coordinator)
    assert everything() == before


def test_progress_survives_the_removal_of_an_amendment(
    cast: Cast, first: Document, amendment: Document
) -> None:
    approve_document(amendment, revision=0, actor=cast.coordinator)
    mine = Assignment.objects.get(task__path="III.1.a")
    finish(mine, cast.coordinator)
    remove_document(amendment, reason="Tải nhầm bản", actor=cast.coordinator)
    mine.refresh_from_db()
    assert (mine.status, str(mine.due_on), mine.ended_at) == ("accepted", "2027-11-15", None)
    assert mine.task.status == "accepted"


def test_a_task_that_ended_after_the_amendment_stays_ended(
    cast: Cast, first: Document, amendment: Document
) -> None:
    approve_document(amendment, revision=0, actor=cast.coordinator)
    task = end_task(
        Task.objects.get(document=amendment, path="III.1.c"), reason="Không còn cần", actor=cast.coordinator
    )
    remove_document(amendment, reason="Tải nhầm bản", actor=cast.coordinator)
    assert {row.ended_at for row in task.assignments.all()} == {task.ended_at}
    assert {row.organisation for row in task.assignments.all()} == {cast.department_a, cast.department_b}


def test_a_group_confirmed_after_the_amendment_keeps_its_members_when_it_is_removed(cast: Cast) -> None:
    of_all = Item("a)", "Các sở, ban, ngành báo cáo kết quả.", agencies=("các sở, ban, ngành",))
    plain = approve_document(drafted(cast, plan(items=[of_all])), revision=0, actor=cast.coordinator)
    changed = Item("a)", "Các sở, ban, ngành báo cáo kết quả sớm.", agencies=("các sở, ban, ngành",))
    amendment = drafted(cast, plan(items=[changed], number="9/KH"), amends=plain)
    approve_document(amendment, revision=0, actor=cast.coordinator)
    confirm_set(OrganisationSet.objects.get(), actor=cast.coordinator)
    members = set(Assignment.objects.values_list("organisation_id", flat=True))
    assert None not in members
    remove_document(amendment, reason="Tải nhầm bản", actor=cast.coordinator)
    assert set(Assignment.objects.filter(ended_at=None).values_list("organisation_id", flat=True)) == members


WORDS = [
    "lập",
    "danh",
    "mục",
    "dự",
    "án",
    "đầu",
    "tư",
    "tổ",
    "chức",
    "hội",
    "nghị",
    "kiều",
    "bào",
    "sổ",
    "tay",
    "trẻ",
    "em",
    "tiếng",
    "Việt",
    "lớp",
    "học",
]
texts = st.lists(st.sampled_from(WORDS), min_size=1, max_size=9).map(" ".join)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(texts, max_size=7), st.lists(texts, max_size=7), st.randoms(use_true_random=False))
def test_links_are_one_to_one_and_do_not_hang_on_the_order(
    old: list[str], new: list[str], shuffled: random.Random
) -> None:
    tasks = [Compared(pk, f"I.{pk}", text, pk) for pk, text in enumerate(old)]
    drafts = [Compared(100 + pk, f"I.{pk}", text, pk) for pk, text in enumerate(new)]
    found = pairs(drafts, tasks)
    assert len(set(found.values())) == len(found)
    mixed: list[Any] = [*drafts]
    shuffled.shuffle(mixed)
    assert pairs(mixed, list(reversed(tasks))) == found


@pytest.mark.django_db(transaction=True)
def test_progress_reported_while_an_amendment_is_approved_is_not_lost() -> None:
    cast = make_cast()
    for turn in range(4):
        first = drafted(cast, plan(items=FIRST, number=f"{turn}/KH"))
        first = approve_document(first, revision=0, actor=cast.coordinator)
        amendment = drafted(cast, plan(items=FIRST, number=f"{turn}/KH-A"), amends=first)
        mine = Assignment.objects.get(task__document=first, task__path="III.1.a")
        barrier = Barrier(2)

        def reporting(mine: Assignment = mine, barrier: Barrier = barrier) -> None:
            barrier.wait()
            report(mine, cast.officer)
            connection.close()

        def approve(amendment: Document = amendment, barrier: Barrier = barrier) -> None:
            barrier.wait()
            approve_document(amendment, revision=0, actor=cast.coordinator)
            connection.close()

        threads = [Thread(target=reporting), Thread(target=approve)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        task = Task.objects.get(document=amendment, path="III.1.a")
        assert (task.status, task.assignments.get().status) == ("reported", "reported")
