"""A look at one person out of one's scope, and its review."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from nhipcau.apps.access.pages import acted, for_roles, posted, user_of
from nhipcau.apps.access.policies import can, may, require
from nhipcau.apps.access.refusals import Refused
from nhipcau.apps.registry.actions import look_up, review_look_up
from nhipcau.apps.registry.forms.leaving import LookUpForm, ReviewForm
from nhipcau.apps.registry.models import LookUp, Person
from nhipcau.apps.webkit.formats import format_number

PER_PAGE = 25


@for_roles()
@require_http_methods(["GET", "POST"])
def lookup_new(request: HttpRequest) -> HttpResponse:
    """Whoever is not found is told of in the same words as one who is not hers."""
    user = user_of(request)
    require(user, "create", LookUp)
    form = LookUpForm(posted(request), initial={"name": request.GET.get("q", "")[:200]})
    nobody = False
    if request.method == "POST" and form.is_valid():
        try:
            found = look_up(**form.cleaned_data, actor=user)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            if found is not None:
                return redirect("registry:person", found.pk)
            nobody = True
    context = {"form": form, "nobody": nobody}
    return render(request, "registry/lookup_new.html", context, status=422 if form.errors else 200)


@for_roles()
@require_GET
def lookups(request: HttpRequest) -> HttpResponse:
    """Those that wait for review first, the longest waiting above."""
    user = user_of(request)
    require(user, "list", LookUp)
    every = LookUp.objects.visible_to(user)
    now = timezone.now()
    waiting = every.to_review().count()
    overdue = every.to_review().filter(review_by__lt=now).count()
    shown = request.GET.get("show", "")
    rows = every.select_related("user", "reviewed_by")
    if shown == "waiting":
        rows = rows.to_review()
    elif shown == "misuse":
        rows = rows.filter(verdict=LookUp.Verdict.MISUSE)
    heading = ngettext(
        "%(n)s look out of scope waits for review", "%(n)s looks out of scope wait for review", waiting
    ) % {"n": format_number(waiting)}
    context = {
        "heading": heading if waiting else _("No look out of scope waits for review"),
        "overdue": overdue,
        "page_obj": Paginator(rows.order_by("-pk"), PER_PAGE).get_page(request.GET.get("page")),
        "shown": shown if shown in ("waiting", "misuse") else "",
        "filtered": shown in ("waiting", "misuse"),
        "now": now,
    }
    return render(request, "registry/lookups.html", context)


@for_roles()
@require_http_methods(["GET", "POST"])
def lookup(request: HttpRequest, pk: int) -> HttpResponse:
    """Who looked, why, and whether that was in order."""
    user = user_of(request)
    found = get_object_or_404(LookUp.objects.visible_to(user).select_related("user", "reviewed_by"), pk=pk)
    form = ReviewForm(posted(request))
    if request.method == "POST":
        require(user, "review", found)
        if on := acted(
            request,
            form,
            lambda: review_look_up(found, **form.cleaned_data, actor=user),
            to=reverse("registry:lookup", args=[pk]),
            said=_("Reviewed. The verdict stands in the record."),
        ):
            return on
    context = {
        "look": found,
        "person": Person.objects.visible_to(user).filter(pk=found.person_id or 0).first(),
        "form": form,
        "may_review": found.until is not None and not found.verdict and may(user, "review", found),
        "may_list": can(user, "list", LookUp),
        "now": timezone.now(),
    }
    return render(request, "registry/lookup.html", context, status=422 if form.errors else 200)
