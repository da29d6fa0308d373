"""A unit enters a task of its own plan, for itself alone; it may point to the one of the plan above."""

from __future__ import annotations

from datetime import date

from django.utils import timezone

from nhipcau.apps.access.act import act, note
from nhipcau.apps.accounts.models import User
from nhipcau.apps.orgs.directory import names
from nhipcau.apps.plans.actions.enter_task import Source, write_task
from nhipcau.apps.plans.dates import entry as entry_of
from nhipcau.apps.plans.drafting import Named
from nhipcau.apps.plans.models import Document, OwnPlan, Role, Task
from nhipcau.apps.plans.refusals import Refused


def enter_own_task(
    own_plan: OwnPlan, text: str, *, actor: User, due_on: date | None = None, parent: Task | None = None
) -> Task:
    """The unit is charged with it; its source is the unit's plan. `parent` is a task in the actor's sight.

    Raises Refused("own-plan-not-issued"), Refused("parent-ended"), Refused("empty-text").
    """
    with act(actor, "plans.enter_own_task", own_plan, permission="enter") as entry:
        fresh = OwnPlan.objects.select_for_update().get(pk=own_plan.pk)
        if fresh.issued_on is None:
            raise Refused("own-plan-not-issued")
        if parent is not None and parent.ended_at is not None:
            raise Refused("parent-ended")
        body = fresh.organisation_id
        name = names({body}, timezone.localdate())[body]
        task = write_task(
            text,
            [Named(name, Role.RESPONSIBLE, organisation=body)],
            Source(Document.Kind.PLAN, fresh.number, document=_paper(fresh, name, actor)),
            actor=actor,
            due=[entry_of("date", due_on.isoformat())] if due_on else (),
            parent=parent,
        )
        note(entry, task=task.pk, parent=parent.pk if parent else None)
    return task


def _paper(own_plan: OwnPlan, unit: str, actor: User) -> Document:
    """The unit's plan as a document; never another one with the same number."""
    if own_plan.source is None or own_plan.source.state == Document.State.REMOVED:
        own_plan.source = Document.objects.create(
            kind=Document.Kind.PLAN,
            number=own_plan.number,
            issued_on=own_plan.issued_on,
            title=own_plan.title or unit,
            issuer_name=unit,
            state=Document.State.APPROVED,
            created_by=actor,
            approved_by=actor,
            approved_at=timezone.now(),
        )
        own_plan.save(update_fields=["source"])
    return own_plan.source
