"""The desk of people's rights: what was asked, until when it has to be answered, what comes next."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Case, F, QuerySet, When
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from nhipcau.apps.access.pages import acted, for_roles, posted, user_of
from nhipcau.apps.access.policies import require
from nhipcau.apps.access.refusals import Refused
from nhipcau.apps.accounts.models import User
from nhipcau.apps.files.sending import TYPES, send
from nhipcau.apps.registry.actions import fetch_copy, receive_request
from nhipcau.apps.registry.forms.rights import RequestForm, RightsFilter
from nhipcau.apps.registry.models import Person, RightsRequest, SubjectCopy
from nhipcau.apps.registry.rights_letter import answer_letter
from nhipcau.apps.registry.views.right_page import right_page
from nhipcau.apps.registry.views.right_steps import STEPS, Problem
from nhipcau.apps.webkit.addresses import whole
from nhipcau.apps.webkit.formats import format_number

PER_PAGE = 25


@for_roles()
@require_GET
def rights(request: HttpRequest) -> HttpResponse:
    """The most urgent first."""
    user = user_of(request)
    require(user, "list", RightsRequest)
    chosen, today = RightsFilter(request.GET), timezone.localdate()
    everything = RightsRequest.objects.visible_to(user)
    found = _chosen(everything, chosen)
    page = Paginator(found.select_related("person"), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "heading": _heading(everything, today),
        "page_obj": page,
        "rows": [_row(row) for row in page],
        "filter": chosen,
        "filtered": chosen.used,
        "tab": "rights",
    }
    return render(request, "registry/rights.html", context)


def _chosen(rows: QuerySet[RightsRequest], chosen: RightsFilter) -> QuerySet[RightsRequest]:
    if chosen.value("right"):
        rows = rows.filter(right=chosen.value("right"))
    if chosen.value("state") == "":
        rows = rows.filter(state__in=RightsRequest.OPEN)
    elif chosen.value("state") == "ended":
        rows = rows.filter(state__in=RightsRequest.ENDED)
    running = Case(When(acknowledged_on=None, then=F("acknowledge_by")), default=F("due_on"))
    return rows.order_by(F("ended_on").desc(nulls_first=True), running, "pk")


def _heading(rows: QuerySet[RightsRequest], today: date) -> str:
    open_ones = list(
        rows.filter(state__in=RightsRequest.OPEN).only("acknowledged_on", "acknowledge_by", "due_on")
    )
    over = sum(row.next_due < today for row in open_ones)
    if over:
        words = ngettext("%(n)s request is overdue", "%(n)s requests are overdue", over)
        return words % {"n": format_number(over)}
    if open_ones:
        words = ngettext(
            "%(n)s request waits for an answer", "%(n)s requests wait for an answer", len(open_ones)
        )
        return words % {"n": format_number(len(open_ones))}
    return _("No request waits")


def _row(row: RightsRequest) -> dict[str, Any]:
    return {
        "request": row,
        "whom": row.person.name if row.person is not None else row.about,
        "late": row.ended_on is not None and row.ended_on > row.due_on,
    }


@for_roles()
@require_http_methods(["GET", "POST"])
def right_new(request: HttpRequest) -> HttpResponse:
    """For a person of the register (`person` in the address), or one who is found later."""
    user = user_of(request)
    require(user, "create", RightsRequest)
    number = whole(request.GET.get("person", ""))
    person = get_object_or_404(Person.objects.visible_to(user), pk=number) if number else None
    form = RequestForm(
        posted(request), known=person is not None, initial={"received_on": timezone.localdate()}
    )
    if on := acted(
        request,
        form,
        lambda: _receive(form.cleaned_data, person, user),
        to=lambda made: reverse("registry:right", args=[made.pk]),
        said=_("Entered. Its days run from the receipt."),
    ):
        return on
    context = {"form": form, "person": person}
    return render(request, "registry/right_new.html", context, status=422 if form.errors else 200)


def _receive(said: dict[str, Any], person: Person | None, user: User) -> RightsRequest:
    values = dict(said)
    right, received_on = values.pop("right"), values.pop("received_on")
    return receive_request(values, right=right, received_on=received_on, person=person, actor=user)


@for_roles()
@require_GET
def right(request: HttpRequest, pk: int) -> HttpResponse:
    user = user_of(request)
    return right_page(request, _found(user, pk), user)


def _found(user: User, pk: int) -> RightsRequest:
    rows = RightsRequest.objects.visible_to(user).select_related("person", "decided_by", "created_by")
    return get_object_or_404(rows, pk=pk)


@for_roles()
@require_POST
def right_act(request: HttpRequest, pk: int) -> HttpResponse:
    """`what`: one of the steps (right_steps.STEPS); an unknown one says what is possible."""
    user = user_of(request)
    found = _found(user, pk)
    require(user, "answer", found)
    step = STEPS.get(request.POST.get("what", ""))
    if step is None:
        return right_page(request, found, user, refused=_("Choose what to do."))
    try:
        done = step.take(found, request.POST, user)
    except Problem as problem:
        return right_page(request, found, user, form=problem.form, step=step.name)
    except Refused as refused:
        return right_page(request, found, user, refused=str(refused))
    messages.success(request, done)
    return redirect("registry:right", pk)


@for_roles()
@require_GET
def right_copy(request: HttpRequest, pk: int, copy: int) -> HttpResponseBase:
    """The document for the person; that it was fetched is in the record."""
    user = user_of(request)
    found = get_object_or_404(
        SubjectCopy.objects.visible_to(user).select_related("upload", "request"), pk=copy, request=pk
    )
    require(user, "answer", found.request)
    try:
        fetch_copy(found, actor=user)
    except Refused as refused:
        return right_page(request, _found(user, pk), user, refused=str(refused))
    return send(found.upload)


@for_roles()
@require_GET
def right_letter(request: HttpRequest, pk: int) -> HttpResponse:
    """The answer as an official letter; nothing is kept of it here."""
    user = user_of(request)
    found = _found(user, pk)
    require(user, "answer", found)
    name = f"cong-van-{found.number.replace('/', '-')}.docx"
    return HttpResponse(
        answer_letter(found, user),
        content_type=TYPES["docx"],
        headers={
            "Content-Disposition": f'attachment; filename="{name}"',
            "Cache-Control": "private, no-store",
            "X-Content-Type-Options": "nosniff",
        },
    )
