"""One indicator: what it means, what it meant before, where it shall be, where its figures come from."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.forms import Form
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from nhipcau.apps.access.pages import for_roles, user_of
from nhipcau.apps.access.policies import can
from nhipcau.apps.accounts.models import User
from nhipcau.apps.indicators.drawn import STOCK, source_on
from nhipcau.apps.indicators.forms.decisions import CutOverForm, GoalForm, ReasonForm
from nhipcau.apps.indicators.models import CutOver, Goal, Indicator, IndicatorVersion
from nhipcau.apps.indicators.registers import figures_of, named_count
from nhipcau.apps.indicators.splits import dimension
from nhipcau.apps.indicators.views.finding import indicator_of
from nhipcau.apps.orgs.directory import names
from nhipcau.apps.orgs.models import OrganisationVersion
from nhipcau.core.workdays import window_of

State = IndicatorVersion.State


@for_roles()
@require_GET
def indicator(request: HttpRequest, code: str) -> HttpResponse:
    return indicator_page(request, indicator_of(request, code))


def indicator_page(
    request: HttpRequest, found: Indicator, forms: Mapping[str, Form] | None = None, status: int = 422
) -> HttpResponse:
    """The page; `forms` are those that were sent and found wrong."""
    user, forms = user_of(request), forms or {}
    rows = IndicatorVersion.objects.visible_to(user).filter(indicator=found).order_by("-number")
    versions = list(rows)
    shown = next((row for row in versions if row.state == State.IN_USE), versions[0])
    may_edit = can(user, "edit", found)
    context = {
        "indicator": found,
        "shown": shown,
        "splits": [each for each in map(dimension, shown.splits) if each],
        "versions": versions,
        "parts": _parts(user, shown),
        "draft": next((row for row in versions if row.state == State.DRAFT), None),
        "figures": figures_of(user, found),
        "goals": _goals(user, found),
        "sources": _sources(user, found),
        "may_edit": may_edit and found.ended_at is None,
        "opened": next(iter(forms), ""),
    }
    if may_edit:
        context |= _forms(user, shown, forms)
    return render(request, "indicators/indicator.html", context, status=status if forms else 200)


def _forms(user: User, shown: IndicatorVersion, forms: Mapping[str, Form]) -> dict[str, Form]:
    return {
        "goal_form": forms.get("goal") or GoalForm(organisations=working_units(user), auto_id="goal_%s"),
        "cut_form": forms.get("cut") or cut_over_form(shown),
        "use_form": forms.get("use") or Form(),
        "drop_form": forms.get("drop") or ReasonForm(auto_id="drop_%s"),
        "end_form": forms.get("end") or ReasonForm(auto_id="end_%s"),
    }


def cut_over_form(version: IndicatorVersion | None, sent: QueryDict | None = None) -> CutOverForm:
    """With the counts that fit the definition."""
    stock = version is not None and version.over_time == STOCK
    money = version is not None and version.kind == IndicatorVersion.Kind.MONEY
    return CutOverForm(sent, stock=stock, money=money, auto_id="cut_%s")


def working_units(user: User) -> list[tuple[int, str]]:
    """Agencies and own communes of today, by name."""
    rows = OrganisationVersion.objects.visible_to(user).filter(valid__contains=timezone.localdate())
    return list(rows.working().order_by("name_sort").values_list("organisation_id", "name"))


def _parts(user: User, shown: IndicatorVersion) -> list[tuple[str, str]]:
    """Code and name of numerator and denominator."""
    pks = [pk for pk in (shown.numerator_id, shown.denominator_id) if pk]
    rows = IndicatorVersion.objects.visible_to(user).filter(indicator__in=pks).order_by("number")
    known = {row.indicator_id: (row.indicator.code, row.name) for row in rows.select_related("indicator")}
    return [known[pk] for pk in pks if pk in known]


def _goals(user: User, found: Indicator) -> list[dict[str, Any]]:
    """Those that hold first, each with whose it is."""
    rows = list(Goal.objects.visible_to(user).filter(indicator=found).select_related("version"))
    known = names([row.organisation_id for row in rows if row.organisation_id], timezone.localdate())
    rows.sort(key=lambda row: (row.ended_at is not None, -row.year, row.pk))
    return [{"goal": row, "who": known.get(row.organisation_id or 0, "")} for row in rows]


def _sources(user: User, found: Indicator) -> list[dict[str, Any]]:
    """The cut-overs, the latest day first; the one that holds today leads to the rows of this year."""
    rows = list(CutOver.objects.visible_to(user).filter(indicator=found))
    today = timezone.localdate()
    now = source_on(rows, today)
    shown = []
    for row in rows:
        count = named_count(row.named_count) if row.named_count else None
        href = count.links(window_of("year", today), None) if count and count.links and row == now else ""
        shown.append({"row": row, "count": count, "now": row == now, "href": href})
    return shown
