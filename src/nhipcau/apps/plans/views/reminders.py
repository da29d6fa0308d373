"""Reminding an agency outside the system: words to copy, and a note that it was done."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from nhipcau.apps.access.pages import for_roles, posted, user_of
from nhipcau.apps.access.policies import require
from nhipcau.apps.access.scope import scope_of
from nhipcau.apps.accounts.models import User
from nhipcau.apps.orgs.directory import names
from nhipcau.apps.plans.actions import note_reminder
from nhipcau.apps.plans.forms.reminder import ReminderForm
from nhipcau.apps.plans.models import Assignment, Reminder
from nhipcau.apps.plans.refusals import Refused
from nhipcau.apps.plans.reminder_text import reminder_text

MOST = 50
UNITS = ("Xã", "Phường", "Đặc khu", "Thị trấn")


@for_roles()
@require_http_methods(["GET", "POST"])
def remind(request: HttpRequest, pk: int) -> HttpResponse:
    """One agency's part of one task."""
    user = user_of(request)
    rows = Assignment.objects.visible_to(user).filter(organisation__isnull=False)
    rows = rows.select_related("task__document").defer("task__document__reading")
    assignment = get_object_or_404(rows, pk=pk)
    require(user, "remind", assignment)
    form = ReminderForm(posted(request))
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            note_reminder(assignment, data["channel"], data["said_on"], words=data["words"], actor=user)
        except Refused as refusal:
            form.add_error("said_on" if refusal.code == "reminder-day" else None, refusal.message())
        else:
            messages.success(request, _("Noted. It stands on the task's page."))
            return redirect("plans:task", assignment.task_id)
    today = timezone.localdate()
    leading = scope_of(user).organisations("coordinator")
    known = names({assignment.organisation_id or 0, *leading}, today)
    agency = known.get(assignment.organisation_id or 0, assignment.phrase)
    base = settings.PUBLIC_ADDRESS or request.build_absolute_uri("/").rstrip("/")
    context = {
        "assignment": assignment,
        "agency": agency,
        "text": reminder_text(
            assignment,
            agency=_addressed(agency),
            sender=next((known[each] for each in sorted(leading) if each in known), user.full_name),
            today=today,
            address=f"{base}{reverse('plans:task', args=[assignment.task_id])}",
        ),
        "form": form,
        "reminders": reminders_of(user, [assignment], {}),
    }
    return render(request, "plans/remind.html", context, status=422 if form.errors else 200)


def reminders_of(
    user: User, assigned: Sequence[Assignment], known: Mapping[int, str]
) -> list[dict[str, Any]]:
    """The newest first, with the names of the agencies where these are known. One query."""
    rows = Reminder.objects.visible_to(user).filter(assignment__in=[row.pk for row in assigned])
    agencies = {row.pk: known.get(row.organisation_id or 0, "") for row in assigned}
    return [
        {"reminder": row, "name": agencies.get(row.assignment_id, "")}
        for row in rows.select_related("created_by")[:MOST]
    ]


def _addressed(agency: str) -> str:
    """A commune is written to as its committee: "UBND xã Cầu Mây"."""
    kind = next((word for word in UNITS if agency.startswith(f"{word} ")), "")
    return f"UBND {agency[:1].lower()}{agency[1:]}" if kind else agency
