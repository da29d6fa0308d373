"""A draft becomes the definition; the one before it ends."""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from nhipcau.apps.access.act import act, note
from nhipcau.apps.access.actors import Actor
from nhipcau.apps.access.refusals import Refused
from nhipcau.apps.indicators.models import Indicator, IndicatorVersion

State = IndicatorVersion.State


def put_in_use(version: IndicatorVersion, *, actor: Actor) -> IndicatorVersion:
    """Raises Refused when it is no draft, the indicator has ended, or a part of a share is not in use."""
    with act(actor, "indicators.put_in_use", version, permission="put_in_use") as entry:
        indicator = Indicator.objects.select_for_update().get(pk=version.indicator_id)
        fresh = IndicatorVersion.objects.get(pk=version.pk)
        if fresh.state != State.DRAFT or indicator.ended_at is not None:
            raise Refused(_("Only a draft of an indicator that has not ended can be put in use."))
        parts = [pk for pk in (fresh.numerator_id, fresh.denominator_id) if pk]
        if IndicatorVersion.objects.in_use().filter(indicator__in=parts).count() < len(parts):
            raise Refused(_("Put the two parts in use first."))
        now = timezone.now()
        before = indicator.versions.in_use().first()
        if before is not None:
            before.state, before.ended_at = State.ENDED, now
            before.ended_reason = f"Thay bằng bản {fresh.number}"
            before.save(update_fields=["state", "ended_at", "ended_reason"])
        fresh.state, fresh.in_use_at = State.IN_USE, now
        fresh.save(update_fields=["state", "in_use_at"])
        note(entry, number=fresh.number, before=before.number if before else None)
    return fresh
