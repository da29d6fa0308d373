"""What becomes of schedules and planned periods when a plan is amended or removed for good."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from nhipcau.apps.access.actors import Actor
from nhipcau.apps.plans import registers
from nhipcau.apps.plans.amending import amended
from nhipcau.apps.plans.models import Document, ReportingDuty
from nhipcau.apps.reporting.actions.make_ahead import give_up, make_ahead
from nhipcau.apps.reporting.endings import PLAN_AMENDED, PLAN_REMOVED
from nhipcau.apps.reporting.models import Period, Schedule


def register() -> None:
    """Called once at start."""
    registers.on_approved(plan_approved)
    registers.on_removed(plan_removed)


def plan_approved(document: Document, actor: Actor) -> None:
    """An amendment that states the whole plan anew: duties that it repeats go on by it, others end. One that
    names only what changes leaves them as they are.
    """
    if document.amends_id is None or document.amends_part:
        return
    repeated = {_signature(duty): duty for duty in document.reporting_duties.all()}
    old = Schedule.objects.select_for_update(of=("self",)).filter(duty__document__in=amended(document))
    for schedule in old.filter(ended_at=None).select_related("duty").order_by("pk"):
        schedule.ended_at, schedule.ended_reason = timezone.now(), PLAN_AMENDED
        schedule.save()
        give_up(Period.objects.filter(duty=schedule.duty_id), PLAN_AMENDED, actor)
        duty = repeated.get(_signature(schedule.duty))
        if duty is not None and not Schedule.objects.filter(duty=duty).exists():
            make_ahead(_carried_on(schedule, duty), actor=actor)


def _signature(duty: ReportingDuty) -> tuple[Any, ...]:
    """Duties with the same are the same, however they are worded."""
    rules = sorted((str(r.get("every")), str(r.get("kind")), str(r.get("value"))) for r in duty.due_rules)
    return duty.kind, duty.due, tuple(rules)


def _carried_on(schedule: Schedule, duty: ReportingDuty) -> Schedule:
    if not duty.organisations.exists() and not duty.sets.exists():
        duty.organisations.set(schedule.duty.organisations.all())
        duty.sets.set(schedule.duty.sets.all())
    kept = ("form", "rules", "window_by", "cut_off_days", "opens_days", "late_days", "by_parent", "until")
    return Schedule.objects.create(
        duty=duty, settled_by=schedule.settled_by, **{name: getattr(schedule, name) for name in kept}
    )


def plan_removed(document: Document, actor: Actor) -> None:
    """What is planned ends, the plan's words go from what is kept; what was open or sent stays. What its
    approval as an amendment ended goes on.
    """
    periods = Period.objects.filter(document=document)
    give_up(periods, PLAN_REMOVED, actor)
    periods.update(due_phrase="")
    Schedule.objects.filter(duty__document=document).delete()
    if document.amends_id is None or document.amends_part:
        return
    ended = Schedule.objects.filter(duty__document=document.amends_id, ended_reason=PLAN_AMENDED)
    for schedule in ended.order_by("pk"):
        schedule.ended_at, schedule.ended_reason = None, ""
        schedule.save()
        make_ahead(schedule, actor=actor)
