"""Take an act back from its own log, while nothing has come to rest on it."""

from __future__ import annotations

from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from nhipcau.apps.access.act import act as framed
from nhipcau.apps.access.act import note
from nhipcau.apps.access.actors import Actor, System
from nhipcau.apps.access.refusals import Refused
from nhipcau.apps.orgs.models import Restructuring
from nhipcau.apps.orgs.restructuring.changes import take_back
from nhipcau.apps.orgs.restructuring.dependence import dependents
from nhipcau.apps.orgs.restructuring.following import recompute
from nhipcau.apps.orgs.restructuring.locking import lock_bodies, lock_changed
from nhipcau.apps.orgs.restructuring.stages import lock, pass_on
from nhipcau.apps.orgs.telling import tell_authors

DEPENDS = _("Something depends on the act by now: it cannot be undone. The page lists what.")


def undo_restructuring(act: Restructuring, *, actor: Actor) -> Restructuring:
    """Every row as it was; work that was only carried on keeps its progress. `actor` is not who asked for
    it (PermissionDenied). Raises Refused while anything depends on the act (`dependents` lists it).
    """
    with framed(actor, "orgs.undo_restructuring", act, permission="undo", reason=act.undo_reason) as entry:
        fresh = lock(act, "undo")
        lock_bodies(lock_changed(fresh))
        if dependents(fresh):
            raise Refused(DEPENDS)
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                rows = take_back(fresh)
                recompute(fresh)
                # Keys are checked at commit; here, while it can still be refused.
                cursor.execute("set constraints all immediate")
                cursor.execute("set constraints all deferred")
        except IntegrityError as error:
            raise Refused(DEPENDS) from error
        pass_on(fresh, "undo")
        fresh.undone_at, fresh.reason = timezone.now(), fresh.undo_reason
        fresh.undone_by = None if isinstance(actor, System) else actor
        fresh.save()
        note(entry, rows=rows)
        tell_authors(fresh, "orgs.act_undone", actor=actor, reason=fresh.reason)
    return fresh
