"""A unit writes down the plan that it issued; or the coordinator that it need not issue one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from nhipcau.apps.access.act import act, note
from nhipcau.apps.accounts.models import User
from nhipcau.apps.files.models import Upload
from nhipcau.apps.plans.models import OwnPlan
from nhipcau.apps.plans.refusals import Refused


@dataclass(frozen=True, slots=True)
class Issued:
    """`upload` None leaves the file that is there."""

    number: str
    issued_on: date
    title: str = ""
    link: str = ""
    upload: Upload | None = None


def enter_own_plan(own_plan: OwnPlan, issued: Issued, *, actor: User) -> OwnPlan:
    """Again for a correction. Raises Refused("own-plan-day")."""
    if issued.issued_on > timezone.localdate():
        raise Refused("own-plan-day")
    with act(actor, "plans.enter_own_plan", own_plan, permission="enter") as entry:
        fresh = OwnPlan.objects.select_for_update().get(pk=own_plan.pk)
        note(entry, old=fresh.issued_on.isoformat() if fresh.issued_on else None)
        note(entry, new=issued.issued_on.isoformat(), duty=fresh.duty_id)
        fresh.number, fresh.issued_on = issued.number, issued.issued_on
        fresh.title, fresh.link = issued.title, issued.link
        fresh.upload = issued.upload or fresh.upload
        fresh.excused_reason = ""
        fresh.entered_by, fresh.entered_at = actor, timezone.now()
        fresh.save()
    return fresh


def excuse_own_plan(own_plan: OwnPlan, *, reason: str, actor: User) -> OwnPlan:
    """The unit need not issue one. Raises Refused("reason"), Refused("own-plan-entered")."""
    if not reason.strip():
        raise Refused("reason")
    with act(actor, "plans.excuse_own_plan", own_plan, permission="excuse", reason=reason.strip()):
        fresh = OwnPlan.objects.select_for_update().get(pk=own_plan.pk)
        if fresh.issued_on is not None:
            raise Refused("own-plan-entered")
        fresh.excused_reason = reason.strip()[:300]
        fresh.entered_by, fresh.entered_at = actor, timezone.now()
        fresh.save()
    return fresh
