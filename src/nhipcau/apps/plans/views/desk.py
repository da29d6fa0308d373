"""The plan desk as a page."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from nhipcau.apps.access.pages import for_roles, user_of
from nhipcau.apps.plans.models import Document
from nhipcau.apps.plans.views.desk_page import Desk
from nhipcau.apps.plans.views.finding import document_of


@for_roles()
@require_GET
def desk(request: HttpRequest, pk: int) -> HttpResponse:
    """A draft under review. `draft` opens that row's form, `order` is "doubt" or "text". Other states:
    their own page.
    """
    document = document_of(request, pk, "review")
    if document.state != Document.State.DRAFT:
        return redirect("plans:document", pk)
    opened = request.GET.get("draft", "")
    page = Desk(document, user_of(request), order=request.GET.get("order", ""), opened=opened)
    if not opened:
        first = next(
            (item for group in page.groups() for item in group["items"] if item.state == "doubt"), None
        )
        page = page if first is None else page.standing_on(first.key)
    return render(request, "plans/desk.html", page.context())
