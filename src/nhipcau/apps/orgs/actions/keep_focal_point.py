"""An agency names whom to ring up, corrects it, and ends it."""

from __future__ import annotations

from datetime import date, timedelta

from django.core.exceptions import PermissionDenied
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.translation import gettext_lazy as _

from nhipcau.apps.access.act import act, note
from nhipcau.apps.access.refusals import Refused
from nhipcau.apps.access.scope import scope_of
from nhipcau.apps.accounts.models import User
from nhipcau.apps.orgs.models import FocalPoint, Organisation
from nhipcau.apps.orgs.people_policies import keeps_focal_points


def add_focal_point(
    organisation: Organisation,
    *,
    full_name: str,
    first_day: date,
    actor: User,
    position: str = "",
    phone: str = "",
    email: str = "",
    matter: str = "",
    last_day: date | None = None,
) -> FocalPoint:
    """Raises PermissionDenied for another agency's, Refused when nobody could reach her."""
    with act(actor, "orgs.add_focal_point", FocalPoint, permission="create") as entry:
        if not keeps_focal_points(scope_of(actor), organisation.pk):
            raise PermissionDenied
        period = _period(first_day, last_day)
        _reachable(phone, email)
        point = FocalPoint.objects.create(
            organisation=organisation,
            full_name=" ".join(full_name.split()),
            position=position.strip(),
            phone=phone.strip(),
            email=email.strip(),
            matter=matter.strip(),
            valid=period,
            entered_by=actor,
        )
        entry.subject = point
        note(entry, organisation=organisation.pk)
    return point


def edit_focal_point(
    point: FocalPoint,
    *,
    full_name: str,
    position: str,
    phone: str,
    email: str,
    matter: str,
    first_day: date,
    last_day: date | None,
    actor: User,
) -> FocalPoint:
    """The row as it is now. Another person is another row: end this one."""
    with act(actor, "orgs.edit_focal_point", point, permission="edit") as entry:
        row = FocalPoint.objects.select_for_update().get(pk=point.pk)
        row.valid = _period(first_day, last_day)
        _reachable(phone, email)
        row.full_name, row.position = " ".join(full_name.split()), position.strip()
        row.phone, row.email, row.matter = phone.strip(), email.strip(), matter.strip()
        row.save()
        note(entry, organisation=row.organisation_id)
    return row


def _period(first_day: date, last_day: date | None) -> DateRange:
    if last_day is not None and last_day < first_day:
        raise Refused(_("The last day lies before the first."))
    return DateRange(first_day, last_day + timedelta(days=1) if last_day else None)


def _reachable(phone: str, email: str) -> None:
    if not phone.strip() and not email.strip():
        raise Refused(_("Give a telephone number or a mail address."))
