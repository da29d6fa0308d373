"""What stands in the way, who decides about it, more time, and what is said about a task."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.utils import timezone
from tests.cast import Cast, make_cast
from tests.life import finish, report

from nhipcau.apps.notices.models import Notice
from nhipcau.apps.plans.actions import (
    ask_extension,
    clear_obstacle,
    comment_task,
    decide_extension,
    decide_obstacle,
    escalate_obstacle,
    follow_task,
    raise_obstacle,
    unfollow_task,
)
from nhipcau.apps.plans.models import Assignment, Comment, Extension, Obstacle, Task
from nhipcau.apps.plans.tests.test_life import at_once, code_of, given

TODAY = timezone.localdate()


def stuck(cast: Cast) -> Obstacle:
    return raise_obstacle(
        given(cast, due_on=TODAY), "Chưa có kinh phí", clearer=cast.department_b, actor=cast.officer
    )


def kinds_of(user: Any) -> list[str]:
    return list(Notice.objects.filter(recipient=user).order_by("pk").values_list("kind", flat=True))


def test_an_obstacle_is_told_to_the_coordinators_and_cleared_with_how(cast: Cast) -> None:
    obstacle = stuck(cast)
    assert "plans.stuck" in kinds_of(cast.coordinator)
    assert list(Obstacle.objects.open()) == [obstacle]
    assert code_of(lambda: clear_obstacle(obstacle, " ", actor=cast.officer)) == "how"
    with pytest.raises(Http404):
        clear_obstacle(obstacle, "x", actor=cast.outsider)
    clear_obstacle(obstacle, "Sở Tài chính đã cấp", actor=cast.coordinator)
    assert "plans.cleared" in kinds_of(cast.officer)
    assert not Obstacle.objects.open().exists()
    assert code_of(lambda: clear_obstacle(obstacle, "x", actor=cast.officer)) == "cleared-by-other"


def test_an_obstacle_says_what_and_who_can_clear_it(cast: Cast) -> None:
    row = given(cast)
    assert code_of(lambda: raise_obstacle(row, " ", actor=cast.officer)) == "empty-obstacle"
    assert code_of(lambda: raise_obstacle(row, "Thiếu", actor=cast.officer)) == "no-clearer"
    done = finish(given(cast), cast.coordinator)
    code = code_of(lambda: raise_obstacle(done, "Thiếu", clearer_words="Bộ", actor=cast.officer))
    assert code == "done-already"


def test_beyond_authority_is_put_before_a_body_and_its_decision_recorded(cast: Cast) -> None:
    obstacle = stuck(cast)

    def decide(who: Any, words: str = "Cấp 50 triệu đồng", day: date = TODAY) -> Obstacle:
        return decide_obstacle(obstacle, words, decided_on=day, actor=who)

    assert code_of(lambda: decide(cast.leader)) == "not-escalated"
    obstacle = escalate_obstacle(obstacle, "Chủ tịch UBND tỉnh", actor=cast.officer)
    assert list(Obstacle.objects.undecided()) == [obstacle]
    assert "plans.escalated" in kinds_of(cast.leader)
    again = code_of(lambda: escalate_obstacle(obstacle, "Bộ Ngoại giao", actor=cast.coordinator))
    assert again == "escalated-already"
    with pytest.raises(PermissionDenied):
        decide(cast.officer)
    assert code_of(lambda: decide(cast.leader, day=TODAY + timedelta(1))) == "decision-day"
    assert code_of(lambda: decide(cast.leader, " ")) == "no-decision"
    decided = decide(cast.leader)
    assert (decided.decision, decided.decided_on) == ("Cấp 50 triệu đồng", TODAY)
    assert decided.decided_by == cast.leader
    assert "plans.decided" in kinds_of(cast.officer)
    assert not Obstacle.objects.undecided().exists()
    assert code_of(lambda: decide(cast.coordinator)) == "decided-by-other"


def asked(cast: Cast, row: Assignment, days: int = 9) -> Extension:
    until = row.due_on or TODAY
    return ask_extension(row, until + timedelta(days), reason="Chờ số liệu", actor=cast.officer)


def test_more_time_moves_the_date_in_force_and_keeps_the_old_one(cast: Cast) -> None:
    row = given(cast, due_on=TODAY)
    request = asked(cast, row)
    assert asked(cast, row) == request
    assert "plans.extension_asked" in kinds_of(cast.coordinator)
    assert code_of(lambda: asked(cast, row, 12)) == "extension-waits"

    def decide(who: Any, reason: str = "Đồng ý") -> Extension:
        return decide_extension(request, grant=True, reason=reason, actor=who)

    with pytest.raises(PermissionDenied):
        decide(cast.officer)
    assert code_of(lambda: decide(cast.coordinator, " ")) == "reason"
    decide(cast.coordinator)
    row.refresh_from_db()
    new = TODAY + timedelta(9)
    assert (row.due_on, row.task.due_on) == (new, new)
    request.refresh_from_db()
    assert (request.old_due_on, request.new_due_on, request.state) == (TODAY, new, "granted")
    assert "plans.extension_granted" in kinds_of(cast.officer)
    assert code_of(lambda: asked(cast, row)) == "extensions-used"
    assert code_of(lambda: decide(cast.second_coordinator)) == "decided-by-other"


def test_a_refusal_moves_nothing_and_does_not_count(cast: Cast, settings: Any) -> None:
    row = given(cast, due_on=TODAY)
    decide_extension(asked(cast, row), grant=False, reason="Đã quá gấp", actor=cast.coordinator)
    row.refresh_from_db()
    assert row.due_on == TODAY
    assert "plans.extension_refused" in kinds_of(cast.officer)
    assert asked(cast, row).state == "asked"
    settings.EXTENSIONS = 0
    other = given(cast, due_on=TODAY)
    assert code_of(lambda: asked(cast, other)) == "extensions-used"


def test_more_time_is_asked_for_what_is_open_and_for_a_later_day(cast: Cast) -> None:
    row = given(cast, due_on=TODAY - timedelta(9))
    undated = given(cast)
    assert code_of(lambda: asked(cast, undated)) == "no-date"
    assert code_of(lambda: asked(cast, row, -1)) == "not-later"
    assert code_of(lambda: asked(cast, row, 2)) == "not-ahead"
    reported = report(row, cast.officer)
    assert code_of(lambda: asked(cast, reported)) == "done-already"


def test_her_own_agencys_request_needs_a_second_coordinator(cast: Cast) -> None:
    own = given(cast, "Sở Ngoại vụ", due_on=TODAY)
    request = ask_extension(own, TODAY + timedelta(5), reason="Chờ", actor=cast.coordinator)

    def decide(who: Any) -> Extension:
        return decide_extension(request, grant=True, reason="Được", actor=who)

    assert code_of(lambda: decide(cast.coordinator)) == "own-extension"
    assert decide(cast.second_coordinator).state == "granted"


@pytest.mark.django_db(transaction=True)
def test_two_decisions_at_once_make_one() -> None:
    cast = make_cast()
    request = asked(cast, given(cast, due_on=TODAY))
    found = at_once(
        lambda: decide_extension(request, grant=True, reason="Được", actor=cast.coordinator),
        lambda: decide_extension(request, grant=False, reason="Không", actor=cast.second_coordinator),
    )
    assert sum(isinstance(each, Extension) for each in found) == 1


def test_comments_reach_followers_who_still_see_the_task(cast: Cast) -> None:
    task = given(cast).task
    for user in (cast.reader, cast.leader, cast.officer):
        follow_task(task, actor=user)
        follow_task(task, actor=user)
    unfollow_task(task, actor=cast.leader)
    with pytest.raises(Http404):
        follow_task(task, actor=cast.outsider)
    with pytest.raises(PermissionDenied):
        comment_task(task, "Ý kiến", actor=cast.reader)
    assert code_of(lambda: comment_task(task, " ", actor=cast.coordinator)) == "empty-comment"
    comment_task(task, "Đề nghị gửi trước ngày 10", actor=cast.coordinator)
    assert kinds_of(cast.reader)[-1:] == kinds_of(cast.officer)[-1:] == ["plans.commented"]
    assert "plans.commented" not in kinds_of(cast.leader)
    assert Comment.objects.visible_to(cast.officer).count() == 1
    assert not Comment.objects.visible_to(cast.outsider).exists()
    Assignment.objects.filter(task=task).update(organisation=cast.department_b)
    comment_task(Task.objects.get(pk=task.pk), "Nữa", actor=cast.coordinator)
    assert kinds_of(cast.officer).count("plans.commented") == 1


def test_a_form_sent_for_something_else_is_refused(cast: Cast) -> None:
    one, two, key = given(cast), given(cast), uuid4()
    first = raise_obstacle(one, "Chờ", clearer_words="Bộ", key=key, actor=cast.officer)
    assert raise_obstacle(one, "Chờ", clearer_words="Bộ", key=key, actor=cast.officer) == first
    again = code_of(lambda: raise_obstacle(two, "Chờ", clearer_words="Bộ", key=key, actor=cast.officer))
    said = comment_task(one.task, "Rõ", key=key, actor=cast.officer)
    assert comment_task(one.task, "Rõ", key=key, actor=cast.officer) == said
    other = code_of(lambda: comment_task(one.task, "Rõ", key=key, actor=cast.coordinator))
    assert (again, other) == ("key-used", "key-used")
