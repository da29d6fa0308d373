"""Work of an earlier period was done after all: the lead agency notes the day."""

from __future__ import annotations

from datetime import date

from django.utils import timezone

from nhipcau.apps.access.act import act, note
from nhipcau.apps.access.policies import require
from nhipcau.apps.accounts.models import User
from nhipcau.apps.plans.models import PeriodPart, Status, Task, TaskPeriod
from nhipcau.apps.plans.periods import follow_period
from nhipcau.apps.plans.refusals import Refused


def settle_period_part(part: PeriodPart, *, done_on: date, reason: str, actor: User) -> PeriodPart:
    """`reason` says what shows that it was done. A part that is done already stays as it is.

    Raises Refused("reason"), Refused("done-day").
    """
    if not reason.strip():
        raise Refused("reason")
    if done_on > timezone.localdate():
        raise Refused("done-day")
    task = part.period.task
    require(actor, "settle_period", task)
    if part.status == Status.ACCEPTED:
        return part
    with act(
        actor, "plans.settle_period_part", task, permission="settle_period", reason=reason.strip()
    ) as entry:
        locked = Task.objects.select_for_update().get(pk=task.pk)
        fresh = PeriodPart.objects.get(pk=part.pk)
        note(entry, part=fresh.pk, period=fresh.period_id, old=fresh.status, done_on=done_on.isoformat())
        if fresh.status != Status.ACCEPTED:
            fresh.status, fresh.done_on, fresh.settled_by = Status.ACCEPTED, done_on, actor
            fresh.save(update_fields=["status", "done_on", "settled_by"])
            follow_period(locked, TaskPeriod.objects.get(pk=fresh.period_id))
    return fresh
