"""The coordinator states that a plan orders units to issue plans of their own; and takes that back."""

from __future__ import annotations

from datetime import date

from nhipcau.apps.access.act import act, note
from nhipcau.apps.accounts.models import User
from nhipcau.apps.orgs.directory import members
from nhipcau.apps.orgs.models import OrganisationSet
from nhipcau.apps.plans.models import Assignment, Document, OwnPlan, OwnPlanDuty
from nhipcau.apps.plans.refusals import Refused
from nhipcau.apps.plans.spans import on_one_line


def state_own_plan_duty(
    document: Document,
    *,
    actor: User,
    group: OrganisationSet | None = None,
    due_on: date | None = None,
    phrase: str = "",
) -> OwnPlanDuty:
    """Units are the members of `group` on the plan's day, or without one all that are charged with its tasks.

    Raises Refused("own-plan-not-approved"), Refused("own-plan-nobody").
    """
    if document.state != Document.State.APPROVED:
        raise Refused("own-plan-not-approved")
    units = _units(document, group)
    if not units:
        raise Refused("own-plan-nobody")
    with act(actor, "plans.state_own_plan_duty", OwnPlanDuty, permission="create") as entry:
        duty = OwnPlanDuty.objects.create(
            document=document, set=group, due_on=due_on, phrase=on_one_line(phrase), created_by=actor
        )
        OwnPlan.objects.bulk_create(OwnPlan(duty=duty, organisation_id=pk) for pk in units)
        entry.subject = duty
        note(entry, document=document.pk, units=len(units), due_on=due_on.isoformat() if due_on else None)
    return duty


def _units(document: Document, group: OrganisationSet | None) -> list[int]:
    if group is not None:
        return sorted(set(members([group.pk], document.dated)[group.pk]))
    rows = Assignment.objects.filter(
        task__document=document, ended_at=None, partner=False, organisation__isnull=False
    )
    return sorted({pk for pk in rows.values_list("organisation_id", flat=True) if pk})


def drop_own_plan_duty(duty: OwnPlanDuty, *, reason: str, actor: User) -> None:
    """Raises Refused("reason"), Refused("own-plan-entered") once a unit has issued its plan."""
    if not reason.strip():
        raise Refused("reason")
    with act(actor, "plans.drop_own_plan_duty", duty, permission="drop", reason=reason.strip()) as entry:
        fresh = OwnPlanDuty.objects.select_for_update().get(pk=duty.pk)
        if fresh.units.issued().exists():
            raise Refused("own-plan-entered")
        note(entry, document=fresh.document_id, units=fresh.units.count())
        fresh.delete()
