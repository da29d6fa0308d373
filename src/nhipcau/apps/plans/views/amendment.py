"""Which earlier task a draft of an amendment continues, as the reviewer says."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from nhipcau.apps.access.pages import for_roles, user_of
from nhipcau.apps.plans.actions import relink_draft, set_extent
from nhipcau.apps.plans.amending import in_force
from nhipcau.apps.plans.refusals import Refused
from nhipcau.apps.plans.views.finding import document_of, draft_of, seen_version
from nhipcau.apps.webkit.addresses import whole


@for_roles()
@require_POST
def continues(request: HttpRequest, pk: int, draft_pk: int) -> HttpResponse:
    """`task`: the id of a task of the amended plan; empty when the draft is a new task."""
    draft = draft_of(request, pk, draft_pk)
    task = in_force(draft.document).filter(pk=whole(request.POST.get("task", "")) or 0).first()
    try:
        relink_draft(draft, task, version=seen_version(request, draft), actor=user_of(request))
    except Refused as refusal:
        messages.error(request, refusal.message())
    else:
        messages.success(
            request, _("Saved: it continues that task.") if task else _("Saved: it is a new task.")
        )
    return redirect(reverse("plans:desk", args=[pk]) + "#amendment")


@for_roles()
@require_POST
def extent(request: HttpRequest, pk: int) -> HttpResponse:
    """`part`: "1" when the amendment names only what changes, so that the other tasks go on."""
    document = document_of(request, pk, "review")
    part = request.POST.get("part") == "1"
    try:
        set_extent(document, in_part=part, actor=user_of(request))
    except Refused as refusal:
        messages.error(request, refusal.message())
    else:
        messages.success(
            request,
            _("Saved: the tasks it does not name go on.")
            if part
            else _("Saved: it replaces the whole plan."),
        )
    return redirect(reverse("plans:desk", args=[pk]) + "#amendment")
