"""A user's role at an organisation, for a period."""

from __future__ import annotations

from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import connection
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.translation import gettext_lazy as _

from nhipcau.apps.access.act import act, note
from nhipcau.apps.access.actors import Actor, System
from nhipcau.apps.access.granting import grantable
from nhipcau.apps.access.refusals import Refused
from nhipcau.apps.access.scope import scope_of
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
    """The appointment, from `valid_from` until the day before `valid_until`.

    Raises PermissionDenied for a role that the actor may not give (access.granting).
    """
    with act(actor, "orgs.appoint", Appointment, permission="create") as entry:
        if not isinstance(actor, System) and role not in grantable(scope_of(actor)):
            raise PermissionDenied
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
    """End it the day after `last_day`; the row stays. Raises Refused for the last system administrator's."""
    with act(actor, "orgs.end_appointment", appointment, permission="end", reason=reason) as entry:
        if appointment.role == Appointment.Role.SYSTEM_ADMIN:
            _keep_an_administrator(appointment, last_day)
        lower = appointment.valid.lower
        end = date.fromordinal(last_day.toordinal() + 1)
        appointment.valid = DateRange(lower, max(end, lower) if lower else end)
        appointment.ended_reason = reason
        appointment.save()
        note(entry, last_day=last_day.isoformat())
    return appointment


def _keep_an_administrator(appointment: Appointment, last_day: date) -> None:
    """Somebody must be able to appoint the next one. One at a time, or two could each be the other's last."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtext('orgs.last_administrator'))")
    day_after = date.fromordinal(last_day.toordinal() + 1)
    others = Appointment.objects.filter(
        role=Appointment.Role.SYSTEM_ADMIN, valid__contains=day_after, user__is_active=True
    ).exclude(user=appointment.user_id)
    if not others.exists():
        raise Refused(_("This is the last system administrator. Appoint another one first."))
