from __future__ import annotations

from datetime import date
from unittest.mock import patch

import pytest
from django.utils import translation

from nhipcau.apps.access.actors import System
from nhipcau.apps.plans.dates import Frame, due_dates, reckoning
from nhipcau.apps.plans.forms.due_steps import steps_of
from nhipcau.apps.plans.models import DueDate
from nhipcau.apps.reference.shipped import load

ENTRY = {
    "kind": "date",
    "value": "2026-11-30",
    "bound": "before",
    "phrase": "trước ngày 30/11/2026",
    "rule": "before",
}


def found(settings_shift: str, entry: dict[str, str] = ENTRY) -> DueDate:
    with patch("nhipcau.apps.plans.dates.settings.DUE_SHIFT", settings_shift):
        (row,) = due_dates([entry], Frame(since=date(2026, 1, 1), by=reckoning()))
    return row


@pytest.mark.parametrize(
    ("shift", "day", "words"),
    [
        (
            "none",
            date(2026, 11, 29),
            "Trước ngày 30/11/2026 → hết ngày 29/11/2026 (chủ nhật), ngày nghỉ: hạn giữ nguyên, "
            "ngày làm việc liền trước là thứ sáu 27/11/2026, lịch ngày làm việc bản 2",
        ),
        (
            "before",
            date(2026, 11, 27),
            "Trước ngày 30/11/2026 → hết ngày 29/11/2026 (chủ nhật) → thứ sáu 27/11/2026, "
            "lịch ngày làm việc bản 2",
        ),
        (
            "after",
            date(2026, 11, 30),
            "Trước ngày 30/11/2026 → hết ngày 29/11/2026 (chủ nhật) → thứ hai 30/11/2026, "
            "lịch ngày làm việc bản 2",
        ),
    ],
)
def test_the_way_to_the_day_is_told_under_each_rule(db: None, shift: str, day: date, words: str) -> None:
    load(actor=System("test"))
    row = found(shift)
    assert (row.stated_on, row.due_on, row.shift) == (date(2026, 11, 29), day, shift)
    assert row.instant is not None and row.instant.isoformat() == f"{day}T23:59:59.999000+07:00"
    with translation.override("vi"):
        assert steps_of(row) == words


def test_without_a_calendar_the_week_alone_is_said_to_count(db: None) -> None:
    row = found("before")
    assert (row.due_on, row.calendar_version_id) == (date(2026, 11, 27), None)
    with translation.override("vi"):
        assert steps_of(row).endswith("tính theo thứ trong tuần do chưa có lịch ngày làm việc")


def test_a_working_day_needs_no_second_step(db: None) -> None:
    load(actor=System("test"))
    row = found("before", {**ENTRY, "bound": "by", "phrase": ""})
    with translation.override("vi"):
        assert steps_of(row) == "30/11/2026 → hết ngày 30/11/2026 (thứ hai), lịch ngày làm việc bản 2"


def test_a_rule_that_gives_no_day_has_no_steps(db: None) -> None:
    row = found("none", {**ENTRY, "kind": "soon", "value": "?"})
    assert (row.due_on, row.instant, steps_of(row)) == (None, None, "")
