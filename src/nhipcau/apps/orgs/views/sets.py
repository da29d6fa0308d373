"""Groups that plans name: who is in them, confirmed once by a coordinator."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from nhipcau.apps.access.pages import for_roles, posted, user_of
from nhipcau.apps.access.policies import can, require
from nhipcau.apps.orgs.actions import confirm_set
from nhipcau.apps.orgs.directory import members, versions
from nhipcau.apps.orgs.forms.organisations import SetForm
from nhipcau.apps.orgs.models import OrganisationSet, OrganisationVersion
from nhipcau.apps.webkit.addresses import whole


@for_roles()
@require_GET
def set_list(request: HttpRequest) -> HttpResponse:
    """Unconfirmed ones first: those wait for somebody."""
    user = user_of(request)
    rows = OrganisationSet.objects.visible_to(user).annotate(
        size=Count("members__organisation", distinct=True)
    )
    waiting = [row for row in rows if row.confirmed_at is None]
    context = {
        "tab": "sets",
        "waiting": waiting,
        "confirmed": [row for row in rows if row.confirmed_at is not None],
        "can_confirm": can(user, "create", OrganisationSet),
    }
    return render(request, "orgs/sets.html", context)


@for_roles()
@require_http_methods(["GET", "POST"])
def set_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """The members as boxes to untick; more by name. `next` leads back to the plan that asked."""
    user = user_of(request)
    group = get_object_or_404(OrganisationSet.objects.visible_to(user), pk=pk)
    today = timezone.localdate()
    ids = members([group.pk], today)[group.pk]
    if request.method == "POST":
        require(user, "confirm", group)
    form = SetForm(posted(request), initial={"name": group.name})
    ticked = {whole(value) for value in request.POST.getlist("member")}
    kept = {member for member in ids if member in ticked}
    if request.method == "POST" and form.is_valid():
        wanted = kept | set(form.cleaned_data["add"])
        if wanted:
            confirm_set(group, wanted, actor=user, name=form.cleaned_data["name"])
            messages.success(
                request, _("The group is confirmed; every plan that names it means these members.")
            )
            return redirect(_back(request) or "orgs:sets")
        form.add_error(None, _("A group needs at least one member."))
    named = sorted(versions(ids, today).values(), key=lambda version: version.name_sort)
    context = {
        "group": group,
        "form": form,
        "members": [
            (version, request.method == "GET" or version.organisation_id in kept) for version in named
        ],
        "may_confirm": can(user, "confirm", group),
        "next": _back(request),
        "phrases": group.phrases.all(),
        "organisation_names": OrganisationVersion.objects.visible_to(user)
        .working()
        .filter(valid__contains=today)
        .values_list("name", flat=True),
    }
    return render(request, "orgs/set.html", context, status=422 if form.errors else 200)


def _back(request: HttpRequest) -> str:
    address = request.POST.get("next") or request.GET.get("next") or ""
    safe = url_has_allowed_host_and_scheme(address, {request.get_host()}, require_https=request.is_secure())
    return address if safe else ""
