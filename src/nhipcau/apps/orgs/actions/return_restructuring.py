"""The reviewer sends an act back, with the reason; or the system does, when its day came and it could not
be carried out.
"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from nhipcau.apps.access.act import act as framed
from nhipcau.apps.access.act import note
from nhipcau.apps.access.actors import Actor
from nhipcau.apps.access.refusals import Refused
from nhipcau.apps.orgs.models import Restructuring
from nhipcau.apps.orgs.restructuring.stages import lock, pass_on
from nhipcau.apps.orgs.telling import tell_authors

REASON = _("Say why.")


def return_restructuring(act: Restructuring, *, reason: str, actor: Actor) -> Restructuring:
    """Back to its author. Raises Refused without a reason, and at another stage."""
    if not reason.strip():
        raise Refused(REASON)
    reason = " ".join(reason.split())[:300]
    with framed(actor, "orgs.return_restructuring", act, permission="review", reason=reason) as entry:
        fresh = lock(act, "return")
        pass_on(fresh, "return")
        fresh.reason = reason
        tell_authors(fresh, "orgs.act_returned", actor=actor, reason=reason)
        fresh.submitted_by = fresh.submitted_at = fresh.approved_by = fresh.approved_at = None
        fresh.save()
        note(entry, revision=fresh.revision)
    return fresh
