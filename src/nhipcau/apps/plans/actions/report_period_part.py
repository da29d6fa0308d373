"""An agency delivers the work of an earlier period late; the lead agency notes that it was done."""

from __future__ import annotations

import uuid
from collections.abc import Sequence

from django.utils import timezone

from nhipcau.apps.access.act import act, note
from nhipcau.apps.access.policies import require
from nhipcau.apps.accounts.models import User
from nhipcau.apps.files.models import Upload
from nhipcau.apps.plans.models import LateEvidence, LateReport, PeriodPart, Status, Task, TaskPeriod
from nhipcau.apps.plans.periods import follow_period
from nhipcau.apps.plans.refusals import Refused
from nhipcau.apps.plans.telling import tell_overseers


def report_period_part(
    part: PeriodPart,
    text: str,
    *,
    actor: User,
    files: Sequence[tuple[Upload, str]] = (),
    key: uuid.UUID | None = None,
) -> PeriodPart:
    """It counts on the day it is sent. Until it is accepted another one may be sent, the day of the first
    stays; after a return the day is the new one's. `files` passed the gate, each with its name here. The
    same `key` again changes nothing.

    Raises Refused("empty-update"), Refused("task-ended"), Refused("period-done"), Refused("key-used").
    """
    if not text.strip():
        raise Refused("empty-update")
    require(actor, "report", part)
    if key is not None and _known(key, part, actor):
        return part
    with act(actor, "plans.report_period_part", part, permission="report") as entry:
        task = Task.objects.select_for_update().get(pk=part.period.task_id)
        fresh = PeriodPart.objects.get(pk=part.pk)
        if task.ended_at is not None:
            raise Refused("task-ended")
        if fresh.status == Status.ACCEPTED:
            raise Refused("period-done")
        note(entry, part=fresh.pk, period=fresh.period_id, old=fresh.status, files=len(files))
        entry.subject = task
        report = LateReport.objects.create(
            part=fresh, text=text.strip(), created_by=actor, key=key or uuid.uuid4()
        )
        LateEvidence.objects.bulk_create(
            [LateEvidence(report=report, upload=upload, name=name[:255]) for upload, name in files],
            ignore_conflicts=True,
        )
        if fresh.status != Status.REPORTED or fresh.done_on is None:
            fresh.done_on = timezone.localdate()
        fresh.status = Status.REPORTED
        fresh.save(update_fields=["status", "done_on"])
        follow_period(task, TaskPeriod.objects.get(pk=fresh.period_id))
        if fresh.assignment is not None:
            told = f"late-report:{report.pk}"
            tell_overseers(fresh.assignment, "plans.period_reported", key=told, actor=actor)
    return fresh


def _known(key: uuid.UUID, part: PeriodPart, actor: User) -> bool:
    found = LateReport.objects.filter(key=key).first()
    if found is None:
        return False
    if found.part_id != part.pk or found.created_by_id != actor.pk:
        raise Refused("key-used")
    return True
