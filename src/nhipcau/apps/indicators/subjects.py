"""What the record calls indicators, with their pages."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from nhipcau.apps.audit.subjects import Called, kinds, naming, numbers
from nhipcau.apps.indicators.models import IndicatorVersion

kinds(
    {
        "indicators.cutover": _("source of an indicator"),
        "indicators.goal": _("baseline or target"),
        "indicators.indicator": _("indicator"),
        "indicators.indicatorversion": _("definition of an indicator"),
    }
)


def _indicators(ids: Collection[str], user: object) -> Mapping[str, Called]:
    rows = IndicatorVersion.objects.visible_to(user).filter(indicator__in=numbers(ids)).order_by("number")
    found = rows.values_list("indicator_id", "indicator__code", "name")
    return {str(pk): Called(name, reverse("indicators:indicator", args=[code])) for pk, code, name in found}


def _versions(ids: Collection[str], user: object) -> Mapping[str, Called]:
    rows = IndicatorVersion.objects.visible_to(user).filter(pk__in=numbers(ids))
    found = rows.values_list("pk", "indicator__code", "name", "number")
    return {
        str(pk): Called(f"{name} ({number})", reverse("indicators:indicator", args=[code]))
        for pk, code, name, number in found
    }


naming("indicators.indicator", _indicators)
naming("indicators.indicatorversion", _versions)
