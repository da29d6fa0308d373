"""A user's role at an organisation, for a period."""

from __future__ import annotations

from datetime import date

from django.db.backends.postgresql.psycopg_any import DateRange

from nhipcau.apps.access.act import act, note
from nhipcau.apps.access.actors import Actor
from nhipcau.apps.accounts.models import User
from nhipcau.apps.orgs.models import Appointment, Organisation


def appoint(
    user: User,
    role: str,
    organisation: Organisation,
    *,
    valid_from: date,
    actor: Actor,
    valid_until: date | None = None,
) -> Appointment:
    """The appointment, from `valid_from` until the day before `valid_until`."""
    with act(actor, "orgs.appoint", Appointment, permission="create") as entry:
        appointment = Appointment.objects.create(
            user=user,
            role=Appointment.Role(role),
            organisation=organisation,
            valid=DateRange(valid_from, valid_until),
        )
        entry.subject = appointment
        note(entry, user=user.pk, role=role, organisation=organisation.pk)
    return appointment


def end_appointment(appointment: Appointment, *, last_day: date, reason: str, actor: Actor) -> Appointment:
    """End it the day after `last_day`; the row stays."""
    with act(actor, "orgs.end_appointment", appointment, permission="end", reason=reason) as entry:
        lower = appointment.valid.lower
        end = date.fromordinal(last_day.toordinal() + 1)
        appointment.valid = DateRange(lower, max(end, lower) if lower else end)
        appointment.ended_reason = reason
        appointment.save()
        note(entry, last_day=last_day.isoformat())
    return appointment
