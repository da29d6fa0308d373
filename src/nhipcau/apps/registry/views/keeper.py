"""Who keeps the register, and who looks after personal data: named with a paper, changed with open eyes."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from nhipcau.apps.access.pages import acted, for_roles, user_of
from nhipcau.apps.access.policies import can, require
from nhipcau.apps.access.refusals import Refused
from nhipcau.apps.accounts.models import User
from nhipcau.apps.orgs.holders import holders
from nhipcau.apps.orgs.kept import named_on, working_units
from nhipcau.apps.orgs.models import Organisation
from nhipcau.apps.registry.actions import change_keeper, end_data_officer, name_data_officer
from nhipcau.apps.registry.forms.leaving import DataOfficerForm, KeeperForm
from nhipcau.apps.registry.forms.rounds import ReasonForm
from nhipcau.apps.registry.models import DataOfficer, Remit
from nhipcau.apps.registry.overseeing import keepers, others_at_work


@for_roles()
@require_http_methods(["GET", "POST"])
def keeper(request: HttpRequest) -> HttpResponse:
    """A change is shown first: who will read the whole register, and who no longer."""
    user = user_of(request)
    if request.method != "POST":
        return _page(request, user)
    require(user, "create", Remit)
    form = KeeperForm(request.POST, bodies=working_units(user, timezone.localdate()))
    if not form.is_valid():
        return _page(request, user, form=form)
    data = dict(form.cleaned_data)
    body = get_object_or_404(Organisation.objects.visible_to(user), pk=data.pop("organisation"))
    if not request.POST.get("seen"):
        return _page(request, user, form=form, change=_change(body.pk, data["since"]))
    try:
        change_keeper(body, **data, actor=user)
    except Refused as refused:
        form.add_error(None, str(refused))
        return _page(request, user, form=form)
    messages.success(request, _("The keeper is named. What each may read follows from that day on."))
    return redirect("registry:keeper")


def _change(body: int, since: date) -> dict[str, Any]:
    """Who begins to read the whole register, and who no longer does."""
    after = {each.pk: each for each in holders(("coordinator", "officer"), since, [body])}
    before = {each.pk: each for each in keepers()}
    return {
        "body": named_on([body], since)[body].name,
        "since": since,
        "gain": [each.full_name for pk, each in after.items() if pk not in before],
        "lose": [each.full_name for pk, each in before.items() if pk not in after],
    }


def _page(
    request: HttpRequest,
    user: User,
    *,
    form: KeeperForm | None = None,
    officer_form: DataOfficerForm | None = None,
    change: dict[str, Any] | None = None,
) -> HttpResponse:
    today = timezone.localdate()
    rows = list(Remit.objects.visible_to(user).filter(group="").order_by("-valid", "-pk"))
    names = named_on({row.organisation_id for row in rows}, today)
    now = [row for row in rows if today in row.valid]
    context = {
        "now": [names[row.organisation_id].name for row in now],
        "ever": any(row.valid.lower <= today for row in rows),
        "rows": [
            {"remit": row, "name": names[row.organisation_id].name, "ends": row.valid.upper} for row in rows
        ],
        "form": form or KeeperForm(bodies=working_units(user, today), initial={"since": today}),
        "change": change,
        "officers": DataOfficer.objects.visible_to(user).select_related("user").order_by("-valid", "pk"),
        "today": today,
        "officer_form": officer_form
        or DataOfficerForm(users=_candidates(user), initial={"since": today}, auto_id="officer_%s"),
        "may_create": can(user, "create", Remit),
        "tab": "remits",
    }
    wrong = (form is not None and not change) or officer_form is not None
    return render(request, "registry/keeper.html", context, status=422 if wrong else 200)


def _candidates(user: User) -> list[tuple[int, str]]:
    """Others who hold a role today."""
    if not can(user, "create", DataOfficer):
        return []
    return [(each.pk, each.full_name) for each in others_at_work(user)]


@for_roles()
@require_POST
def data_officer_new(request: HttpRequest) -> HttpResponse:
    user = user_of(request)
    require(user, "create", DataOfficer)
    form = DataOfficerForm(request.POST, users=_candidates(user), auto_id="officer_%s")
    said = _("Named. This person is told of every look out of scope.")
    if on := acted(request, form, lambda: _name(form.cleaned_data, user), to="registry:keeper", said=said):
        return on
    return _page(request, user, officer_form=form)


def _name(said: dict[str, Any], user: User) -> DataOfficer:
    named = next(each for each in others_at_work(user) if each.pk == said["user"])
    return name_data_officer(**said | {"user": named}, actor=user)


@for_roles()
@require_http_methods(["GET", "POST"])
def data_officer_end(request: HttpRequest, pk: int) -> HttpResponse:
    user = user_of(request)
    found = get_object_or_404(DataOfficer.objects.visible_to(user).select_related("user"), pk=pk)
    require(user, "end", found)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if on := acted(
        request,
        form,
        lambda: end_data_officer(found, reason=form.cleaned_data["reason"], actor=user),
        to="registry:keeper",
        said=_("It has ended."),
    ):
        return on
    context = {"form": form, "what": found.user.full_name, "back": "registry:keeper"}
    return render(request, "registry/end.html", context, status=422 if form.errors else 200)
