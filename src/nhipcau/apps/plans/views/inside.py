"""The steps inside an agency: received, assigned, approved or given back; and which of them it uses."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from nhipcau.apps.access.pages import for_roles, posted, user_of
from nhipcau.apps.access.policies import may, require
from nhipcau.apps.access.scope import scope_of
from nhipcau.apps.accounts.models import User
from nhipcau.apps.orgs.directory import names
from nhipcau.apps.orgs.models import Organisation, OrganisationVersion
from nhipcau.apps.plans.actions import (
    approve_report,
    assign_specialist,
    give_back,
    receive_assignment,
    set_agency_steps,
    specialists,
)
from nhipcau.apps.plans.awaiting import own_agencies
from nhipcau.apps.plans.forms.steps import AgencyForm, GiveBackForm, SpecialistForm, StepsForm
from nhipcau.apps.plans.forms.update import VersionForm
from nhipcau.apps.plans.models import AgencySteps, Assignment
from nhipcau.apps.plans.refusals import Refused
from nhipcau.apps.plans.stepping import steps_for, steps_of
from nhipcau.apps.plans.views.asking import assignment_of
from nhipcau.apps.plans.views.tasks import page, task_of


def _step(
    request: HttpRequest, found: Assignment, form: VersionForm, said: str, do: Callable[[], object]
) -> HttpResponse:
    """One step taken, or why it was not, on the task's page."""
    if not form.is_valid():
        return page(request, task_of(request, found.task_id), step_form=(found.pk, form), status=422)
    try:
        do()
    except Refused as refusal:
        messages.error(request, refusal.message())
        return page(request, task_of(request, found.task_id), step_form=(found.pk, form), status=409)
    messages.success(request, said)
    return redirect("plans:task", found.task_id)


@for_roles()
@require_POST
def receive(request: HttpRequest, pk: int) -> HttpResponse:
    user, found = user_of(request), assignment_of(request, pk)
    require(user, "receive", found)
    form = VersionForm(request.POST)
    return _step(
        request,
        found,
        form,
        _("Received."),
        lambda: receive_assignment(found, version=form.cleaned_data["version"], actor=user),
    )


@for_roles()
@require_POST
def assign(request: HttpRequest, pk: int) -> HttpResponse:
    user, found = user_of(request), assignment_of(request, pk)
    require(user, "assign", found)
    people = {person.pk: person for person in specialists(found)}
    form = SpecialistForm(request.POST, people=people.values(), auto_id=f"s{pk}_%s")

    def do() -> object:
        data = form.cleaned_data
        return assign_specialist(found, people[data["specialist"]], version=data["version"], actor=user)

    return _step(request, found, form, _("Assigned; the specialist is told."), do)


@for_roles()
@require_POST
def approve(request: HttpRequest, pk: int) -> HttpResponse:
    user, found = user_of(request), assignment_of(request, pk)
    require(user, "approve", found)
    form = VersionForm(request.POST)
    return _step(
        request,
        found,
        form,
        _("Approved and sent to the lead agency."),
        lambda: approve_report(found, version=form.cleaned_data["version"], actor=user),
    )


@for_roles()
@require_POST
def back(request: HttpRequest, pk: int) -> HttpResponse:
    user, found = user_of(request), assignment_of(request, pk)
    require(user, "approve", found)
    form = GiveBackForm(request.POST, auto_id=f"b{pk}_%s")

    def do() -> object:
        data = form.cleaned_data
        return give_back(found, reason=data["reason"], version=data["version"], actor=user)

    return _step(request, found, form, _("Given back with its reason."), do)


@for_roles("coordinator", "officer", "commune_officer")
@require_GET
def steps_list(request: HttpRequest) -> HttpResponse:
    """Which steps each agency uses: of all for the coordinator, else of her own."""
    user = user_of(request)
    scope = scope_of(user)
    mine = own_agencies(scope)
    said = AgencySteps.objects.visible_to(user).values_list("organisation_id", flat=True)
    shown = mine | frozenset(said) if scope.has("coordinator") else mine
    used, known = steps_of(shown), names(shown, timezone.localdate())
    rows = [
        {"pk": pk, "name": known.get(pk, ""), "steps": used[pk], "edits": _edits(user, used[pk])}
        for pk in sorted(shown, key=lambda pk: (pk not in mine, known.get(pk, "")))
    ]
    context: dict[str, Any] = {"rows": rows}
    if scope.has("coordinator"):
        form = AgencyForm(request.GET or None)
        found = _named(form, user) if form.is_bound and form.is_valid() else None
        if found is not None:
            return redirect("plans:steps", found)
        working = OrganisationVersion.objects.visible_to(user).working()
        today = timezone.localdate()
        names_today = working.filter(valid__contains=today).order_by("name_sort")
        context |= {"form": form, "organisation_names": names_today.values_list("name", flat=True)}
    return render(request, "plans/steps_list.html", context)


def _named(form: AgencyForm, user: User) -> int | None:
    """The agency of this name; an error stands in the form where there is none."""
    name = " ".join(form.cleaned_data["agency"].split())
    rows = OrganisationVersion.objects.visible_to(user).working()
    found = rows.filter(name=name, valid__contains=timezone.localdate())
    if len(found) != 1:
        form.add_error("agency", _("No agency has this name. Choose one from the list."))
        return None
    return found[0].organisation_id


def _edits(user: User, steps: AgencySteps) -> bool:
    return may(user, "edit", steps)


@for_roles("coordinator", "officer", "commune_officer")
@require_http_methods(["GET", "POST"])
def steps(request: HttpRequest, pk: int) -> HttpResponse:
    """Which steps one agency uses."""
    user = user_of(request)
    if not scope_of(user).has("coordinator") and pk not in own_agencies(scope_of(user)):
        raise Http404
    organisation = get_object_or_404(Organisation.objects.visible_to(user), pk=pk)
    used = steps_for(pk)
    kept = {name: getattr(used, name) for name in ("receives", "assigns", "approves")}
    form = StepsForm(posted(request), initial=kept)
    if request.method == "POST" and form.is_valid():
        set_agency_steps(organisation, **form.cleaned_data, actor=user)
        messages.success(request, _("Saved. It holds for what is on its way, too."))
        return redirect("plans:steps_list")
    known = names([pk], timezone.localdate())
    context = {"form": form, "name": known.get(pk, ""), "pk": pk, "edits": _edits(user, used)}
    return render(request, "plans/steps.html", context)
