"""A unit's own task points to the task of the plan above that it carries out; both pages show it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from nhipcau.apps.access.pages import for_roles, user_of
from nhipcau.apps.access.policies import require
from nhipcau.apps.accounts.models import User
from nhipcau.apps.plans.actions import set_parent
from nhipcau.apps.plans.models import Outcome, Status, Task, outcome_q
from nhipcau.apps.plans.refusals import Refused
from nhipcau.apps.plans.views.task_rows import sign_of, source_of
from nhipcau.apps.webkit.addresses import typed, whole

SHOWN = 30
FOUND = 20


def family_of(task: Task, user: User, *, may: bool) -> dict[str, Any]:
    """The parent, and the tasks of units under it with how many are done. Three queries."""
    today = timezone.localdate()
    seen = Task.objects.visible_to(user)
    parent = seen.filter(pk=task.parent_id).first() if task.parent_id else None
    below = seen.current().filter(parent=task)
    late = Count("pk", filter=outcome_q(Outcome.OPEN_OVERDUE, today))
    counts = below.order_by().aggregate(
        all=Count("pk"), done=Count("pk", filter=Q(status=Status.ACCEPTED)), late=late
    )
    children = []
    if counts["all"]:
        rows = below.select_related("document").defer("document__reading").urgent_first()[:SHOWN]
        children = [
            {
                "task": row,
                "pk": str(row.pk),
                "source": source_of(row.document),
                "outcome": sign_of(row, today),
            }
            for row in rows
        ]
    return {
        "parent": parent,
        "children": children,
        "child_counts": counts,
        "children_more": counts["all"] > SHOWN,
        "may_set_parent": may,
    }


@for_roles()
@require_http_methods(["GET", "POST"])
def task_parent(request: HttpRequest, pk: int) -> HttpResponse:
    """Search the task above by its words, then choose it; an empty choice takes the link away."""
    user = user_of(request)
    task = get_object_or_404(Task.objects.visible_to(user).select_related("parent"), pk=pk)
    require(user, "set_parent", task)
    refused = ""
    if request.method == "POST":
        chosen = whole(request.POST.get("parent", ""))
        parent = get_object_or_404(Task.objects.visible_to(user), pk=chosen) if chosen else None
        try:
            set_parent(task, parent, actor=user)
        except Refused as refusal:
            refused = refusal.message()
        else:
            messages.success(request, _("Saved."))
            return redirect("plans:task", pk)
    words = typed(request, "q")
    context = {
        "task": task,
        "words": words,
        "found": _candidates(task, user, words),
        "refused": refused,
        "searched": bool(words),
    }
    return render(request, "plans/kinds/parent.html", context, status=409 if refused else 200)


def _candidates(task: Task, user: User, words: str) -> list[dict[str, Any]]:
    if not words:
        return []
    rows = Task.objects.visible_to(user).current().matching(words).exclude(pk=task.pk)
    found = rows.select_related("document").defer("document__reading").order_by("-document__issued_on", "pk")
    return [_line(row) for row in found[:FOUND]]


def _line(row: Task) -> dict[str, Any]:
    return {"task": row, "pk": str(row.pk), "source": source_of(row.document)}
