"""What an address of the estimates names, and the unit in which its page shows money."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from nhipcau.apps.access.pages import user_of
from nhipcau.apps.access.policies import require
from nhipcau.apps.plans.models import EstimateRound, RoundAgency
from nhipcau.apps.webkit.addresses import typed, whole
from nhipcau.core.money import UNITS, Unit, unit_named


def round_of(request: HttpRequest, year: int, verb: str = "") -> EstimateRound:
    """A round in the user's sight; with `verb` one to which she may do that."""
    user = user_of(request)
    rows = EstimateRound.objects.visible_to(user)
    found = get_object_or_404(rows, year=min(year, 10_000))
    if verb:
        require(user, verb, found)
    return found


def asked_of(request: HttpRequest, pk: int, verb: str = "") -> RoundAgency:
    """An agency's part of a round."""
    user = user_of(request)
    rows = RoundAgency.objects.visible_to(user).select_related("round", "sent_by")
    found = get_object_or_404(rows, pk=pk)
    if verb:
        require(user, verb, found)
    return found


def seen(request: HttpRequest, asked: RoundAgency) -> int:
    """The version that the user saw; a request without one saw the present one."""
    version = whole(request.POST.get("seen", ""), digits=8)
    return asked.version if version is None else version


def unit_context(request: HttpRequest) -> dict[str, Any]:
    """The unit of the page's tables, and links to the others that keep the rest of the address."""
    chosen = unit_named(typed(request, "unit"))
    return {"unit": chosen, "units": [_link(request, unit, chosen) for unit in UNITS]}


def _link(request: HttpRequest, unit: Unit, chosen: Unit) -> dict[str, Any]:
    query = request.GET.copy()
    query["unit"] = unit.code
    return {"name": unit.name, "href": f"?{query.urlencode()}", "current": unit == chosen}
