"""Bodies outside the agencies: enterprises, associations, missions, media; the least to name one."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from nhipcau.apps.access.pages import for_roles, posted, user_of
from nhipcau.apps.access.policies import can, require
from nhipcau.apps.orgs.actions import create_organisation
from nhipcau.apps.orgs.forms.lists import PartnerFilter
from nhipcau.apps.orgs.forms.organisations import PartnerForm
from nhipcau.apps.orgs.listing import rows
from nhipcau.apps.orgs.models import Organisation, OrganisationVersion
from nhipcau.apps.orgs.search import in_order, named
from nhipcau.apps.webkit.formats import format_number

PER_PAGE = 25


@for_roles()
@require_GET
def partner_list(request: HttpRequest) -> HttpResponse:
    """Partners of a day, or by any name that they ever had."""
    user = user_of(request)
    chosen = PartnerFilter(request.GET, timezone.localdate())
    found = OrganisationVersion.objects.visible_to(user).filter(
        organisation__realm=Organisation.Realm.PARTNER
    )
    if chosen.value("kind"):
        found = found.filter(kind=chosen.value("kind"))
    if chosen.value("on") or not chosen.words:
        found = found.filter(valid__contains=chosen.day)
    ordered: Any = named(found, chosen.words) if chosen.words else found.order_by("name_sort", "pk")
    page = Paginator(ordered, PER_PAGE).get_page(request.GET.get("page"))
    count = page.paginator.count
    heading = ngettext("%(n)s partner", "%(n)s partners", count) % {"n": format_number(count)}
    context = {
        "heading": heading if count or chosen.used else _("No partner is named yet"),
        "page_obj": page,
        "rows": rows(in_order(page) if chosen.words else list(page), chosen.day),
        "filter": chosen,
        "filtered": chosen.used,
        "can_create": can(user, "create", Organisation),
        "tab": "partners",
    }
    return render(request, "orgs/partners.html", context)


@for_roles()
@require_http_methods(["GET", "POST"])
def partner_new(request: HttpRequest) -> HttpResponse:
    """A name and what it is."""
    user = user_of(request)
    require(user, "create", Organisation)
    form = PartnerForm(posted(request))
    if request.method == "POST" and form.is_valid():
        made = create_organisation(**form.cleaned_data, actor=user)
        messages.success(request, _("The partner is there and can be named."))
        return redirect("orgs:detail", made.pk)
    return render(request, "orgs/partner_new.html", {"form": form}, status=422 if form.errors else 200)
