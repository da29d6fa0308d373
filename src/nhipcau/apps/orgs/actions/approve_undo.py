"""The second person approves that an act is taken back."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from nhipcau.apps.access.act import act as framed
from nhipcau.apps.access.act import note
from nhipcau.apps.access.refusals import Refused
from nhipcau.apps.accounts.models import User
from nhipcau.apps.orgs.models import Restructuring
from nhipcau.apps.orgs.restructuring.deferring import UNDO, begin, under_way
from nhipcau.apps.orgs.restructuring.stages import lock

ALREADY = _("It is being undone already.")


def approve_undo(act: Restructuring, *, revision: int, actor: User) -> Restructuring:
    """The job that undoes it begins. `revision` is the one she saw: raises Refused when another wish has
    taken its place, at another stage, and while a job is under way.

    Who asked for it may not (PermissionDenied).
    """
    with framed(actor, "orgs.approve_undo", act, permission="undo") as entry:
        fresh = lock(act, "undo", revision)
        if under_way(fresh):
            raise Refused(ALREADY)
        note(entry, revision=revision)
    begin(fresh, UNDO, actor)
    fresh.refresh_from_db()
    return fresh
