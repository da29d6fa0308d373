"""The agency's head lets a report go to the lead agency, or gives it back to who drafted it."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from nhipcau.apps.access.act import act, note
from nhipcau.apps.access.policies import require
from nhipcau.apps.accounts.models import User
from nhipcau.apps.plans.models import Assignment, Update, Verdict
from nhipcau.apps.plans.progress import hold, settle, stepped, unchanged
from nhipcau.apps.plans.refusals import Refused
from nhipcau.apps.plans.stages import moved
from nhipcau.apps.plans.stepping import Step
from nhipcau.apps.plans.telling import tell_overseers, tell_people


def approve_report(assignment: Assignment, *, version: int, actor: User) -> Assignment:
    """The report is sent, and counts on this day. Raises Stale."""
    require(actor, "approve", assignment)
    with transaction.atomic():
        held = hold(assignment)
        unchanged(held.row, version, Step.TO_APPROVE)
        status, update, today = moved(held.row, "report"), waiting(held.row), timezone.localdate()
        with act(actor, "plans.approve_report", held.row, permission="approve") as entry:
            note(entry, old=held.row.status, new=status, task=held.task.pk, done_on=today.isoformat())
            update.state, update.done_on = Update.State.SENT, today
            update.sent_by, update.sent_at = actor, timezone.now()
            update.save()
            Verdict.objects.create(update=update, what=Verdict.What.APPROVED, created_by=actor)
            held.row.status, held.row.done_on, held.row.step = status, today, Step.SENT
            settle(held, actor)
        tell_overseers(held.row, "plans.reported", key=f"reported:{update.pk}", actor=actor)
    return held.row


def give_back(assignment: Assignment, *, reason: str, version: int, actor: User) -> Assignment:
    """Inside the agency: the specialist has it again, with the reason. Raises Refused("reason"), Stale."""
    require(actor, "approve", assignment)
    if not reason.strip():
        raise Refused("reason")
    with transaction.atomic():
        held = hold(assignment)
        unchanged(held.row, version, Step.TO_APPROVE)
        update = waiting(held.row)
        with act(actor, "plans.give_back", held.row, permission="approve") as entry:
            note(entry, task=held.task.pk)
            update.state = Update.State.GIVEN_BACK
            update.save(update_fields=["state"])
            Verdict.objects.create(
                update=update, what=Verdict.What.GIVEN_BACK, reason=reason.strip(), created_by=actor
            )
            held.row.step = Step.DRAFTING
            stepped(held, actor)
        key = f"given-back:{update.pk}"
        tell_people(
            [update.created_by], held.row, "plans.given_back", key=key, actor=actor, reason=reason.strip()
        )
    return held.row


def waiting(row: Assignment) -> Update:
    """The report that waits for the head."""
    return row.updates.filter(state=Update.State.TO_APPROVE).order_by("-pk")[:1].get()
