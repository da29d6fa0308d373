"""kill -9 while a report is sent or returned: every acknowledged one is there once, numbers have no gaps."""

from __future__ import annotations

import signal

import pytest
from django.db import transaction
from tests.cast import make_cast
from tests.crash.conftest import Killed

from nhipcau.apps.notices.models import Notice
from nhipcau.apps.reporting.actions import begin_draft, return_submission, save_draft, send_submission
from nhipcau.apps.reporting.answering import read_answers
from nhipcau.apps.reporting.models import Obligation, ReceivedCounter, Submission, Verdict
from nhipcau.apps.reporting.tests.reports import Reports, answers, make_reports, make_task

pytestmark = [pytest.mark.crash, pytest.mark.django_db(transaction=True)]
SEND = "nhipcau.apps.reporting.actions.send_submission"
RETURN = "nhipcau.apps.reporting.actions.return_submission"
ACT = "nhipcau.apps.access.act"


def drafted() -> tuple[Reports, Submission]:
    with transaction.atomic():
        found = make_reports(make_cast())
        make_task(found.cast, found.cast.department_a, "Lập danh sách")
        draft = begin_draft(found.of_a, actor=found.cast.officer)
        return found, save_draft(draft, answers(found), revision=0, actor=found.cast.officer)


@pytest.mark.parametrize(
    ("module", "name", "moment"),
    [
        (SEND, "write_answers", "after"),
        (SEND, "settle", "after"),
        (SEND, "take_number", "before"),
        (SEND, "take_number", "after"),
        (ACT, "write", "after"),
        (SEND, "tell_reviewers", "after"),
    ],
)
def test_a_sending_killed_in_the_middle_was_not_received_and_is_sent_again(
    killed: Killed, module: str, name: str, moment: str
) -> None:
    found, draft = drafted()
    before = read_answers(draft)
    point = (module, name, moment, 1)
    assert killed(point, "send_report", draft.pk, found.cast.officer.pk) == -signal.SIGKILL
    fresh = Submission.objects.get(pk=draft.pk)
    assert (fresh.state, fresh.received_number, read_answers(fresh)) == ("draft", "", before)
    assert Obligation.objects.get(pk=found.of_a.pk).state == "waiting"
    assert not ReceivedCounter.objects.exists()
    assert not Notice.objects.exists()
    sent = send_submission(fresh, revision=fresh.revision, actor=found.cast.officer)
    assert sent.received_number.endswith("-00001")
    assert Submission.objects.count() == 1


def test_what_was_acknowledged_is_there_once_after_a_kill_of_the_next(killed: Killed) -> None:
    found, draft = drafted()
    sent = send_submission(draft, revision=draft.revision, actor=found.cast.officer)
    other = begin_draft(found.of_b, actor=found.cast.outsider)
    other = save_draft(other, answers(found), revision=0, actor=found.cast.outsider)
    point = (SEND, "take_number", "after", 1)
    assert killed(point, "send_report", other.pk, found.cast.outsider.pk) == -signal.SIGKILL
    assert read_answers(sent).texts[0].text == answers(found).texts[0].text
    done = send_submission(other, revision=other.revision, actor=found.cast.outsider)
    assert (sent.received_number[-5:], done.received_number[-5:]) == ("00001", "00002")


@pytest.mark.parametrize("name", ["counting", "settle", "tell_unit"])
def test_a_return_killed_in_the_middle_returned_nothing(killed: Killed, name: str) -> None:
    found, draft = drafted()
    send_submission(draft, revision=draft.revision, actor=found.cast.officer)
    point = (RETURN, name, "after", 1)
    assert killed(point, "return_report", found.of_a.pk, found.cast.coordinator.pk) == -signal.SIGKILL
    assert Obligation.objects.get(pk=found.of_a.pk).state == "sent"
    assert not Verdict.objects.exists()
    return_submission(found.of_a, reason="Thiếu", version=1, actor=found.cast.coordinator)
    assert Verdict.objects.count() == 1
