"""The life of an agency's part of a task: updated by the agency, accepted or returned by the lead agency."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from nhipcau.apps.access.pages import for_roles, posted, user_of
from nhipcau.apps.access.policies import require
from nhipcau.apps.access.scope import scope_of
from nhipcau.apps.orgs.directory import names
from nhipcau.apps.plans.actions import accept_many, accept_report, return_report, send_update
from nhipcau.apps.plans.forms.keeping import Keeper
from nhipcau.apps.plans.forms.update import ReturnForm, UpdateForm, VersionForm
from nhipcau.apps.plans.models import Status, Task, Update, Verdict
from nhipcau.apps.plans.refusals import Refused, Stale
from nhipcau.apps.plans.views.asking import assignment_of
from nhipcau.apps.plans.views.task_rows import sign_of
from nhipcau.apps.plans.views.task_who import name_of
from nhipcau.apps.plans.views.tasks import MOST_WHO, page, task_of
from nhipcau.apps.webkit.addresses import whole
from nhipcau.apps.webkit.formats import format_number
from nhipcau.apps.webkit.markup import fill


@for_roles()
@require_http_methods(["GET", "POST"])
def assignment_update(request: HttpRequest, pk: int) -> HttpResponse:
    """How far one agency is with its part: one page. What was typed stays when something is wrong."""
    user, found = user_of(request), assignment_of(request, pk)
    require(user, "update", found)
    others = scope_of(user).has("coordinator")
    form = UpdateForm(
        posted(request), request.FILES or None, task=found.task, for_others=others, keeper=Keeper(user)
    )
    if request.method == "POST" and form.is_valid():
        try:
            update = send_update(found, form.said(), actor=user, key=form.cleaned_data["key"])
        except Refused as refusal:
            form.add_error(None, refusal.message())
        else:
            messages.success(request, _said(update))
            return redirect("plans:task", found.task_id)
    today = localdate()
    known = names({found.organisation_id} if found.organisation_id else set(), today)
    verdicts = Verdict.objects.visible_to(user).filter(update__assignment=found)
    last = verdicts.select_related("created_by").order_by("-pk").first()
    context = {
        "form": form,
        "assignment": found,
        "task": found.task,
        "task_target": _target(found.task),
        "agency": name_of(found, known),
        "outcome": sign_of(found, today),
        "last_word": last if last and last.reason and found.status != Status.NOT_BEGUN else None,
    }
    return render(request, "plans/update.html", context, status=422 if form.errors else 200)


def _target(task: Task) -> str:
    """What the count is counted against."""
    if task.target is None:
        return ""
    return fill(_("Of %(target)s %(unit)s."), target=format_number(task.target), unit=task.target_unit)


def _said(update: Update) -> str:
    if update.state == Update.State.TO_APPROVE:
        return _("The report waits for the head of your agency.")
    return _("The report is sent.") if update.done else _("Saved.")


@for_roles()
@require_POST
def assignment_accept(request: HttpRequest, pk: int) -> HttpResponse:
    user, found = user_of(request), assignment_of(request, pk)
    require(user, "accept", found)
    form = VersionForm(request.POST)
    if not form.is_valid():
        return page(request, task_of(request, found.task_id), status=422)
    try:
        accept_report(found, version=form.cleaned_data["version"], actor=user)
    except Refused as refusal:
        messages.error(request, refusal.message())
        return page(request, task_of(request, found.task_id), status=409)
    messages.success(request, _("The report is accepted."))
    return redirect("plans:task", found.task_id)


@for_roles()
@require_POST
def assignment_return(request: HttpRequest, pk: int) -> HttpResponse:
    user, found = user_of(request), assignment_of(request, pk)
    require(user, "accept", found)
    form = ReturnForm(request.POST, auto_id=f"r{pk}_%s")
    if form.is_valid():
        data = form.cleaned_data
        try:
            return_report(found, reason=data["reason"], version=data["version"], actor=user)
        except Stale as stale:
            messages.error(request, stale.message())
            found.refresh_from_db(fields=["version"])
            again = ReturnForm({**data, "version": found.version}, auto_id=f"r{pk}_%s")
            return page(request, task_of(request, found.task_id), step_form=(pk, again), status=409)
        except Refused as refusal:
            form.add_error(None, refusal.message())
        else:
            messages.success(request, _("The report is returned with its reason."))
            return redirect("plans:task", found.task_id)
    return page(request, task_of(request, found.task_id), step_form=(pk, form))


@for_roles()
@require_POST
def accept_all(request: HttpRequest, pk: int) -> HttpResponse:
    """The reports of a group's members that were ticked; each is named with the version that was seen."""
    user, found = user_of(request), task_of(request, pk)
    if not scope_of(user).has("coordinator"):
        raise PermissionDenied
    versions = {}
    for ticked in request.POST.getlist("part")[:MOST_WHO]:
        part, _colon, version = ticked.partition(":")
        number, seen = whole(part), whole(version)
        if number is not None and seen is not None:
            versions[number] = seen
    if not versions:
        messages.error(request, _("Tick at least one report."))
        return page(request, found, status=422)
    result = accept_many(found, versions, actor=user)
    if result.done:
        words = ngettext("%(n)s report is accepted.", "%(n)s reports are accepted.", len(result.done))
        messages.success(request, words % {"n": format_number(len(result.done))})
    known = names({row.organisation_id for row, _why in result.left if row.organisation_id}, localdate())
    for row, why in result.left:
        messages.error(request, f"{name_of(row, known)}: {why.message()}")
    return redirect("plans:task", pk)
