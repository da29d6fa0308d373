"""Two at once: one wins, the other is told by name; numbers stay unique and without gaps."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection, transaction
from tests.cast import make_cast

from nhipcau.apps.reporting.actions import (
    approve_submission,
    begin_draft,
    return_submission,
    save_draft,
    send_submission,
)
from nhipcau.apps.reporting.models import Obligation, Submission, Verdict
from nhipcau.apps.reporting.refusals import Refused, Stale
from nhipcau.apps.reporting.tests.reports import Reports, answers, fresh, make_reports

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*steps: Callable[[], object]) -> list[object]:
    """What each gave or was refused with; each in a transaction of its own, begun together."""
    start = Barrier(len(steps))

    def run(step: Callable[[], object]) -> object:
        try:
            start.wait(20)
            with transaction.atomic():
                return step()
        except Refused as refused:
            return refused
        finally:
            connection.close()

    with ThreadPoolExecutor(len(steps)) as pool:
        return [each.result(60) for each in [pool.submit(run, step) for step in steps]]


def world() -> Reports:
    with transaction.atomic():
        return make_reports(make_cast())


def sent(found: Reports) -> Submission:
    with transaction.atomic():
        draft = begin_draft(found.of_a, actor=found.cast.officer)
        draft = save_draft(draft, answers(found), revision=0, actor=found.cast.officer)
        return send_submission(draft, revision=draft.revision, actor=found.cast.officer)


def test_returned_and_approved_at_once_one_wins_and_the_other_is_told_who() -> None:
    found = world()
    sent(found)
    one, two = fresh(found.cast.coordinator), fresh(found.cast.second_coordinator)
    results = at_once(
        lambda: approve_submission(found.of_a, version=1, actor=one),
        lambda: return_submission(found.of_a, reason="Thiếu", version=1, actor=two),
    )
    stale = [each for each in results if isinstance(each, Stale)]
    assert len(stale) == 1
    winner = two if results[0] is stale[0] else one
    assert winner.full_name in stale[0].message()
    assert Verdict.objects.count() == 1


def test_the_same_report_sent_six_times_at_once_is_received_once() -> None:
    found = world()
    with transaction.atomic():
        draft = begin_draft(found.of_a, actor=found.cast.officer)
        draft = save_draft(draft, answers(found), revision=0, actor=found.cast.officer)
    users = [fresh(found.cast.officer) for _each in range(6)]
    results = at_once(
        *[
            lambda user=user: send_submission(draft, revision=draft.revision, actor=user).received_number
            for user in users
        ]
    )
    assert len(set(results)) == 1
    assert Obligation.objects.get(pk=found.of_a.pk).version == 1


def test_units_that_send_at_once_get_numbers_without_gaps_and_twice_none() -> None:
    found = world()
    cast = found.cast
    people = (
        (found.of_a, cast.officer),
        (found.of_b, cast.outsider),
        (found.of_commune, cast.commune_officer),
    )
    drafts = []
    with transaction.atomic():
        for obligation, user in people:
            draft = begin_draft(obligation, actor=user)
            drafts.append((save_draft(draft, answers(found), revision=0, actor=user), fresh(user)))
    results = at_once(
        *[
            lambda draft=draft, user=user: (
                send_submission(draft, revision=draft.revision, actor=user).received_number
            )
            for draft, user in drafts
        ]
    )
    assert sorted(str(each)[-5:] for each in results) == ["00001", "00002", "00003"]


def test_two_who_begin_at_once_write_in_one_draft() -> None:
    found = world()
    users = [fresh(found.cast.officer) for _each in range(4)]
    at_once(*[lambda user=user: begin_draft(found.of_a, actor=user) for user in users])
    assert Submission.objects.count() == 1


def test_of_two_who_save_at_once_one_is_told() -> None:
    found = world()
    with transaction.atomic():
        draft = begin_draft(found.of_a, actor=found.cast.officer)
    users = [fresh(found.cast.officer) for _each in range(2)]
    results = at_once(
        *[
            lambda user=user, n=n: save_draft(draft, answers(found, f"Lời {n}"), revision=0, actor=user)
            for n, user in enumerate(users)
        ]
    )
    assert sum(isinstance(each, Stale) for each in results) == 1
