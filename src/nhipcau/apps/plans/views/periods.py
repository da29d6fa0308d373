"""What agencies and the lead agency do with the periods of a task that comes again."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from nhipcau.apps.access.pages import for_roles, posted, user_of
from nhipcau.apps.access.policies import require
from nhipcau.apps.orgs.directory import names
from nhipcau.apps.plans.actions import (
    open_next_period,
    report_period_part,
    return_period_part,
    settle_period_part,
)
from nhipcau.apps.plans.forms.keeping import Keeper
from nhipcau.apps.plans.forms.task import SettleForm
from nhipcau.apps.plans.forms.update import LateReportForm, ReturnLateForm
from nhipcau.apps.plans.models import LateReport, PeriodPart
from nhipcau.apps.plans.refusals import Refused
from nhipcau.apps.plans.views.task_periods import told_of
from nhipcau.apps.plans.views.tasks import page, task_of
from nhipcau.apps.webkit.formats import format_date


@for_roles()
@require_POST
def period_open(request: HttpRequest, pk: int) -> HttpResponse:
    """The next period, now instead of tonight."""
    user = user_of(request)
    task = task_of(request, pk)
    require(user, "open_period", task)
    opened = open_next_period(task, actor=user)
    if opened is None:
        messages.info(request, _("There is no period to open now."))
    else:
        words = _("Period %(number)s is open, due on %(day)s.")
        messages.success(request, words % {"number": opened.number, "day": format_date(opened.due_on)})
    return redirect("plans:task", pk)


@for_roles()
@require_http_methods(["GET", "POST"])
def period_report(request: HttpRequest, pk: int, part_pk: int) -> HttpResponse:
    """An agency's work of an earlier period, late: one page. What was typed stays when something is wrong."""
    user = user_of(request)
    task, part = task_of(request, pk), part_of(request, pk, part_pk)
    require(user, "report", part)
    form = LateReportForm(posted(request), request.FILES or None, keeper=Keeper(user))
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            report_period_part(part, data["text"], files=form.attached(), key=data["key"], actor=user)
        except Refused as refusal:
            form.add_error(None, refusal.message())
        else:
            messages.success(request, _("Reported. The lead agency notes when it is accepted."))
            return redirect("plans:task", pk)
    day = timezone.localdate(part.period.closed_at) if part.period.closed_at else timezone.localdate()
    known = names({part.organisation_id} if part.organisation_id else set(), day)
    context = {
        "form": form,
        "task": task,
        "part": part,
        "agency": known.get(part.organisation_id or 0, part.phrase),
        "reports": told_of(part, user),
    }
    return render(request, "plans/late_report.html", context, status=422 if form.errors else 200)


def part_of(request: HttpRequest, pk: int, part_pk: int) -> PeriodPart:
    """An agency's part of one of the task's periods, else 404."""
    rows = PeriodPart.objects.visible_to(user_of(request)).filter(period__task=pk)
    return get_object_or_404(rows.select_related("period__task"), pk=part_pk)


@for_roles()
@require_POST
def period_return(request: HttpRequest, pk: int, part_pk: int) -> HttpResponse:
    """What was sent late goes back, with the reason."""
    user = user_of(request)
    task = task_of(request, pk)
    require(user, "settle_period", task)
    part = part_of(request, pk, part_pk)
    form = ReturnLateForm(request.POST, auto_id=f"t{part.pk}_%s")
    if form.is_valid():
        data = form.cleaned_data
        report = get_object_or_404(LateReport.objects.visible_to(user), pk=data["report"], part=part)
        try:
            return_period_part(report, reason=data["reason"], actor=user)
        except Refused as refusal:
            form.add_error(None, refusal.message())
        else:
            messages.success(request, _("The report is returned with its reason."))
            return redirect("plans:task", pk)
    return page(request, task, settled={part.pk: form}, status=422)


@for_roles()
@require_POST
def period_settle(request: HttpRequest, pk: int, part_pk: int) -> HttpResponse:
    """A body's work of an earlier period was done after all."""
    user = user_of(request)
    task = task_of(request, pk)
    require(user, "settle_period", task)
    part = part_of(request, pk, part_pk)
    form = SettleForm(request.POST, auto_id=f"p{part.pk}_%s")
    if form.is_valid():
        data = form.cleaned_data
        try:
            settle_period_part(part, done_on=data["done_on"], reason=data["reason"], actor=user)
        except Refused as refusal:
            form.add_error(None, refusal.message())
        else:
            messages.success(request, _("Saved."))
            return redirect("plans:task", pk)
    return page(request, task, settled={part.pk: form}, status=422)
