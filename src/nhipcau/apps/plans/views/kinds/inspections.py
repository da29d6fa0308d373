"""An inspection: its papers, the units visited, what was found and which tasks came of it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from nhipcau.apps.access.pages import for_roles, posted, user_of
from nhipcau.apps.access.policies import can, require
from nhipcau.apps.files.sending import send
from nhipcau.apps.orgs.directory import names
from nhipcau.apps.orgs.models import OrganisationVersion
from nhipcau.apps.plans.actions import add_finding, drop_record, make_task_of_finding
from nhipcau.apps.plans.forms.records import FindingForm
from nhipcau.apps.plans.forms.upload import ReasonForm
from nhipcau.apps.plans.models import Inspection, InspectionFinding, InspectionPaper, Kind, Task
from nhipcau.apps.plans.refusals import Refused
from nhipcau.apps.plans.views.kinds.finding import record_of
from nhipcau.apps.plans.views.kinds.panel import state_of
from nhipcau.apps.plans.views.task_rows import sign_of


def _inspection(request: HttpRequest, pk: int, verb: str = "") -> Inspection:
    found = record_of(request, Kind.INSPECTION, pk, verb)
    assert isinstance(found, Inspection)
    return found


@for_roles()
@require_GET
def inspection(request: HttpRequest, pk: int) -> HttpResponse:
    return _page(request, _inspection(request, pk))


@for_roles()
@require_POST
def finding_new(request: HttpRequest, pk: int) -> HttpResponse:
    found = _inspection(request, pk, "edit")
    form = FindingForm(_bodies(request, found), request.POST)
    if form.is_valid():
        try:
            add_finding(found, actor=user_of(request), **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, refusal.message())
        else:
            messages.success(request, _("Saved."))
            return redirect("plans:inspection", pk)
    return _page(request, found, form)


@for_roles()
@require_POST
def finding_task(request: HttpRequest, pk: int) -> HttpResponse:
    """One click: the task, with the minutes as its source."""
    finding = _finding(request, pk, "make_task")
    try:
        task = make_task_of_finding(finding, actor=user_of(request))
    except Refused as refusal:
        messages.error(request, refusal.message())
        return redirect("plans:inspection", finding.inspection_id)
    messages.success(request, _("The task is given."))
    return redirect("plans:task", task.pk)


@for_roles()
@require_http_methods(["GET", "POST"])
def finding_drop(request: HttpRequest, pk: int) -> HttpResponse:
    finding = _finding(request, pk, "drop")
    form = ReasonForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            drop_record(finding, reason=form.cleaned_data["reason"], actor=user_of(request))
        except Refused as refusal:
            form.add_error(None, refusal.message())
        else:
            messages.success(request, _("The finding was dropped."))
            return redirect("plans:inspection", finding.inspection_id)
    context = {"record": finding, "form": form, "inspection": finding.inspection}
    return render(request, "plans/kinds/drop.html", context, status=422 if form.errors else 200)


@for_roles()
@require_GET
def paper_file(request: HttpRequest, pk: int, paper: str) -> HttpResponse | FileResponse:
    """The file of plan, notice or minutes, with the inspection that it belongs to."""
    found = _inspection(request, pk)
    row = get_object_or_404(found.papers.select_related("upload"), kind=paper[:10])
    if row.upload is None:
        raise Http404
    return send(row.upload)


def _finding(request: HttpRequest, pk: int, verb: str) -> InspectionFinding:
    user = user_of(request)
    found = get_object_or_404(InspectionFinding.objects.visible_to(user).select_related("inspection"), pk=pk)
    require(user, verb, found)
    return found


def _bodies(request: HttpRequest, found: Inspection) -> list[tuple[int, str]]:
    """The units that were visited first, then everybody else who works here."""
    visited = [row.organisation_id for row in found.units.all() if row.organisation_id]
    rows = OrganisationVersion.objects.visible_to(user_of(request)).filter(
        valid__contains=timezone.localdate()
    )
    every = list(rows.working().order_by("name_sort", "pk").values_list("organisation_id", "name"))
    return sorted(every, key=lambda pair: pair[0] not in visited)


def _page(request: HttpRequest, found: Inspection, form: FindingForm | None = None) -> HttpResponse:
    user, today = user_of(request), timezone.localdate()
    findings = list(
        InspectionFinding.objects.visible_to(user).filter(inspection=found).select_related("task")
    )
    known = names(
        {found.organisation_id, *(row.organisation_id for row in findings if row.organisation_id)}, today
    )
    may_edit = can(user, "edit", found)
    seen = Task.objects.visible_to(user).in_bulk([row.task_id for row in findings if row.task_id])
    papers = {row.kind: row for row in found.papers.select_related("upload")}
    context: dict[str, Any] = {
        "inspection": found,
        "agency": known.get(found.organisation_id, ""),
        "state": state_of(found),
        "papers": [
            {"label": label, "kind": kind, "row": papers.get(kind)}
            for kind, label in InspectionPaper.Kind.choices
        ],
        "units": list(found.units.all()),
        "findings": [
            {
                "finding": row,
                "pk": str(row.pk),
                "body": known.get(row.organisation_id or 0, ""),
                "task": seen.get(row.task_id or 0),
                "has_task": row.task_id is not None,
                "outcome": sign_of(row.task, today) if row.task else None,
            }
            for row in findings
        ],
        "waiting": sum(row.task_id is None for row in findings),
        "may_edit": may_edit,
        "may_make": bool(findings) and can(user, "make_task", findings[0]),
        "form": form or (FindingForm(_bodies(request, found)) if may_edit else None),
    }
    return render(request, "plans/kinds/inspection.html", context, status=422 if form else 200)
