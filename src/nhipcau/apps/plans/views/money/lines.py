"""An agency enters what it needs, all its tasks on one page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from nhipcau.apps.access.pages import for_roles, user_of
from nhipcau.apps.plans.actions import fill_estimates, send_estimates
from nhipcau.apps.plans.forms.estimate import LineRow, row_of, rows_in
from nhipcau.apps.plans.models import Assignment, EstimateLine, RoundAgency, Task
from nhipcau.apps.plans.refusals import Refused
from nhipcau.apps.plans.views.money.agency import lines_of, name_of
from nhipcau.apps.plans.views.money.finding import asked_of, seen
from nhipcau.apps.webkit.addresses import whole
from nhipcau.core.money import understood

MORE = 5
# So many tasks without a line show an empty one at once; for others it comes when it is asked for.
EMPTY_ROWS = 60


@for_roles()
@require_http_methods(["GET", "POST"])
def asked_lines(request: HttpRequest, pk: int) -> HttpResponse:
    """`more` gives a task some more empty rows; "send" saves and sends at once."""
    asked = asked_of(request, pk, "fill")
    lines = lines_of(asked, user_of(request))
    there = [row_of(line, line.estimate.task_id, number) for number, line in enumerate(lines)]
    if request.method == "GET":
        return _page(request, asked, there)
    # A line is taken away by emptying its fields; what the page did not send stays.
    sent = rows_in(request.POST)
    named = {row.pk for row in sent}
    rows = [*(row for row in there if row.pk not in named), *(row for row in sent if not row.blank)]
    if any(row.errors for row in rows):
        return _page(request, asked, rows, bad=True)
    try:
        saved = fill_estimates(
            asked,
            [row.entered for row in rows if row.entered],
            version=seen(request, asked),
            actor=user_of(request),
        )
        if request.POST.get("then") == "send":
            send_estimates(saved, actor=user_of(request))
    except Refused as refusal:
        return _page(request, asked, rows, refused=refusal.message(), bad=True)
    if request.POST.get("then") == "send":
        messages.success(request, _("Sent to the lead agency."))
        return redirect("plans:asked", pk)
    messages.success(request, _("Saved. The amounts are shown as they were understood."))
    more = whole(request.POST.get("more", ""))
    return redirect(f"{request.path}?more={more}#t{more}" if more else request.path)


def _page(
    request: HttpRequest,
    asked: RoundAgency,
    rows: Sequence[LineRow],
    *,
    refused: str = "",
    bad: bool = False,
) -> HttpResponse:
    tasks = _tasks(request, asked, {row.task for row in rows})
    by_task: dict[int, list[LineRow]] = {}
    for row in rows:
        by_task.setdefault(row.task, []).append(row)
    more = whole(request.GET.get("more", "")) or 0
    groups = []
    left = EMPTY_ROWS
    for task in tasks:
        mine = by_task.get(task.pk, [])
        empty = MORE if task.pk == more else 1 if mine or left > 0 else 0
        left -= 0 if mine else 1
        groups.append(_group(task, mine, empty))
    total = sum(row.amount for row in rows if row.amount is not None)
    context: dict[str, Any] = {
        "asked": asked,
        "round": asked.round,
        "agency": name_of(asked),
        "groups": groups,
        "sources": [{"value": value, "label": label} for value, label in EstimateLine.Source.choices],
        "total": understood(total) if rows else "",
        "refused": refused,
        "wrong": sum(bool(row.errors) for row in rows),
        "seen": str(asked.version),
        "sent": asked.sent_at is not None,
    }
    return render(request, "plans/money/lines.html", context, status=422 if bad else 200)


def _tasks(request: HttpRequest, asked: RoundAgency, named: set[int]) -> list[Task]:
    """The agency's tasks in force, and those that have lines already; two queries."""
    user = user_of(request)
    parts = Assignment.objects.visible_to(user).filter(
        organisation=asked.organisation_id, ended_at=None, task__ended_at=None
    )
    pks = {*parts.order_by().values_list("task_id", flat=True), *named}
    rows = Task.objects.visible_to(user).filter(pk__in=pks).only("pk", "text", "due_on")
    return list(rows.order_by("document_id", "position", "pk"))


def _group(task: Task, rows: list[LineRow], empty: int) -> dict[str, Any]:
    blank = [LineRow(f"t{task.pk}_{900 + n}", task.pk) for n in range(empty)]
    shown = [_fields(row) for row in (*rows, *blank)]
    amounts = [row.amount for row in rows if row.amount is not None]
    return {
        "task": task,
        "pk": str(task.pk),
        "rows": shown,
        "open": bool(rows) or empty > 1,
        "sum": understood(sum(amounts)) if amounts else "",
        "count": len(rows),
    }


def _fields(row: LineRow) -> dict[str, Any]:
    return {
        "key": row.key,
        "typed": {"quantity": "" if row.typed else "1", **row.typed},
        "errors": row.errors,
        "understood": understood(row.amount) if row.amount is not None and not row.errors else "",
    }
