"""One task: its sentence in context, who does what, by when and why, what happened; and how far an agency
is.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from nhipcau.apps.access.pages import for_roles, user_of
from nhipcau.apps.access.policies import can, require
from nhipcau.apps.accounts.models import User
from nhipcau.apps.orgs.directory import names
from nhipcau.apps.plans.actions import end_task, update_assignment
from nhipcau.apps.plans.forms.due_words import entry_words, understood
from nhipcau.apps.plans.forms.task import ProgressForm
from nhipcau.apps.plans.forms.upload import ReasonForm
from nhipcau.apps.plans.models import Assignment, Document, Status, Task
from nhipcau.apps.plans.refusals import Refused
from nhipcau.apps.plans.views.page_text import whole
from nhipcau.apps.plans.views.task_history import lines_of
from nhipcau.apps.plans.views.task_rows import own_organisations, source_of
from nhipcau.apps.webkit.formats import format_date
from nhipcau.apps.webkit.outcomes import Outcome, outcome

MOST_WHO = 400
MANY = 4


@dataclass(frozen=True, slots=True)
class Context:
    """The sentence and the paragraphs around it."""

    before: str
    quote: str
    after: str


@for_roles()
@require_GET
def task(request: HttpRequest, pk: int) -> HttpResponse:
    return _page(request, _task(request, pk))


@for_roles()
@require_POST
def assignment_update(request: HttpRequest, pk: int) -> HttpResponse:
    """How far one agency is with its part of a task."""
    user = user_of(request)
    assignment = get_object_or_404(Assignment.objects.visible_to(user), pk=pk)
    require(user, "update", assignment)
    form = ProgressForm(request.POST, auto_id=f"a{pk}_%s")
    if form.is_valid():
        data = form.cleaned_data
        done = data["done_on"] if data["status"] == Status.DONE else None
        try:
            update_assignment(assignment, data["status"], actor=user, done_on=done)
        except Refused as refusal:
            form.add_error(None, refusal.message())
        else:
            messages.success(request, _("Saved."))
            return redirect("plans:task", assignment.task_id)
    return _page(request, _task(request, assignment.task_id), {assignment.pk: form})


@for_roles()
@require_POST
def task_end(request: HttpRequest, pk: int) -> HttpResponse:
    """The task ends before it is done, with the reason."""
    found = _task(request, pk)
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
    return _page(request, found, end_form=form)


def _task(request: HttpRequest, pk: int) -> Task:
    rows = Task.objects.visible_to(user_of(request)).select_related("document")
    return get_object_or_404(rows, pk=pk)


def _page(
    request: HttpRequest,
    found: Task,
    forms: dict[int, ProgressForm] | None = None,
    end_form: ReasonForm | None = None,
) -> HttpResponse:
    user, today = user_of(request), timezone.localdate()
    assigned = list(
        Assignment.objects.visible_to(user)
        .filter(task=found, ended_at=None)
        .select_related("set")
        .order_by("partner", "pk")[:MOST_WHO]
    )
    known = names({row.organisation_id for row in assigned if row.organisation_id}, today)
    done = (found.done_on or found.due_on or today) if found.status == Status.DONE else None
    source = [source_of(found.document), format_date(found.document.issued_on)]
    context = {
        "task": found,
        "key": str(found.pk),
        "outcome": outcome(found.due_on, done, today),
        "context": context_of(found),
        "source_line": ", ".join(filter(None, source)),
        "document_visible": Document.objects.visible_to(user).filter(pk=found.document_id).exists(),
        "mine": _mine(assigned, known, user, forms or {}),
        "who": _lines(assigned, known),
        "dues": _dues(found),
        "wordings": found.earlier_wordings.select_related("document").defer("document__reading"),
        "may_end": found.ended_at is None and can(user, "end", found),
        "end_form": end_form or ReasonForm(auto_id="end_%s"),
        "history": lines_of(found, assigned, known),
    }
    return render(request, "plans/task.html", context, status=422 if forms or end_form else 200)


def context_of(found: Task) -> Context:
    """The paragraph with the sentence and its neighbours; the quote alone where the document has no text."""
    text = found.document.text
    start, end = found.span_start, found.span_end
    if not text or start is None or end is None or not 0 <= start < end <= len(text):
        return Context("", found.quote, "")
    start, end = whole(text, start, end)
    before = [line.strip() for line in text[:start].split("\n") if line.strip()]
    after = [line.strip() for line in text[end:].split("\n") if line.strip()]
    return Context(before[-1] if before else "", text[start:end].strip(), after[0] if after else "")


def _mine(
    assigned: list[Assignment], known: dict[int, str], user: User, forms: dict[int, ProgressForm]
) -> list[dict[str, Any]]:
    """The parts that the user reports on: her own agency's."""
    own = own_organisations(user)
    rows = [row for row in assigned if row.pk in forms or row.organisation_id in own]
    return [
        {
            "key": str(row.pk),
            "assignment": row,
            "name": known.get(row.organisation_id or 0, row.phrase),
            "done": row.status == Status.DONE,
            "form": forms.get(row.pk)
            or ProgressForm(initial={"status": row.status, "done_on": row.done_on}, auto_id=f"a{row.pk}_%s"),
        }
        for row in rows
        if can(user, "update", row)
    ]


def _lines(assigned: list[Assignment], known: dict[int, str]) -> list[dict[str, Any]]:
    """A line a body; a group of many members is one line with its members inside."""
    members: dict[int, list[Assignment]] = {}
    for row in assigned:
        if row.set_id and row.organisation_id:
            members.setdefault(row.set_id, []).append(row)
    lines, shown = [], set()
    for row in assigned:
        group = members.get(row.set_id or 0, [])
        if row.set is None or len(group) < MANY:
            lines.append(_who(row, known))
        elif row.set_id not in shown:
            shown.add(row.set_id)
            done = sum(each.status == Status.DONE for each in group)
            inside = [_who(each, known) for each in group]
            head = {"name": row.set.name, "role": _who(row, known)["role"]}
            lines.append({**head, "members": inside, "done": done, "total": len(group)})
    return lines


def _who(row: Assignment, known: dict[int, str]) -> dict[str, Any]:
    today = timezone.localdate()
    name = known.get(row.organisation_id or 0) or (row.set.name if row.set else row.phrase)
    shown: Outcome | None = None
    if row.organisation_id:
        done = (row.done_on or row.due_on or today) if row.status == Status.DONE else None
        shown = outcome(row.due_on, done, today)
    return {
        "name": name,
        "role": _("partner") if row.partner else row.get_role_display(),
        "via": row.set.name if row.set and row.organisation_id else "",
        "phrase": row.phrase if row.phrase and row.phrase != name and not row.set else "",
        "outcome": shown,
        "due_on": row.due_on,
    }


def _dues(found: Task) -> list[dict[str, Any]]:
    """Each due rule in words, the day it gives, and how its phrase was understood."""
    lines = []
    for row in found.due_dates.filter(ended_at=None):
        entry = {"kind": row.kind, "value": row.value, "of": row.of, "bound": row.bound, "phrase": row.phrase}
        lines.append({"words": entry_words(entry), "day": row.due_on, "why": understood(entry, row.due_on)})
    return lines
