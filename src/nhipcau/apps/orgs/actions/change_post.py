"""What somebody does in the work inside her agency changes from a day on."""

from __future__ import annotations

from datetime import date

from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.translation import gettext_lazy as _

from nhipcau.apps.access.act import act, note
from nhipcau.apps.access.actors import Actor
from nhipcau.apps.access.refusals import Refused
from nhipcau.apps.orgs.colleagues import WORKS
from nhipcau.apps.orgs.models import Appointment
from nhipcau.apps.webkit.formats import format_date
from nhipcau.apps.webkit.markup import fill_lazy

SAME = _("She has this post already.")
NO_WORK = _("Only who carries tasks out has a post.")
BEGINS = _("The appointment begins on %(day)s. The new post holds from that day at the earliest.")
ENDS = _("The appointment ends before that day. Choose an earlier one, or enter a new appointment.")
LATER = _("She has another appointment to this role from a later day. End that one first.")


def change_post(
    appointment: Appointment, post: str, *, from_day: date, reason: str, actor: Actor
) -> Appointment:
    """The appointment that holds from `from_day`: a new one, the old one ends the day before, with the
    reason. From the very first day on it is the same row, corrected.

    Raises PermissionDenied for a role that the actor may not give; Refused for the same post, a role without
    work, and a day on which the appointment does not hold.
    """
    with act(actor, "orgs.change_post", appointment, permission="change_post", reason=reason) as entry:
        held = Appointment.objects.select_for_update().get(pk=appointment.pk)
        before = held.post
        _check(held, post, from_day)
        now = _from(held, post, from_day, reason)
        note(entry, old=before, post=post, first_day=from_day.isoformat(), appointment=now.pk)
    return now


def _check(held: Appointment, post: str, from_day: date) -> None:
    if held.role not in WORKS:
        raise Refused(NO_WORK)
    if held.post == post:
        raise Refused(SAME)
    if held.valid.lower and from_day < held.valid.lower:
        raise Refused(fill_lazy(BEGINS, day=format_date(held.valid.lower)))
    if held.valid.upper and from_day >= held.valid.upper:
        raise Refused(ENDS)


def _from(held: Appointment, post: str, from_day: date, reason: str) -> Appointment:
    if from_day == held.valid.lower:
        held.post = Appointment.Post(post) if post else ""
        held.save(update_fields=["post"])
        return held
    until, ended = held.valid.upper, held.ended_reason
    held.valid, held.ended_reason = DateRange(held.valid.lower, from_day), reason.strip()[:300]
    held.save(update_fields=["valid", "ended_reason"])
    try:
        with transaction.atomic():
            return Appointment.objects.create(
                user_id=held.user_id,
                role=held.role,
                organisation_id=held.organisation_id,
                post=Appointment.Post(post) if post else "",
                valid=DateRange(from_day, until),
                ended_reason=ended,
            )
    except IntegrityError as error:
        raise Refused(LATER) from error
