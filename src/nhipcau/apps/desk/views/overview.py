"""The leader's page: what waits for a decision, what is stuck, who is late, this month; with tables."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from nhipcau.apps.access.pages import for_roles, user_of
from nhipcau.apps.access.waiting import Waiting, waiting_for
from nhipcau.apps.accounts.models import User
from nhipcau.apps.audit.editions import editions
from nhipcau.apps.desk.figures import SHOWN, agency_lines, day_words, heat_lines, tasks_at
from nhipcau.apps.files.tables import Cell, download
from nhipcau.apps.orgs.directory import names
from nhipcau.apps.orgs.kept import NAMES
from nhipcau.apps.plans.kept import COUNTS, counts_of
from nhipcau.apps.plans.models import Extension, Obstacle, Task
from nhipcau.apps.plans.views.exports import format_of
from nhipcau.apps.plans.views.outcomes import outcome_context, outcome_words
from nhipcau.apps.webkit.formats import format_date, format_number

LISTED = 5


@dataclass(frozen=True, slots=True)
class Stuck:
    """Something that stands in the way: of which task, who can clear it, since how many days."""

    task: Task
    text: str
    clearer: str
    days: int


@for_roles("coordinator", "leader", "reader")
@require_GET
def overview(request: HttpRequest) -> HttpResponse:
    return render(request, "desk/overview.html", overview_context(user_of(request)))


def overview_context(user: User) -> dict[str, Any]:
    """The leader's page; about a dozen queries, however many tasks there are."""
    today = timezone.localdate()
    seen = editions(COUNTS, NAMES)
    counts = counts_of(user, today, seen=seen)
    decide, stuck = _to_decide(user), _stuck(user)
    lines, totals, agencies_known = agency_lines(user, SHOWN, seen)
    ends, heat = heat_lines(user, SHOWN, seen)
    first, last = today.replace(day=1), _last_of_month(today)
    month = counts_of(user, today, (first, last), seen)
    return {
        **outcome_context(month),
        "heading": _heading(len(decide), counts.open_overdue, counts.total),
        "overdue": counts.open_overdue,
        "total": counts.total,
        "decide": decide[:LISTED],
        "decide_count": len(decide),
        "stuck": stuck[:LISTED],
        "stuck_count": len(stuck),
        "stuck_href": tasks_at(status="stuck"),
        "lines": lines,
        "totals": totals,
        "agencies": agencies_known,
        "words": outcome_words(),
        "ends": ends,
        "heat": heat,
        "month": month,
        "month_href": tasks_at(due_from=day_words(first), due_to=day_words(last)),
        "today": today,
    }


def _heading(decide: int, overdue: int, total: int) -> str:
    if decide:
        words = ngettext("%(n)s thing waits for a decision", "%(n)s things wait for a decision", decide)
        return words % {"n": format_number(decide)}
    if overdue:
        words = ngettext("%(n)s task is overdue", "%(n)s tasks are overdue", overdue)
        return words % {"n": format_number(overdue)}
    return _("Nothing is late and nothing waits for a decision") if total else _("No task yet")


def _last_of_month(today: date) -> date:
    return (today.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)


def _to_decide(user: User) -> list[Waiting]:
    """What is beyond the agencies' authority, requests for more time, and what other apps offer."""
    beyond = Obstacle.objects.visible_to(user).undecided().select_related("assignment__task")
    found = [
        Waiting(
            _("Beyond authority: a body above has to decide"),
            _task_page(each.assignment.task_id),
            f"{each.escalated_to}: {each.text}",
        )
        for each in beyond.order_by("escalated_at", "pk")
    ]
    asked = Extension.objects.visible_to(user).filter(state=Extension.State.ASKED)
    for each in asked.select_related("assignment__task").order_by("asked_at", "pk"):
        days = {"old": format_date(each.old_due_on), "new": format_date(each.new_due_on)}
        words = _("More time is asked for: from %(old)s to %(new)s") % days
        found.append(Waiting(words, _task_page(each.assignment.task_id), each.assignment.task.text))
    # Named above one by one: the lines that only count them are left out.
    counted = {tasks_at(status="beyond"), tasks_at(status="extension")}
    return found + [each for each in waiting_for(user) if each.href not in counted]


def _task_page(pk: int) -> str:
    return reverse("plans:task", args=[pk])


def _stuck(user: User) -> list[Stuck]:
    """Open obstacles, the oldest first. Two queries."""
    now = timezone.now()
    rows = Obstacle.objects.visible_to(user).open().select_related("assignment__task").order_by("raised_at")
    found = list(rows.filter(assignment__ended_at=None))
    known = names({each.clearer_id for each in found if each.clearer_id}, timezone.localdate())
    return [
        Stuck(
            each.assignment.task,
            each.text,
            known.get(each.clearer_id or 0) or each.clearer_words,
            (now - each.raised_at).days,
        )
        for each in found
    ]


@for_roles("coordinator", "leader", "reader")
@require_GET
def agencies(request: HttpRequest) -> HttpResponse:
    """Every agency by outcome."""
    lines, totals, count = agency_lines(user_of(request))
    heading = ngettext("%(n)s agency has tasks", "%(n)s agencies have tasks", count)
    context = {
        "heading": heading % {"n": format_number(count)},
        "lines": lines,
        "totals": totals,
        "words": outcome_words(),
        "export_url": reverse("desk:overview_agencies_export"),
    }
    return render(request, "desk/overview_agencies.html", context)


@for_roles("coordinator", "leader", "reader")
@require_POST
def agencies_export(request: HttpRequest) -> HttpResponse:
    lines, totals, _count = agency_lines(user_of(request))
    heads = [_("Agency"), *(words.capitalize() for _sign, words in outcome_words()), _("Total")]
    rows: list[Sequence[Cell]] = [
        [line.name, *(figure.count for figure in line.figures), line.total] for line in lines
    ]
    rows.append(
        [
            _("Total"),
            totals.done_in_time,
            totals.done_late,
            totals.open_in_time,
            totals.open_overdue,
            totals.total,
        ]
    )
    return download("co-quan-theo-ket-qua", heads, rows, format_of(request))


@for_roles("coordinator", "leader", "reader")
@require_GET
def months(request: HttpRequest) -> HttpResponse:
    """What was overdue at each month's end, by agency."""
    ends, heat = heat_lines(user_of(request))
    context = {
        "heading": _("Overdue at the end of each month"),
        "ends": ends,
        "heat": heat,
        "export_url": reverse("desk:overview_months_export"),
    }
    return render(request, "desk/overview_months.html", context)


@for_roles("coordinator", "leader", "reader")
@require_POST
def months_export(request: HttpRequest) -> HttpResponse:
    ends, heat = heat_lines(user_of(request))
    heads = [_("Agency"), *(format_date(end) for end in ends)]
    rows: list[Sequence[Cell]] = [[line.name, *(cell.count for cell in line.cells)] for line in heat]
    return download("qua-han-theo-thang", heads, rows, format_of(request))
