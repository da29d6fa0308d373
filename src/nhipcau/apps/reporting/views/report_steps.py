"""What becomes of a report that was sent, and more time for one that was not: one press each."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from nhipcau.apps.access.pages import for_roles, posted, user_of
from nhipcau.apps.access.policies import require
from nhipcau.apps.access.scope import scope_of
from nhipcau.apps.orgs.directory import names
from nhipcau.apps.reporting.actions import (
    Approved,
    approve_many,
    approve_submission,
    ask_deferral,
    decide_deferral,
    discharge_obligation,
    give_back,
    pass_below,
    return_submission,
    take_back_discharge,
)
from nhipcau.apps.reporting.forms.steps import ReasonForm, ReturnForm, TimeForm, VersionForm
from nhipcau.apps.reporting.models import Deferral, Obligation, Period
from nhipcau.apps.reporting.refusals import Refused
from nhipcau.apps.reporting.views.report_desk import desk_of, obligation_of
from nhipcau.apps.reporting.views.report_page import Shown, answer_page
from nhipcau.apps.reporting.views.report_read import read_page
from nhipcau.apps.webkit.addresses import whole
from nhipcau.apps.webkit.formats import format_number
from nhipcau.core.text import sort_key
from nhipcau.core.workdays import end_of

MARK = "mark:"
MOST_MARKS, MOST_AT_ONCE = 100, 500


@for_roles()
@require_POST
def report_return(request: HttpRequest, pk: int) -> HttpResponse:
    """Back to the unit, with the reason and the places that were marked."""
    user, obligation = user_of(request), obligation_of(request, pk)
    require(user, "judge", obligation)
    form = ReturnForm(request.POST)
    marks = [
        (name.removeprefix(MARK), request.POST.get(name, "").strip())
        for name in request.POST
        if name.startswith(MARK) and request.POST.get(name, "").strip()
    ]
    typed = {"reason": request.POST.get("reason", ""), "marks": dict(marks)}
    if not form.is_valid():
        messages.error(request, _("Write the reason, and the day as 31/12/2027."))
        return read_page(request, desk_of(user, obligation), form=typed, status=422)
    data = form.cleaned_data
    try:
        return_submission(
            obligation,
            reason=data["reason"],
            version=data["version"],
            marks=marks[:MOST_MARKS],
            until=end_of(data["until"]) if data["until"] else None,
            actor=user,
        )
    except Refused as refusal:
        messages.error(request, refusal.message())
        return read_page(request, desk_of(user, obligation_of(request, pk)), form=typed, status=409)
    messages.success(request, _("The report is returned with its reason."))
    return redirect("reporting:report", pk)


@for_roles()
@require_POST
def report_approve(request: HttpRequest, pk: int) -> HttpResponse:
    return _judged(request, pk, "approve", approve_submission, _("The report is approved."))


@for_roles()
@require_POST
def report_pass(request: HttpRequest, pk: int) -> HttpResponse:
    return _judged(request, pk, "pass_below", pass_below, _("The report is passed on to the province."))


def _judged(
    request: HttpRequest, pk: int, right: str, do: Callable[..., Obligation], said: str
) -> HttpResponse:
    user, obligation = user_of(request), obligation_of(request, pk)
    require(user, right, obligation)
    form = VersionForm(request.POST)
    if not form.is_valid():
        return read_page(request, desk_of(user, obligation), status=422)
    try:
        do(obligation, version=form.cleaned_data["version"], actor=user)
    except Refused as refusal:
        messages.error(request, refusal.message())
        return read_page(request, desk_of(user, obligation_of(request, pk)), status=409)
    messages.success(request, said)
    return redirect("reporting:report", whole(request.POST.get("next", "")) or pk)


@for_roles()
@require_http_methods(["GET", "POST"])
def approve_reports(request: HttpRequest, pk: int) -> HttpResponse:
    """The reports of a period that wait for approval, many at once: `report` is id and version, as 17:3."""
    user = user_of(request)
    period: Period = get_object_or_404(Period.objects.visible_to(user), pk=pk)
    if not scope_of(user).has("coordinator"):
        raise PermissionDenied
    rows = Obligation.objects.visible_to(user).filter(period=period)
    if request.method == "POST":
        wanted = _ticked(request, rows)
        if wanted:
            _tell_approved(request, approve_many(wanted, actor=user))
            return redirect("reporting:period", pk)
        messages.error(request, _("Tick at least one report."))
    waiting = list(rows.filter(state=Obligation.State.SENT).select_related("period")[:MOST_AT_ONCE])
    known = names({row.organisation_id for row in waiting}, localdate())
    lines = [(row, known.get(row.organisation_id, "")) for row in waiting]
    context = {"period": period, "lines": sorted(lines, key=lambda line: sort_key(line[1]))}
    return render(request, "reporting/approve.html", context, status=422 if request.method == "POST" else 200)


def _ticked(request: HttpRequest, rows: QuerySet[Obligation]) -> dict[int, int]:
    versions = {}
    for ticked in request.POST.getlist("report")[:MOST_AT_ONCE]:
        part, _colon, version = ticked.partition(":")
        number, seen = whole(part), whole(version)
        if number is not None and seen is not None:
            versions[number] = seen
    return {row: versions[row] for row in rows.filter(pk__in=versions).values_list("pk", flat=True)}


def _tell_approved(request: HttpRequest, result: Approved) -> None:
    if result.done:
        words = ngettext("%(n)s report is approved.", "%(n)s reports are approved.", len(result.done))
        messages.success(request, words % {"n": format_number(len(result.done))})
    known = names({row.organisation_id for row, _why in result.left}, localdate())
    for row, why in result.left:
        messages.error(request, f"{known.get(row.organisation_id, '')}: {why.message()}")


@for_roles()
@require_POST
def report_give_back(request: HttpRequest, pk: int) -> HttpResponse:
    """The unit's head gives the draft back to who wrote it."""
    user, obligation = user_of(request), obligation_of(request, pk)
    require(user, "approve_inside", obligation)
    desk, form = desk_of(user, obligation), ReasonForm(request.POST)
    if desk.draft is None:
        return read_page(request, desk, status=409)
    if not form.is_valid():
        return answer_page(request, desk, Shown(refusal=_("Write the reason.")), status=422)
    try:
        give_back(desk.draft, reason=form.cleaned_data["reason"], actor=user)
    except Refused as refusal:
        return answer_page(request, desk, Shown(refusal=refusal.message()), status=409)
    messages.success(request, _("The draft is given back with its reason."))
    return redirect("reporting:report", pk)


@for_roles()
@require_http_methods(["GET", "POST"])
def report_time(request: HttpRequest, pk: int) -> HttpResponse:
    """The unit asks for more time."""
    user, obligation = user_of(request), obligation_of(request, pk)
    require(user, "ask", obligation)
    form = TimeForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            ask_deferral(
                obligation, form.cleaned_data["until"], reason=form.cleaned_data["reason"], actor=user
            )
        except Refused as refusal:
            form.add_error(None, refusal.message())
        else:
            messages.success(request, _("The request is with the lead agency, which will tell you."))
            return redirect("reporting:report", pk)
    unit = names([obligation.organisation_id], localdate()).get(obligation.organisation_id, "")
    context = {"form": form, "obligation": obligation, "period": obligation.period, "unit": unit}
    return render(request, "reporting/time.html", context, status=422 if form.errors else 200)


@for_roles()
@require_POST
def deferral_decide(request: HttpRequest, pk: int) -> HttpResponse:
    """More time is granted or refused."""
    user = user_of(request)
    found: Deferral = get_object_or_404(Deferral.objects.visible_to(user), pk=pk)
    require(user, "decide", found)
    grant, form = request.POST.get("grant"), ReasonForm(request.POST)
    if grant not in ("yes", "no") or not form.is_valid():
        messages.error(request, _("Write the reason."))
        obligation = obligation_of(request, found.obligation_id)
        return read_page(request, desk_of(user, obligation), status=422)
    try:
        decide_deferral(found, grant=grant == "yes", reason=form.cleaned_data["reason"], actor=user)
    except Refused as refusal:
        messages.error(request, refusal.message())
        obligation = obligation_of(request, found.obligation_id)
        return read_page(request, desk_of(user, obligation), status=409)
    messages.success(request, _("The unit is told of the decision."))
    return redirect("reporting:report", found.obligation_id)


@for_roles()
@require_POST
def report_discharge(request: HttpRequest, pk: int) -> HttpResponse:
    """Another report of the unit holds for this one, or no longer: `by` is its id, empty to take it back."""
    user, obligation = user_of(request), obligation_of(request, pk)
    require(user, "discharge", obligation)
    form, by = VersionForm(request.POST), whole(request.POST.get("by", ""))
    version = form.cleaned_data["version"] if form.is_valid() else -1
    try:
        if by is None:
            take_back_discharge(obligation, version=version, actor=user)
        else:
            discharge_obligation(obligation, obligation_of(request, by), version=version, actor=user)
    except Refused as refusal:
        messages.error(request, refusal.message())
        return read_page(request, desk_of(user, obligation_of(request, pk)), status=409)
    messages.success(request, _("Saved."))
    return redirect("reporting:report", pk)
