"""The second person approves an act; it is carried out at once, or when its day comes."""

from __future__ import annotations

from django.utils import timezone

from nhipcau.apps.access.act import act as framed
from nhipcau.apps.access.act import note
from nhipcau.apps.accounts.models import User
from nhipcau.apps.orgs.models import Restructuring
from nhipcau.apps.orgs.restructuring.deferring import CARRY_OUT, begin
from nhipcau.apps.orgs.restructuring.stages import lock, pass_on


def approve_restructuring(act: Restructuring, *, revision: int, actor: User) -> Restructuring:
    """`revision` is the one she saw: raises Refused when it changed since, and at another stage.

    Who wrote or sent it may not (PermissionDenied).
    """
    with framed(actor, "orgs.approve_restructuring", act, permission="review") as entry:
        fresh = lock(act, "approve", revision)
        pass_on(fresh, "approve")
        fresh.approved_by, fresh.approved_at = actor, timezone.now()
        fresh.reason, fresh.refusal = "", None
        fresh.save()
        note(entry, revision=revision, effective_on=fresh.effective_on.isoformat())
    if fresh.effective_on <= timezone.localdate():
        begin(fresh, CARRY_OUT, actor)
        fresh.refresh_from_db()
    return fresh
