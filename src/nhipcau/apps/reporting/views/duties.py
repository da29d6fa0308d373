"""Duties of approved plans to report: which have a form and a rhythm, and settling those that have none."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from nhipcau.apps.access.pages import for_roles, posted, user_of
from nhipcau.apps.access.policies import can, require
from nhipcau.apps.accounts.models import User
from nhipcau.apps.orgs.directory import names
from nhipcau.apps.plans.models import ReportingDuty
from nhipcau.apps.reporting.actions.create_period import Whom
from nhipcau.apps.reporting.actions.make_ahead import planned
from nhipcau.apps.reporting.actions.settle_schedule import end_schedule, settle_schedule
from nhipcau.apps.reporting.duty_list import duties_seen_by
from nhipcau.apps.reporting.forms.period import UnitsForm
from nhipcau.apps.reporting.forms.schedule import ScheduleForm, initial_of
from nhipcau.apps.reporting.models import OVERSEEING, Form, Period, Schedule
from nhipcau.apps.reporting.naming import proposed_title
from nhipcau.apps.reporting.refusals import Refused
from nhipcau.apps.reporting.rhythm import offers
from nhipcau.apps.reporting.signs import sign_of_period
from nhipcau.apps.reporting.views.periods import names_today, whom_of
from nhipcau.apps.webkit.addresses import sent, typed, whole
from nhipcau.apps.webkit.formats import format_number, weekday

PER_PAGE = 25


@for_roles(*OVERSEEING)
@require_GET
def duties(request: HttpRequest) -> HttpResponse:
    """Those that wait for a form first."""
    user = user_of(request)
    plan, state = whole(typed(request, "plan", 18)), typed(request, "state", 10)
    every = duties_seen_by(user)
    if plan is not None:
        every = every.filter(document=plan)
    settled = Q(schedule__isnull=False, schedule__ended_at=None)
    waiting = every.filter(schedule=None).count()
    rows = {"waiting": every.filter(schedule=None), "settled": every.filter(settled)}.get(state, every)
    page = Paginator(rows.order_by("schedule__pk", "-document__approved_at", "pk"), PER_PAGE).get_page(
        request.GET.get("page")
    )
    context = {
        "heading": _heading(waiting),
        "page_obj": page,
        "rows": _lines(list(page.object_list), user),
        "plan": plan or "",
        "state": state,
        "filtered": bool(plan or state),
        "may_settle": can(user, "create", Schedule),
        "tab": "duties",
        "oversees": True,
    }
    return render(request, "reporting/duties.html", context)


def _heading(waiting: int) -> str:
    if not waiting:
        return _("Every reporting duty has its form")
    words = ngettext(
        "%(n)s reporting duty has no form yet", "%(n)s reporting duties have no form yet", waiting
    )
    return words % {"n": format_number(waiting)}


def _lines(rows: list[ReportingDuty], user: User) -> list[dict[str, Any]]:
    """Each with its next period. One query."""
    coming: dict[int, Period] = {}
    periods = Period.objects.visible_to(user).filter(duty__in=rows).exclude(state=Period.State.CLOSED)
    periods = periods.order_by("due_at")
    for period in periods:
        coming.setdefault(period.duty_id or 0, period)
    return [
        {
            "duty": row,
            "schedule": getattr(row, "schedule", None),
            "next": coming.get(row.pk),
            "offers": offers(row),
        }
        for row in rows
    ]


@for_roles(*OVERSEEING)
@require_http_methods(["GET", "POST"])
def duty(request: HttpRequest, pk: int) -> HttpResponse:
    """What the plan says, how it is met, the periods made from it."""
    user = user_of(request)
    found = get_object_or_404(duties_seen_by(user), pk=pk)
    schedule = getattr(found, "schedule", None)
    if request.method == "POST":
        require(user, "create", Schedule)
        if sent(request, "what", 10) == "end" and schedule is not None:
            return _ended(request, found, schedule)
    asks = not found.organisations.exists() and not found.sets.exists()
    form = ScheduleForm(user, posted(request), initial=initial_of(schedule, offers(found)))
    units = UnitsForm(user, posted(request)) if asks else None
    if request.method == "POST" and sent(request, "what", 10) == "preview":
        return _page(request, found, schedule, form, units, preview=_preview(form, found))
    if request.method == "POST" and _settled(form, units, found, user):
        messages.success(request, _("Settled. The periods of the coming two years are planned."))
        return redirect("reporting:duty", pk)
    return _page(request, found, schedule, form, units)


def _preview(form: ScheduleForm, found: ReportingDuty) -> list[dict[str, Any]]:
    """What would be planned, and whether a due date was moved from the day that the words say."""
    if not form.is_valid():
        return []
    rhythm = form.rhythm()
    version = rhythm.form.versions.filter(state="in_use").first()
    if version is None:
        return []
    facts = planned(Schedule(duty=found, **rhythm.columns()), version, timezone.localdate())
    return [
        {
            "title": proposed_title(each.kind, each.year, each.number),
            "facts": each,
            "moved": each.due.day != each.due.stated_on,
            "weekday": weekday(each.due.day),
        }
        for each in facts
    ]


def _ended(request: HttpRequest, found: ReportingDuty, schedule: Schedule) -> HttpResponse:
    try:
        end_schedule(schedule, reason=sent(request, "reason", 300), actor=user_of(request))
        messages.success(request, _("Ended. What is open goes on, what was planned is given up."))
    except Refused as refusal:
        messages.error(request, refusal.message())
    return redirect("reporting:duty", found.pk)


def _settled(form: ScheduleForm, units: UnitsForm | None, found: ReportingDuty, user: User) -> bool:
    whom: Whom | None = None
    if units is not None:
        whom = whom_of(units, user) if units.is_valid() else None
        if whom is None:
            form.is_valid()
            return False
    if not form.is_valid():
        return False
    try:
        settle_schedule(found, form.rhythm(), whom=whom, actor=user)
    except Refused as refusal:
        form.add_error(None, refusal.message())
        return False
    return True


def _shown(form: ScheduleForm) -> int:
    """Turns with something in them, and one more."""
    filled = [at for at, (period, due) in enumerate(form.turns(), start=1) if period.value() or due.value()]
    return max(filled, default=0) + 1


def _page(
    request: HttpRequest,
    found: ReportingDuty,
    schedule: Schedule | None,
    form: ScheduleForm,
    units: UnitsForm | None,
    *,
    preview: Sequence[dict[str, Any]] = (),
) -> HttpResponse:
    user, now = user_of(request), timezone.now()
    rows = Period.objects.visible_to(user).filter(duty=found).select_related("joined_to").order_by("due_at")
    bodies = list(found.organisations.values_list("pk", flat=True))
    wrong = bool(form.errors or (units and units.errors))
    context = {
        "duty": found,
        "schedule": schedule,
        "offers": offers(found),
        "unclear": not all(each.clear for each in offers(found)),
        "form": form,
        "preview": preview,
        "turns": form.turns()[: _shown(form)],
        "more_turns": form.turns()[_shown(form) :],
        "units": units,
        "may_settle": can(user, "create", Schedule),
        "has_form": Form.objects.visible_to(user).filter(versions__state="in_use", one_off=False).exists(),
        "periods": [{"period": each, "shown": sign_of_period(each, now)} for each in rows[:60]],
        "names": sorted(names(bodies, timezone.localdate()).values()),
        "sets": list(found.sets.all()),
        "organisation_names": names_today(user) if units is not None else [],
    }
    return render(request, "reporting/duty.html", context, status=422 if wrong else 200)
