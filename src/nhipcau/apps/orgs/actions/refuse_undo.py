"""An act that somebody wanted undone stays carried out."""

from __future__ import annotations

from nhipcau.apps.access.act import act as framed
from nhipcau.apps.access.actors import Actor
from nhipcau.apps.access.refusals import Refused
from nhipcau.apps.orgs.actions.return_restructuring import REASON
from nhipcau.apps.orgs.models import Restructuring
from nhipcau.apps.orgs.restructuring.stages import lock, pass_on
from nhipcau.apps.orgs.telling import tell_authors


def refuse_undo(act: Restructuring, *, reason: str, actor: Actor) -> Restructuring:
    """By the reviewer, by who asked for it, or by the system where it could not be done; the act's page
    shows the reason. Raises Refused without one, and at another stage.
    """
    if not reason.strip():
        raise Refused(REASON)
    reason = " ".join(reason.split())[:300]
    with framed(actor, "orgs.refuse_undo", act, permission="refuse_undo", reason=reason):
        fresh = lock(act, "refuse_undo")
        pass_on(fresh, "refuse_undo")
        fresh.reason = reason
        fresh.save()
        tell_authors(fresh, "orgs.undo_refused", actor=actor, reason=reason)
    return fresh
