"""What came on paper counts from the day on which it came, not from when somebody entered it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from unittest import mock

import pytest
from django.urls import reverse
from django.utils import timezone
from tests.cast import Cast, SignedIn

from nhipcau.apps.reporting.actions import begin_draft, return_submission, save_draft, send_submission
from nhipcau.apps.reporting.models import Obligation, Period, Standing, Submission
from nhipcau.apps.reporting.refusals import Refused
from nhipcau.apps.reporting.tests.reports import Reports, answers, make_reports
from nhipcau.apps.webkit.formats import format_date
from nhipcau.core.workdays import end_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def found(cast: Cast) -> Iterator[Reports]:
    """Opened twenty days ago, due ten days ahead; entered twelve days from now, two days late."""
    made = make_reports(cast)
    Period.objects.filter(pk=made.period.pk).update(opened_at=timezone.now() - timedelta(days=20))
    made.period.refresh_from_db()
    with mock.patch("django.utils.timezone.now", return_value=timezone.now() + timedelta(days=12)):
        yield made


def entered(found: Reports, paper_on: date | None) -> Submission:
    actor = found.cast.coordinator
    draft = begin_draft(found.of_a, actor=actor)
    draft = save_draft(draft, answers(found), revision=draft.revision, actor=actor, paper_on=paper_on)
    return send_submission(draft, revision=draft.revision, actor=actor)


def row_of(found: Reports) -> Obligation:
    return Obligation.objects.get(pk=found.of_a.pk)


def test_paper_that_came_in_time_is_in_time(found: Reports) -> None:
    day = found.period.due_on
    sent = entered(found, day)
    row = row_of(found)
    assert (row.received_at, row.is_late) == (end_of(day), False)
    assert (sent.paper_on, sent.sent_at) == (day, timezone.now())
    in_time = Obligation.objects.in_standing(timezone.now(), Standing.IN_TIME)
    assert in_time.filter(pk=row.pk).exists()


def test_without_a_day_it_came_when_it_was_entered(found: Reports) -> None:
    entered(found, None)
    assert row_of(found).is_late


def test_paper_of_today_counts_from_now(found: Reports) -> None:
    entered(found, timezone.localdate())
    assert row_of(found).received_at == timezone.now()


@pytest.mark.parametrize("days", [1, -60])
def test_a_day_to_come_and_one_before_it_was_asked_for_are_refused(found: Reports, days: int) -> None:
    with pytest.raises(Refused, match="paper-day"):
        entered(found, timezone.localdate() + timedelta(days=days))
    assert row_of(found).state == "waiting"


def test_what_is_sent_again_did_not_come_before_it_was_returned(found: Reports) -> None:
    entered(found, found.period.due_on)
    return_submission(row_of(found), reason="Thiếu số", version=1, actor=found.cast.coordinator)
    with pytest.raises(Refused, match="paper-day"):
        entered(found, found.period.due_on)
    entered(found, timezone.localdate())
    assert row_of(found).state == "sent"


def test_what_a_unit_types_itself_has_no_such_day(found: Reports) -> None:
    actor = found.cast.officer
    draft = begin_draft(found.of_a, actor=actor)
    draft = save_draft(draft, answers(found), revision=0, actor=actor, paper_on=found.period.due_on)
    sent = send_submission(draft, revision=draft.revision, actor=actor)
    assert sent.paper_on is None
    assert row_of(found).is_late


def test_the_page_asks_for_the_day_and_shows_both(signed_in: SignedIn, found: Reports) -> None:
    client = signed_in("coordinator")
    assert (
        "id_paper_on"
        in client.get(reverse("reporting:report", args=[found.of_a.pk]) + "?enter=1").content.decode()
    )
    draft = begin_draft(found.of_a, actor=found.cast.coordinator)
    draft = save_draft(draft, answers(found), revision=draft.revision, actor=found.cast.coordinator)
    save = reverse("reporting:report_save", args=[found.of_a.pk])
    narrative, day = found.section("narrative").pk, found.period.due_on
    figures = {f"f{found.asked(1).pk}": "10", f"f{found.asked(1).pk}.sex.male": "10"}
    sent = {
        "revision": str(draft.revision),
        f"s{narrative}": "Trên giấy",
        f"f{found.asked(2).pk}.none": "on",
        **figures,
    }
    answer = client.post(save, {**sent, "paper_on": "31/12/2199"})
    assert answer.status_code == 422
    assert "Ngày này chưa tới" in answer.content.decode()
    revision = str(Submission.objects.get().revision)
    client.post(save, {**sent, "revision": revision, "paper_on": format_date(day)})
    assert Submission.objects.get().paper_on == day


def test_a_unit_is_not_asked_for_it(signed_in: SignedIn, found: Reports) -> None:
    page = signed_in("officer").get(reverse("reporting:report", args=[found.of_a.pk])).content.decode()
    assert "id_paper_on" not in page
