"""Answers of the desk after a change: the desk again for a plain form, the changed parts for a scripted
one.
"""

from __future__ import annotations

import json
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.urls import reverse

from nhipcau.apps.access.pages import user_of
from nhipcau.apps.plans.forms.draft import DraftForm
from nhipcau.apps.plans.models import Document
from nhipcau.apps.plans.views.desk_page import Desk


@dataclass(frozen=True, slots=True)
class Done:
    """What happened. `item`: the draft to stand on; `forward`: go on to the next one not looked at;
    `whole`: more than one row changed; `text`: what to say."""

    item: int | None
    forward: bool = False
    whole: bool = False
    text: str = ""
    refused: bool = False


def desk_address(document: Document, key: str, order: str) -> str:
    """The desk with one row open."""
    query = [f"order={order}"] if order in {"doubt", "text"} else []
    query += [f"draft={key}"] if key else []
    anchor = f"#t-{key}" if key else ""
    return reverse("plans:desk", args=[document.pk]) + (f"?{'&'.join(query)}" if query else "") + anchor


def is_scripted(request: HttpRequest) -> bool:
    return bool(request.headers.get("HX-Request"))


def answer(request: HttpRequest, document: Document, done: Done) -> HttpResponse:
    """The outcome of a change."""
    order = request.POST.get("order", "")
    if document.state != Document.State.DRAFT:
        return _left(request, document, done)
    key = str(done.item) if done.item else ""
    if not is_scripted(request):
        if done.text:
            (messages.error if done.refused else messages.success)(request, done.text)
        return redirect(desk_address(document, _next(request, document, done) or key, order))
    desk = Desk(document, user_of(request), order=order, said=done.text)
    if done.whole:
        html: str = render_to_string("plans/parts/desk.html", desk.context(), request)
        html += render_to_string(
            "plans/parts/approve_button.html", {**desk.short_context(), "oob": True}, request
        )
    else:
        html = _row(desk, key, request) + _around(desk, request)
    response = HttpResponse(html)
    if done.whole:
        response["HX-Retarget"], response["HX-Reswap"] = "#desk", "outerHTML"
    at = {"key": key, "next": done.forward, "refused": done.refused}
    told = {"desk:at": at, "desk:say": {"text": done.text}}
    response["HX-Trigger-After-Settle"] = json.dumps(told)
    return response


def one_item(
    request: HttpRequest, document: Document, draft_pk: int, *, opened: bool, form: DraftForm | None = None
) -> HttpResponse:
    """One row, open or folded; a plain form that was not accepted gets the desk with its errors."""
    order = request.POST.get("order") or request.GET.get("order", "")
    desk = Desk(document, user_of(request), order=order, opened=str(draft_pk) if opened else "")
    desk.form = form
    if is_scripted(request):
        return HttpResponse(_row(desk, str(draft_pk), request))
    return HttpResponse(render_to_string("plans/desk.html", desk.context(), request), status=422)


def _row(desk: Desk, key: str, request: HttpRequest) -> str:
    item = desk.item(key)
    if item is None:
        return ""
    template = "plans/parts/form.html" if item.form else "plans/parts/row.html"
    return render_to_string(template, {**desk.short_context(), "item": item}, request)


def _around(desk: Desk, request: HttpRequest) -> str:
    """The strip and the button, swapped beside the row."""
    context = {**desk.short_context(), "oob": True}
    parts = ("plans/parts/coverage.html", "plans/parts/approve_button.html")
    return "".join(render_to_string(part, context, request) for part in parts)


def _next(request: HttpRequest, document: Document, done: Done) -> str:
    """For a plain form: the row after the one that was accepted."""
    if not done.forward:
        return ""
    desk = Desk(document, user_of(request), order=request.POST.get("order", ""))
    rows = [item for group in desk.groups() for item in group["items"]]
    at = next((index for index, item in enumerate(rows) if item.key == str(done.item)), -1)
    later = [*rows[at + 1 :], *rows[: at + 1]]
    return next((item.key for item in later if item.state in {"doubt", "new"}), "")


def _left(request: HttpRequest, document: Document, done: Done) -> HttpResponse:
    """The document is no draft any more: somebody approved it meanwhile."""
    messages.error(request, done.text)
    address = reverse("plans:document", args=[document.pk])
    if is_scripted(request):
        return HttpResponse(headers={"HX-Redirect": address})
    return redirect(address)
