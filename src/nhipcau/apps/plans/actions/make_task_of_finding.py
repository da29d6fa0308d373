"""A finding becomes a task; its source are the minutes of the inspection."""

from __future__ import annotations

from django.utils import timezone

from nhipcau.apps.access.act import act, note
from nhipcau.apps.accounts.models import User
from nhipcau.apps.orgs.directory import names
from nhipcau.apps.plans.actions.enter_task import enter_task
from nhipcau.apps.plans.drafting import Named
from nhipcau.apps.plans.models import Document, InspectionFinding, InspectionPaper, Role, Task
from nhipcau.apps.plans.refusals import Refused


def make_task_of_finding(finding: InspectionFinding, *, actor: User) -> Task:
    """The task; asked twice, the same one.

    Raises Refused("finding-for-nobody"), Refused("record-gone").
    """
    with act(actor, "plans.make_task_of_finding", finding, permission="make_task") as entry:
        fresh = InspectionFinding.objects.select_for_update().get(pk=finding.pk)
        if fresh.ended_at is not None:
            raise Refused("record-gone")
        if fresh.task_id is not None:
            return Task.objects.get(pk=fresh.task_id)
        if fresh.organisation_id is None:
            raise Refused("finding-for-nobody")
        minutes = InspectionPaper.objects.filter(
            inspection=fresh.inspection_id, kind=InspectionPaper.Kind.MINUTES
        ).first()
        body = fresh.organisation_id
        name = names({body}, timezone.localdate())[body]
        task = enter_task(
            fresh.text,
            [Named(name, Role.RESPONSIBLE, organisation=body)],
            actor=actor,
            kind=Document.Kind.MINUTES,
            number=minutes.number if minutes else "",
            issued_on=minutes.issued_on if minutes else fresh.inspection.day,
            title=fresh.inspection.topic,
            quote=fresh.text,
            due_on=fresh.due_on,
        )
        fresh.task = task
        fresh.save(update_fields=["task"])
        note(entry, task=task.pk, inspection=fresh.inspection_id)
    return task
