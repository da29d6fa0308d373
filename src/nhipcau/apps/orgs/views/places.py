"""The country's units: provinces with their communes, and any unit by an old or a new name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from nhipcau.apps.access.pages import for_roles, user_of
from nhipcau.apps.access.refusals import Refused
from nhipcau.apps.orgs.actions import set_home_province
from nhipcau.apps.orgs.descent import made_of
from nhipcau.apps.orgs.forms.lists import PlaceFilter, day_of
from nhipcau.apps.orgs.hierarchy import counts, descendants
from nhipcau.apps.orgs.listing import counted, rows
from nhipcau.apps.orgs.models import Organisation, OrganisationVersion
from nhipcau.apps.orgs.search import addressed, in_order, named, near
from nhipcau.apps.webkit.formats import format_date, format_number

PER_PAGE = 25
_KIND = OrganisationVersion.Kind


@dataclass(frozen=True, slots=True)
class Province:
    """`parts`: how many of each type of unit; `merged`: the older provinces that it was made of."""

    version: OrganisationVersion
    parts: list[str]
    merged: list[OrganisationVersion]


@for_roles()
@require_GET
def place_list(request: HttpRequest) -> HttpResponse:
    """Provinces of a day; with words, a province or a type the units that fit."""
    today = timezone.localdate()
    places = OrganisationVersion.objects.visible_to(user_of(request)).filter(
        organisation__realm=Organisation.Realm.PLACE
    )
    day = day_of(request.GET, today)
    provinces = list(places.filter(kind=_KIND.PROVINCE, valid__contains=day).order_by("name_sort"))
    chosen = PlaceFilter(request.GET, today, [(each.organisation_id, each.name) for each in provinces])
    context: dict[str, Any] = {"filter": chosen, "filtered": chosen.used, "tab": "places"}
    if chosen.words or chosen.value("province") or chosen.value("unit_type"):
        return _units(request, places, chosen, context)
    shown = [] if chosen.errors else provinces
    page = Paginator(shown, 100).get_page(1)
    found = _provinces(shown, day)
    context |= {
        "page_obj": page,
        "provinces": found,
        "any_merged": any(each.merged for each in found),
        "suffix": f"?on={day.isoformat()}" if chosen.value("on") else "",
        "heading": _heading_of_provinces(shown, day, today),
    }
    return render(request, "orgs/places.html", context)


def _provinces(shown: Sequence[OrganisationVersion], day: date) -> list[Province]:
    """Four queries."""
    numbers = counts(day)
    before = made_of([version.organisation_id for version in shown], day)
    found = []
    for version in shown:
        parts = sorted(numbers[version.organisation_id].items(), key=lambda each: -each[1])
        named = [counted(unit_type, number, kind) for (kind, unit_type), number in parts]
        found.append(Province(version, named, before.get(version.organisation_id, [])))
    return found


def _heading_of_provinces(shown: Sequence[OrganisationVersion], day: date, today: date) -> str:
    cities = sum(version.unit_type == OrganisationVersion.UnitType.CITY for version in shown)
    values = {
        "n": format_number(len(shown)),
        "cities": format_number(cities),
        "provinces": format_number(len(shown) - cities),
        "day": format_date(day),
    }
    if not shown:
        return _("No administrative unit is loaded")
    if day == today:
        return _("%(n)s provinces and cities: %(provinces)s provinces, %(cities)s cities") % values
    return _("On %(day)s: %(provinces)s provinces, %(cities)s cities under the centre") % values


def _units(request: HttpRequest, places: Any, chosen: PlaceFilter, context: dict[str, Any]) -> HttpResponse:
    day, province = chosen.day, chosen.value("province")
    found = places
    if province:
        inside = descendants(province, day).values("organisation_id")
        found = found.filter(Q(organisation__in=inside) | Q(organisation=province))
    if chosen.value("unit_type"):
        found = found.filter(unit_type=chosen.value("unit_type"))
    if chosen.value("on") or not chosen.words:
        found = found.filter(valid__contains=day)
    ordered: Any
    if chosen.words:
        ordered = named(found, chosen.words) or addressed(found, chosen.words, day)
    else:
        found = found.exclude(organisation=province).order_by("kind", "name_sort", "pk")
        ordered = found.values_list("pk", flat=True)
    page = Paginator(ordered, PER_PAGE).get_page(request.GET.get("page"))
    count = page.paginator.count
    context |= {
        "page_obj": page,
        "rows": rows(in_order(page), day, with_above=True),
        "heading": ngettext("%(n)s unit found", "%(n)s units found", count) % {"n": format_number(count)},
        "near": near(places, chosen.words, day) if chosen.words and not count else [],
    }
    return render(request, "orgs/units.html", context)


@for_roles()
@require_POST
def home(request: HttpRequest, pk: int) -> HttpResponse:
    """This province is the one that the instance serves."""
    user = user_of(request)
    place = get_object_or_404(Organisation.objects.visible_to(user), pk=pk)
    try:
        set_home_province(place, actor=user)
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("This is the own province now: its communes get tasks and appointments."))
    return redirect("orgs:detail", pk)
