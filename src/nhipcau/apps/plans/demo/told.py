"""Whom the synthetic province has told: an agency that was reminded by telephone, the day's mails."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from nhipcau.apps.access.actors import System
from nhipcau.apps.accounts.models import User
from nhipcau.apps.notices.actions import make_digests
from nhipcau.apps.plans.actions import note_reminder
from nhipcau.apps.plans.models import Assignment, Reminder, Status

SAID = "Đã gọi văn phòng Sở; hẹn gửi báo cáo trong tuần này."


def load_reminder(coordinator: User) -> None:
    """One, of the assignment that is late the longest."""
    today = timezone.localdate()
    if Reminder.objects.exists():
        return
    late = Assignment.objects.filter(
        organisation__isnull=False, due_on__lt=today, ended_at=None, status=Status.IN_PROGRESS
    ).order_by("due_on", "pk")
    for assignment in late[:1]:
        day = today - timedelta(days=3)
        note_reminder(assignment, Reminder.Channel.TELEPHONE, day, words=SAID, actor=coordinator)


def load_mails(*, actor: System) -> None:
    """Today's digests, as rows of the outbox: the worker sends them."""
    while not make_digests(timezone.localdate(), actor=actor):
        pass
