"""A report is sent, returned, sent again, approved; each step once, by whom it belongs to, in its time."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.utils import timezone
from tests.cast import Cast

from nhipcau.apps.accounts.models import User
from nhipcau.apps.notices.models import Notice
from nhipcau.apps.orgs.models import Appointment
from nhipcau.apps.plans.models import Status
from nhipcau.apps.reporting.actions import (
    ChecksFailed,
    approve_many,
    approve_submission,
    ask_deferral,
    begin_draft,
    decide_deferral,
    discharge_obligation,
    give_back,
    pass_below,
    redo_by,
    return_submission,
    save_draft,
    send_submission,
    take_back_discharge,
)
from nhipcau.apps.reporting.answering import Answers, content_of, digest_of, read_answers
from nhipcau.apps.reporting.models import Deferral, Obligation, Period, Standing, Submission, Verdict
from nhipcau.apps.reporting.refusals import Refused, Stale
from nhipcau.apps.reporting.tests.reports import (
    Reports,
    answers,
    fresh,
    make_period,
    make_reports,
    make_task,
    steps_inside,
)
from nhipcau.core.workdays import VIETNAM, end_of

pytestmark = pytest.mark.django_db
State = Obligation.State


@pytest.fixture
def found(cast: Cast) -> Reports:
    return make_reports(cast)


def drafted(obligation: Obligation, said: Answers, actor: User) -> Submission:
    draft = begin_draft(obligation, actor=actor)
    return save_draft(draft, said, revision=draft.revision, actor=actor)


def sent(obligation: Obligation, said: Answers, actor: User) -> Submission:
    draft = drafted(obligation, said, actor)
    return send_submission(draft, revision=draft.revision, actor=actor)


def now_of(obligation: Obligation) -> Obligation:
    return Obligation.objects.get(pk=obligation.pk)


def kinds_told(user: User) -> list[str]:
    return list(Notice.objects.filter(recipient=user).values_list("kind", flat=True))


def test_a_report_is_received_under_a_number_with_its_digest_and_the_lead_agency_is_told(
    found: Reports,
) -> None:
    made = sent(found.of_a, answers(found), found.cast.officer)
    assert re.fullmatch(rf"TN-{timezone.localdate().year}-00001", made.received_number)
    assert made.digest == digest_of(content_of(made))
    row = now_of(found.of_a)
    assert (row.state, row.received_at, row.changed_by) == (State.SENT, made.sent_at, found.cast.officer)
    assert not row.is_late
    assert kinds_told(found.cast.coordinator) == ["reporting.received"]
    assert kinds_told(found.cast.officer) == []


def test_sending_twice_is_sending_once(found: Reports) -> None:
    draft = drafted(found.of_a, answers(found), found.cast.officer)
    first = send_submission(draft, revision=draft.revision, actor=found.cast.officer)
    again = send_submission(draft, revision=draft.revision, actor=found.cast.officer)
    assert again.received_number == first.received_number
    assert now_of(found.of_a).version == 1


def test_what_was_not_seen_is_not_sent(found: Reports) -> None:
    draft = drafted(found.of_a, answers(found), found.cast.officer)
    with pytest.raises(Stale):
        send_submission(draft, revision=draft.revision - 1, actor=found.cast.officer)
    assert now_of(found.of_a).state == State.WAITING


def test_numbers_run_without_gaps_whatever_was_refused_between(found: Reports) -> None:
    cast = found.cast
    sent(found.of_a, answers(found), cast.officer)
    with pytest.raises(ChecksFailed):
        sent(found.of_b, Answers(), cast.outsider)
    draft = drafted(found.of_b, answers(found), cast.outsider)
    second = send_submission(draft, revision=draft.revision, actor=cast.outsider)
    third = sent(found.of_commune, answers(found), cast.commune_officer)
    assert [each.received_number[-5:] for each in (second, third)] == ["00002", "00003"]


def test_a_report_returned_keeps_its_words_and_the_next_version_begins_with_them(found: Reports) -> None:
    cast = found.cast
    first = sent(found.of_a, answers(found, "Lần một"), cast.officer)
    row = return_submission(
        found.of_a, reason="Thiếu số liệu", marks=[("s1", "Viết rõ")], version=1, actor=cast.coordinator
    )
    assert (row.state, row.redo_by) == (State.RETURNED, redo_by(timezone.now()))
    said = Verdict.objects.get()
    assert (said.submission, said.reason, said.marks) == (
        first,
        "Thiếu số liệu",
        [{"place": "s1", "words": "Viết rõ"}],
    )
    assert "reporting.returned" in kinds_told(cast.officer)
    again = begin_draft(found.of_a, actor=cast.officer)
    assert (again.number, read_answers(again).texts[0].text) == (2, "Lần một")
    changed = save_draft(again, answers(found, "Lần hai"), revision=0, actor=cast.officer)
    second = send_submission(changed, revision=changed.revision, actor=cast.officer)
    assert second.received_number != first.received_number
    assert read_answers(first).texts[0].text == "Lần một"
    assert [each.state for each in Submission.objects.order_by("number")] == ["returned", "sent"]
    approve_submission(found.of_a, version=now_of(found.of_a).version, actor=cast.coordinator)
    assert now_of(found.of_a).state == State.APPROVED
    assert "reporting.approved" in kinds_told(cast.officer)


def test_a_return_needs_its_reason_and_what_was_approved_comes_back_with_one_too(found: Reports) -> None:
    cast = found.cast
    sent(found.of_a, answers(found), cast.officer)
    with pytest.raises(Refused, match="reason"):
        return_submission(found.of_a, reason="  ", version=1, actor=cast.coordinator)
    approve_submission(found.of_a, version=1, actor=cast.coordinator)
    return_submission(found.of_a, reason="Duyệt nhầm", version=2, actor=cast.coordinator)
    assert now_of(found.of_a).state == State.RETURNED


def test_two_working_days_are_given_and_another_moment_when_said(found: Reports) -> None:
    friday = datetime(2027, 6, 4, 10, tzinfo=VIETNAM)
    assert redo_by(friday) == end_of((friday + timedelta(days=4)).date())
    sent(found.of_a, answers(found), found.cast.officer)
    until = timezone.now() + timedelta(days=9)
    row = return_submission(found.of_a, reason="x", version=1, actor=found.cast.coordinator, until=until)
    assert row.redo_by == until
    with pytest.raises(Refused, match="not-ahead"):
        return_submission(
            found.of_a, reason="x", version=2, actor=found.cast.coordinator, until=timezone.now()
        )


def test_who_was_slower_is_told_who_did_what(found: Reports) -> None:
    cast = found.cast
    sent(found.of_a, answers(found), cast.officer)
    approve_submission(found.of_a, version=1, actor=cast.second_coordinator)
    with pytest.raises(Stale) as told:
        return_submission(found.of_a, reason="Thiếu", version=1, actor=cast.coordinator)
    assert cast.second_coordinator.full_name in told.value.message()


def test_only_those_who_judge_judge(found: Reports) -> None:
    cast = found.cast
    sent(found.of_a, answers(found), cast.officer)
    for user in (cast.officer, cast.leader, cast.reader):
        with pytest.raises(PermissionDenied):
            return_submission(found.of_a, reason="x", version=1, actor=user)
        with pytest.raises(PermissionDenied):
            approve_submission(found.of_a, version=1, actor=user)
    with pytest.raises(Http404):
        return_submission(found.of_a, reason="x", version=1, actor=cast.outsider)


def test_a_commune_reports_through_the_unit_that_reviews_first(found: Reports) -> None:
    cast = found.cast
    sent(found.of_commune, answers(found), cast.commune_officer)
    assert now_of(found.of_commune).state == State.BELOW
    assert kinds_told(cast.officer) == ["reporting.to_review"]
    assert kinds_told(cast.coordinator) == []
    return_submission(found.of_commune, reason="Chưa rõ", version=1, actor=cast.officer)
    draft = begin_draft(found.of_commune, actor=cast.commune_officer)
    send_submission(draft, revision=0, actor=cast.commune_officer)
    pass_below(found.of_commune, version=3, actor=cast.officer)
    row = now_of(found.of_commune)
    assert row.state == State.SENT
    assert kinds_told(cast.coordinator) == ["reporting.received"]
    with pytest.raises(Refused, match="no-such-move"):
        return_submission(found.of_commune, reason="Nghĩ lại", version=row.version, actor=cast.officer)
    approve_submission(found.of_commune, version=row.version, actor=cast.coordinator)


def test_where_the_head_approves_first_the_specialists_report_waits_for_her(found: Reports) -> None:
    cast = found.cast
    steps_inside(cast.department_a)
    Appointment.objects.filter(user=cast.officer).update(post="specialist")
    head = cast.leaver
    User.objects.filter(pk=head.pk).update(is_active=True, locked_at=None, locked_reason="")
    Appointment.objects.filter(user=head).update(post="head")
    officer, head = fresh(cast.officer), fresh(head)
    draft = drafted(found.of_a, answers(found), officer)
    waiting = send_submission(draft, revision=draft.revision, actor=officer)
    assert (waiting.state, now_of(found.of_a).state) == ("to_approve", State.WAITING)
    assert kinds_told(head) == ["reporting.to_approve"]
    assert send_submission(draft, revision=0, actor=officer).state == "to_approve"
    with pytest.raises(Refused, match="waits-for-head"):
        save_draft(draft, answers(found, "Sửa"), revision=waiting.revision, actor=officer)
    with pytest.raises(PermissionDenied):
        give_back(draft, reason="x", actor=officer)
    give_back(draft, reason="Viết lại mục 1", actor=head)
    assert not Verdict.objects.visible_to(cast.coordinator).exists()
    assert Verdict.objects.visible_to(officer).get().reason == "Viết lại mục 1"
    draft = Submission.objects.get(pk=draft.pk)
    draft = save_draft(draft, answers(found, "Viết lại"), revision=draft.revision, actor=officer)
    waiting = send_submission(draft, revision=draft.revision, actor=officer)
    done = send_submission(waiting, revision=waiting.revision, actor=head)
    assert (done.state, done.sent_by) == ("sent", head)
    assert list(Verdict.objects.values_list("what", flat=True)) == ["given_back", "passed_head"]


def test_tasks_stand_in_the_report_as_they_stood_when_it_was_sent(found: Reports) -> None:
    part = make_task(found.cast, found.cast.department_a, "Lập danh sách chuyên gia")
    made = sent(found.of_a, answers(found), found.cast.officer)
    type(part).objects.filter(pk=part.pk).update(status=Status.IN_PROGRESS)
    text = read_answers(made).of_tasks(found.section("tasks").pk)[part.task_id]
    assert (text.text, text.status, text.due_on) == ("", Status.NOT_BEGUN, part.due_on)
    return_submission(found.of_a, reason="x", version=1, actor=found.cast.coordinator)
    again = read_answers(begin_draft(found.of_a, actor=found.cast.officer))
    assert not again.of_tasks(found.section("tasks").pk)


@pytest.mark.parametrize(("after", "late"), [(-1, False), (0, False), (1, True)])
def test_the_moment_of_receipt_decides_to_the_millisecond(
    found: Reports, monkeypatch: pytest.MonkeyPatch, after: int, late: bool
) -> None:
    at = found.period.due_at + timedelta(milliseconds=after)
    draft = drafted(found.of_a, answers(found), found.cast.officer)
    monkeypatch.setattr(timezone, "now", lambda: at)
    send_submission(draft, revision=draft.revision, actor=found.cast.officer)
    row = now_of(found.of_a)
    assert (row.received_at, row.is_late) == (at, late)
    lately = Obligation.objects.in_standing(at, Standing.LATE)
    assert lately.filter(pk=row.pk).exists() is late


def test_after_the_lock_only_who_was_given_more_time_sends(
    found: Reports, monkeypatch: pytest.MonkeyPatch
) -> None:
    cast, due = found.cast, found.period.due_at
    Period.objects.filter(pk=found.period.pk).update(late_until=due + timedelta(days=1))
    mine, yours = (
        drafted(found.of_a, answers(found), cast.officer),
        drafted(found.of_b, answers(found), cast.outsider),
    )
    Obligation.objects.filter(pk=found.of_b.pk).update(deferred_at=due + timedelta(days=3))
    monkeypatch.setattr(timezone, "now", lambda: due + timedelta(days=1, milliseconds=1))
    with pytest.raises(Refused, match="locked"):
        send_submission(mine, revision=mine.revision, actor=cast.officer)
    send_submission(yours, revision=yours.revision, actor=cast.outsider)
    assert not now_of(found.of_b).is_late
    assert read_answers(mine).texts


def test_more_time_is_asked_for_and_decided_with_reasons(found: Reports) -> None:
    cast = found.cast
    day = found.period.due_on + timedelta(days=3)
    with pytest.raises(Refused, match="reason"):
        ask_deferral(found.of_a, day, reason=" ", actor=cast.officer)
    with pytest.raises(Refused, match="too-early"):
        ask_deferral(found.of_a, found.period.due_on, reason="Đại hội", actor=cast.officer)
    made = ask_deferral(found.of_a, day, reason="Đại hội", actor=cast.officer)
    assert ask_deferral(found.of_a, day, reason="Đại hội", actor=cast.officer) == made
    with pytest.raises(Refused, match="deferral-waits"):
        ask_deferral(found.of_a, day, reason="Khác", actor=cast.officer)
    with pytest.raises(PermissionDenied):
        decide_deferral(made, grant=True, reason="x", actor=cast.officer)
    decide_deferral(made, grant=True, reason="Đồng ý", actor=cast.coordinator)
    assert now_of(found.of_a).due_at == end_of(day)
    with pytest.raises(Stale, match="decided-by-other"):
        decide_deferral(made, grant=False, reason="x", actor=cast.second_coordinator)
    assert kinds_told(cast.officer) == ["reporting.time_granted"]


def test_a_refusal_of_more_time_leaves_the_date(found: Reports) -> None:
    made = ask_deferral(
        found.of_a, found.period.due_on + timedelta(days=3), reason="Đại hội", actor=found.cast.officer
    )
    decide_deferral(made, grant=False, reason="Không đủ lý do", actor=found.cast.coordinator)
    assert now_of(found.of_a).due_at == found.period.due_at
    assert Deferral.objects.get().decision == "Không đủ lý do"


def test_many_are_approved_at_once_and_what_changed_meanwhile_is_left(found: Reports) -> None:
    cast = found.cast
    sent(found.of_a, answers(found), cast.officer)
    sent(found.of_b, answers(found), cast.outsider)
    result = approve_many({found.of_a.pk: 1, found.of_b.pk: 0, 10**9: 0}, actor=cast.coordinator)
    assert [row.pk for row in result.done] == [found.of_a.pk]
    assert [(row.pk, why.code) for row, why in result.left] == [(found.of_b.pk, "stale")]


def test_one_report_holds_for_another_and_both_go_the_same_way(found: Reports) -> None:
    cast = found.cast
    other_period = make_period(found.version, cast, kind="adhoc")
    other = Obligation.objects.create(period=other_period, organisation=cast.department_a)
    discharge_obligation(other, found.of_a, version=0, actor=cast.officer)
    assert now_of(other).state == State.WAITING
    with pytest.raises(Refused, match="discharged"):
        begin_draft(other, actor=cast.officer)
    made = sent(found.of_a, answers(found), cast.officer)
    assert (now_of(other).state, now_of(other).received_at) == (State.SENT, made.sent_at)
    return_submission(found.of_a, reason="x", version=1, actor=cast.coordinator)
    assert now_of(other).state == State.RETURNED
    take_back_discharge(other, version=now_of(other).version, actor=cast.officer)
    assert (now_of(other).state, now_of(other).received_at) == (State.WAITING, None)


def test_a_report_holds_neither_for_another_unit_nor_in_a_chain(found: Reports) -> None:
    cast = found.cast
    with pytest.raises(Http404):
        discharge_obligation(found.of_a, found.of_b, version=0, actor=cast.officer)
    with pytest.raises(Refused, match="not-the-same-unit"):
        discharge_obligation(found.of_a, found.of_b, version=0, actor=cast.coordinator)
    others = [
        Obligation.objects.create(
            period=make_period(found.version, cast, kind="adhoc"), organisation=cast.department_a
        )
        for _each in range(2)
    ]
    discharge_obligation(others[0], found.of_a, version=0, actor=cast.officer)
    with pytest.raises(Refused, match="chain"):
        discharge_obligation(found.of_a, others[1], version=0, actor=cast.officer)
    with pytest.raises(Refused, match="chain"):
        discharge_obligation(others[1], others[0], version=0, actor=cast.officer)


def test_the_lead_agency_sends_what_came_on_paper_without_the_units_steps(found: Reports) -> None:
    steps_inside(found.cast.department_b)
    made = sent(found.of_b, answers(found), found.cast.coordinator)
    assert (made.state, made.via, now_of(found.of_b).state) == ("sent", "paper", State.SENT)


def test_nothing_to_report_is_an_answer(found: Reports) -> None:
    made = sent(found.of_a, replace(Answers(), nothing=True), found.cast.officer)
    assert (made.nothing, now_of(found.of_a).nothing) == (True, True)
    assert now_of(found.of_b).nothing is False
