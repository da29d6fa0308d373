"""An import is taken back as long as nothing was built on what it made."""

from __future__ import annotations

from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from nhipcau.apps.access.act import act, note
from nhipcau.apps.access.refusals import Refused
from nhipcau.apps.accounts.models import User
from nhipcau.apps.orgs.built import Built, built_on
from nhipcau.apps.orgs.models import Alias, Appointment, Arrival, Organisation


class BuiltOn(Refused):
    """Something stands on it: `what` names it, one line for each agency or person."""

    def __init__(self, what: list[Built]) -> None:
        super().__init__(_("This import cannot be undone any more: work has begun on what it made."))
        self.what = what


def undo_arrival(arrival: Arrival, *, reason: str, actor: User) -> Arrival:
    """Remove the agencies, names, accounts and appointments that it made. Raises Refused without a reason and
    for one that is not entered, BuiltOn with the list of what stands in the way.
    """
    with act(actor, "orgs.undo_arrival", arrival, permission="undo", reason=reason.strip()) as entry:
        if not reason.strip():
            raise Refused(_("Say why the import is undone."))
        with connection.cursor() as cursor:
            cursor.execute("select pg_advisory_xact_lock(hashtext('orgs.confirm_arrival'))")
        arrival = Arrival.objects.select_for_update(of=("self",)).get(pk=arrival.pk)
        if arrival.state != Arrival.State.CONFIRMED:
            raise Refused(_("Only an import that was entered can be undone."))
        standing = built_on(arrival)
        if standing:
            raise BuiltOn(standing)
        note(entry, **_remove(arrival))
        arrival.state = Arrival.State.UNDONE
        arrival.undone_by, arrival.undone_at = actor, timezone.now()
        arrival.undone_reason = reason.strip()[:300]
        arrival.save()
    return arrival


def _remove(arrival: Arrival) -> dict[str, int]:
    rows = list(arrival.rows.all())
    appointments = [row.appointment_id for row in rows if "appointment" in row.made and row.appointment_id]
    users = [row.user_id for row in rows if "user" in row.made and row.user_id]
    agencies = [row.organisation_id for row in rows if "organisation" in row.made and row.organisation_id]
    aliases = [int(what.split()[1]) for row in rows for what in row.made if what.startswith("alias ")]
    Appointment.objects.filter(pk__in=appointments).delete()
    Alias.objects.filter(pk__in=aliases).delete()
    # Invitations go with their account.
    User.objects.filter(pk__in=users).delete()
    made = Organisation.objects.filter(pk__in=agencies)
    for organisation in made:
        organisation.versions.all().delete()
    made.delete()
    return {"agencies": len(agencies), "people": len(users), "appointments": len(appointments)}
