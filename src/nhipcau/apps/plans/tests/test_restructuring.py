"""What an act of restructuring does to work, people and names, and that it can be taken back."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps
from django.core.exceptions import PermissionDenied
from django.utils import timezone
from tests.cast import Cast, make_organisation

from nhipcau.apps.access.refusals import Refused
from nhipcau.apps.orgs.actions import (
    Body,
    Stated,
    add_allotment_rule,
    allot_items,
    appoint,
    approve_restructuring,
    carry_out_restructuring,
    preview_restructuring,
    return_restructuring,
    submit_restructuring,
    withdraw_restructuring,
)
from nhipcau.apps.orgs.directory import directory, names
from nhipcau.apps.orgs.models import (
    Alias,
    Appointment,
    Lineage,
    OrganisationSet,
    OrganisationVersion,
    Restructuring,
    RowChange,
    SetMember,
)
from nhipcau.apps.orgs.restructuring.dependence import dependents
from nhipcau.apps.plans.following import follow
from nhipcau.apps.plans.matching import matcher
from nhipcau.apps.plans.models import Assignment, ReportingDuty, Status, Task
from nhipcau.apps.plans.tests.acts import (
    approved_plan,
    carried_out,
    made_body,
    merged,
    new,
    old,
    owners,
    stated,
    submitted,
    task_of,
    undone,
    yesterday,
)

ASSIGNMENTS = "plans.assignment.organisation"


@pytest.fixture(autouse=True)
def _jobs_at_once(settings: Any) -> None:
    settings.JOBS_INLINE = True


def snapshot() -> dict[str, list[Any]]:
    """Every row of every table of orgs and plans, but the acts themselves and their log."""
    skipped = {"restructuring", "restructuringstep", "stepunit", "rowchange"}
    return {
        model._meta.label: sorted(model._base_manager.values_list(), key=repr)
        for label in ("orgs", "plans")
        for model in apps.get_app_config(label).get_models(include_auto_created=True)
        if model._meta.model_name not in skipped
    }


def test_open_work_goes_to_the_new_body_and_closed_work_keeps_the_old_name(cast: Cast) -> None:
    plan = approved_plan(cast)
    open_task = task_of(plan, "Lập danh mục", cast.department_a)
    done = task_of(plan, "Đã xong", cast.department_b, status=Status.ACCEPTED)
    act = carried_out(cast, merged(cast, [cast.department_a, cast.department_b], new("Sở Kinh tế")))
    made = made_body(act)
    assert owners(open_task) == [made.pk]
    assert owners(done) == [cast.department_b.pk]
    assert names([made.pk], timezone.localdate()) == {made.pk: "Sở Kinh tế"}
    assert not OrganisationVersion.objects.filter(
        organisation=cast.department_a, valid__contains=timezone.localdate()
    ).exists()
    edges = Lineage.objects.filter(restructuring=act)
    assert {(edge.predecessor_id, edge.successor_id) for edge in edges} == {
        (cast.department_a.pk, made.pk),
        (cast.department_b.pk, made.pk),
    }


def test_people_follow_from_today_and_see_the_work_that_moved(cast: Cast) -> None:
    plan = approved_plan(cast)
    task = task_of(plan, "Lập danh mục", cast.department_a)
    act = carried_out(cast, merged(cast, [cast.department_a], Body(organisation=cast.department_b.pk)))
    assert act.state == Restructuring.State.CARRIED_OUT
    held = Appointment.objects.filter(user=cast.officer, valid__contains=timezone.localdate())
    assert [each.organisation_id for each in held] == [cast.department_b.pk]
    before = Appointment.objects.get(user=cast.officer, organisation=cast.department_a)
    assert before.valid.upper == timezone.localdate()
    assert before.ended_reason == act.title
    assert list(Task.objects.visible_to(cast.officer)) == [task]


def test_undone_it_leaves_every_row_as_it_was(cast: Cast) -> None:
    plan = approved_plan(cast)
    task_of(plan, "Chung", cast.department_a, cast.department_b)
    task_of(plan, "Riêng", cast.department_a, status=Status.IN_PROGRESS)
    group = OrganisationSet.objects.create(name="Các sở", kinds=["department"])
    for each in (cast.department_a, cast.department_b):
        SetMember.objects.create(set=group, organisation=each, valid=(None, None))
    Alias.objects.create(organisation=cast.department_a, text="Sở CT", valid=(None, None))
    duty = ReportingDuty.objects.create(document=plan, by_phrase="các sở", kind="yearly", text="Báo cáo")
    duty.organisations.set([cast.department_a, cast.department_b])
    act = merged(cast, [cast.department_a, cast.department_b], new("Sở Kinh tế"))
    before = snapshot()
    act = carried_out(cast, act)
    assert snapshot() != before
    act = undone(cast, act)
    assert act.state == Restructuring.State.UNDONE
    assert snapshot() == before
    assert RowChange.objects.filter(restructuring=act).exists()


def test_two_assignments_in_one_task_become_one_with_the_stronger_role(cast: Cast) -> None:
    task = task_of(approved_plan(cast), "Chung", cast.department_a, cast.department_b)
    act = merged(cast, [cast.department_a, cast.department_b], new("Sở Kinh tế"))
    act = preview_restructuring(act, actor=cast.coordinator)
    assert [each["code"] for each in act.preview["warnings"]][:1] == ["collisions"]
    act = carried_out(cast, act)
    kept = task.assignments.get(ended_at=None)
    assert (kept.organisation, kept.role, kept.partner) == (made_body(act), "lead", False)
    closed = task.assignments.exclude(ended_at=None).get()
    assert (closed.organisation, closed.ended_reason) == (cast.department_b, "joined")
    sums = act.balance[ASSIGNMENTS]
    assert sum(each[0] for each in sums["before"].values()) == 2
    assert sum(each[0] for each in sums["after"].values()) == 1
    assert sum(flow[3] for flow in sums["flows"] if flow[2] == "joined") == 1


def test_open_work_goes_before_what_the_successor_had_finished(cast: Cast) -> None:
    task = task_of(approved_plan(cast), "Chung", cast.department_a)
    Assignment.objects.create(
        task=task, organisation=cast.department_b, role="lead", status=Status.ACCEPTED, done_on=yesterday()
    )
    follow(task)
    act = merged(cast, [cast.department_a], Body(organisation=cast.department_b.pk))
    before = snapshot()
    act = carried_out(cast, act)
    kept = task.assignments.get(ended_at=None)
    assert (kept.organisation, kept.status) == (cast.department_b, Status.NOT_BEGUN)
    undone(cast, act)
    assert snapshot() == before


def test_on_a_division_every_open_item_is_allotted_by_rule_or_by_hand(cast: Cast) -> None:
    plan = approved_plan(cast)
    digital = task_of(plan, "Chuyển đổi số trong cơ quan", cast.department_a)
    press = task_of(plan, "Cung cấp thông tin cho báo chí", cast.department_a)
    other = task_of(plan, "Việc khác", cast.department_a)
    act = stated(cast, Stated("split", old(cast.department_a), [new("Sở Công nghệ"), new("Sở Văn hóa")]))
    act = preview_restructuring(act, actor=cast.coordinator)
    # Three tasks and two people, one of whom has left.
    assert act.preview["unallotted"] == 5
    with pytest.raises(Refused):
        submit_restructuring(act, revision=act.revision, actor=cast.coordinator)
    technology, culture = act.steps.get().units.filter(side="new").order_by("position")
    add_allotment_rule(
        act, cast.department_a.pk, "words", value="chuyen doi so; phần mềm", fate="give",
        unit=technology, actor=cast.coordinator,
    )  # fmt: skip
    add_allotment_rule(act, cast.department_a.pk, "rest", fate="give", unit=culture, actor=cast.coordinator)
    row = other.assignments.get()
    allot_items(act, [(ASSIGNMENTS, str(row.pk))], "give", unit=technology, actor=cast.coordinator)
    act = carried_out(cast, act)
    technology.refresh_from_db()
    culture.refresh_from_db()
    assert owners(digital) == owners(other) == [technology.organisation_id]
    assert owners(press) == [culture.organisation_id]


def test_a_function_that_moves_takes_its_work_along_and_leaves_the_rest(cast: Cast) -> None:
    plan = approved_plan(cast)
    labour = task_of(plan, "Đưa lao động đi làm việc ở nước ngoài", cast.department_a)
    trade = task_of(plan, "Xúc tiến thương mại", cast.department_a)
    act = stated(
        cast,
        Stated("move_function", old(cast.department_a), old(cast.department_b), function="Quản lý lao động"),
    )
    add_allotment_rule(
        act, cast.department_a.pk, "words", value="lao động", fate="give",
        unit=act.steps.get().units.get(side="new"), actor=cast.coordinator,
    )  # fmt: skip
    carried_out(cast, act)
    assert owners(labour) == [cast.department_b.pk]
    assert owners(trade) == [cast.department_a.pk]
    held = Appointment.objects.filter(user=cast.officer, valid__contains=timezone.localdate())
    assert [each.organisation_id for each in held] == [cast.department_a.pk]
    assert Lineage.objects.get(predecessor=cast.department_a).function == "Quản lý lao động"


def test_a_tier_is_abolished_and_what_nobody_takes_over_ends_with_the_reason(cast: Cast) -> None:
    districts = [make_organisation(f"Huyện {name}", "district") for name in ("Châu Phú", "Tân Hiệp")]
    plan = approved_plan(cast)
    task = task_of(plan, "Rà soát", districts[0], districts[1], cast.department_a)
    act = stated(cast, Stated("abolish_tier", tier="district"))
    act = preview_restructuring(act, actor=cast.coordinator)
    assert [each["name"] for each in act.preview["bodies"]] == ["Huyện Châu Phú", "Huyện Tân Hiệp"]
    assert act.preview["unallotted"] == 2
    for district in districts:
        add_allotment_rule(act, district.pk, "rest", fate="end", actor=cast.coordinator)
    act = carried_out(cast, act)
    assert owners(task) == [cast.department_a.pk]
    assert set(task.assignments.exclude(ended_at=None).values_list("ended_reason", flat=True)) == {
        "abolished"
    }


def test_a_renamed_body_keeps_its_work_and_answers_to_both_names(cast: Cast) -> None:
    task = task_of(approved_plan(cast), "Việc", cast.department_a)
    act = stated(
        cast,
        Stated("rename", [Body(organisation=cast.department_a.pk, name="Sở Công nghiệp tỉnh Mẫu")]),
    )
    act = carried_out(cast, act)
    assert owners(task) == [cast.department_a.pk]
    today = matcher(timezone.localdate())
    assert today.match("Sở Công nghiệp").organisation == cast.department_a.pk
    assert today.match("Sở Công Thương").organisation == cast.department_a.pk
    undone(cast, act)
    assert matcher(timezone.localdate()).match("Sở Công nghiệp").organisation is None


def test_an_old_name_leads_to_the_successor_in_later_documents_alone(cast: Cast) -> None:
    Alias.objects.create(organisation=cast.department_a, text="Sở CT", valid=(None, None))
    act = carried_out(cast, merged(cast, [cast.department_a], new("Sở Kinh tế")))
    made = made_body(act).pk
    for name in ("Sở Công Thương", "Sở CT", "SCT", "Sở Kinh tế"):
        assert matcher(yesterday()).match(name).organisation == made, name
    day_before = matcher(yesterday() - timedelta(days=1))
    assert day_before.match("Sở CT").organisation == cast.department_a.pk


def test_the_name_of_a_divided_body_is_a_question_and_no_guess(cast: Cast) -> None:
    act = stated(cast, Stated("split", old(cast.department_a), [new("Sở Một"), new("Sở Hai")]))
    add_allotment_rule(
        act, cast.department_a.pk, "rest", fate="give",
        unit=act.steps.get().units.filter(side="new").first(), actor=cast.coordinator,
    )  # fmt: skip
    carried_out(cast, act)
    found = matcher(timezone.localdate()).match("Sở Công Thương tỉnh Mẫu")
    assert found.organisation is None
    assert len(found.candidates) == 2


def test_members_of_groups_follow_by_date_and_by_kind(cast: Cast) -> None:
    group = OrganisationSet.objects.create(name="Các sở", kinds=["department"])
    communes = OrganisationSet.objects.create(name="Các xã", kinds=["commune"])
    SetMember.objects.create(set=group, organisation=cast.department_a, valid=(None, None))
    SetMember.objects.create(set=communes, organisation=cast.commune, valid=(None, None))
    act = stated(
        cast,
        Stated("merge", old(cast.department_a), [new("Sở Kinh tế")]),
        Stated("abolish", old(cast.commune), [new("Sở Kinh tế")]),
    )
    carried_out(cast, act)
    day = yesterday()
    made = OrganisationVersion.objects.get(name="Sở Kinh tế").organisation_id
    rows = SetMember.objects.filter(valid__contains=day)
    assert list(rows.values_list("set_id", "organisation_id")) == [(group.pk, made)]
    rows = SetMember.objects.filter(valid__contains=day - timedelta(days=1))
    assert {row.organisation_id for row in rows} == {cast.department_a.pk, cast.commune.pk}


def test_bodies_below_one_that_ends_come_below_its_successor(cast: Cast) -> None:
    below = make_organisation("Chi cục Quản lý thị trường", "unit")
    below.versions.update(parent=cast.department_a)
    act = merged(cast, [cast.department_a], Body(organisation=cast.department_b.pk))
    before = snapshot()
    act = carried_out(cast, act)
    now = below.versions.get(valid__contains=timezone.localdate())
    assert now.parent == cast.department_b
    assert below.versions.get(valid__contains=yesterday() - timedelta(days=1)).parent == cast.department_a
    undone(cast, act)
    assert snapshot() == before


def test_four_eyes(cast: Cast) -> None:
    act = submitted(cast, merged(cast, [cast.department_a], new("Sở Kinh tế")))
    for wrong in (cast.coordinator, cast.officer, cast.reader):
        with pytest.raises((PermissionDenied, Exception)) as error:
            approve_restructuring(act, revision=act.revision, actor=wrong)
        assert error.type.__name__ in ("PermissionDenied", "Http404")
    act = approve_restructuring(act, revision=act.revision, actor=cast.leader)
    assert act.state == Restructuring.State.CARRIED_OUT


def test_who_changed_it_last_cannot_approve_it_either(cast: Cast) -> None:
    act = merged(cast, [cast.department_a], new("Sở Kinh tế"))
    allot_items(act, [], "", actor=cast.second_coordinator)
    act = submitted(cast, act)
    with pytest.raises(PermissionDenied):
        approve_restructuring(act, revision=act.revision, actor=cast.second_coordinator)


def test_it_is_approved_as_it_was_seen(cast: Cast) -> None:
    act = submitted(cast, merged(cast, [cast.department_a], new("Sở Kinh tế")))
    with pytest.raises(Refused):
        approve_restructuring(act, revision=act.revision - 1, actor=cast.leader)
    return_restructuring(act, reason="Thiếu căn cứ", actor=cast.leader)
    with pytest.raises(Refused):
        approve_restructuring(act, revision=act.revision, actor=cast.leader)


@pytest.mark.parametrize("verb", [return_restructuring, withdraw_restructuring])
def test_what_goes_back_has_its_reason(cast: Cast, verb: Any) -> None:
    act = submitted(cast, merged(cast, [cast.department_a], new("Sở Kinh tế")))
    actor = cast.leader if verb is return_restructuring else cast.coordinator
    with pytest.raises(Refused):
        verb(act, reason="  ", actor=actor)
    assert verb(act, reason="Chưa đủ căn cứ", actor=actor).reason == "Chưa đủ căn cứ"


def test_carrying_out_twice_is_refused(cast: Cast) -> None:
    act = carried_out(cast, merged(cast, [cast.department_a], new("Sở Kinh tế")))
    with pytest.raises(Refused):
        carry_out_restructuring(act, actor=cast.leader)


def test_an_approved_act_waits_for_its_day(cast: Cast) -> None:
    act = merged(cast, [cast.department_a], new("Sở Kinh tế"), day=timezone.localdate() + timedelta(days=3))
    act = submitted(cast, act)
    act = approve_restructuring(act, revision=act.revision, actor=cast.leader)
    assert act.state == Restructuring.State.APPROVED
    with pytest.raises(Refused):
        carry_out_restructuring(act, actor=cast.leader)


def test_open_items_that_came_up_since_keep_a_division_from_being_carried_out(cast: Cast) -> None:
    act = stated(cast, Stated("split", old(cast.department_a), [new("Sở Một"), new("Sở Hai")]))
    Appointment.objects.filter(organisation=cast.department_a).delete()
    act = submitted(cast, act)
    task_of(approved_plan(cast), "Mới", cast.department_a)
    before = snapshot()
    act = approve_restructuring(act, revision=act.revision, actor=cast.leader)
    assert (act.state, act.approved_by) == (Restructuring.State.DRAFTED, None)
    assert act.reason
    assert snapshot() == before


@pytest.mark.parametrize(
    ("why", "code"),
    [
        ("no steps", "no-steps"),
        ("nobody takes over", "shape-merge"),
        ("before it existed", "not-there"),
        ("the name is another's", "name-taken"),
        ("gives and takes", "chain"),
        ("ends twice", "twice"),
        ("a tier that nobody is of", "empty-tier"),
        ("no words", "no-function"),
        ("kind unknown", "no-kind"),
    ],
)
def test_the_preview_says_what_is_wrong(cast: Cast, why: str, code: str) -> None:
    a, b = cast.department_a, cast.department_b
    steps: dict[str, list[Stated]] = {
        "no steps": [],
        "nobody takes over": [Stated("merge", old(a), old(a))],
        "before it existed": [Stated("merge", old(a), old(b))],
        "the name is another's": [Stated("merge", old(a), [new("Sở Tài chính tỉnh Mẫu")])],
        "gives and takes": [Stated("merge", old(a), old(b)), Stated("abolish", old(b))],
        "ends twice": [Stated("merge", old(a), [new("Sở Một")]), Stated("abolish", old(a))],
        "a tier that nobody is of": [Stated("abolish_tier", tier="district")],
        "no words": [Stated("move_function", old(a), old(b))],
        "kind unknown": [Stated("merge", old(a), [new("Sở Một", kind="")])],
    }
    day = timezone.localdate().replace(year=2019) if why == "before it existed" else None
    act = preview_restructuring(stated(cast, *steps[why], day=day), actor=cast.coordinator)
    assert code in [fault["code"] for fault in act.preview["faults"]]
    with pytest.raises(Refused):
        submit_restructuring(act, revision=act.revision, actor=cast.coordinator)


def test_a_relation_that_nobody_declared_refuses_every_act(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    act = merged(cast, [cast.department_a], new("Sở Kinh tế"))
    monkeypatch.delitem(
        __import__("nhipcau.apps.orgs.carrying", fromlist=["_declared"])._declared, ASSIGNMENTS
    )
    act = preview_restructuring(act, actor=cast.coordinator)
    assert act.preview["faults"][0]["values"] == {"relations": ASSIGNMENTS}


def test_progress_since_is_no_reason_not_to_undo_and_is_kept(cast: Cast) -> None:
    task = task_of(approved_plan(cast), "Việc", cast.department_a)
    act = carried_out(cast, merged(cast, [cast.department_a], Body(organisation=cast.department_b.pk)))
    task.assignments.update(status=Status.IN_PROGRESS)
    undone(cast, act)
    row = task.assignments.get()
    assert (row.organisation, row.status) == (cast.department_a, Status.IN_PROGRESS)


@pytest.mark.parametrize("what", ["moved on", "finished", "newer", "appointed", "later act"])
def test_what_depends_on_it_keeps_it_from_being_undone(cast: Cast, what: str) -> None:
    plan = approved_plan(cast)
    task = task_of(plan, "Việc", cast.department_a)
    act = carried_out(cast, merged(cast, [cast.department_a], new("Sở Kinh tế")))
    made = made_body(act)
    if what == "moved on":
        task.assignments.update(organisation=cast.department_b)
    elif what == "finished":
        task.assignments.update(status=Status.ACCEPTED, done_on=timezone.localdate())
    elif what == "newer":
        task_of(plan, "Mới", made)
    elif what == "appointed":
        appoint(cast.reader, "officer", made, valid_from=timezone.localdate(), actor=cast.system_admin)
    else:
        later = merged(
            cast, [made], Body(organisation=cast.department_b.pk), day=timezone.localdate(), title="Sau đó"
        )
        carried_out(cast, later)
    before = snapshot()
    assert dependents(act)
    with pytest.raises(Refused):
        undone(cast, act)
    assert snapshot() == before


def test_the_directory_of_the_day_has_the_new_body_and_not_the_old(cast: Cast) -> None:
    act = carried_out(cast, merged(cast, [cast.department_a], new("Sở Kinh tế")))
    known = directory(timezone.localdate()).organisations
    assert made_body(act).pk in known
    assert cast.department_a.pk not in known


def test_the_last_system_administrator_keeps_the_role(cast: Cast) -> None:
    act = stated(cast, Stated("abolish", old(cast.lead_agency)))
    rest = {"fate": "end", "actor": cast.coordinator}
    add_allotment_rule(act, cast.lead_agency.pk, "rest", **rest)
    act = preview_restructuring(act, actor=cast.coordinator)
    assert [fault["code"] for fault in act.preview["faults"]] == ["last-administrator"]
    with pytest.raises(Refused):
        submit_restructuring(act, revision=act.revision, actor=cast.coordinator)


def test_what_is_made_out_of_a_body_that_goes_on_joins_its_groups(cast: Cast) -> None:
    group = OrganisationSet.objects.create(name="Các sở", kinds=["department"])
    SetMember.objects.create(set=group, organisation=cast.department_a, valid=(None, None))
    act = stated(
        cast,
        Stated("split", old(cast.department_a), [*old(cast.department_a), new("Sở Thương mại")]),
    )
    act = carried_out(cast, act)
    members = SetMember.objects.filter(set=group, valid__contains=timezone.localdate())
    assert {row.organisation_id for row in members} == {cast.department_a.pk, made_body(act).pk}
    before = SetMember.objects.filter(set=group, valid__contains=yesterday() - timedelta(days=1))
    assert [row.organisation_id for row in before] == [cast.department_a.pk]
