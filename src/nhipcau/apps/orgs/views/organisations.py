"""Organisations: who is there today, each through time, and the least to add one."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from nhipcau.apps.access.pages import for_roles, posted, user_of
from nhipcau.apps.access.policies import can, require
from nhipcau.apps.access.scope import scope_of
from nhipcau.apps.orgs.actions import add_alias, create_organisation, rename_organisation
from nhipcau.apps.orgs.forms.lists import AgencyFilter, ListFilter, day_of
from nhipcau.apps.orgs.forms.organisations import AliasForm, OrganisationForm, RenameForm
from nhipcau.apps.orgs.kept import LISTED
from nhipcau.apps.orgs.listing import Row, rows
from nhipcau.apps.orgs.models import HomeProvince, Organisation, OrganisationVersion
from nhipcau.apps.orgs.models.organisation import OrganisationVersionQuerySet
from nhipcau.apps.orgs.portrait import portrait
from nhipcau.apps.orgs.search import in_order, named
from nhipcau.apps.webkit.formats import format_date, format_number

PER_PAGE = 25


@for_roles()
@require_GET
def organisation_list(request: HttpRequest) -> HttpResponse:
    """Agencies and our own communes: those of a day, or by any name that they ever had."""
    user = user_of(request)
    chosen = AgencyFilter(request.GET, timezone.localdate())
    found = OrganisationVersion.objects.visible_to(user).working()
    if chosen.value("realm"):
        found = found.filter(organisation__realm=chosen.value("realm"))
    if chosen.value("kind"):
        found = found.filter(kind=chosen.value("kind"))
    if chosen.value("on") or not chosen.words:
        found = found.filter(valid__contains=chosen.day)
    page = _page(request, found, chosen)
    count = page.paginator.count
    context = {
        "heading": _heading(chosen, count),
        "page_obj": page,
        "rows": page.object_list,
        "filter": chosen,
        "filtered": chosen.used,
        "can_create": can(user, "create", Organisation),
        "tab": "agencies",
        "sees_acts": scope_of(user).has("coordinator", "leader", "system_admin"),
    }
    return render(request, "orgs/list.html", context)


def _page(request: HttpRequest, found: OrganisationVersionQuerySet, chosen: AgencyFilter) -> Page[Row]:
    """The rows of a page; those of today's list are kept until an organisation changes."""
    number = request.GET.get("page")

    def made() -> tuple[int, tuple[Row, ...]]:
        ordered: Any = named(found, chosen.words) if chosen.words else found.order_by("name_sort", "pk")
        page = Paginator(ordered, PER_PAGE).get_page(number)
        shown = in_order(page) if chosen.words else list(page)
        return page.paginator.count, tuple(rows(shown, chosen.day))

    if chosen.words or chosen.value("on"):
        count, shown = made()
    else:
        roles = bool(scope_of(user_of(request)).roles)
        key = (roles, chosen.day, chosen.value("realm"), chosen.value("kind"), number)
        count, shown = LISTED.get(key, made)
    pages: Paginator[Row] = Paginator((), PER_PAGE)
    pages.count = count
    page = pages.get_page(number)
    page.object_list = list(shown)
    return page


def _heading(chosen: AgencyFilter, count: int) -> str:
    number = format_number(count)
    if chosen.words:
        return ngettext("%(n)s organisation found", "%(n)s organisations found", count) % {"n": number}
    if chosen.value("on"):
        return ngettext("%(n)s organisation on %(day)s", "%(n)s organisations on %(day)s", count) % {
            "n": number,
            "day": format_date(chosen.day),
        }
    return ngettext("%(n)s organisation at work", "%(n)s organisations at work", count) % {"n": number}


@for_roles()
@require_http_methods(["GET", "POST"])
def organisation_new(request: HttpRequest) -> HttpResponse:
    user = user_of(request)
    require(user, "create", Organisation)
    form = OrganisationForm(posted(request))
    if request.method == "POST" and form.is_valid():
        made = create_organisation(**form.cleaned_data, actor=user)
        messages.success(request, _("The organisation is there. Documents may name it from now on."))
        return redirect("orgs:detail", made.pk)
    return render(request, "orgs/new.html", {"form": form}, status=422 if form.errors else 200)


@for_roles()
@require_GET
def organisation_detail(request: HttpRequest, pk: int) -> HttpResponse:
    organisation = get_object_or_404(Organisation.objects.visible_to(user_of(request)), pk=pk)
    return _detail(request, organisation)


@for_roles()
@require_POST
def alias_new(request: HttpRequest, pk: int) -> HttpResponse:
    user = user_of(request)
    organisation = get_object_or_404(Organisation.objects.visible_to(user), pk=pk)
    require(user, "edit", organisation)
    form = AliasForm(request.POST)
    if not form.is_valid():
        return _detail(request, organisation, alias_form=form)
    add_alias(organisation, form.cleaned_data["text"], actor=user)
    messages.success(request, _("Documents that write it so are understood from now on."))
    return redirect("orgs:detail", pk)


@for_roles()
@require_POST
def rename(request: HttpRequest, pk: int) -> HttpResponse:
    user = user_of(request)
    organisation = get_object_or_404(Organisation.objects.visible_to(user), pk=pk)
    require(user, "edit", organisation)
    form = RenameForm(request.POST)
    if form.is_valid():
        try:
            rename_organisation(organisation, **form.cleaned_data, actor=user)
        except OrganisationVersion.DoesNotExist:
            form.add_error("valid_from", _("The organisation did not exist on that day."))
        else:
            messages.success(
                request, _("The new name holds from that day; older documents keep the old one.")
            )
            return redirect("orgs:detail", pk)
    return _detail(request, organisation, rename_form=form)


def _detail(request: HttpRequest, organisation: Organisation, **forms: Any) -> HttpResponse:
    user, today = user_of(request), timezone.localdate()
    day = day_of(request.GET, today)
    bad = any(form.errors for form in forms.values())
    context = {
        "organisation": organisation,
        "portrait": portrait(organisation, day, today),
        "aliases": organisation.aliases.all(),
        "sets": [
            each.set for each in organisation.memberships.select_related("set").order_by("set__name_fold")
        ],
        "may_edit": can(user, "edit", organisation),
        "is_home": HomeProvince.objects.visible_to(user).filter(place=organisation).exists(),
        "may_set_home": can(user, "set_home", organisation),
        "alias_form": AliasForm(),
        "rename_form": RenameForm(auto_id="rename_%s"),
        "day_filter": ListFilter(request.GET, today),
        **forms,
    }
    return render(request, "orgs/detail.html", context, status=422 if bad else 200)
