"""Organisations: who is there today, each through time, and the least to add one."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from nhipcau.apps.access.pages import for_roles, posted, user_of
from nhipcau.apps.access.policies import can, require
from nhipcau.apps.orgs.actions import add_alias, create_organisation, rename_organisation
from nhipcau.apps.orgs.directory import versions
from nhipcau.apps.orgs.forms.organisations import AliasForm, OrganisationForm, RenameForm
from nhipcau.apps.orgs.models import Organisation, OrganisationVersion
from nhipcau.apps.webkit.addresses import typed
from nhipcau.apps.webkit.formats import format_number
from nhipcau.core.text import fold

PER_PAGE = 50


@for_roles()
@require_GET
def organisation_list(request: HttpRequest) -> HttpResponse:
    """Those that exist today, by name or alias, without marks."""
    user = user_of(request)
    today = timezone.localdate()
    rows = OrganisationVersion.objects.visible_to(user).filter(valid__contains=today)
    rows = rows.order_by("name_sort", "pk")
    words, kind = typed(request, "q", 100), typed(request, "kind")
    for word in fold(words).split()[:8]:
        rows = rows.filter(name_fold__contains=word)
    if kind in OrganisationVersion.Kind.values:
        rows = rows.filter(kind=kind)
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    count = page.paginator.count
    heading = ngettext("%(n)s organisation at work", "%(n)s organisations at work", count) % {
        "n": format_number(count)
    }
    context = {
        "heading": heading,
        "page_obj": page,
        "words": words,
        "kind": kind,
        "kinds": OrganisationVersion.Kind.choices,
        "filtered": bool(words or kind),
        "can_create": can(user, "create", Organisation),
    }
    return render(request, "orgs/list.html", context)


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
    user = user_of(request)
    now = versions([organisation.pk], timezone.localdate()).get(organisation.pk)
    bad = any(form.errors for form in forms.values())
    context = {
        "organisation": organisation,
        "now": now,
        "names": organisation.versions.order_by("-valid"),
        "aliases": organisation.aliases.all(),
        "sets": [
            each.set for each in organisation.memberships.select_related("set").order_by("set__name_fold")
        ],
        "may_edit": can(user, "edit", organisation),
        "alias_form": AliasForm(),
        "rename_form": RenameForm(auto_id="rename_%s"),
        **forms,
    }
    return render(request, "orgs/detail.html", context, status=422 if bad else 200)
