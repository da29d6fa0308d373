"""Approval: what is left open is said first."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from nhipcau.apps.access.pages import for_roles, user_of
from nhipcau.apps.plans.actions import approve_document
from nhipcau.apps.plans.models import Document
from nhipcau.apps.plans.refusals import Refused
from nhipcau.apps.plans.views.desk_page import Desk
from nhipcau.apps.plans.views.finding import document_of
from nhipcau.apps.webkit.addresses import whole


@for_roles()
@require_http_methods(["GET", "POST"])
def approve(request: HttpRequest, pk: int) -> HttpResponse:
    """GET: what is open. POST: approve the revision that was seen; the second reviewer is told who was
    faster.
    """
    document = document_of(request, pk, "approve")
    refused = ""
    if request.method == "POST":
        revision = whole(request.POST.get("revision", ""), digits=8)
        try:
            approve_document(document, revision=-1 if revision is None else revision, actor=user_of(request))
        except Refused as refusal:
            refused = refusal.message()
            document = document_of(request, pk, "approve")
            if document.state == Document.State.APPROVED:
                messages.warning(request, refused)
                return redirect("plans:document", pk)
        else:
            messages.success(request, _("Approved. The tasks are with their agencies now."))
            return redirect("plans:document", pk)
    if document.state != Document.State.DRAFT:
        return redirect("plans:document", pk)
    desk = Desk(document, user_of(request))
    context = {
        **desk.short_context(),
        "left": _left(desk),
        "revision": str(document.revision),
        "amendment": desk.panels.amendment,
        "refused": refused,
    }
    return render(request, "plans/approve.html", context, status=409 if refused else 200)


def _left(desk: Desk) -> list[dict[str, str]]:
    """What is still open, each with the way there."""
    counts, panels = desk.counts, desk.panels
    page = reverse("plans:desk", args=[desk.document.pk])
    unconfirmed = sum(not group["confirmed"] for group in panels.sets)
    lines = [
        (
            counts.doubtful,
            counts.first_doubt,
            ngettext("%(n)s task is doubtful", "%(n)s tasks are doubtful", counts.doubtful),
        ),
        (
            counts.plain_new,
            page,
            ngettext("%(n)s task was not looked at", "%(n)s tasks were not looked at", counts.plain_new),
        ),
        (
            counts.gaps,
            page,
            ngettext(
                "%(n)s assigning sentence has no task", "%(n)s assigning sentences have no task", counts.gaps
            ),
        ),
        (
            len(panels.unmatched),
            f"{page}#agencies",
            ngettext("%(n)s agency is not known", "%(n)s agencies are not known", len(panels.unmatched)),
        ),
        (
            len(panels.ended),
            page,
            ngettext(
                "%(n)s agency has ended without one successor: choose another in its tasks",
                "%(n)s agencies have ended without one successor: choose others in their tasks",
                len(panels.ended),
            ),
        ),
        (
            unconfirmed,
            f"{page}#agencies",
            ngettext("%(n)s group is not confirmed", "%(n)s groups are not confirmed", unconfirmed),
        ),
    ]
    return [{"href": href, "text": words % {"n": number}} for number, href, words in lines if number]
