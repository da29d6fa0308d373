"""What a definition says, as forms and files hand it over, and what keeps it from being one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, fields
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from nhipcau.apps.access.refusals import Refused
from nhipcau.apps.indicators.models import Indicator, IndicatorVersion
from nhipcau.apps.indicators.splits import dimension

Kind, OverUnits, OverTime = IndicatorVersion.Kind, IndicatorVersion.OverUnits, IndicatorVersion.OverTime
SHARES = (Kind.PERCENT, Kind.RATIO)
MOST_DECIMALS = 6


@dataclass(frozen=True, slots=True)
class Content:
    """The fields of a version that are its meaning. `numerator` and `denominator` go together."""

    name: str
    definition: str
    unit: str
    name_en: str = ""
    definition_en: str = ""
    kind: str = Kind.COUNT
    decimals: int = 0
    over_units: str = OverUnits.SUM
    over_time: str = OverTime.SUM
    splits: Sequence[str] = field(default_factory=tuple)
    numerator: Indicator | None = None
    denominator: Indicator | None = None
    source: str = ""

    @property
    def is_share(self) -> bool:
        return self.numerator is not None and self.denominator is not None

    def values(self) -> dict[str, Any]:
        """Field → value of a version; a share of two others is added up by its parts alone."""
        found = {each.name: getattr(self, each.name) for each in fields(self)}
        found["splits"] = list(self.splits)
        if self.is_share:
            found |= {"over_units": OverUnits.NONE, "over_time": OverTime.NONE, "splits": []}
        return found


def faults_of(content: Content, indicator: Indicator | None) -> dict[str, str | Promise]:
    """Field → what is wrong with it."""
    faults: dict[str, str | Promise] = {}
    if any(dimension(code) is None for code in content.splits):
        faults["splits"] = _("Choose splits of the list.")
    if not 0 <= content.decimals <= MOST_DECIMALS:
        faults["decimals"] = _("Between 0 and 6 decimals.")
    return faults | _parts(content, indicator) | _adding(content)


def check(content: Content, indicator: Indicator | None) -> None:
    """Raises Refused with the first thing that is wrong."""
    for words in faults_of(content, indicator).values():
        raise Refused(words)


def _parts(content: Content, indicator: Indicator | None) -> dict[str, str | Promise]:
    given = [part for part in (content.numerator, content.denominator) if part is not None]
    if content.kind == Kind.RATIO and len(given) < 2:
        return {"numerator": _("A ratio is of two indicators: choose both.")}
    if given and content.kind not in SHARES:
        return {"numerator": _("Only a percentage or a ratio is computed from two others.")}
    if len(given) == 1:
        return {"denominator": _("Choose both parts, or none.")}
    if len({part.pk for part in given}) < len(given) or (indicator is not None and indicator in given):
        return {"denominator": _("The parts are two others, and not the same one.")}
    of_shares = IndicatorVersion.objects.filter(indicator__in=given, numerator__isnull=False)
    if given and of_shares.exclude(state=IndicatorVersion.State.ENDED).exists():
        return {"numerator": _("A part may not be computed from others itself.")}
    return {}


def _adding(content: Content) -> dict[str, str | Promise]:
    """A percentage that people type is never summed up."""
    if content.kind in SHARES and not content.is_share:
        if content.over_units == OverUnits.SUM:
            return {
                "over_units": _("Percentages cannot be summed up: name the two parts, or choose another way.")
            }
        if content.over_time == OverTime.SUM:
            return {"over_time": _("Percentages cannot be summed up: choose another way.")}
    if content.over_time == OverTime.LAST and "year" in content.splits:
        return {"splits": _("What is as at one day has no split by year.")}
    return {}
