"""Lists of people: sending one, telling its columns, what each row means, bringing it in, taking it back."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from nhipcau.apps.access.pages import for_roles, posted, user_of
from nhipcau.apps.access.policies import can, require
from nhipcau.apps.access.refusals import Refused
from nhipcau.apps.accounts.models import User
from nhipcau.apps.files.models import LongWork
from nhipcau.apps.files.tables import TYPES
from nhipcau.apps.orgs.kept import named_on
from nhipcau.apps.orgs.models import Organisation
from nhipcau.apps.reference.models import Country
from nhipcau.apps.registry.actions import (
    BuiltOn,
    confirm_intake,
    drop_intake,
    map_intake,
    take_wrong_rows,
    undo_intake,
    upload_intake,
)
from nhipcau.apps.registry.actions.map_intake import MAPPABLE
from nhipcau.apps.registry.actions.upload_intake import MOST
from nhipcau.apps.registry.forms.intakes import ListForm, WhyForm, limits, told_columns
from nhipcau.apps.registry.intakes.files import Gone, has_wrong_rows
from nhipcau.apps.registry.intakes.template import template
from nhipcau.apps.registry.linking.queue import still_compared
from nhipcau.apps.registry.models import Intake, IntakeRow, Round, RunningSource
from nhipcau.apps.registry.reach import sees_all, senders_of
from nhipcau.apps.registry.views.intake_rows import columns_of, findings, heading, lines
from nhipcau.apps.webkit.markup import bilingual
from nhipcau.core.tablereader import Refusal

PER_PAGE = 50
State, Finding = Intake.State, IntakeRow.Finding
WORKING = (State.CHECKING, State.CONFIRMING, State.UNDOING)


@for_roles()
@require_http_methods(["GET", "POST"])
def intakes(request: HttpRequest) -> HttpResponse:
    """What came before, and the form to send a list."""
    user = user_of(request)
    require(user, "create", Intake)
    form = _form(request, user)
    refusal = ""
    if request.method == "POST" and form.is_valid():
        file, source = form.cleaned_data["file"], form.chosen()
        sender = get_object_or_404(Organisation.objects.visible_to(user), pk=form.cleaned_data["sender"])
        try:
            made = upload_intake(file, file.name or "", sender=sender, source=source, actor=user)
        except Refusal as refused:
            refusal = refused.message(_language())
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            return redirect("registry:intake", made.pk)
    rows = Intake.objects.visible_to(user).select_related("round", "running_source")
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    names = named_on({row.sender_id for row in page.object_list}, timezone.localdate())
    context = {
        "form": form,
        "refusal": bilingual(refusal),
        "limits": limits(MOST),
        "sources": form.fields["source"].choices,  # type: ignore[attr-defined]
        "caption": _("Lists that were sent"),
        "without_filters": True,
        "page_obj": page,
        "rows": [
            {"intake": row, "sender": names[row.sender_id].name if row.sender_id in names else ""}
            for row in page.object_list
        ],
        "tab": "intakes",
    }
    return render(request, "registry/intakes.html", context, status=422 if refusal or form.errors else 200)


def _form(request: HttpRequest, user: User) -> ListForm:
    senders = senders_of(user)
    names = named_on(senders, timezone.localdate())
    return ListForm(
        posted(request),
        request.FILES if request.method == "POST" else None,
        rounds=list(Round.objects.visible_to(user).taking_records()),
        running=list(RunningSource.objects.visible_to(user).taking_records()),
        senders=[(pk, names[pk].name) for pk in senders if pk in names],
    )


def _language() -> str:
    return translation.get_language() or "vi"


@for_roles()
@require_GET
def intake_template(request: HttpRequest) -> HttpResponse:
    """The workbook to fill in; `source` says for lists of which kind of source."""
    user = user_of(request)
    require(user, "create", Intake)
    kind = request.GET.get("source", "")
    countries = [each.name for each in Country.objects.visible_to(user).current()]
    body = template(kind if kind in RunningSource.Kind.values else "", countries)
    return _sheet("nhipcau-mau-danh-sach", body)


def _sheet(name: str, body: bytes) -> HttpResponse:
    headers = {
        "Content-Disposition": f'attachment; filename="{name}.xlsx"',
        "Cache-Control": "private, no-store",
    }
    return HttpResponse(body, content_type=TYPES["xlsx"], headers=headers)


def _found(request: HttpRequest, pk: int) -> Intake:
    rows = Intake.objects.visible_to(user_of(request)).select_related(
        "work", "round", "running_source", "confirmed_by", "ended_by", "marked"
    )
    return get_object_or_404(rows, pk=pk)


@for_roles()
@require_GET
def intake(request: HttpRequest, pk: int) -> HttpResponse:
    """How far the work is, then the columns to be told, or what each row means."""
    found = _found(request, pk)
    scripted = request.headers.get("HX-Request") == "true"
    if found.state in WORKING or found.state == State.REFUSED:
        said = found.refusal or {}
        waiting = found.state in WORKING
        refusal = "" if waiting else Refusal(said["code"], **said["values"]).message(_language())
        context = {
            "intake": found,
            "waiting": waiting,
            "refusal": bilingual(refusal),
            "stage": _stage(found.state),
        }
        return render(request, f"registry/{'parts/' if scripted else ''}intake_work.html", context)
    if scripted:
        return HttpResponse(headers={"HX-Redirect": request.path})
    if found.state == State.TO_MAP:
        return _columns_page(request, found)
    return _page(request, found)


def _stage(state: str) -> str:
    return {
        State.CHECKING.value: _("The rows are being read and compared"),
        State.CONFIRMING.value: _("The list is being brought into the register"),
        State.UNDOING.value: _("The list is being taken back"),
    }.get(state, "")


def _failed(found: Intake) -> str:
    """What did not succeed the last time, for a list that stands where it stood before."""
    if found.work is None or found.work.state != LongWork.State.FAILED:
        return ""
    return {
        ("bring-in", State.CHECKED.value): _(
            "The list could not be brought in: nothing of it is in the register."
        ),
        ("take-back", State.CONFIRMED.value): _(
            "The list could not be taken back: all of it is still in the register."
        ),
    }.get((found.work.kind, found.state), "")


def _page(request: HttpRequest, found: Intake, **more: Any) -> HttpResponse:
    user = user_of(request)
    shown, counts = findings(found, knows=sees_all(user))
    show = request.GET.get("show", "")
    rows = found.rows.all()
    if show in shown:
        rows = rows.filter(finding__in=shown[show])
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    wrong = counts.get(Finding.WRONG, 0)
    context = {
        "intake": found,
        "heading": heading(found, counts),
        "tabs": [
            (value, Finding(value).label, counts[value], value == show)
            for value in Finding.values
            if counts.get(value)
        ],
        "show": show,
        "total": sum(counts.values()),
        "page_obj": page,
        "lines": lines(found, list(page.object_list), user=user, language=_language()),
        "wrong": wrong,
        "enters": sum(counts.values()) - wrong,
        "left_out": columns_of(found, _language()),
        "may_take": has_wrong_rows(found) and can(user, "drop", found),
        "failed": _failed(found),
        "comparing": still_compared(found) if found.state == State.CONFIRMED else 0,
        "may_confirm": found.state == State.CHECKED and can(user, "confirm", found),
        "may_drop": found.state == State.CHECKED and can(user, "drop", found),
        "may_map": found.state in MAPPABLE and can(user, "map", found),
        "may_undo": found.state == State.CONFIRMED and can(user, "undo", found),
        "why": WhyForm(),
        **more,
    }
    return render(request, "registry/intake.html", context, status=422 if more else 200)


def _columns_page(request: HttpRequest, found: Intake, refused: str = "") -> HttpResponse:
    user = user_of(request)
    context = {
        "intake": found,
        "sheets": [sheet for sheet in columns_of(found, _language(), all_columns=True) if sheet["columns"]],
        "language": "vi" if _language().startswith("vi") else "en",
        "may_map": can(user, "map", found),
        "may_drop": can(user, "drop", found),
        "why": WhyForm(),
        "refused": refused,
    }
    return render(request, "registry/intake_columns.html", context, status=422 if refused else 200)


@for_roles()
@require_http_methods(["GET", "POST"])
def intake_columns(request: HttpRequest, pk: int) -> HttpResponse:
    """Which column holds what."""
    found, user = _found(request, pk), user_of(request)
    require(user, "map", found)
    if request.method == "GET":
        return _columns_page(request, found) if found.state in MAPPABLE else redirect("registry:intake", pk)
    try:
        map_intake(found, told_columns(request.POST, found.sheets), actor=user)
    except Refused as refused:
        return _columns_page(request, found, str(refused))
    return redirect("registry:intake", pk)


@for_roles()
@require_POST
def intake_confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """Brings in all rows that are not wrong."""
    found, user = _found(request, pk), user_of(request)
    require(user, "confirm", found)
    revision = request.POST.get("revision", "")
    try:
        confirm_intake(found, revision=int(revision) if revision.isdecimal() else -1, actor=user)
    except Refused as refused:
        messages.error(request, str(refused.why))
    return redirect("registry:intake", pk)


@for_roles()
@require_POST
def intake_end(request: HttpRequest, pk: int) -> HttpResponse:
    """`what`: undo for one that is in the register, else drop; with the reason."""
    found, user = _found(request, pk), user_of(request)
    undoes = request.POST.get("what") == "undo"
    require(user, "undo" if undoes else "drop", found)
    form = WhyForm(request.POST)
    if not form.is_valid():
        if found.state in WORKING or found.state in (State.REFUSED, State.TO_MAP):
            messages.error(request, _("Say why."))
            return redirect("registry:intake", pk)
        return _page(request, found, why=form)
    try:
        (undo_intake if undoes else drop_intake)(found, reason=form.cleaned_data["reason"], actor=user)
    except BuiltOn as built:
        return _page(request, found, why=form, built=built.what)
    except Refused as refused:
        messages.error(request, str(refused.why))
    return redirect("registry:intake", pk)


@for_roles()
@require_GET
def intake_wrong(request: HttpRequest, pk: int) -> HttpResponse:
    """The wrong rows as a workbook, in the sender's own layout, marked."""
    found, user = _found(request, pk), user_of(request)
    require(user, "drop", found)
    try:
        body = take_wrong_rows(found, actor=user)
    except Gone:
        raise Http404 from None
    return _sheet(f"nhipcau-hang-sai-{found.pk}", body)
