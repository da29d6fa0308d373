"""A unit's own plan: number and day, its file, its tasks under the plan above."""

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
from nhipcau.apps.files.actions import AttachmentRefused, attach_file
from nhipcau.apps.files.sending import send
from nhipcau.apps.orgs.directory import names
from nhipcau.apps.plans.actions import enter_own_plan, enter_own_task, excuse_own_plan
from nhipcau.apps.plans.actions.enter_own_plan import Issued
from nhipcau.apps.plans.forms.own_plan import IssuedForm, OwnTaskForm
from nhipcau.apps.plans.forms.upload import ReasonForm
from nhipcau.apps.plans.models import OwnPlan, Task
from nhipcau.apps.plans.refusals import Refused
from nhipcau.apps.plans.views.desk_page import name_of
from nhipcau.apps.plans.views.task_rows import rows_of

MOST_PARENTS = 300


def _own(request: HttpRequest, pk: int, verb: str = "") -> OwnPlan:
    user = user_of(request)
    rows = OwnPlan.objects.visible_to(user).select_related("duty__document", "upload")
    found = get_object_or_404(rows, pk=pk)
    if verb:
        require(user, verb, found)
    return found


@for_roles()
@require_http_methods(["GET", "POST"])
def own_plan(request: HttpRequest, pk: int) -> HttpResponse:
    """Read by everybody who sees the plan, entered by the unit."""
    user = user_of(request)
    found = _own(request, pk, "enter" if request.method == "POST" else "")
    kept = {name: getattr(found, name) for name in ("number", "issued_on", "title", "link")}
    files = request.FILES if request.method == "POST" else None
    form = IssuedForm(posted(request), files, initial=kept)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        file = data["file"]
        try:
            upload = attach_file(file, file.name or "", actor=user) if file else None
            issued = Issued(data["number"], data["issued_on"], data["title"], data["link"], upload)
            enter_own_plan(found, issued, actor=user)
        except (Refused, AttachmentRefused) as refusal:
            form.add_error(None, refusal.message())
        else:
            messages.success(request, _("Saved."))
            return redirect("plans:own_plan", pk)
    return _page(request, found, form=form)


@for_roles()
@require_POST
def own_plan_excuse(request: HttpRequest, pk: int) -> HttpResponse:
    found = _own(request, pk, "excuse")
    form = ReasonForm(request.POST, auto_id="excuse_%s")
    if form.is_valid():
        try:
            excuse_own_plan(found, reason=form.cleaned_data["reason"], actor=user_of(request))
        except Refused as refusal:
            form.add_error(None, refusal.message())
        else:
            messages.success(request, _("Saved."))
            return redirect("plans:own_plans", found.duty.document_id)
    return _page(request, found, excuse=form)


@for_roles()
@require_POST
def own_task_new(request: HttpRequest, pk: int) -> HttpResponse:
    """A task of the unit's own plan, for the unit itself."""
    found, user = _own(request, pk, "enter"), user_of(request)
    form = OwnTaskForm(_parents(request, found), request.POST, auto_id="own_%s")
    if form.is_valid():
        data = form.cleaned_data
        parent = Task.objects.visible_to(user).get(pk=data["parent"]) if data["parent"] else None
        try:
            enter_own_task(found, data["text"], due_on=data["due_on"], parent=parent, actor=user)
        except Refused as refusal:
            form.add_error(None, refusal.message())
        else:
            messages.success(request, _("The task is entered."))
            return redirect("plans:own_plan", pk)
    return _page(request, found, task_form=form)


@for_roles()
@require_GET
def own_plan_file(request: HttpRequest, pk: int) -> HttpResponse | FileResponse:
    found = _own(request, pk)
    if found.upload is None:
        raise Http404
    return send(found.upload)


def _parents(request: HttpRequest, found: OwnPlan) -> list[tuple[int, str]]:
    """Tasks of the plan above that the user sees."""
    rows = Task.objects.visible_to(user_of(request)).current().filter(document=found.duty.document_id)
    return [
        (pk, text[:100]) for pk, text in rows.order_by("position").values_list("pk", "text")[:MOST_PARENTS]
    ]


def _page(
    request: HttpRequest,
    found: OwnPlan,
    *,
    form: IssuedForm | None = None,
    excuse: ReasonForm | None = None,
    task_form: OwnTaskForm | None = None,
) -> HttpResponse:
    user = user_of(request)
    may_enter = can(user, "enter", found)
    kept = {name: getattr(found, name) for name in ("number", "issued_on", "title", "link")}
    tasks = Task.objects.visible_to(user).current().of([found.organisation_id])
    below = tasks.filter(parent__document=found.duty.document_id).order_by("due_on", "pk")
    context: dict[str, Any] = {
        "own": found,
        "document": found.duty.document,
        "document_name": name_of(found.duty.document),
        "unit": names({found.organisation_id}, timezone.localdate()).get(found.organisation_id, ""),
        "form": (form or IssuedForm(initial=kept)) if may_enter else None,
        "excuse_form": (excuse or ReasonForm(auto_id="excuse_%s"))
        if found.issued_on is None and can(user, "excuse", found)
        else None,
        "task_form": (task_form or OwnTaskForm(_parents(request, found), auto_id="own_%s"))
        if may_enter and (found.issued_on is not None or task_form)
        else None,
        "tasks": rows_of(below, user),
    }
    wrong = any(each is not None and bool(each.errors) for each in (form, excuse, task_form))
    return render(request, "plans/own_plans/unit.html", context, status=422 if wrong else 200)
