"""A round as a workbook: for Sở Tài chính, and the lead agency's own copy."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils import timezone, translation
from django.views.decorators.http import require_POST

from nhipcau.apps.access.pages import for_roles, user_of
from nhipcau.apps.accounts.models import User
from nhipcau.apps.files.tables import TYPES
from nhipcau.apps.plans.estimating import present
from nhipcau.apps.plans.models import EstimateLine, EstimateRound
from nhipcau.apps.plans.money_sheets import SheetAgency, SheetLine, round_workbook
from nhipcau.apps.plans.views.money.finding import round_of
from nhipcau.apps.plans.views.money.round import AgencyRow, listed, sign_of
from nhipcau.apps.plans.views.task_rows import source_of


@for_roles()
@require_POST
def round_export(request: HttpRequest, year: int) -> HttpResponse:
    """What the user sees of the round, with the page's filters; `which` "lead" adds who, when and why."""
    found, user = round_of(request, year), user_of(request)
    lead = request.POST.get("which") == "lead"
    _filter, rows = listed(found, user, QueryDict(request.POST.get("filters", "")[:2000]))
    agencies = _agencies(found, rows, user)
    body = round_workbook(found, agencies, lead=lead, today=timezone.localdate())
    name = f"du-toan-{found.year}-{'dau-moi' if lead else 'so-tai-chinh'}.xlsx"
    return HttpResponse(
        body,
        content_type=TYPES["xlsx"],
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def _agencies(found: EstimateRound, rows: list[AgencyRow], user: User) -> list[SheetAgency]:
    """Sent lines alone: a draft is no figure yet."""
    sent = [row.asked.pk for row in rows if row.asked.sent_at is not None]
    lines = list(
        EstimateLine.objects.visible_to(user)
        .filter(estimate__asked__in=sent)
        .select_related("estimate__task__document")
        .defer("estimate__task__document__reading")
        .order_by("estimate__task__document", "estimate__task__position", "position", "pk")
    )
    given = present([line.pk for line in lines])
    by_asked: dict[int, list[SheetLine]] = {}
    for line in lines:
        task = line.estimate.task
        by_asked.setdefault(line.estimate.asked_id, []).append(
            SheetLine(line, task.text, source_of(task.document), given[line.pk])
        )
    with translation.override("vi"):
        return [
            SheetAgency(
                row.name,
                sign_of(row.asked, found)["words"],
                row.asked.sent_at is not None,
                row.figures,
                by_asked.get(row.asked.pk, []),
            )
            for row in rows
        ]
