"""Exports of people: asked for, decided by a second officer, followed while they are written, downloaded."""

from __future__ import annotations

import io
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Case, Count, Max, Q, When
from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from nhipcau.apps.access.pages import acted, for_roles, posted, pressed, user_of
from nhipcau.apps.access.policies import can, may, require
from nhipcau.apps.access.refusals import Refused
from nhipcau.apps.accounts.models import User
from nhipcau.apps.files.sending import TYPES
from nhipcau.apps.reference.models import Country
from nhipcau.apps.registry.actions import ask_export, decide_export, end_export, take_export, tell_recipients
from nhipcau.apps.registry.exporting import COLUMNS, NARROWED_BY, wanted_people
from nhipcau.apps.registry.forms.leaving import AnswerForm, ExportForm, ToldForm
from nhipcau.apps.registry.forms.people import PeopleFilter
from nhipcau.apps.registry.models import Basis, Export, Group, LookUp, Recall, Sharing
from nhipcau.apps.webkit.formats import format_number

PER_PAGE = 25


@for_roles()
@require_GET
def exports(request: HttpRequest) -> HttpResponse:
    """One's own; to the keeper and the data officer all."""
    user = user_of(request)
    if not (can(user, "create", Export) or can(user, "list", LookUp)):
        require(user, "create", Export)
    every = Export.objects.visible_to(user)
    page = Paginator(every.select_related("asked_by").defer("holds"), PER_PAGE).get_page(
        request.GET.get("page")
    )
    count = page.paginator.count
    heading = ngettext("%(n)s export of people", "%(n)s exports of people", count)
    context = {
        "heading": heading % {"n": format_number(count)}
        if count
        else _("No list of people has left the register"),
        "page_obj": page,
        "without_filters": True,
        "oversees": can(user, "list", LookUp),
        "days": settings.EXPORT_DAYS,
        "tab": "exports",
    }
    return render(request, "registry/exports.html", context)


@for_roles()
@require_http_methods(["GET", "POST"])
def export_new(request: HttpRequest) -> HttpResponse:
    """Of the people that the list shows, by the same words in the address."""
    user = user_of(request)
    require(user, "create", Export)
    chosen = PeopleFilter(request.GET)
    wanted = {name: chosen.value(name) for name in NARROWED_BY}
    form = ExportForm(posted(request))
    people, refusal = 0, ""
    try:
        people = wanted_people(user, wanted).order_by().count()
    except Refused as refused:
        refusal = str(refused)
    if on := acted(
        request,
        form,
        lambda: ask_export(**form.cleaned_data, wanted=wanted, actor=user),
        to=lambda made: reverse("registry:export", args=[made.pk]),
    ):
        return on
    context = {
        "form": form,
        "people": people,
        "refusal": refusal,
        "narrowed": narrowed_in_words(user, wanted),
        "alone": settings.EXPORT_ALONE,
        "second": people > settings.EXPORT_ALONE,
        "days": settings.EXPORT_DAYS,
    }
    return render(request, "registry/export_new.html", context, status=422 if form.errors else 200)


def narrowed_in_words(user: User, wanted: dict[str, str]) -> list[str]:
    """What the list was narrowed by, as a reader says it."""
    words = [f"“{wanted['q']}”"] if wanted.get("q") else []
    if code := wanted.get("country"):
        country = Country.objects.visible_to(user).current().filter(code=code).first()
        words.append(country.label if country is not None else code)
    for name, choices in (("group", Group.choices), ("basis", Basis.choices)):
        if wanted.get(name):
            words.append(capfirst(str(dict(choices).get(wanted[name], wanted[name]))))
    return words


@for_roles()
@require_GET
def export(request: HttpRequest, pk: int) -> HttpResponse:
    """How far it is; asked for by the page itself while it is written."""
    user = user_of(request)
    return _page(request, user, _find(user, pk))


def _find(user: User, pk: int) -> Export:
    found = Export.objects.visible_to(user).select_related("asked_by", "decided_by", "work", "sharing")
    return get_object_or_404(found.defer("holds"), pk=pk)


def _page(
    request: HttpRequest,
    user: User,
    found: Export,
    form: AnswerForm | None = None,
    told: ToldForm | None = None,
) -> HttpResponse:
    writing = found.state == Export.State.WRITING
    there = found.state == Export.State.READY and (found.expires_at or timezone.now()) > timezone.now()
    recalls = list(Recall.objects.visible_to(user).filter(export=found).select_related("told_by"))
    called_back = found.ended_why in Recall.Why.values
    context: dict[str, Any] = {
        "export": found,
        "recalls": recalls,
        "may_tell": any(each.told_at is None for each in recalls) and may(user, "tell", found),
        "told_form": told or ToldForm(auto_id="told_%s"),
        "again": urlencode(found.wanted) if called_back and may(user, "take", found) else None,
        "writing": writing,
        "narrowed": narrowed_in_words(user, found.wanted),
        "columns": [capfirst(str(COLUMNS[code])) for code in found.columns if code in COLUMNS],
        "may_decide": found.state == Export.State.WAITING and may(user, "decide", found),
        "may_take": there and may(user, "take", found),
        "may_end": there and may(user, "end", found),
        "seen_sharing": bool(found.sharing_id) and can(user, "list", Sharing),
        "there": there,
        "form": form or AnswerForm(),
    }
    part = request.headers.get("HX-Request") and writing
    name = "registry/parts/export_work.html" if part else "registry/export.html"
    answer = render(request, name, context, status=422 if form or told else 200)
    if request.headers.get("HX-Request") and not writing:
        answer["HX-Refresh"] = "true"
    return answer


@for_roles()
@require_POST
def export_decide(request: HttpRequest, pk: int) -> HttpResponse:
    """`answer`: yes or no."""
    user = user_of(request)
    found = _find(user, pk)
    require(user, "decide", found)
    form, agrees = AnswerForm(request.POST), request.POST.get("answer") == "yes"
    if on := acted(
        request,
        form,
        lambda: decide_export(found, agrees=agrees, reason=form.cleaned_data["reason"], actor=user),
        to=reverse("registry:export", args=[pk]),
        said=_("Agreed: the file is being written.") if agrees else _("Not agreed."),
    ):
        return on
    return _page(request, user, found, form)


@for_roles()
@require_GET
def export_file(request: HttpRequest, pk: int) -> HttpResponseBase:
    """For who asked, each time on record."""
    user = user_of(request)
    found = _find(user, pk)
    require(user, "take", found)
    try:
        workbook = take_export(found, actor=user)
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("registry:export", pk)
    answer = FileResponse(
        io.BytesIO(workbook),
        as_attachment=True,
        filename=f"ket-xuat-{found.pk}.xlsx",
        content_type=TYPES["xlsx"],
    )
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "private, no-store"
    return answer


@for_roles()
@require_POST
def export_end(request: HttpRequest, pk: int) -> HttpResponse:
    user = user_of(request)
    found = _find(user, pk)
    require(user, "end", found)
    page = reverse("registry:export", args=[pk])
    said = _("The file is deleted. What was exported stays on record.")
    return pressed(request, lambda: end_export(found, actor=user), to=page, said=said, back=page)


@for_roles()
@require_POST
def export_told(request: HttpRequest, pk: int) -> HttpResponse:
    """Whoever has the file was told which rows are called back."""
    user = user_of(request)
    found = _find(user, pk)
    require(user, "tell", found)
    form = ToldForm(request.POST, auto_id="told_%s")
    if on := acted(
        request,
        form,
        lambda: tell_recipients(found, how=form.cleaned_data["how"], actor=user),
        to=reverse("registry:export", args=[pk]),
        said=_("Noted who was told."),
    ):
        return on
    return _page(request, user, found, told=form)


@for_roles()
@require_GET
def recalls(request: HttpRequest) -> HttpResponse:
    """Exports of which somebody is to be told first."""
    user = user_of(request)
    require(user, "list", Recall)
    every = Export.objects.visible_to(user).filter(recalls__isnull=False)
    rows = (
        every.select_related("asked_by", "sharing")
        .defer("holds")
        .annotate(
            rows=Count("recalls"),
            left=Count("recalls", filter=Q(recalls__told_at=None)),
            since=Max("recalls__made_at"),
        )
    )
    waiting = rows.filter(left__gt=0).count()
    heading = ngettext(
        "Whoever has %(n)s file has to be told",
        "Whoever has %(n)s files has to be told",
        waiting,
    )
    context = {
        "heading": heading % {"n": format_number(waiting)} if waiting else _("Nobody has to be told"),
        "page_obj": Paginator(
            rows.order_by(Case(When(left__gt=0, then=0), default=1), "-since"), PER_PAGE
        ).get_page(request.GET.get("page")),
        "without_filters": True,
    }
    return render(request, "registry/recalls.html", context)
