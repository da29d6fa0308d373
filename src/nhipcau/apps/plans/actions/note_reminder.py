"""An agency was reminded by Zalo, by telephone or in person: that it was done, and what was said."""

from __future__ import annotations

from datetime import date

from django.utils import timezone

from nhipcau.apps.access.act import act, note
from nhipcau.apps.accounts.models import User
from nhipcau.apps.plans.models import Assignment, Reminder
from nhipcau.apps.plans.refusals import Refused


def note_reminder(
    assignment: Assignment, channel: str, said_on: date, *, actor: User, words: str = ""
) -> Reminder:
    """`channel` is one of Reminder.Channel. Raises Refused("reminder-day"), Refused("task-ended")."""
    if said_on > timezone.localdate():
        raise Refused("reminder-day")
    with act(actor, "plans.note_reminder", assignment, permission="remind") as entry:
        fresh = Assignment.objects.select_for_update().get(pk=assignment.pk)
        if fresh.ended_at is not None:
            raise Refused("task-ended")
        made = Reminder.objects.create(
            assignment=fresh,
            channel=Reminder.Channel(channel),
            said_on=said_on,
            words=words.strip()[:500],
            created_by=actor,
        )
        note(entry, reminder=made.pk, channel=channel, day=said_on.isoformat())
    return made
