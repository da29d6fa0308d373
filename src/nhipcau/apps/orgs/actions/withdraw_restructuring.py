"""An act that is not to be carried out at all."""

from __future__ import annotations

from nhipcau.apps.access.act import act as framed
from nhipcau.apps.access.actors import Actor
from nhipcau.apps.access.refusals import Refused
from nhipcau.apps.orgs.actions.return_restructuring import REASON
from nhipcau.apps.orgs.models import Restructuring
from nhipcau.apps.orgs.restructuring.stages import lock, pass_on


def withdraw_restructuring(act: Restructuring, *, reason: str, actor: Actor) -> Restructuring:
    """It stays in the list, with the reason. Raises Refused without one, and once it was carried out."""
    if not reason.strip():
        raise Refused(REASON)
    reason = " ".join(reason.split())[:300]
    with framed(actor, "orgs.withdraw_restructuring", act, permission="withdraw", reason=reason):
        fresh = lock(act, "withdraw")
        pass_on(fresh, "withdraw")
        fresh.reason = reason
        fresh.save()
    return fresh
