"""A planned period opens: its units are asked from now on, and told."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from nhipcau.apps.access.act import act, note
from nhipcau.apps.access.actors import Actor
from nhipcau.apps.access.policies import require
from nhipcau.apps.reporting.actions.join_periods import discharge_all
from nhipcau.apps.reporting.changing import changed, locked
from nhipcau.apps.reporting.endings import LEFT_GROUP
from nhipcau.apps.reporting.models import FormVersion, Obligation, Period
from nhipcau.apps.reporting.refusals import Refused
from nhipcau.apps.reporting.telling import tell_asked
from nhipcau.apps.reporting.units import ask, units_of


def open_period(period: Period, *, actor: Actor) -> Period:
    """Groups are asked as they are on this day, by the version of the form that is in use now. Doing it twice
    is doing it once.

    Raises Refused("period-closed"), Refused("form-not-in-use"), Refused("nobody-asked").
    """
    require(actor, "open", period)
    with transaction.atomic():
        found = locked(period)
        if found.state == Period.State.OPEN:
            return found
        if found.state == Period.State.CLOSED:
            raise Refused("period-closed")
        with act(actor, "reporting.open_period", found, permission="open") as entry:
            found.form_version = _version_now(found)
            asked = _settle_units(found)
            discharge_all(found, actor)
            for joined in found.joins.exclude(state=Period.State.CLOSED):
                discharge_all(joined, actor)
            if not asked:
                raise Refused("nobody-asked")
            found.state, found.opened_at = Period.State.OPEN, timezone.now()
            changed(found, actor)
            note(entry, units=asked, form_version=found.form_version_id)
            if found.kind == Period.Kind.ADHOC:
                tell_asked(found, "reporting.asked_at_once", actor=actor, request=found.request[:300])
            else:
                tell_asked(found, "reporting.opened", actor=actor)
    return found


def _version_now(period: Period) -> FormVersion:
    """The one in use: what was planned long ago asks by the newest."""
    version = FormVersion.objects.filter(
        form=period.form_version.form_id, state=FormVersion.State.IN_USE
    ).first()
    if version is None:
        raise Refused("form-not-in-use")
    return version


def _settle_units(period: Period) -> int:
    """Members of today's groups join; who left them before anything was asked is excused. How many owe."""
    today = timezone.localdate()
    sets = list(period.sets.values_list("pk", flat=True))
    now = units_of((), sets, today)
    owed = period.obligations.filter(state=Obligation.State.WAITING)
    owed.filter(set__in=sets).exclude(organisation__in=now).update(
        state=Obligation.State.EXCUSED, excused_reason=LEFT_GROUP
    )
    ask(period, now, today)
    return owed.count()
