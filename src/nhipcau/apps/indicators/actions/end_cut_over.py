"""A cut-over was a mistake: it is taken back, with the reason, and what held before holds again."""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from nhipcau.apps.access.act import act
from nhipcau.apps.access.actors import Actor
from nhipcau.apps.access.refusals import Refused
from nhipcau.apps.indicators.models import CutOver


def end_cut_over(row: CutOver, *, reason: str, actor: Actor) -> CutOver:
    """Raises Refused when it was taken back already."""
    with act(actor, "indicators.end_cut_over", row, permission="end", reason=reason):
        fresh = CutOver.objects.select_for_update().get(pk=row.pk)
        if fresh.ended_at is not None:
            raise Refused(_("It has ended already."))
        fresh.ended_at, fresh.ended_reason = timezone.now(), reason[:300]
        fresh.save(update_fields=["ended_at", "ended_reason"])
    return fresh
