"""The rounds of estimates, a year each; opening and changing one."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from nhipcau.apps.access.pages import for_roles, posted, user_of
from nhipcau.apps.access.policies import can, require
from nhipcau.apps.accounts.models import User
from nhipcau.apps.orgs.directory import names
from nhipcau.apps.orgs.models import Organisation, OrganisationVersion
from nhipcau.apps.plans.actions import close_round, edit_round, open_round, remind_agencies
from nhipcau.apps.plans.forms.estimate import RoundForm
from nhipcau.apps.plans.models import Assignment, EstimateRound
from nhipcau.apps.plans.refusals import Refused
from nhipcau.apps.plans.views.money.finding import round_of
from nhipcau.apps.webkit.addresses import whole
from nhipcau.apps.webkit.formats import format_number
from nhipcau.core.text import fold

PER_PAGE = 30
FINANCE = "so tai chinh"


@for_roles()
@require_GET
def rounds(request: HttpRequest) -> HttpResponse:
    """The newest year on top: how many have sent."""
    user = user_of(request)
    rows = (
        EstimateRound.objects.visible_to(user)
        .annotate(asked=Count("agencies"), sent=Count("agencies", filter=Q(agencies__sent_at__isnull=False)))
        .order_by("-year")
    )
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    found = list(page.object_list)
    known = names({row.finance_id for row in found}, timezone.localdate())
    open_now = sum(row.closed_at is None for row in found)
    words = ngettext("%(n)s round of estimates is open", "%(n)s rounds of estimates are open", open_now)
    context = {
        "heading": words % {"n": format_number(open_now)} if open_now else _("No round of estimates is open"),
        "page_obj": page,
        "rows": [{"round": row, "finance": known.get(row.finance_id, "")} for row in found],
        "without_filters": True,
        "may_open": can(user, "create", EstimateRound),
    }
    return render(request, "plans/money/rounds.html", context)


@for_roles()
@require_http_methods(["GET", "POST"])
def round_new(request: HttpRequest) -> HttpResponse:
    """A year is opened; agencies that are charged with tasks are proposed."""
    user = user_of(request)
    require(user, "create", EstimateRound)
    agencies = _agencies(user)
    proposed = {"finance": _finance(agencies), "year": timezone.localdate().year + 1}
    form = RoundForm(agencies, posted(request), initial=proposed)
    chosen = _chosen(request) if request.method == "POST" else _charged(user)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            made = open_round(
                data["year"],
                send_by=data["send_by"],
                finance=Organisation.objects.visible_to(user).get(pk=data["finance"]),
                agencies=chosen & {pk for pk, _name in agencies},
                words=data["note"],
                actor=user,
            )
        except Refused as refusal:
            form.add_error(None, refusal.message())
        else:
            messages.success(request, _("The round is open; the agencies have been told."))
            return redirect("plans:round", made.year)
    return _form(request, form, agencies, chosen, None)


@for_roles()
@require_http_methods(["GET", "POST"])
def round_edit(request: HttpRequest, year: int) -> HttpResponse:
    """Another day, another finance agency, agencies more or fewer."""
    found, user = round_of(request, year, "edit"), user_of(request)
    there = set(found.agencies.values_list("organisation_id", flat=True))
    agencies = _agencies(user, there | {found.finance_id})
    kept = {"year": found.year, "send_by": found.send_by, "finance": found.finance_id, "note": found.note}
    form = RoundForm(agencies, posted(request), initial=kept)
    del form.fields["year"]
    chosen = _chosen(request) if request.method == "POST" else there
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            edit_round(
                found,
                send_by=data["send_by"],
                finance=Organisation.objects.visible_to(user).get(pk=data["finance"]),
                agencies=chosen & {pk for pk, _name in agencies},
                words=data["note"],
                actor=user,
            )
        except Refused as refusal:
            form.add_error(None, refusal.message())
        else:
            messages.success(request, _("Saved."))
            return redirect("plans:round", found.year)
    return _form(request, form, agencies, chosen, found)


@for_roles()
@require_POST
def round_close(request: HttpRequest, year: int) -> HttpResponse:
    found = round_of(request, year, "close")
    try:
        close_round(found, actor=user_of(request))
    except Refused as refusal:
        messages.error(request, refusal.message())
    else:
        messages.success(request, _("The round is closed; its figures stay as they are."))
    return redirect("plans:round", found.year)


@for_roles()
@require_POST
def round_remind(request: HttpRequest, year: int) -> HttpResponse:
    found = round_of(request, year, "edit")
    try:
        told = remind_agencies(found, actor=user_of(request))
    except Refused as refusal:
        messages.error(request, refusal.message())
    else:
        words = ngettext("%(n)s agency was reminded.", "%(n)s agencies were reminded.", told)
        messages.success(request, words % {"n": format_number(told)})
    return redirect("plans:round", found.year)


def _form(
    request: HttpRequest,
    form: RoundForm,
    agencies: list[tuple[int, str]],
    chosen: set[int],
    found: EstimateRound | None,
) -> HttpResponse:
    context: dict[str, Any] = {
        "form": form,
        "round": found,
        "agencies": [{"pk": str(pk), "name": name, "checked": pk in chosen} for pk, name in agencies],
    }
    status = 422 if form.errors else 200
    return render(request, "plans/money/round_form.html", context, status=status)


def _agencies(user: User, others: set[int] | None = None) -> list[tuple[int, str]]:
    """Those that work here today, by name; and those that the round has already."""
    rows = OrganisationVersion.objects.visible_to(user).filter(valid__contains=timezone.localdate())
    found = list(rows.working().order_by("name_sort", "pk").values_list("organisation_id", "name"))
    gone = (others or set()) - {pk for pk, _name in found}
    return [*found, *names(gone, timezone.localdate()).items()]


def _charged(user: User) -> set[int]:
    """Organisations that are charged with a task in force."""
    rows = Assignment.objects.visible_to(user).filter(
        ended_at=None, partner=False, organisation__isnull=False, task__ended_at=None
    )
    return set(rows.order_by().values_list("organisation_id", flat=True).distinct())


def _finance(agencies: list[tuple[int, str]]) -> int | None:
    """The agency whose name says that it is the one for finance: a proposal."""
    return next((pk for pk, name in agencies if fold(name).startswith(FINANCE)), None)


def _chosen(request: HttpRequest) -> set[int]:
    return {pk for pk in map(whole, request.POST.getlist("agency")) if pk is not None}
