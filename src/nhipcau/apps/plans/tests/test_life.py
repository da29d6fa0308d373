"""The life of an assignment: reported, accepted or returned; one wins when two act at once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from threading import Barrier, Thread
from typing import Any
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.utils import timezone
from tests.cast import Cast, make_cast
from tests.life import begin, finish, report

from nhipcau.apps.plans.actions import Said, accept_report, enter_task, return_report, send_update
from nhipcau.apps.plans.drafting import Named
from nhipcau.apps.plans.following import due_of, whole_of
from nhipcau.apps.plans.models import Assignment, Status, Task, Update, Verdict
from nhipcau.apps.plans.refusals import Refused, Stale
from nhipcau.apps.plans.stages import MOVES, may_move

TODAY = timezone.localdate()


def given(cast: Cast, name: str = "Sở Công Thương", due_on: date | None = None) -> Assignment:
    task = enter_task(
        "Báo cáo danh sách chuyên gia",
        [Named(name, "lead")],
        actor=cast.coordinator,
        kind="note",
        number="1/TB",
        due_on=due_on,
    )
    return task.assignments.get()


def code_of(change: Callable[[], object]) -> str:
    with pytest.raises(Refused) as refused:
        change()
    return refused.value.code


def test_a_report_is_accepted_and_only_then_it_is_done(cast: Cast) -> None:
    mine = report(given(cast), cast.officer)
    assert (mine.status, mine.done_on, mine.task.status) == ("reported", TODAY, "reported")
    accepted = accept_report(mine, version=mine.version, actor=cast.coordinator)
    assert (accepted.status, accepted.task.status) == ("accepted", "accepted")
    verdict = Verdict.objects.get()
    assert (verdict.what, verdict.created_by, verdict.update.assignment) == (
        "accepted",
        cast.coordinator,
        mine,
    )


def test_a_returned_report_keeps_its_reason_for_both_sides_through_the_next_round(cast: Cast) -> None:
    mine = report(given(cast), cast.officer)
    back = return_report(mine, reason="Thiếu số liệu xã", version=mine.version, actor=cast.coordinator)
    assert (back.status, back.done_on) == ("returned", None)
    again = begin(mine, cast.officer)
    assert again.status == "in_progress"
    again = report(mine, cast.officer)
    accept_report(again, version=again.version, actor=cast.coordinator)
    for reader in (cast.officer, cast.coordinator, cast.leader):
        reasons = Verdict.objects.visible_to(reader).filter(what="returned").values_list("reason", flat=True)
        assert list(reasons) == ["Thiếu số liệu xã"]
    assert not Verdict.objects.visible_to(cast.outsider).exists()


def test_a_return_says_why_and_only_coordinators_judge(cast: Cast) -> None:
    mine = report(given(cast), cast.officer)
    version = mine.version
    assert (
        code_of(lambda: return_report(mine, reason=" ", version=version, actor=cast.coordinator)) == "reason"
    )
    for judge in (
        lambda: accept_report(mine, version=version, actor=cast.officer),
        lambda: return_report(mine, reason="x", version=version, actor=cast.leader),
    ):
        with pytest.raises(PermissionDenied):
            judge()
    mine.refresh_from_db()
    assert (mine.status, mine.version) == ("reported", version)


def test_who_comes_second_is_told_who_did_what(cast: Cast) -> None:
    mine = report(given(cast), cast.officer)
    version = mine.version
    accept_report(mine, version=version, actor=cast.coordinator)
    with pytest.raises(Stale) as stale:
        return_report(mine, reason="Thiếu", version=version, actor=cast.second_coordinator)
    assert stale.value.code == "moved-accepted"
    assert stale.value.values["who"] == cast.coordinator.full_name
    with pytest.raises(Stale):
        accept_report(mine, version=version, actor=cast.coordinator)
    assert Verdict.objects.count() == 1


def test_what_was_accepted_by_mistake_comes_back_with_a_reason(cast: Cast) -> None:
    mine = finish(given(cast), cast.coordinator)
    back = return_report(mine, reason="Nhầm hồ sơ", version=mine.version, actor=cast.coordinator)
    assert (back.status, back.task.status) == ("returned", "returned")


def test_nothing_is_accepted_before_it_is_reported_nor_updated_after(cast: Cast) -> None:
    mine = given(cast)
    assert code_of(lambda: accept_report(mine, version=0, actor=cast.coordinator)) == "no-such-move"
    mine = report(mine, cast.officer)
    assert code_of(lambda: begin(mine, cast.officer)) == "moved-reported"
    accept_report(mine, version=mine.version, actor=cast.coordinator)
    assert code_of(lambda: report(mine, cast.officer)) == "moved-accepted"


def test_her_own_agencys_report_needs_a_second_coordinator(cast: Cast, settings: Any) -> None:
    own = report(given(cast, "Sở Ngoại vụ"), cast.coordinator)
    version = own.version
    assert code_of(lambda: accept_report(own, version=version, actor=cast.coordinator)) == "own-report"
    assert accept_report(own, version=version, actor=cast.second_coordinator).status == "accepted"
    settings.ACCEPT_OWN = True
    own = report(given(cast, "Sở Ngoại vụ"), cast.coordinator)
    assert accept_report(own, version=own.version, actor=cast.coordinator).status == "accepted"


def test_the_same_submission_is_one_update_and_a_key_is_not_another_s(cast: Cast) -> None:
    mine, key = given(cast), uuid4()
    first = send_update(mine, Said("Đang làm"), actor=cast.officer, key=key)
    assert send_update(mine, Said("Đang làm"), actor=cast.officer, key=key) == first
    assert Update.objects.count() == 1
    other = given(cast)
    assert code_of(lambda: send_update(other, Said("Đang làm"), actor=cast.officer, key=key)) == "key-used"


def test_the_table_says_who_may_go_where() -> None:
    found = {
        (str(status), move): str(MOVES[move].to)
        for move in MOVES
        for status in Status
        if may_move(move, status)
    }
    assert found[("reported", "accept")] == "accepted"
    assert {status for status, move in found if move == "report"} == {"not_begun", "in_progress", "returned"}
    assert {status for status, move in found if move == "accept"} == {"reported"}
    assert {status for status, move in found if move == "return"} == {"reported", "accepted"}
    assert {move: MOVES[move].by for move in ("report", "accept")} == {
        "report": "agency",
        "accept": "lead agency",
    }


@pytest.mark.parametrize(
    ("states", "whole"),
    [
        (["accepted", "accepted"], "accepted"),
        (["accepted", "reported"], "reported"),
        (["accepted", "returned"], "returned"),
        (["returned", "in_progress"], "in_progress"),
        (["not_begun", "accepted"], "in_progress"),
        (["not_begun", "not_begun"], "not_begun"),
        ([], "not_begun"),
    ],
)
def test_the_whole_follows_its_parts(states: list[str], whole: str) -> None:
    rows = [Assignment(status=state, organisation_id=1, done_on=TODAY) for state in states]
    assert whole_of(rows)[0] == whole


def test_the_date_of_the_whole_follows_those_that_wait() -> None:
    def row(status: str, due: int, done: int | None = None) -> Assignment:
        day = None if done is None else TODAY + timedelta(done)
        return Assignment(status=status, organisation_id=1, due_on=TODAY + timedelta(due), done_on=day)

    old = TODAY
    assert due_of([], old) == old
    assert due_of([row("in_progress", 0), row("in_progress", 9)], old) == TODAY
    assert due_of([row("accepted", 0, 0), row("in_progress", 9)], old) == TODAY + timedelta(9)
    assert due_of([row("accepted", 0, 0), row("accepted", 9, 5)], old) == TODAY + timedelta(9)
    assert due_of([row("accepted", 0, 2), row("accepted", 9, 5)], old) == TODAY


def at_once(*changes: Callable[[], object]) -> list[object]:
    """Each in a thread with a connection of its own; what it gave, or what it raised."""
    barrier, given_back = Barrier(len(changes)), []

    def run(change: Callable[[], object]) -> None:
        barrier.wait()
        try:
            given_back.append(change())
        except Refused as refused:
            given_back.append(refused)
        finally:
            connection.close()

    threads = [Thread(target=run, args=(change,)) for change in changes]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return given_back


@pytest.mark.django_db(transaction=True)
def test_twenty_equal_submissions_at_once_make_one() -> None:
    cast = make_cast()
    mine, key = given(cast), uuid4()
    said = Said("Đã làm xong", done=True)
    found = at_once(*[lambda: send_update(mine, said, actor=cast.officer, key=key)] * 20)
    assert len(found) == 20
    assert {getattr(each, "pk", each) for each in found} == {Update.objects.get().pk}
    mine.refresh_from_db()
    assert (mine.version, mine.status) == (1, "reported")


@pytest.mark.django_db(transaction=True)
def test_when_accept_and_return_race_one_wins_and_the_other_is_told() -> None:
    cast = make_cast()
    for _turn in range(5):
        mine = report(given(cast), cast.officer)
        version = mine.version
        found = at_once(
            lambda mine=mine, version=version: accept_report(mine, version=version, actor=cast.coordinator),
            lambda mine=mine, version=version: return_report(
                mine, reason="Thiếu", version=version, actor=cast.second_coordinator
            ),
        )
        told = [each for each in found if isinstance(each, Stale)]
        assert len(told) == 1
        mine.refresh_from_db()
        winner = {"accepted": cast.coordinator, "returned": cast.second_coordinator}[mine.status]
        assert (told[0].code, told[0].values["who"]) == (f"moved-{mine.status}", winner.full_name)
        assert Verdict.objects.filter(update__assignment=mine).count() == 1
        assert Task.objects.get(pk=mine.task_id).status == mine.status


@pytest.mark.parametrize("link", ["javascript:alert(1)", "data:text/html,x", " https://a.vn", "a.vn"])
def test_a_link_that_is_no_web_address_is_refused_whoever_sends_it(cast: Cast, link: str) -> None:
    mine = given(cast)
    said = Said("Đã làm", links=["https://a.vn", link])
    assert code_of(lambda: send_update(mine, said, actor=cast.officer)) == "bad-link"
    assert not mine.updates.exists()
