"""kill -9 in the middle of approving, uploading, amending, removing: all of it is there or nothing is."""

from __future__ import annotations

import signal
from pathlib import Path
from typing import Any

import psycopg
import pytest
from tests.cast import make_cast
from tests.crash.conftest import Killed

from nhipcau.apps.plans.actions import approve_document, upload_document
from nhipcau.apps.plans.models import Assignment, Document, DraftTask, DueDate, Task
from nhipcau.apps.plans.tests.conftest import drafted

pytestmark = [pytest.mark.crash, pytest.mark.django_db(transaction=True)]

APPROVE = "nhipcau.apps.plans.actions.approve_document"
POINTS = [
    (APPROVE, "make_tasks", "before"),
    (APPROVE, "make_tasks", "after"),
    (APPROVE, "make_due_dates", "after"),
    (APPROVE, "make_assignments", "after"),
    (APPROVE, "make_duties", "after"),
    (APPROVE, "make_citations", "after"),
    (APPROVE, "_freeze", "after"),
    ("nhipcau.apps.access.act", "write", "before"),
    ("nhipcau.apps.access.act", "write", "after"),
]


def nothing_written(owner: psycopg.Connection[Any]) -> bool:
    tables = ("plans_task", "plans_assignment", "plans_duedate", "plans_citation", "plans_reportingduty")
    counts = [owner.execute(f"select count(*) from {table}").fetchone() for table in tables]
    return all(count == (0,) for count in counts)


@pytest.mark.parametrize(("module", "name", "moment"), POINTS)
def test_an_approval_killed_in_the_middle_left_nothing_and_can_be_done_again(
    killed: Killed, owner: psycopg.Connection[Any], module: str, name: str, moment: str
) -> None:
    cast = make_cast()
    document = drafted(cast)
    drafts = list(DraftTask.objects.values_list("pk", "state", "version"))
    assert killed((module, name, moment, 1), "approve", document.pk, cast.coordinator.pk) == -signal.SIGKILL
    document.refresh_from_db()
    assert (document.state, document.revision) == ("draft", 0)
    assert nothing_written(owner)
    assert list(DraftTask.objects.values_list("pk", "state", "version")) == drafts
    approve_document(document, revision=0, actor=cast.coordinator)
    assert (Task.objects.count(), Document.objects.get().state) == (3, "approved")
    assert Assignment.objects.exists()
    assert DueDate.objects.count() == 1


@pytest.mark.parametrize("name", ["_blank", "_delete_parts", "_forget_file"])
def test_a_removal_killed_in_the_middle_removed_nothing(killed: Killed, name: str) -> None:
    cast = make_cast()
    document = approve_document(drafted(cast), revision=0, actor=cast.coordinator)
    place = "nhipcau.apps.plans.actions.remove_document"
    assert killed((place, name, "after", 1), "remove", document.pk, cast.coordinator.pk) == -signal.SIGKILL
    document.refresh_from_db()
    assert (document.state, Task.objects.count()) == ("approved", 3)
    assert document.text


@pytest.mark.parametrize("name", ["_new", "begin_reading"])
def test_an_upload_killed_in_the_middle_is_uploaded_again(
    killed: Killed, name: str, tmp_path: Path, settings: Any
) -> None:
    cast = make_cast()
    other = drafted(cast)
    uploaded = tmp_path / "plan.txt"
    uploaded.write_text("KẾ HOẠCH\nSở Công Thương chủ trì lập danh mục dự án.\n" * 3, encoding="utf-8")
    place = "nhipcau.apps.plans.actions.upload_document"
    point = (place, name, "after", 1)
    code = killed(point, "upload", other.pk, cast.coordinator.pk, UPLOADED=str(uploaded))
    assert code == -signal.SIGKILL
    assert list(Document.objects.all()) == [other]
    settings.MEDIA_ROOT, settings.JOBS_INLINE = tmp_path / "files", True
    with uploaded.open("rb") as file:
        again = upload_document(file, "plan.txt", actor=cast.coordinator)
    assert again.state == "draft"
    assert Document.objects.count() == 2
