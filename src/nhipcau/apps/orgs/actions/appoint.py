"""A user's role at an organisation, for a period."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import connection
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from nhipcau.apps.access.act import act, act_on_many, entry_of, note
from nhipcau.apps.access.actors import Actor, System
from nhipcau.apps.access.granting import grantable
from nhipcau.apps.access.refusals import Refused
from nhipcau.apps.access.scope import scope_of
from nhipcau.apps.accounts.models import User
from nhipcau.apps.orgs.models import Appointment, Organisation, OrganisationVersion
from nhipcau.apps.orgs.succession import ended, hold


@dataclass(frozen=True, slots=True)
class Wanted:
    """An appointment from `valid_from` until the day before `valid_until`. `post` is what she does in the
    work inside the agency (Appointment.Post; "" is everything).
    """

    user: User
    role: str
    organisation: Organisation
    valid_from: date
    valid_until: date | None = None
    post: str = ""


def appoint(
    user: User,
    role: str,
    organisation: Organisation,
    *,
    valid_from: date,
    actor: Actor,
    valid_until: date | None = None,
    post: str = "",
) -> Appointment:
    """One appointment; see `appoint_many`."""
    wanted = Wanted(user, role, organisation, valid_from, valid_until, post)
    (appointment,) = appoint_many([wanted], actor=actor)
    return appointment


def appoint_many(wanted: Sequence[Wanted], *, actor: Actor) -> list[Appointment]:
    """The appointments, in their order; a few queries for all.

    Raises PermissionDenied for a role that the actor may not give (access.granting), Refused for a place of
    another province, for a partner, and for a body that has ended.
    """
    with act_on_many(actor, "orgs.appoint", Appointment, permission="create") as entries:
        roles = {each.role for each in wanted}
        if not isinstance(actor, System) and not roles <= grantable(scope_of(actor)):
            raise PermissionDenied
        bodies = {each.organisation.pk for each in wanted}
        working = OrganisationVersion.objects.working().filter(organisation__in=bodies)
        if bodies - set(working.values_list("organisation_id", flat=True)):
            raise Refused(_("Appointments are to agencies and to the communes of the own province."))
        _still_there(wanted)
        made = Appointment.objects.bulk_create(
            [
                Appointment(
                    user=each.user,
                    role=Appointment.Role(each.role),
                    organisation=each.organisation,
                    post=Appointment.Post(each.post) if each.post else "",
                    valid=DateRange(each.valid_from, each.valid_until),
                )
                for each in wanted
            ],
            batch_size=500,
        )
        entries += [
            entry_of(
                appointment,
                user=each.user.pk,
                role=each.role,
                organisation=each.organisation.pk,
                post=each.post,
            )
            for appointment, each in zip(made, wanted, strict=True)
        ]
    return made


def _still_there(wanted: Sequence[Wanted]) -> None:
    """Nobody gets a role of today at a body that has ended; held, so that it does not end meanwhile."""
    hold({each.organisation.pk for each in wanted})
    today = timezone.localdate()
    lasting = {
        each.organisation.pk for each in wanted if each.valid_until is None or each.valid_until > today
    }
    if ended(lasting, today):
        raise Refused(_("This organisation has ended. Choose the one that took over."))


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
