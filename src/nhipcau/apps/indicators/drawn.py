"""Figures drawn from the system instead of typed by hand, from the day of the cut-over on.

Which source holds:
- A stock is as at the window's last day, so the source in force on that day holds.
- A flow is drawn only where one source was in force on every day of the window. A window that crosses a
  cut-over is typed by hand whole: half a figure of each would be comparable with nothing.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from django.utils import timezone

from nhipcau.apps.indicators.adding import is_ratio, ratio
from nhipcau.apps.indicators.models import CutOver, Indicator, IndicatorVersion
from nhipcau.apps.indicators.registers import NamedCount, named_count
from nhipcau.apps.indicators.units import dong_in
from nhipcau.core.workdays import Window

STOCK = IndicatorVersion.OverTime.LAST


@dataclass(frozen=True, slots=True)
class Drawn:
    """`values` by organisation: 0 where the system knows of none. Of a ratio None where it divides by
    nothing, and `parts` are what it was computed from. `by_category` where a split was asked for.
    """

    values: Mapping[int, Decimal | None]
    named_count: str
    as_of: datetime
    by_category: Mapping[tuple[int, str], Decimal] = field(default_factory=dict)
    parts: tuple[Drawn, Drawn] | None = None


def source_on(cut_overs: Iterable[CutOver], day: date) -> CutOver | None:
    """The row that holds on a day: of those not taken back the one whose day came last."""
    come = [row for row in cut_overs if row.ended_at is None and row.from_day <= day]
    return max(come, key=lambda row: row.from_day, default=None)


def source_of(version: IndicatorVersion, window: Window) -> NamedCount | None:
    """The named count that the figure of this window is drawn from; None: typed by hand."""
    rows = list(version.indicator.cut_overs.all())
    last = source_on(rows, window.last)
    if last is None or not last.named_count:
        return None
    if version.over_time != STOCK and _changes(rows, window, last.named_count):
        return None
    return named_count(last.named_count)


def draw(
    version: IndicatorVersion, window: Window, organisation_ids: Collection[int], split: str | None = None
) -> Drawn | None:
    """The figures of these organisations, as of now; None where they are typed by hand in this window.

    A ratio is drawn where both parts are; a split where the named count knows it. One query each for the
    cut-overs (none when `indicator__cut_overs` was prefetched), for the count, and for its split.
    """
    if is_ratio(version):
        return _draw_ratio(version, window, organisation_ids)
    count = source_of(version, window)
    if count is None or (split is not None and split not in count.splits):
        return None
    each = dong_in(version.unit) if count.money else Decimal(1)
    if each is None:
        return None
    now = timezone.now()
    whole = count.counts(window, organisation_ids, None)
    # Counted anew, not added up: one person can be in several categories.
    parts = count.counts(window, organisation_ids, split) if split is not None else {}
    values = {pk: whole.get((pk, ""), Decimal(0)) / each for pk in organisation_ids}
    return Drawn(values, count.name, now, by_category={key: found / each for key, found in parts.items()})


def _changes(rows: Iterable[CutOver], window: Window, name: str) -> bool:
    """Whether another source, or none, was in force on a day of the window."""
    first = source_on(rows, window.first)
    inside = [row.named_count for row in rows if row.ended_at is None and row.from_day in window]
    return first is None or {first.named_count, *inside} != {name}


def _draw_ratio(version: IndicatorVersion, window: Window, organisation_ids: Collection[int]) -> Drawn | None:
    over = _draw_part(version.numerator, window, organisation_ids)
    under = over and _draw_part(version.denominator, window, organisation_ids)
    if over is None or under is None:
        return None
    values = {pk: ratio(version, over.values[pk], under.values[pk]) for pk in organisation_ids}
    return Drawn(values, f"{over.named_count}/{under.named_count}", under.as_of, parts=(over, under))


def _draw_part(
    indicator: Indicator | None, window: Window, organisation_ids: Collection[int]
) -> Drawn | None:
    part = indicator and indicator.versions.in_use().select_related("indicator").first()
    return draw(part, window, organisation_ids) if part and not is_ratio(part) else None
