"""Periods on the pages: of a task, in lists, in the filter and the export."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.cast import Cast, SignedIn

from nhipcau.apps.plans.actions import open_next_period, report_period_part
from nhipcau.apps.plans.models import PeriodPart, Status, Task
from nhipcau.apps.plans.tests.test_periods import FIRST, JOB, TODAY, approved, finish, finish_all, over, parts
from nhipcau.apps.plans.views.tests.conftest import Own


@pytest.fixture
def task(cast: Cast) -> Task:
    """A task whose first period Sở B missed."""
    made = approved(cast)
    finish(parts(made)[0], cast.coordinator)
    open_next_period(made, actor=JOB, today=over(FIRST))
    made.refresh_from_db()
    return made


def test_the_page_shows_the_periods_with_their_outcomes(cast: Cast, task: Task, signed_in: SignedIn) -> None:
    answer = signed_in("officer").get(f"/tasks/{task.pk}/")
    periods = answer.context["periods"]
    assert [line.period.number for line in periods.lines] == [2, 1]
    closed = periods.lines[1]
    assert (closed.done, closed.total, closed.outcome.sign) == (1, 2, "open")
    assert [part.outcome.sign for part in closed.parts] == ["done", "open"]
    assert periods.next_on.year == FIRST.year + 2
    page = answer.content.decode()
    assert "Period 2" in page and "1 of 2 agencies" in page and "Open the next period now" not in page
    assert not any(part.settle for part in closed.parts)


def test_a_task_that_does_not_come_again_has_no_such_part(
    cast: Cast, task: Task, signed_in: SignedIn
) -> None:
    Task.objects.filter(pk=task.pk).update(period=None)
    assert signed_in("officer").get(f"/tasks/{task.pk}/").context["periods"] is None


def test_the_coordinator_opens_the_next_period_when_it_is_ripe(cast: Cast, signed_in: SignedIn) -> None:
    made = approved(cast)
    client = signed_in("coordinator")
    assert not client.get(f"/tasks/{made.pk}/").context["periods"].may_open
    client.post(f"/tasks/{made.pk}/periods/next/")
    assert made.periods.count() == 1
    finish_all(made, cast)
    assert "Open the next period now" in client.get(f"/tasks/{made.pk}/").content.decode()
    for _click in range(2):
        assert client.post(f"/tasks/{made.pk}/periods/next/").status_code == 302
    assert made.periods.count() == 2
    assert "opened period 2" in client.get(f"/tasks/{made.pk}/").content.decode()


def test_the_coordinator_notes_that_missed_work_was_done(cast: Cast, task: Task, signed_in: SignedIn) -> None:
    client, part = signed_in("coordinator"), PeriodPart.objects.get(organisation=cast.department_b)
    address = f"/tasks/{task.pk}/periods/{part.pk}/"
    wrong = client.post(address, {"done_on": f"{TODAY + timedelta(days=2):%d/%m/%Y}", "reason": "Báo cáo"})
    assert wrong.status_code == 422 and "future" in wrong.content.decode()
    assert client.post(address, {"done_on": f"{TODAY:%d/%m/%Y}", "reason": "Báo cáo 5"}).status_code == 302
    part.refresh_from_db()
    assert (part.status, part.done_on) == (Status.ACCEPTED, TODAY)
    assert "Báo cáo 5" in client.get(f"/tasks/{task.pk}/").content.decode()


def test_the_agency_reports_late_from_the_page(
    cast: Cast, task: Task, signed_in: SignedIn, settings: Any, tmp_path: Path
) -> None:
    settings.MEDIA_ROOT = tmp_path
    client, part = signed_in("outsider"), PeriodPart.objects.get(organisation=cast.department_b)
    address = f"/tasks/{task.pk}/periods/{part.pk}/report/"
    assert "Report the work of this period" in client.get(f"/tasks/{task.pk}/").content.decode()
    page = client.get(address)
    key = str(page.context["form"]["key"].value())
    paper = SimpleUploadedFile("bc-12.txt", "Báo cáo số 12/BC: 45 hộ".encode())
    wrong = client.post(address, {"key": key, "text": "", "evidence": paper})
    assert wrong.status_code == 422
    kept = wrong.context["form"].kept[0].token
    assert client.post(address, {"key": key, "text": "Đã gửi 12/BC", "kept": kept}).status_code == 302
    part.refresh_from_db()
    report = part.reports.get()
    assert (part.status, report.text) == (Status.REPORTED, "Đã gửi 12/BC")
    page = signed_in("coordinator").get(f"/tasks/{task.pk}/").content.decode()
    assert "Đã gửi 12/BC" in page
    href = f"/tasks/late-evidence/{report.evidence.get().pk}/"
    assert href in page
    given = signed_in("coordinator").get(href)
    assert "bc-12.txt" in given["Content-Disposition"]
    assert b"".join(given).startswith("Báo cáo số 12".encode())
    assert "Đã gửi 12/BC" in signed_in("officer").get(f"/tasks/{task.pk}/").content.decode()


def test_a_late_report_is_returned_and_both_sides_read_why(
    cast: Cast, task: Task, signed_in: SignedIn
) -> None:
    part = PeriodPart.objects.get(organisation=cast.department_b)
    report_period_part(part, "Đã gửi 12/BC", actor=cast.outsider)
    client, address = signed_in("coordinator"), f"/tasks/{task.pk}/periods/{part.pk}/return/"
    report = part.reports.get()
    refused = client.post(address, {"report": report.pk, "reason": ""})
    assert refused.status_code == 422 and f"t{part.pk}_reason" in refused.content.decode()
    sent = {"report": report.pk, "reason": "Chưa có số liệu"}
    assert client.post(address, sent).status_code == 302
    assert client.post(address, sent).status_code == 422
    for name in ("coordinator", "outsider"):
        assert "Chưa có số liệu" in signed_in(name).get(f"/tasks/{task.pk}/").content.decode()
    page = signed_in("outsider").get(f"/tasks/{task.pk}/periods/{part.pk}/report/").content.decode()
    assert "Chưa có số liệu" in page


def test_a_part_of_another_task_is_not_found(cast: Cast, task: Task, signed_in: SignedIn) -> None:
    other, part = approved(cast), PeriodPart.objects.get(organisation=cast.department_b)
    client = signed_in("coordinator")
    assert client.post(f"/tasks/{other.pk}/periods/{part.pk}/", {}).status_code == 404


def test_lists_show_what_was_left_to_those_who_left_it(cast: Cast, task: Task, signed_in: SignedIn) -> None:
    for name, left, listed in (("coordinator", 1, 1), ("officer", 0, 0), ("outsider", 1, 1)):
        answer = signed_in(name).get("/tasks/")
        assert [(row.task.period, row.missed) for row in answer.context["rows"]] == [(2, left)]
        assert "tasks that come again" in answer.content.decode()
        found = signed_in(name).get("/tasks/?status=missed").context["page_obj"].paginator.count
        assert (name, found) == (name, listed)


def test_the_agency_that_the_coordinator_chooses_is_asked(
    cast: Cast, task: Task, signed_in: SignedIn
) -> None:
    client = signed_in("coordinator")
    for agency, count in ((cast.department_a, 0), (cast.department_b, 1)):
        answer = client.get(f"/tasks/?status=missed&agency={agency.pk}")
        assert answer.context["page_obj"].paginator.count == count


def test_the_page_of_the_document_counts_earlier_periods(cast: Cast, task: Task, signed_in: SignedIn) -> None:
    address = f"/plans/{task.document_id}/"
    earlier = signed_in("coordinator").get(address).context["earlier"]
    assert earlier["missed"] == 1 and f"plan={task.document_id}" in earlier["href"]
    assert signed_in("coordinator").get(earlier["href"]).context["page_obj"].paginator.count == 1


def test_lists_without_earlier_periods_say_nothing_of_them(cast: Cast, signed_in: SignedIn) -> None:
    approved(cast)
    assert signed_in("coordinator").get("/tasks/").context["earlier"] is None


def test_the_export_has_the_period(cast: Cast, task: Task, signed_in: SignedIn) -> None:
    text = signed_in("coordinator").post("/tasks/export/", {"format": "csv"}).content.decode("utf-8-sig")
    head, row = (line.split(",") for line in text.splitlines()[:2])
    assert head[-2:] == ["Period", "Earlier periods left undone"] and row[-2:] == ["2", "1"]


def test_more_periods_and_agencies_do_not_make_more_queries_of_a_list(
    cast: Cast, task: Task, signed_in: SignedIn, own_queries: Own
) -> None:
    few = len(own_queries(signed_in("outsider"), "/tasks/"))
    for _more in range(4):
        approved(cast)
    assert len(own_queries(signed_in("outsider"), "/tasks/")) <= few
