"""Somebody wants an act taken back; a second person decides."""

from __future__ import annotations

from django.utils import timezone

from nhipcau.apps.access.act import act as framed
from nhipcau.apps.access.act import note
from nhipcau.apps.access.refusals import Refused
from nhipcau.apps.accounts.models import User
from nhipcau.apps.orgs.actions.return_restructuring import REASON
from nhipcau.apps.orgs.actions.undo_restructuring import DEPENDS
from nhipcau.apps.orgs.models import Restructuring
from nhipcau.apps.orgs.restructuring.dependence import dependents
from nhipcau.apps.orgs.restructuring.stages import lock, pass_on
from nhipcau.apps.orgs.telling import tell_reviewers


def ask_undo(act: Restructuring, *, reason: str, actor: User) -> Restructuring:
    """It waits for somebody else's approval. Raises Refused without a reason, at another stage, and while
    anything depends on the act (`dependents` lists it).
    """
    if not reason.strip():
        raise Refused(REASON)
    reason = " ".join(reason.split())[:300]
    with framed(actor, "orgs.ask_undo", act, permission="ask_undo", reason=reason) as entry:
        fresh = lock(act, "ask_undo")
        if dependents(fresh):
            raise Refused(DEPENDS)
        pass_on(fresh, "ask_undo")
        fresh.undo_asked_by, fresh.undo_asked_at = actor, timezone.now()
        fresh.undo_reason, fresh.reason, fresh.refusal = reason, "", None
        # Who approves names the wish that she saw.
        fresh.revision += 1
        fresh.save()
        note(entry, revision=fresh.revision)
        tell_reviewers(fresh, "orgs.undo_asked", actor=actor, reason=reason)
    return fresh
