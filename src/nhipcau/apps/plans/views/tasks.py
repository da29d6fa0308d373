"""One task: how it stands, what the reader can do now, who does what, what happened; and its end."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from nhipcau.apps.access.pages import for_roles, user_of
from nhipcau.apps.access.policies import may, require
from nhipcau.apps.access.scope import scope_of
from nhipcau.apps.accounts.models import User
from nhipcau.apps.orgs.directory import names
from nhipcau.apps.plans.actions import end_task
from nhipcau.apps.plans.awaiting import own_agencies
from nhipcau.apps.plans.forms.stuck import CommentForm
from nhipcau.apps.plans.forms.upload import ReasonForm
from nhipcau.apps.plans.models import Assignment, Comment, Document, Following, Obstacle, Task
from nhipcau.apps.plans.refusals import Refused
from nhipcau.apps.plans.views.kinds.panel import sides_of
from nhipcau.apps.plans.views.reminders import reminders_of
from nhipcau.apps.plans.views.task_answer import answer_of
from nhipcau.apps.plans.views.task_history import history_of
from nhipcau.apps.plans.views.task_now import asked_of, now_of
from nhipcau.apps.plans.views.task_periods import periods_of
from nhipcau.apps.plans.views.task_rows import sign_of, source_of
from nhipcau.apps.plans.views.task_text import context_of, dues_of
from nhipcau.apps.plans.views.task_who import lines_of, name_of
from nhipcau.apps.plans.views.timeline import timeline_of
from nhipcau.apps.webkit.addresses import whole
from nhipcau.apps.webkit.formats import format_date

MOST_WHO, MOST_COMMENTS = 400, 50


@for_roles()
@require_GET
def task(request: HttpRequest, pk: int) -> HttpResponse:
    return page(request, task_of(request, pk))


@for_roles()
@require_POST
def task_end(request: HttpRequest, pk: int) -> HttpResponse:
    """The task ends before it is done, with the reason."""
    found = task_of(request, pk)
    require(user_of(request), "end", found)
    form = ReasonForm(request.POST, auto_id="end_%s")
    if form.is_valid():
        try:
            end_task(found, reason=form.cleaned_data["reason"], actor=user_of(request))
        except Refused as refusal:
            form.add_error(None, refusal.message())
        else:
            messages.success(request, _("The task has ended; what was done stays readable."))
            return redirect("plans:task", pk)
    return page(request, found, end_form=form)


def task_of(request: HttpRequest, pk: int) -> Task:
    """In the reader's sight, or 404."""
    rows = Task.objects.visible_to(user_of(request)).select_related("document")
    return get_object_or_404(rows, pk=pk)


def page(
    request: HttpRequest,
    found: Task,
    *,
    end_form: ReasonForm | None = None,
    settled: dict[int, Form] | None = None,
    comment_form: CommentForm | None = None,
    step_form: tuple[int, forms.Form] | None = None,
    status: int = 200,
) -> HttpResponse:
    """The task's page; `step_form` is a form on an assignment (id) that was sent and is to be put right."""
    user, today = user_of(request), timezone.localdate()
    assigned = list(
        Assignment.objects.visible_to(user)
        .filter(task=found, ended_at=None)
        .select_related("set", "specialist")
        .order_by("partner", "pk")[:MOST_WHO]
    )
    known = names({row.organisation_id for row in assigned if row.organisation_id}, today)
    stuck = _stuck(found, assigned, known, user)
    context: dict[str, Any] = {
        "task": found,
        "key": str(found.pk),
        "outcome": sign_of(found, today),
        "answer": answer_of(found, assigned, [each["row"] for each in stuck["obstacles"]], user, today),
        "now": now_of(found, assigned, known, user, dict([step_form] if step_form else [])),
        "who": lines_of(assigned, known),
        **timeline_of(found, assigned, known, user, _before(request, "before")),
        "dues": dues_of(found),
        "reminders": reminders_of(user, assigned, known),
        "may_remind": found.ended_at is None and scope_of(user).has("coordinator"),
        "periods": periods_of(found, user, settled),
        "may_end": found.ended_at is None and may(user, "end", found),
        "end_form": end_form or ReasonForm(auto_id="end_%s"),
        "side": sides_of(found, user),
        "history": history_of(
            found, assigned, known, own_agencies(scope_of(user)), _before(request, "history_before")
        ),
        **_source(found, user),
        **stuck,
        **_talk(found, user, comment_form, _before(request, "comments_before")),
    }
    wrong = status == 200 and bool(end_form or comment_form or step_form)
    return render(request, "plans/task.html", context, status=422 if wrong else status)


def _source(found: Task, user: User) -> dict[str, Any]:
    """The sentence it comes from, and how earlier documents put it."""
    line = [source_of(found.document), format_date(found.document.issued_on)]
    return {
        "context": context_of(found),
        "source_line": ", ".join(filter(None, line)),
        "document_visible": Document.objects.visible_to(user).filter(pk=found.document_id).exists(),
        "wordings": found.earlier_wordings.select_related("document").defer("document__reading"),
    }


def _stuck(found: Task, assigned: list[Assignment], known: dict[int, str], user: User) -> dict[str, Any]:
    """What stands in the way, the open ones first, and requests for more time."""
    of = {row.pk: row for row in assigned}
    rows = Obstacle.objects.visible_to(user).filter(assignment__task=found)
    rows = rows.select_related("raised_by", "cleared_by", "decided_by", "assignment")
    obstacles = sorted(rows.order_by("-pk")[:30], key=lambda row: row.cleared_at is not None)
    clearers = names({row.clearer_id for row in obstacles if row.clearer_id}, timezone.localdate())
    clears = found.ended_at is None
    return {
        "obstacles": [
            {
                "row": row,
                "agency": name_of(of[row.assignment_id], known) if row.assignment_id in of else "",
                "clearer": clearers.get(row.clearer_id or 0, row.clearer_words),
                "may_clear": clears and row.cleared_at is None and may(user, "clear", row),
                "may_decide": bool(
                    clears
                    and row.escalated_to
                    and row.decided_on is None
                    and row.cleared_at is None
                    and may(user, "decide", row)
                ),
            }
            for row in obstacles
        ],
        "extensions": [
            {
                "row": row,
                "agency": name_of(of[row.assignment_id], known) if row.assignment_id in of else "",
                "may_decide": clears and row.state == "asked" and may(user, "decide", row),
            }
            for row in asked_of(found, user)
        ],
    }


def _before(request: HttpRequest, name: str) -> int | None:
    """Where a further page of something begins, as the address says it."""
    return whole(request.GET.get(name, ""))


def _talk(found: Task, user: User, form: CommentForm | None, before: int | None) -> dict[str, Any]:
    """The newest comments, or those before one (id), the oldest of them on top; and whether she follows."""
    rows = Comment.objects.visible_to(user).filter(task=found).select_related("created_by")
    if before is not None:
        rows = rows.filter(pk__lt=before)
    comments = list(rows.order_by("-pk")[: MOST_COMMENTS + 1])
    return {
        "comments": comments[:MOST_COMMENTS][::-1],
        "earlier_comments": comments[MOST_COMMENTS - 1].pk if len(comments) > MOST_COMMENTS else None,
        "later_comments": before is not None,
        "comment_form": (form or CommentForm(auto_id="c_%s")) if may(user, "comment", found) else None,
        "follows": Following.objects.visible_to(user).filter(task=found).exists(),
    }
