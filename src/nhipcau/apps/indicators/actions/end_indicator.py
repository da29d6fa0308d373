"""From now on nothing new is reported under an indicator; what was reported stays readable."""

from __future__ import annotations

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from nhipcau.apps.access.act import act
from nhipcau.apps.access.actors import Actor
from nhipcau.apps.access.refusals import Refused
from nhipcau.apps.indicators.models import Indicator, IndicatorVersion

State = IndicatorVersion.State


def end_indicator(indicator: Indicator, *, reason: str, actor: Actor) -> Indicator:
    """Raises Refused while another one in use is computed from it."""
    with act(actor, "indicators.end_indicator", indicator, permission="end", reason=reason):
        fresh = Indicator.objects.select_for_update().get(pk=indicator.pk)
        if fresh.ended_at is not None:
            raise Refused(_("This indicator has ended."))
        part = Q(numerator=fresh) | Q(denominator=fresh)
        share = IndicatorVersion.objects.filter(part).exclude(state=State.ENDED).first()
        if share is not None:
            words = _("“%(name)s” is computed from it: end that one first.")
            raise Refused(words % {"name": share.name})
        now = timezone.now()
        fresh.versions.in_use().update(state=State.ENDED, ended_at=now, ended_reason=reason[:300])
        fresh.ended_at, fresh.ended_reason = now, reason[:300]
        fresh.save(update_fields=["ended_at", "ended_reason"])
    return fresh
