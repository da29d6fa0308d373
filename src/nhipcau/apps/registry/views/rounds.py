"""Where records come from: rounds and running sources; and who may read the register."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from nhipcau.apps.access.pages import acted, for_roles, posted, user_of
from nhipcau.apps.access.policies import can, may, require
from nhipcau.apps.access.refusals import Refused
from nhipcau.apps.accounts.models import User
from nhipcau.apps.orgs.directory import members
from nhipcau.apps.orgs.kept import named_on, working_units
from nhipcau.apps.orgs.models import Organisation
from nhipcau.apps.registry.actions import (
    approve_round,
    create_round,
    create_source,
    end_remit,
    end_source,
    give_remit,
    open_round,
)
from nhipcau.apps.registry.forms.rounds import EndRemitForm, ReasonForm, RemitForm, RoundForm, SourceForm
from nhipcau.apps.registry.models import Remit, Round, RunningSource, SourceRecord


@for_roles()
@require_GET
def rounds(request: HttpRequest) -> HttpResponse:
    return _rounds_page(request, SourceForm(auto_id="source_%s"))


def _rounds_page(request: HttpRequest, form: SourceForm) -> HttpResponse:
    user = user_of(request)
    context = {
        "rounds": Round.objects.visible_to(user).annotate(units_covered=Count("covered")),
        "sources": RunningSource.objects.visible_to(user),
        "form": form,
        "may_create": can(user, "create", Round),
        "tab": "rounds",
    }
    return render(request, "registry/rounds.html", context, status=422 if form.errors else 200)


@for_roles()
@require_http_methods(["GET", "POST"])
def round_new(request: HttpRequest) -> HttpResponse:
    user = user_of(request)
    require(user, "create", Round)
    form = RoundForm(user, posted(request))
    if on := acted(
        request,
        form,
        lambda: _create(form.cleaned_data, user),
        to=lambda made: reverse("registry:round", args=[made.pk]),
        said=_("The round is prepared. Open it when records may come."),
        at="sets",
    ):
        return on
    return render(request, "registry/round_new.html", {"form": form}, status=422 if form.errors else 200)


def _create(said: dict[str, Any], user: User) -> Round:
    """Of the units that the groups have on the reference day."""
    data = dict(said)
    sets = [each.pk for each in data.pop("sets")]
    units = {pk for each in members(sets, data["reference_date"]).values() for pk in each}
    return create_round(**data, units=units, actor=user)


@for_roles()
@require_GET
def round(request: HttpRequest, pk: int) -> HttpResponse:
    """Its definitions, and how many units have sent."""
    user = user_of(request)
    found = get_object_or_404(Round.objects.visible_to(user).select_related("approved_by"), pk=pk)
    return _round_page(request, found, user)


def _round_page(request: HttpRequest, found: Round, user: User, refused: str = "") -> HttpResponse:
    covered = set(found.covered.values_list("organisation", flat=True))
    records = SourceRecord.objects.visible_to(user).filter(round=found)
    sent = set(records.order_by().values_list("sender", flat=True).distinct()) & covered
    names = named_on(covered, found.reference_date)
    missing = sorted(names[pk].name for pk in covered - sent if pk in names)
    context: dict[str, Any] = {
        "round": found,
        "covered": len(covered),
        "sent": len(sent),
        "missing": missing,
        "records": records.count(),
        # Only who sees all of it can say who is missing.
        "counts": can(user, "create", Round),
        "may_open": found.state == Round.State.DRAFT and may(user, "edit", found),
        "may_approve": found.state == Round.State.OPEN and may(user, "approve", found),
        "refused": refused,
    }
    return render(request, "registry/round.html", context, status=422 if refused else 200)


@for_roles()
@require_POST
def round_act(request: HttpRequest, pk: int) -> HttpResponse:
    """`what`: open or approve."""
    user = user_of(request)
    found = get_object_or_404(Round.objects.visible_to(user), pk=pk)
    opens = request.POST.get("what") == "open"
    require(user, "edit" if opens else "approve", found)
    try:
        (open_round if opens else approve_round)(found, actor=user)
    except Refused as refused:
        return _round_page(request, found, user, str(refused))
    messages.success(request, _("The round takes records now.") if opens else _("The round is approved."))
    return redirect("registry:round", pk)


@for_roles()
@require_POST
def source_new(request: HttpRequest) -> HttpResponse:
    user = user_of(request)
    require(user, "create", RunningSource)
    form = SourceForm(request.POST, auto_id="source_%s")
    if not form.is_valid():
        return _rounds_page(request, form)
    create_source(**form.cleaned_data, actor=user)
    messages.success(request, _("The source is there."))
    return redirect("registry:rounds")


@for_roles()
@require_http_methods(["GET", "POST"])
def source_end(request: HttpRequest, pk: int) -> HttpResponse:
    user = user_of(request)
    found = get_object_or_404(RunningSource.objects.visible_to(user), pk=pk)
    require(user, "end", found)
    form = ReasonForm(posted(request))
    if on := acted(
        request,
        form,
        lambda: end_source(found, reason=form.cleaned_data["reason"], actor=user),
        to="registry:rounds",
        said=_("It has ended; its records stay."),
    ):
        return on
    context = {"form": form, "what": found.name, "back": "registry:rounds"}
    return render(request, "registry/end.html", context, status=422 if form.errors else 200)


@for_roles()
@require_http_methods(["GET", "POST"])
def remits(request: HttpRequest) -> HttpResponse:
    """Who may read the register, with the paper that says so."""
    user = user_of(request)
    today = timezone.localdate()
    form = RemitForm(posted(request), bodies=working_units(user, today), initial={"since": today})
    if request.method == "POST":
        require(user, "create", Remit)
        said = _("From that day on the body may read it.")
        if on := acted(
            request, form, lambda: _give(form.cleaned_data, user), to="registry:remits", said=said
        ):
            return on
    rows = list(Remit.objects.visible_to(user).order_by("group", "valid", "pk"))
    names = named_on({row.organisation_id for row in rows}, today)
    context = {
        "rows": [
            {
                "remit": row,
                "name": names[row.organisation_id].name if row.organisation_id in names else "",
                "holds": today in row.valid,
                "ends": row.valid.upper,
            }
            for row in rows
        ],
        "form": form,
        "kept": any(not row.group and today in row.valid for row in rows),
        "may_create": can(user, "create", Remit),
        "tab": "remits",
    }
    return render(request, "registry/remits.html", context, status=422 if form.errors else 200)


def _give(said: dict[str, Any], user: User) -> Remit:
    data = dict(said)
    body = get_object_or_404(Organisation.objects.visible_to(user), pk=data.pop("organisation"))
    return give_remit(body, **data, actor=user)


@for_roles()
@require_http_methods(["GET", "POST"])
def remit_end(request: HttpRequest, pk: int) -> HttpResponse:
    user = user_of(request)
    found = get_object_or_404(Remit.objects.visible_to(user), pk=pk)
    require(user, "end", found)
    form = EndRemitForm(posted(request), initial={"last_day": timezone.localdate()})
    if on := acted(
        request,
        form,
        lambda: end_remit(found, **form.cleaned_data, actor=user),
        to="registry:remits",
        said=_("It ends on that day."),
    ):
        return on
    names = named_on([found.organisation_id], timezone.localdate())
    context = {
        "form": form,
        "what": names[found.organisation_id].name if found.organisation_id in names else "",
        "back": "registry:remits",
    }
    return render(request, "registry/end.html", context, status=422 if form.errors else 200)
