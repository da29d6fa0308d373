"""Saying what kind a task is, and keeping its records."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from nhipcau.apps.access.pages import for_roles, posted, user_of
from nhipcau.apps.access.policies import require
from nhipcau.apps.accounts.models import User
from nhipcau.apps.files.actions import AttachmentRefused, attach_file
from nhipcau.apps.plans.actions import add_record, drop_record, edit_record, set_kind
from nhipcau.apps.plans.actions.keep_record import Kept
from nhipcau.apps.plans.forms.records import FORMS, InspectionForm, KindForm, RecordForm
from nhipcau.apps.plans.forms.upload import ReasonForm
from nhipcau.apps.plans.models import InspectionPaper, Kind, Task
from nhipcau.apps.plans.models.kinds import Record
from nhipcau.apps.plans.refusals import Refused
from nhipcau.apps.plans.views.kinds.finding import keepers, record_of


def _task(request: HttpRequest, pk: int, verb: str) -> Task:
    user = user_of(request)
    found = get_object_or_404(Task.objects.visible_to(user), pk=pk)
    require(user, verb, found)
    return found


@for_roles()
@require_POST
def task_kind(request: HttpRequest, pk: int) -> HttpResponse:
    """The kind as somebody says it; confirming the likely one is the same."""
    found = _task(request, pk, "set_kind")
    form = KindForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Choose a kind."))
        return redirect("plans:task", pk)
    try:
        set_kind(found, form.cleaned_data["kind"], actor=user_of(request))
    except Refused as refusal:
        messages.error(request, refusal.message())
    else:
        messages.success(request, _("Saved."))
    return redirect("plans:likely") if request.POST.get("back") == "likely" else redirect("plans:task", pk)


@for_roles()
@require_http_methods(["GET", "POST"])
def record_new(request: HttpRequest, pk: int) -> HttpResponse:
    """A course, review, session or inspection of the task."""
    found, user = _task(request, pk, "add_record"), user_of(request)
    if found.kind not in FORMS:
        messages.error(request, _("Say first what kind of task this is."))
        return redirect("plans:task", pk)
    agencies = keepers(found, user)
    files = request.FILES if request.method == "POST" else None
    form = FORMS[found.kind](agencies, posted(request), files)
    if len(agencies) == 1:
        form.fields["organisation"].initial = agencies[0][0]
    if request.method == "POST" and form.is_valid():
        try:
            kept = _kept(form, user)
            record = add_record(found, form.cleaned_data["organisation"], kept, actor=user)
        except (Refused, AttachmentRefused) as refusal:
            form.add_error(None, refusal.message())
        else:
            messages.success(request, _("Saved."))
            return _after(found.kind, record)
    return _page(request, form, found, found.kind, None)


@for_roles()
@require_http_methods(["GET", "POST"])
def record_edit(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    record, user = record_of(request, kind, pk, "edit"), user_of(request)
    files = request.FILES if request.method == "POST" else None
    form = FORMS[kind](None, posted(request), files, initial=FORMS[kind].of(record))
    if request.method == "POST" and form.is_valid():
        try:
            edit_record(record, _kept(form, user), actor=user)
        except (Refused, AttachmentRefused) as refusal:
            form.add_error(None, refusal.message())
        else:
            messages.success(request, _("Saved."))
            return _after(kind, record)
    return _page(request, form, record.task, kind, record)


@for_roles()
@require_http_methods(["GET", "POST"])
def record_drop(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """Asks for the reason, then takes the record out of the lists."""
    record = record_of(request, kind, pk, "drop")
    form = ReasonForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            drop_record(record, reason=form.cleaned_data["reason"], actor=user_of(request))
        except Refused as refusal:
            form.add_error(None, refusal.message())
        else:
            messages.success(request, _("The record was dropped."))
            return redirect("plans:task", record.task_id)
    context = {"record": record, "form": form, "kind": kind}
    return render(request, "plans/kinds/drop.html", context, status=422 if form.errors else 200)


def _kept(form: RecordForm, user: User) -> Kept:
    """What is written down; files are stored first, so that a refused one leaves nothing half done."""
    if not isinstance(form, InspectionForm):
        return form.kept()
    uploads: dict[str, Any] = {}
    for paper in InspectionPaper.Kind.values:
        file = form.cleaned_data.get(f"{paper}_file")
        if file:
            uploads[paper] = attach_file(file, file.name or "", actor=user)
    return form.kept_with(uploads)


def _after(kind: str, record: Record) -> HttpResponse:
    if kind == Kind.INSPECTION:
        return redirect("plans:inspection", record.pk)
    return redirect("plans:task", record.task_id)


def _page(
    request: HttpRequest, form: RecordForm, task: Task, kind: str, record: Record | None
) -> HttpResponse:
    if kind not in FORMS:
        raise Http404
    context = {
        "form": form,
        "task": task,
        "record": record,
        "kind": kind,
        "label": dict(Kind.choices)[kind],
        "papers": form.paper_rows() if isinstance(form, InspectionForm) else [],
        "plain": [field for field in form if not field.name.startswith(tuple(InspectionPaper.Kind.values))]
        if isinstance(form, InspectionForm)
        else list(form),
    }
    return render(request, "plans/kinds/record.html", context, status=422 if form.errors else 200)
