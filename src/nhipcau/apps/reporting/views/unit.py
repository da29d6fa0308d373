"""What a coordinator changes for one unit of a period: excused, asked again, more time, who reviews first."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from nhipcau.apps.access.pages import for_roles, user_of
from nhipcau.apps.access.policies import require
from nhipcau.apps.accounts.models import User
from nhipcau.apps.orgs.directory import names
from nhipcau.apps.orgs.models import Organisation
from nhipcau.apps.plans.consulting import meant_by
from nhipcau.apps.plans.forms.upload import ReasonForm
from nhipcau.apps.reporting.actions.allow_unit import allow_unit
from nhipcau.apps.reporting.actions.excuse_unit import ask_unit_again, excuse_unit
from nhipcau.apps.reporting.actions.set_through import set_through
from nhipcau.apps.reporting.endings import ending_words, is_code
from nhipcau.apps.reporting.forms.period import AllowForm, ThroughForm
from nhipcau.apps.reporting.models import Deferral, Obligation, Period
from nhipcau.apps.reporting.refusals import Refused
from nhipcau.apps.reporting.signs import sign_of
from nhipcau.apps.reporting.views.periods import names_today
from nhipcau.apps.webkit.addresses import sent, whole
from nhipcau.core.workdays import end_of

RIGHTS = {"excuse": "excuse", "ask_again": "excuse", "allow": "defer", "through": "defer"}


@for_roles()
@require_http_methods(["GET", "POST"])
def unit(request: HttpRequest, pk: int) -> HttpResponse:
    """`what` of a form that was sent is one of RIGHTS."""
    user = user_of(request)
    rows = Obligation.objects.visible_to(user).select_related("period__form_version__form", "changed_by")
    found = get_object_or_404(rows, pk=pk)
    what = sent(request, "what", 10) if request.method == "POST" else ""
    require(user, RIGHTS.get(what, "excuse"), found)
    if what not in RIGHTS:
        return _page(request, found, {})
    form = _form(what, request)
    if form.is_valid():
        try:
            _do(what, found, form, _version(request), user)
        except Refused as refusal:
            form.add_error(None, refusal.message())
        else:
            messages.success(request, _("Saved."))
            return redirect("reporting:period_setup", found.period_id)
    return _page(request, found, {what: form})


def _version(request: HttpRequest) -> int:
    return whole(sent(request, "version", 12)) or 0


def _form(what: str, request: HttpRequest) -> Form:
    if what == "excuse":
        return ReasonForm(request.POST, auto_id="excuse_%s")
    if what == "allow":
        return AllowForm(request.POST, auto_id="allow_%s")
    if what == "through":
        return ThroughForm(request.POST, auto_id="through_%s")
    return Form(request.POST)


def _do(what: str, found: Obligation, form: Form, version: int, user: User) -> None:
    data = form.cleaned_data
    if what == "excuse":
        excuse_unit(found, reason=data["reason"], version=version, actor=user)
    elif what == "ask_again":
        ask_unit_again(found, version=version, actor=user)
    elif what == "allow":
        allow_unit(found, until=end_of(data["until"]), reason=data["reason"], version=version, actor=user)
    else:
        set_through(found, _named(data["through"], user), version=version, actor=user)


def _named(name: str, user: User) -> Organisation | None:
    """The unit of that name. Raises Refused("unknown-unit")."""
    if not name.strip():
        return None
    meant = meant_by([name], (), timezone.localdate())
    single = [pk for pk, group in meant.asked.items() if group is None]
    if len(single) != 1:
        raise Refused("unknown-unit", name=name)
    return Organisation.objects.visible_to(user).get(pk=single[0])


def _page(request: HttpRequest, found: Obligation, forms: Mapping[str, Form]) -> HttpResponse:
    user, now = user_of(request), timezone.now()
    bodies = {found.organisation_id, found.through_id or found.organisation_id}
    known = names(bodies, timezone.localdate())
    initial = {"through": known[found.through_id] if found.through_id else ""}
    owed = found.state in (Obligation.State.WAITING, Obligation.State.RETURNED)
    context: dict[str, Any] = {
        "row": found,
        "name": known.get(found.organisation_id, ""),
        "shown": sign_of(found, now),
        "excused": ending_words(found.excused_reason),
        "excused_is_code": is_code(found.excused_reason),
        "deferrals": list(
            Deferral.objects.visible_to(user).filter(obligation=found).select_related("decided_by")
        ),
        "owed": owed and found.period.state != Period.State.CLOSED,
        "open": found.period.state == Period.State.OPEN,
        "excuse_form": forms.get("excuse") or ReasonForm(auto_id="excuse_%s"),
        "allow_form": forms.get("allow") or AllowForm(auto_id="allow_%s"),
        "through_form": forms.get("through") or ThroughForm(auto_id="through_%s", initial=initial),
        "again_form": forms.get("ask_again") or Form(),
        "opened": next(iter(forms), ""),
        "organisation_names": names_today(user),
    }
    return render(request, "reporting/unit.html", context, status=422 if forms else 200)
