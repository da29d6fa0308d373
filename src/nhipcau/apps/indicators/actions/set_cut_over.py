"""From a day on an indicator is drawn from a count of the system, or typed by hand again."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext_lazy as _

from nhipcau.apps.access.act import act, note
from nhipcau.apps.access.actors import Actor, System
from nhipcau.apps.access.refusals import Refused
from nhipcau.apps.indicators.adding import is_ratio
from nhipcau.apps.indicators.drawn import STOCK
from nhipcau.apps.indicators.models import CutOver, Indicator, IndicatorVersion
from nhipcau.apps.indicators.registers import NamedCount, named_count
from nhipcau.apps.indicators.units import dong_in

Kind = IndicatorVersion.Kind


def set_cut_over(indicator: Indicator, name: str, from_day: date, *, reason: str, actor: Actor) -> CutOver:
    """`name` "": by hand. Raises Refused when the count does not fit the definition, or the day is taken."""
    with act(actor, "indicators.set_cut_over", indicator, permission="edit", reason=reason) as entry:
        locked = Indicator.objects.select_for_update().get(pk=indicator.pk)
        if locked.ended_at is not None:
            raise Refused(_("This indicator has ended."))
        if name:
            _check(locked, named_count(name))
        rows = CutOver.objects.current().filter(indicator=locked)
        if rows.filter(from_day=from_day).exists():
            raise Refused(_("Another source begins on that day: take it back first."))
        if not name and not rows.filter(from_day__lt=from_day).exists():
            raise Refused(_("It is typed by hand already."))
        row = CutOver.objects.create(
            indicator=locked,
            named_count=name,
            from_day=from_day,
            reason=reason[:300],
            created_by=None if isinstance(actor, System) else actor,
        )
        note(entry, named_count=name, from_day=from_day.isoformat())
    return row


def _check(indicator: Indicator, count: NamedCount | None) -> None:
    version = indicator.versions.in_use().first()
    if count is None:
        raise Refused(_("The system has no such count."))
    if version is None:
        raise Refused(_("Put a definition in use first."))
    if is_ratio(version):
        raise Refused(_("It is computed from two others: set the source of those."))
    if count.money != (version.kind == Kind.MONEY) or (count.money and dong_in(version.unit) is None):
        raise Refused(_("One of them is an amount in VND, the other is not: they do not fit."))
    if count.stock != (version.over_time == STOCK):
        raise Refused(
            _("One of them is as at a day, the other counts what happened in a period: they do not fit.")
        )
