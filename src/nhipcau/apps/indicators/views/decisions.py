"""Goals of an indicator, and where its figures come from."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from nhipcau.apps.access.pages import for_roles, posted, user_of
from nhipcau.apps.access.policies import require
from nhipcau.apps.access.refusals import Refused
from nhipcau.apps.indicators.actions import Wanted, end_cut_over, end_goal, set_cut_over, set_goal
from nhipcau.apps.indicators.forms.decisions import GoalForm, ReasonForm
from nhipcau.apps.indicators.models import CutOver, Goal, IndicatorVersion
from nhipcau.apps.indicators.views.detail import cut_over_form, indicator_page, working_units
from nhipcau.apps.indicators.views.finding import indicator_of
from nhipcau.apps.orgs.models import Organisation


@for_roles()
@require_POST
def goal_add(request: HttpRequest, code: str) -> HttpResponse:
    user = user_of(request)
    found = indicator_of(request, code, "edit")
    form = GoalForm(request.POST, organisations=working_units(user), auto_id="goal_%s")
    if not form.is_valid():
        return indicator_page(request, found, {"goal": form})
    data = dict(form.cleaned_data)
    pk = data.pop("organisation")
    body = Organisation.objects.visible_to(user).filter(pk=pk).first() if pk else None
    try:
        set_goal(found, Wanted(**data, organisation=body), actor=user)
    except Refused as refused:
        form.add_error(None, str(refused))
        return indicator_page(request, found, {"goal": form})
    messages.success(request, _("Saved."))
    return redirect("indicators:indicator", code)


@for_roles()
@require_POST
def cut_over_add(request: HttpRequest, code: str) -> HttpResponse:
    user = user_of(request)
    found = indicator_of(request, code, "edit")
    last = IndicatorVersion.objects.visible_to(user).filter(indicator=found).in_use().first()
    form = cut_over_form(last, request.POST)
    if not form.is_valid():
        return indicator_page(request, found, {"cut": form})
    data = form.cleaned_data
    try:
        set_cut_over(found, data["named_count"], data["from_day"], reason=data["reason"], actor=user)
    except Refused as refused:
        form.add_error(None, str(refused))
        return indicator_page(request, found, {"cut": form})
    messages.success(request, _("Saved."))
    return redirect("indicators:indicator", code)


@for_roles()
@require_http_methods(["GET", "POST"])
def goal_end(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask for the reason, then end it."""
    user = user_of(request)
    goal = get_object_or_404(Goal.objects.visible_to(user).select_related("indicator"), pk=pk)
    require(user, "end", goal)
    form = ReasonForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            end_goal(goal, reason=form.cleaned_data["reason"], actor=user)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("It does not hold any more; it stays readable."))
            return redirect("indicators:indicator", goal.indicator.code)
    context = {"form": form, "indicator": goal.indicator, "goal": goal}
    return render(request, "indicators/end.html", context, status=422 if form.errors else 200)


@for_roles()
@require_http_methods(["GET", "POST"])
def cut_over_end(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask for the reason, then take it back."""
    user = user_of(request)
    row = get_object_or_404(CutOver.objects.visible_to(user).select_related("indicator"), pk=pk)
    require(user, "end", row)
    form = ReasonForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            end_cut_over(row, reason=form.cleaned_data["reason"], actor=user)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Taken back."))
            return redirect("indicators:indicator", row.indicator.code)
    context = {"form": form, "indicator": row.indicator, "row": row}
    return render(request, "indicators/end.html", context, status=422 if form.errors else 200)
