"""A round: who is missing, what each agency asks for, what came of it; sums say of how many they are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext, pgettext_lazy
from django.views.decorators.http import require_GET

from nhipcau.apps.access.pages import for_roles, user_of
from nhipcau.apps.access.policies import can
from nhipcau.apps.accounts.models import User
from nhipcau.apps.orgs.directory import versions
from nhipcau.apps.plans.estimating import STEPS, Figures, figures_of, total_of
from nhipcau.apps.plans.models import EstimateLine, EstimateRound, RoundAgency
from nhipcau.apps.plans.views.money.finding import round_of, unit_context
from nhipcau.apps.webkit.formats import format_number
from nhipcau.core.money import Sum, Unit, in_unit
from nhipcau.core.text import fold

PER_PAGE = 200
STATES = (
    ("", gettext_lazy("All")),
    ("missing", pgettext_lazy("estimates", "not sent")),
    ("sent", pgettext_lazy("estimates", "sent")),
    ("returned", pgettext_lazy("estimates", "returned")),
)


class AgencyFilter(forms.Form):
    q = forms.CharField(required=False, max_length=200, widget=forms.TextInput(attrs={"type": "search"}))
    state = forms.ChoiceField(required=False, choices=STATES)

    def __init__(self, data: Mapping[str, Any]) -> None:
        super().__init__(data)
        self.full_clean()

    @property
    def chosen(self) -> dict[str, str]:
        return {name: value for name, value in self.cleaned_data.items() if value}

    def keeps(self, row: AgencyRow) -> bool:
        """Every word stands in the agency's name, and it is in the state."""
        words = fold(self.chosen.get("q", "")).split()
        state = self.chosen.get("state", "")
        return all(word in fold(row.name) for word in words) and (
            not state or state == row.state or (state == "missing" and row.state == "returned")
        )


@dataclass(slots=True)
class AgencyRow:
    """An agency in a round. `figures` are those of what it has sent."""

    asked: RoundAgency
    name: str
    name_sort: str
    figures: Figures

    @property
    def state(self) -> str:
        if self.asked.sent_at is not None:
            return "sent"
        return "returned" if self.asked.returned_at is not None else "missing"


def rows_of(found: EstimateRound, user: User) -> list[AgencyRow]:
    """Every agency in view, by name. Four queries."""
    asked = list(RoundAgency.objects.visible_to(user).filter(round=found).select_related("sent_by"))
    known = versions({row.organisation_id for row in asked}, timezone.localdate())
    figures = figures_of(asked, EstimateLine.objects.visible_to(user))
    rows = [
        AgencyRow(row, known[row.organisation_id].name, known[row.organisation_id].name_sort, figures[row.pk])
        for row in asked
        if row.organisation_id in known
    ]
    return sorted(rows, key=lambda row: (row.name_sort.encode(), row.asked.pk))


def listed(found: EstimateRound, user: User, data: QueryDict) -> tuple[AgencyFilter, list[AgencyRow]]:
    """The filter and the agencies it leaves."""
    agency_filter = AgencyFilter(data)
    return agency_filter, [row for row in rows_of(found, user) if agency_filter.keeps(row)]


@for_roles()
@require_GET
def round_page(request: HttpRequest, year: int) -> HttpResponse:
    found, user = round_of(request, year), user_of(request)
    every = rows_of(found, user)
    agency_filter = AgencyFilter(request.GET)
    rows = [row for row in every if agency_filter.keeps(row)]
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    context = unit_context(request)
    unit = context["unit"]
    missing = [row for row in every if row.asked.sent_at is None]
    total = total_of(row.figures for row in rows)
    context |= {
        "round": found,
        "heading": _heading(found, len(missing), len(every)),
        "sent": len(every) - len(missing),
        "all_agencies": len(every),
        "missing": missing,
        "filter": agency_filter,
        "filtered": bool(agency_filter.chosen),
        "page_obj": page,
        "rows": [_row(row, found, unit) for row in page.object_list],
        "steps": [str(step.stage.label) for step in STEPS],
        "total": _cells(total, unit),
        "sources": _sources(total, unit),
        "may_edit": found.closed_at is None and can(user, "edit", found),
        "table_class": "mo-table",
    }
    return render(request, "plans/money/round.html", context)


def _heading(found: EstimateRound, missing: int, every: int) -> str:
    values = {"n": format_number(missing), "year": found.year, "all": format_number(every)}
    if found.closed_at is not None:
        return _("The estimates for %(year)s are closed") % values
    if not missing:
        return _("Everybody has sent the estimates for %(year)s") % values
    words = ngettext(
        "Estimates for %(year)s: %(n)s of %(all)s agencies has not sent",
        "Estimates for %(year)s: %(n)s of %(all)s agencies have not sent",
        missing,
    )
    return words % values


def sign_of(asked: RoundAgency, found: EstimateRound) -> dict[str, str]:
    """Shape and word of the agency's state."""
    today = timezone.localdate()
    if asked.sent_at is not None:
        late = timezone.localtime(asked.first_sent_at or asked.sent_at).date() > found.send_by
        words = pgettext("estimates", "Sent late") if late else pgettext("estimates", "Sent")
        return {"sign": "late" if late else "done", "words": words}
    if asked.returned_at is not None:
        return {"sign": "back", "words": pgettext("estimates", "Returned")}
    if found.send_by < today:
        return {"sign": "over", "words": pgettext("estimates", "Not sent, past its date")}
    return {"sign": "open", "words": pgettext("estimates", "Not sent")}


def cell(found: Sum, unit: Unit) -> dict[str, Any]:
    """A figure; where it is not of all, it says of how many."""
    part = found.total > 1 and not found.whole and found.known > 0
    said = _("%(n)s of %(total)s") % {"n": format_number(found.known), "total": format_number(found.total)}
    return {"figure": in_unit(found.amount, unit), "part": said if part else ""}


def _cells(figures: Figures, unit: Unit) -> list[dict[str, Any]]:
    cells = [cell(figures.asked, unit), *(cell(figures.stages[step.stage], unit) for step in STEPS)]
    return [{**each, "label": label} for each, label in zip(cells, labels(), strict=True)]


def labels() -> list[str]:
    """The heads of the columns of figures."""
    return [_("Requested"), *(str(step.stage.label) for step in STEPS)]


def _row(row: AgencyRow, found: EstimateRound, unit: Unit) -> dict[str, Any]:
    return {
        "asked": row.asked,
        "pk": str(row.asked.pk),
        "name": row.name,
        **sign_of(row.asked, found),
        "cells": _cells(row.figures, unit),
    }


def _sources(total: Figures, unit: Unit) -> list[dict[str, str]]:
    """What is asked for by source of funds, those that are named."""
    names = dict(EstimateLine.Source.choices)
    return [
        {"label": str(names[source]), "figure": in_unit(total.sources[source], unit)}
        for source in EstimateLine.Source.values
        if source in total.sources
    ]
