"""A document for its readers: the frozen text with its tasks; and its removal for good."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from nhipcau.apps.access.pages import for_roles, posted, user_of
from nhipcau.apps.access.policies import can
from nhipcau.apps.plans.actions import edit_document, remove_document
from nhipcau.apps.plans.forms.upload import HeaderForm, ReasonForm
from nhipcau.apps.plans.models import Document, Task
from nhipcau.apps.plans.periods import earlier_counts
from nhipcau.apps.plans.refusals import Refused
from nhipcau.apps.plans.views.desk_page import headings, name_of, page_starts
from nhipcau.apps.plans.views.finding import document_of
from nhipcau.apps.plans.views.outcomes import earlier_context, outcome_context
from nhipcau.apps.plans.views.page_text import Sentence, blocks
from nhipcau.apps.plans.views.task_rows import Row, rows_of
from nhipcau.apps.plans.views.text_blocks import shown_blocks
from nhipcau.apps.webkit.addresses import whole


@for_roles()
@require_GET
def document(request: HttpRequest, pk: int) -> HttpResponse:
    """The page of an approved document; other states lead to where the work is."""
    user = user_of(request)
    found = document_of(request, pk)
    if found.state == Document.State.DRAFT:
        return redirect("plans:desk", pk)
    if found.state in {Document.State.READING, Document.State.REFUSED}:
        return redirect("plans:progress", pk)
    tasks = Task.objects.visible_to(user).filter(document=found)
    current = tasks.current()
    rows = rows_of(tasks.order_by("position", "pk"), user)
    today = timezone.localdate()
    counts = current.outcome_counts(today)
    context = {
        "document": found,
        "document_name": name_of(found),
        "amends_pk": str(found.pk),
        "amendments": found.amendments.filter(state=Document.State.APPROVED).defer("reading"),
        "blocks": _text(found, rows),
        "tasks": rows,
        "total": counts.total,
        **outcome_context(counts),
        "earlier": earlier_context(earlier_counts(current, today), {"plan": str(found.pk)}),
        "may_amend": can(user, "amend", found) and found.kind == Document.Kind.PLAN,
        "may_remove": can(user, "remove", found),
    }
    return render(request, "plans/document.html", context)


def _text(found: Document, rows: list[Row]) -> list[dict[str, Any]]:
    """The text with each task's sentence marked and leading to its row."""
    if not found.text:
        return []
    spans = [(row, row.task.span_start, row.task.span_end) for row in rows]
    sentences = [
        Sentence(row.key, start, end) for row, start, end in spans if start is not None and end is not None
    ]
    reading = found.reading or {}
    laid = blocks(found.text, sentences, headings(reading), page_starts(reading))
    return shown_blocks(laid, {row.key: row for row in rows})


@for_roles()
@require_http_methods(["GET", "POST"])
def header(request: HttpRequest, pk: int) -> HttpResponse:
    """Number, date, title and issuer of a draft, corrected."""
    found = document_of(request, pk, "review")
    if found.state != Document.State.DRAFT:
        return redirect("plans:document", pk)
    kept = {name: getattr(found, name) for name in ("number", "issued_on", "title", "issuer_name")}
    form = HeaderForm(posted(request), initial=kept)
    if request.method == "POST" and form.is_valid():
        seen = whole(request.POST.get("revision", ""), digits=8)
        try:
            revision = found.revision if seen is None else seen
            edit_document(found, revision=revision, actor=user_of(request), **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, refusal.message())
        else:
            messages.success(request, _("Saved."))
            return redirect("plans:desk", pk)
    context = {"document": found, "form": form, "revision": str(found.revision)}
    return render(request, "plans/header.html", context, status=422 if form.errors else 200)


@for_roles()
@require_http_methods(["GET", "POST"])
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks for the reason, then removes the document for good."""
    found = document_of(request, pk, "remove")
    form = ReasonForm(posted(request))
    refused = ""
    if request.method == "POST" and form.is_valid():
        try:
            remove_document(found, reason=form.cleaned_data["reason"], actor=user_of(request))
        except Refused as refusal:
            refused = refusal.message()
        else:
            messages.success(request, _("The document is removed for good."))
            return redirect("plans:list")
    back = reverse("plans:document", args=[pk])
    context = {"document": found, "form": form, "refused": refused, "back": back}
    return render(
        request, "plans/remove.html", context, status=409 if refused else 422 if form.errors else 200
    )
