"""The lead agency returns what was sent late for an earlier period, with the reason."""

from __future__ import annotations

from django.utils import timezone

from nhipcau.apps.access.act import act, note
from nhipcau.apps.access.policies import require
from nhipcau.apps.accounts.models import User
from nhipcau.apps.plans.models import LateReport, PeriodPart, Status, Task, TaskPeriod
from nhipcau.apps.plans.periods import follow_period
from nhipcau.apps.plans.refusals import Refused, Stale
from nhipcau.apps.plans.telling import tell_agency


def return_period_part(report: LateReport, *, reason: str, actor: User) -> PeriodPart:
    """`report` is the one she read, the last that was sent; its reason stays with it, for both sides.

    Raises Refused("reason"), Refused("no-such-move") where nothing waits, Stale where another was sent since.
    """
    reason = reason.strip()
    if not reason:
        raise Refused("reason")
    task = report.part.period.task
    require(actor, "settle_period", task)
    with act(actor, "plans.return_period_part", task, permission="settle_period", reason=reason) as entry:
        locked = Task.objects.select_for_update().get(pk=task.pk)
        part = PeriodPart.objects.get(pk=report.part_id)
        if part.status != Status.REPORTED:
            raise Refused("no-such-move")
        last = LateReport.objects.filter(part=part).order_by("-pk")[0]
        if last.pk != report.pk:
            raise Stale("moved", last.created_by, last.created_at)
        note(entry, part=part.pk, period=part.period_id, report=last.pk)
        last.return_reason, last.returned_by, last.returned_at = reason, actor, timezone.now()
        last.save()
        part.status, part.done_on = Status.RETURNED, None
        part.save(update_fields=["status", "done_on"])
        follow_period(locked, TaskPeriod.objects.get(pk=part.period_id))
        if part.assignment is not None:
            told = f"late-returned:{last.pk}"
            tell_agency(part.assignment, "plans.period_returned", key=told, actor=actor, reason=reason)
    return part
