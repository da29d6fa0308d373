"""Somebody who is away gets a deputy for a time; and the time ends early."""

from __future__ import annotations

from datetime import date, timedelta

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from nhipcau.apps.access.act import act, note
from nhipcau.apps.access.actors import Actor, System
from nhipcau.apps.access.granting import manages
from nhipcau.apps.access.refusals import Refused
from nhipcau.apps.access.scope import scope_of
from nhipcau.apps.accounts.models import User
from nhipcau.apps.notices.actions import tell
from nhipcau.apps.orgs.colleagues import are_colleagues, has_work
from nhipcau.apps.orgs.models import Deputy

LONGEST = timedelta(days=366)


def give_deputy(
    absent: User, deputy: User, *, first_day: date, last_day: date, reason: str, actor: Actor
) -> Deputy:
    """The deputy holds the working roles of `absent` from the first to the last day.

    Given by the absent one herself, to a colleague of one of her agencies; or by who could give every role
    that she holds, to anyone who works here. Raises PermissionDenied for others, Refused for a period that
    has passed or is too long, for the locked, and where somebody would stand in for one who is away or
    stands in herself: no chains.
    """
    with act(actor, "orgs.give_deputy", Deputy, permission="create", reason=reason.strip()) as entry:
        by_another = isinstance(actor, System) or actor.pk != absent.pk
        if not isinstance(actor, System) and by_another and not manages(scope_of(actor), absent):
            raise PermissionDenied
        _period(first_day, last_day, reason)
        with connection.cursor() as cursor:
            cursor.execute("select pg_advisory_xact_lock(hashtext('orgs.give_deputy'))")
        _may_stand_in(absent, deputy, first_day, last_day, anyone=by_another)
        period = DateRange(first_day, last_day + timedelta(days=1))
        made = _made(absent, deputy, period, reason, actor)
        entry.subject = made
        note(
            entry,
            absent=absent.pk,
            deputy=deputy.pk,
            first_day=first_day.isoformat(),
            last_day=last_day.isoformat(),
        )
        tell(
            [deputy, absent],
            "orgs.deputy",
            key=f"deputy:{made.pk}",
            actor=actor,
            about=made,
            deputy=deputy.full_name,
            absent=absent.full_name,
            first_day=first_day,
            last_day=last_day,
        )
    return made


def _period(first_day: date, last_day: date, reason: str) -> None:
    if not reason.strip():
        raise Refused(_("Say why: leave, mission, sickness."))
    if last_day < first_day:
        raise Refused(_("The last day lies before the first."))
    if first_day < timezone.localdate():
        raise Refused(_("A deputy begins today or later."))
    if last_day - first_day > LONGEST:
        raise Refused(_("A deputy stands in for a year at most."))


def _may_stand_in(absent: User, deputy: User, first_day: date, last_day: date, *, anyone: bool) -> None:
    if absent.pk == deputy.pk:
        raise Refused(_("Nobody stands in for herself."))
    if not absent.is_active or not deputy.is_active:
        raise Refused(_("One of the two accounts is locked."))
    if not has_work(deputy, first_day, last_day):
        raise Refused(_("The deputy has no role of her own in that time."))
    if not anyone and not are_colleagues(absent, deputy, first_day, last_day):
        raise Refused(_("Choose somebody of your agency, or ask the coordinator."))
    overlapping = Deputy.objects.filter(valid__overlap=(first_day, last_day + timedelta(days=1)))
    if overlapping.filter(absent=deputy).exists():
        raise Refused(_("The deputy is away herself in that time."))
    if overlapping.filter(deputy=absent).exists():
        raise Refused(_("Who is away stands in for somebody else in that time. End that first."))


def _made(absent: User, deputy: User, period: DateRange, reason: str, actor: Actor) -> Deputy:
    try:
        with transaction.atomic():
            return Deputy.objects.create(
                absent=absent,
                deputy=deputy,
                valid=period,
                reason=reason.strip()[:300],
                given_by=None if isinstance(actor, System) else actor,
            )
    except IntegrityError:
        raise Refused(_("She has a deputy in that time already. End that one first.")) from None


def end_deputy(deputy: Deputy, *, reason: str, actor: Actor) -> Deputy:
    """From now on the deputy holds nothing of it. Raises Refused without a reason, or when it is over."""
    with act(actor, "orgs.end_deputy", deputy, permission="end", reason=reason.strip()) as entry:
        row = Deputy.objects.select_for_update().get(pk=deputy.pk)
        today = timezone.localdate()
        if not reason.strip():
            raise Refused(_("Say why it ends early."))
        if row.valid.isempty or row.valid.upper <= today:
            raise Refused(_("It is over already."))
        row.valid = DateRange(row.valid.lower, max(today, row.valid.lower))
        row.ended_reason = reason.strip()[:300]
        row.save()
        note(entry, last_day=(today - timedelta(days=1)).isoformat())
    return row
