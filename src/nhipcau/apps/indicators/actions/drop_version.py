"""Drop a draft that nobody needs; an indicator that had no other definition goes with it."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from nhipcau.apps.access.act import act, note
from nhipcau.apps.access.actors import Actor
from nhipcau.apps.access.refusals import Refused
from nhipcau.apps.indicators.models import Indicator, IndicatorVersion


def drop_version(version: IndicatorVersion, *, reason: str, actor: Actor) -> bool:
    """Whether the indicator went too. Raises Refused when it is no draft any more."""
    with act(actor, "indicators.drop_version", version, permission="drop", reason=reason) as entry:
        indicator = Indicator.objects.select_for_update().get(pk=version.indicator_id)
        fresh = IndicatorVersion.objects.get(pk=version.pk)
        if fresh.state != IndicatorVersion.State.DRAFT:
            raise Refused(_("It is in use and stays as it is. Make a new version."))
        entry.subject = indicator
        note(entry, number=fresh.number, code=indicator.code)
        fresh.delete()
        alone = not indicator.versions.exists() and not _used(indicator)
        if alone:
            indicator.delete()
    return alone


def _used(indicator: Indicator) -> bool:
    return indicator.goals.exists() or indicator.cut_overs.exists()
