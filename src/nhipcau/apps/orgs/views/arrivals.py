"""Agencies and people from a sheet: the template, sending one, what it means, entering it, taking it back."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from nhipcau.apps.access.pages import for_roles, posted, user_of
from nhipcau.apps.access.policies import can, require
from nhipcau.apps.access.refusals import Refused
from nhipcau.apps.accounts.invitations import mail_works
from nhipcau.apps.files.tables import TYPES
from nhipcau.apps.orgs.actions import (
    BuiltOn,
    Outdated,
    check_again,
    confirm_arrival,
    undo_arrival,
    upload_arrival,
)
from nhipcau.apps.orgs.actions.upload_arrival import TABLES
from nhipcau.apps.orgs.arriving import roles_of
from nhipcau.apps.orgs.forms.arrivals import SheetForm, UndoForm, limits
from nhipcau.apps.orgs.models import Arrival, ArrivalRow, OrganisationVersion
from nhipcau.apps.orgs.sheets.marked import marked
from nhipcau.apps.orgs.sheets.remarks import APPLIED
from nhipcau.apps.orgs.sheets.template import template
from nhipcau.apps.orgs.views.arrival_rows import Line, lines
from nhipcau.apps.orgs.views.inviting import to_invite
from nhipcau.apps.webkit.formats import format_number
from nhipcau.apps.webkit.markup import bilingual
from nhipcau.core.tablereader import Refusal

PER_PAGE = 50
Finding = ArrivalRow.Finding
ENTERS = Q(finding=Finding.NEW)
for _code in sorted(APPLIED):
    ENTERS |= Q(finding=Finding.CHANGED, remarks__contains=[{"code": _code}])
ORDER = (Finding.WRONG, Finding.NEW, Finding.CHANGED, Finding.KNOWN)


@for_roles("coordinator", "system_admin")
@require_http_methods(["GET", "POST"])
def arrivals(request: HttpRequest) -> HttpResponse:
    """What came before, and the form to send a sheet."""
    user = user_of(request)
    require(user, "create", Arrival)
    form = SheetForm(posted(request), request.FILES if request.method == "POST" else None)
    refusal = ""
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            arrival = upload_arrival(file, file.name or "", actor=user)
        except Refusal as refused:
            refusal = refused.message(translation.get_language() or "vi")
        else:
            if arrival.state == Arrival.State.CONFIRMED:
                messages.info(request, _("This sheet was entered before; here is what it became."))
            return redirect("orgs:arrival", arrival.pk)
    rows = Arrival.objects.visible_to(user).select_related("upload", "created_by")
    context = {
        "form": form,
        "refusal": bilingual(refusal),
        "limits": limits(TABLES.most),
        "caption": _("Sheets that were sent"),
        "without_filters": True,
        "page_obj": Paginator(rows, PER_PAGE).get_page(request.GET.get("page")),
    }
    return render(request, "orgs/arrivals.html", context, status=422 if refusal or form.errors else 200)


@for_roles("coordinator", "system_admin")
@require_GET
def arrival_template(request: HttpRequest) -> HttpResponse:
    """The workbook to fill in, with the roles that she may give and today's agencies to choose from."""
    user = user_of(request)
    require(user, "create", Arrival)
    names = (
        OrganisationVersion.objects.visible_to(user)
        .working()
        .filter(valid__contains=timezone.localdate())
        .values_list("name", flat=True)
    )
    return _sheet("nhipcau-mau-co-quan-nguoi-dung", template(roles_of(user), list(names)))


def _sheet(name: str, body: bytes) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}.xlsx"'}
    return HttpResponse(body, content_type=TYPES["xlsx"], headers=headers)


def _found(request: HttpRequest, pk: int) -> Arrival:
    rows = Arrival.objects.visible_to(user_of(request)).select_related("upload", "work", "confirmed_by")
    return get_object_or_404(rows, pk=pk)


@for_roles("coordinator", "system_admin")
@require_GET
def arrival(request: HttpRequest, pk: int) -> HttpResponse:
    """How far the checking is, then what each row means."""
    found = _found(request, pk)
    if found.state in {Arrival.State.CHECKING, Arrival.State.REFUSED}:
        waiting = found.state == Arrival.State.CHECKING
        said = found.refusal or {}
        refusal = "" if waiting else Refusal(said["code"], **said["values"]).message(_language())
        begun = found.work is not None and found.work.done > 0
        context = {
            "arrival": found,
            "waiting": waiting,
            "refusal": bilingual(refusal),
            "stage": _("The rows are being checked") if begun else _("Waiting for its turn"),
        }
        scripted = request.headers.get("HX-Request") == "true"
        return render(request, f"orgs/{'parts/checking' if scripted else 'checking'}.html", context)
    if request.headers.get("HX-Request") == "true":
        return HttpResponse(headers={"HX-Redirect": request.path})
    return _page(request, found)


def _language() -> str:
    return translation.get_language() or "vi"


def _page(request: HttpRequest, found: Arrival, **more: Any) -> HttpResponse:
    user = user_of(request)
    counts = dict(found.rows.order_by().values_list("finding").annotate(n=Count("pk")))
    show = request.GET.get("show", "")
    rows = found.rows.select_related("user")
    rows = rows.filter(finding=show) if show in Finding.values else rows
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    wrong = counts.get(Finding.WRONG, 0)
    context = {
        "arrival": found,
        "heading": _heading(found, counts),
        "tabs": [
            (value, Finding(value).label, counts[value], value == show) for value in ORDER if value in counts
        ],
        "show": show,
        "total": sum(counts.values()),
        "page_obj": page,
        "lines": _lines(found, list(page.object_list)),
        "wrong": wrong,
        "enters": found.rows.filter(ENTERS).count(),
        "may_confirm": _waits(found) and can(user, "confirm", found),
        "may_undo": found.state == Arrival.State.CONFIRMED and can(user, "undo", found),
        "undo": UndoForm(),
        "to_invite": to_invite(found, user).count() if found.state == Arrival.State.CONFIRMED else 0,
        "mail_works": mail_works(),
        **more,
    }
    bad = bool(more)
    return render(request, "orgs/arrival.html", context, status=422 if bad else 200)


def _waits(found: Arrival) -> bool:
    return found.state == Arrival.State.CHECKED


def _lines(found: Arrival, rows: list[ArrivalRow]) -> list[Line]:
    return lines(rows, found.layout, found.day)


def _heading(found: Arrival, counts: dict[str, int]) -> str:
    if found.state == Arrival.State.CONFIRMED:
        return _("This sheet is entered")
    if found.state == Arrival.State.UNDONE:
        return _("This import was undone")
    wrong, total = counts.get(Finding.WRONG, 0), sum(counts.values())
    if wrong:
        return ngettext("%(n)s of %(total)s rows is wrong", "%(n)s of %(total)s rows are wrong", wrong) % {
            "n": format_number(wrong),
            "total": format_number(total),
        }
    return ngettext("%(n)s row, nothing wrong", "%(n)s rows, nothing wrong", total) % {
        "n": format_number(total)
    }


@for_roles("coordinator", "system_admin")
@require_POST
def arrival_confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """Enters all rows that are not wrong."""
    found, user = _found(request, pk), user_of(request)
    try:
        confirm_arrival(found, actor=user)
    except Outdated as outdated:
        check_again(found, actor=user)
        messages.warning(request, str(outdated.why))
    except Refused as refusal:
        messages.error(request, str(refusal.why))
    else:
        messages.success(request, _("Everything that was not wrong is entered. Now invite the people."))
    return redirect("orgs:arrival", pk)


@for_roles("coordinator", "system_admin")
@require_POST
def arrival_undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Takes back what it made, or says what stands on it."""
    found = _found(request, pk)
    form = UndoForm(request.POST)
    if not form.is_valid():
        return _page(request, found, undo=form)
    try:
        undo_arrival(found, reason=form.cleaned_data["reason"], actor=user_of(request))
    except BuiltOn as built:
        return _page(request, found, undo=form, built=built.what)
    except Refused as refusal:
        messages.error(request, str(refusal.why))
    else:
        messages.success(request, _("The import is undone; nothing of it is left but its record."))
    return redirect("orgs:arrival", pk)


@for_roles("coordinator", "system_admin")
@require_GET
def arrival_wrong(request: HttpRequest, pk: int) -> HttpResponse:
    """The wrong rows as a workbook, in the sender's own layout, marked."""
    found = _found(request, pk)
    rows = found.rows.filter(finding=Finding.WRONG)
    return _sheet(f"nhipcau-hang-sai-{found.pk}", marked(found.layout, rows))
