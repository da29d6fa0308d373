"""A unit's reports: what it owes, what it sent, what to do now."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy
from django.views.decorators.http import require_GET

from nhipcau.apps.access.pages import for_roles, user_of
from nhipcau.apps.access.scope import scope_of
from nhipcau.apps.accounts.models import User
from nhipcau.apps.orgs.directory import names
from nhipcau.apps.reporting.addresses import page as page_of
from nhipcau.apps.reporting.endings import ending_words, is_code
from nhipcau.apps.reporting.models import DUE_AT, OVERSEEING, WORKING, Obligation, Period, Submission
from nhipcau.apps.reporting.signs import sign_of
from nhipcau.apps.reporting.taking import still_taken
from nhipcau.apps.webkit.addresses import typed
from nhipcau.apps.webkit.formats import format_number

PER_PAGE = 25
_State = Obligation.State
VIEWS: tuple[tuple[str, Promise], ...] = (
    ("", gettext_lazy("To do")),
    ("sent", pgettext_lazy("reports", "Sent")),
    ("all", gettext_lazy("All")),
)
_TO_DO = {
    _State.WAITING: gettext_lazy("Write the report"),
    _State.RETURNED: gettext_lazy("Put right and send again"),
    _State.BELOW: gettext_lazy("Review"),
}
_GO_ON = gettext_lazy("Go on writing")
_APPROVE = gettext_lazy("Look through and approve")
_LOCKED = gettext_lazy("Locked: ask for more time")
_READ = gettext_lazy("Read")


@for_roles(*OVERSEEING, *WORKING)
@require_GET
def own(request: HttpRequest) -> HttpResponse:
    """Reports of the user's units, and those that go through them; the nearest due date first."""
    user = user_of(request)
    scope = scope_of(user)
    units = scope.organisations(*WORKING)
    view = typed(request, "view", 5)
    every = Obligation.objects.visible_to(user).exclude(period__state=Period.State.PLANNED)
    mine = every.filter(organisation__in=units) | every.filter(through__in=units)
    to_do = mine.filter(period__state=Period.State.OPEN, discharged_by=None).filter(
        state__in=(_State.WAITING, _State.RETURNED, _State.BELOW)
    )
    rows = {"": to_do, "all": mine, "sent": mine.received()}.get(view, to_do)
    rows = rows.annotate(until=DUE_AT).select_related("period__form_version__form")
    rows = rows.order_by("until" if view == "" else "-until", "pk")
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    left = to_do.filter(organisation__in=units).outstanding().count()
    heading = ngettext("%(n)s report to send", "%(n)s reports to send", left) % {"n": format_number(left)}
    context = {
        "heading": heading if left else _("No report to send now"),
        "page_obj": page,
        "rows": _lines(list(page.object_list), units, user),
        "tabs": [{"view": key, "label": label, "current": key == view} for key, label in VIEWS],
        "view": view,
        "filtered": False,
        "without_filters": True,
        "oversees": scope.has(*OVERSEEING),
        "tab": "own",
    }
    return render(request, "reporting/own.html", context)


def _lines(rows: list[Obligation], units: frozenset[int], user: User) -> list[dict[str, Any]]:
    """Two queries."""
    now = timezone.now()
    known = names({row.organisation_id for row in rows}, timezone.localdate())
    drafts = dict(
        Submission.objects.visible_to(user)
        .filter(
            obligation__in=rows,
            organisation__in=units,
            state__in=(Submission.State.DRAFT, Submission.State.TO_APPROVE),
        )
        .order_by("pk")
        .values_list("obligation_id", "state")
    )
    return [
        {
            "row": row,
            "name": known.get(row.organisation_id, ""),
            "shown": sign_of(row, now),
            "excused": ending_words(row.excused_reason),
            "excused_is_code": is_code(row.excused_reason),
            "href": page_of("report", row.pk),
            "to_do": _to_do(row, units, drafts.get(row.pk, ""), now),
        }
        for row in rows
    ]


def _to_do(row: Obligation, units: frozenset[int], draft: str, now: datetime) -> str | Promise:
    """The one thing to do next. What lies before another unit is read only by the one that sent it."""
    theirs = row.organisation_id in units
    if row.period.state != Period.State.OPEN or row.state not in _TO_DO:
        return _READ
    if not theirs:
        return _TO_DO[_State.BELOW] if row.state == _State.BELOW else _READ
    if row.state == _State.BELOW:
        return _READ
    if draft == Submission.State.TO_APPROVE:
        return _APPROVE
    if not still_taken(row, now):
        return _LOCKED
    return _GO_ON if draft and row.state == _State.WAITING else _TO_DO[_State(row.state)]
