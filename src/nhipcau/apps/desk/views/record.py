"""The record of actions: who did what, when, to what. Read only."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from nhipcau.apps.access.pages import for_roles, user_of
from nhipcau.apps.audit.history import line
from nhipcau.apps.audit.models import Event
from nhipcau.apps.audit.subjects import subjects
from nhipcau.apps.desk.forms.record import RecordForm

PAGE = 50


@for_roles("system_admin")
def audit(request: HttpRequest) -> HttpResponse:
    """Newest first; filters stand in the address."""
    form = RecordForm(request.GET)
    wanted: dict[str, Any] = form.cleaned_data if form.is_valid() else {}
    events = Event.objects.visible_to(user_of(request)).order_by("-pk")
    if not wanted.get("rows"):
        events = events.filter(source=Event.Source.ACTION)
    if wanted.get("who"):
        events = events.filter(actor_label__icontains=wanted["who"])
    if wanted.get("day"):
        events = events.filter(at__date=wanted["day"])
    page = Paginator(events, PAGE).get_page(request.GET.get("page"))
    user = user_of(request)
    named = subjects(page.object_list, user)
    rows = [(line(event), named.get((event.subject_type, event.subject_id))) for event in page.object_list]
    return render(request, "desk/audit.html", {"form": form, "page": page, "rows": rows})
