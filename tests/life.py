"""Steps of an assignment's life in one line, for tests that need one that has come so far."""

from __future__ import annotations

from datetime import date

from nhipcau.apps.accounts.models import User
from nhipcau.apps.plans.actions import Said, accept_report, send_update
from nhipcau.apps.plans.models import Assignment

WORDS = "Đã làm xong, số liệu gửi kèm."


def begin(assignment: Assignment, actor: User) -> Assignment:
    send_update(assignment, Said("Đang làm, đã có số liệu bước đầu."), actor=actor)
    return _fresh(assignment)


def report(assignment: Assignment, actor: User, done_on: date | None = None) -> Assignment:
    send_update(assignment, Said(WORDS, done=True, done_on=done_on), actor=actor)
    return _fresh(assignment)


def finish(assignment: Assignment, coordinator: User, done_on: date | None = None) -> Assignment:
    """Reported and accepted, by the coordinator for the agency."""
    reported = report(assignment, coordinator, done_on)
    accept_report(reported, version=reported.version, actor=coordinator)
    return _fresh(assignment)


def _fresh(assignment: Assignment) -> Assignment:
    return Assignment.objects.get(pk=assignment.pk)
