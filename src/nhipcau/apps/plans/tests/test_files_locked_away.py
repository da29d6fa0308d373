"""Evidence that turned out to bear a mark of secrecy: who sent it is told why it is gone."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest
from tests.cast import Cast

from nhipcau.apps.access.actors import System
from nhipcau.apps.files.actions import attach_file, lock_away
from nhipcau.apps.notices.models import Notice
from nhipcau.apps.plans.actions import Said, enter_task, send_update
from nhipcau.apps.plans.drafting import Named
from nhipcau.apps.plans.models import Evidence


def test_senders_are_told_and_coordinators_and_the_name_is_forgotten(
    cast: Cast, settings: Any, tmp_path: Path
) -> None:
    settings.MEDIA_ROOT, settings.DATA = tmp_path / "files", tmp_path
    named = [Named("Sở Công Thương", "lead")]
    task = enter_task("Việc", named, actor=cast.coordinator, kind="note", number="2/TB")
    upload = attach_file(io.BytesIO("Bản quét".encode()), "danh-sach-mat.txt", actor=cast.outsider)
    said = Said("Đã làm", files=[(upload, "danh-sach-mat.txt")])
    send_update(task.assignments.get(), said, actor=cast.officer)
    Notice.objects.all().delete()
    lock_away(upload, "TỐI MẬT", actor=System("secrecy"))
    told = {row.recipient: row for row in Notice.objects.filter(kind="plans.file_locked_away")}
    assert set(told) == {cast.officer, cast.outsider}
    assert told[cast.officer].values["mark"] == "TỐI MẬT"
    assert told[cast.officer].about_id == str(task.pk)
    overseers = {row.recipient for row in Notice.objects.filter(kind="plans.secret_file_found")}
    assert overseers == {cast.coordinator, cast.second_coordinator}
    assert Evidence.objects.get().name == ""
    assert "danh-sach" not in str(list(Notice.objects.values_list("values", flat=True)))


@pytest.fixture(autouse=True)
def _database(db: None) -> None:
    """Everything here asks it."""
