"""The directory of focal points: read by all who work here, kept by each agency, printed, exported."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import OuterRef, Q, Subquery
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from nhipcau.apps.access.pages import for_roles, posted, user_of
from nhipcau.apps.access.policies import can, require
from nhipcau.apps.access.refusals import Refused
from nhipcau.apps.access.scope import scope_of
from nhipcau.apps.accounts.models import User
from nhipcau.apps.files.tables import download
from nhipcau.apps.orgs.actions import add_focal_point, edit_focal_point
from nhipcau.apps.orgs.directory import names
from nhipcau.apps.orgs.forms.focal_points import FocalPointForm
from nhipcau.apps.orgs.models import FocalPoint, Organisation, OrganisationVersion
from nhipcau.apps.orgs.people_policies import keeps_focal_points
from nhipcau.apps.webkit.addresses import typed, whole
from nhipcau.apps.webkit.formats import format_number
from nhipcau.core.text import fold

PER_PAGE = 100
# On paper all stand on one page of the browser.
MOST_PRINTED = 5000


@dataclass(frozen=True, slots=True)
class Shown:
    """A row with its agency's name of today; `first` of its agency is told the name."""

    row: FocalPoint
    agency: str
    first: bool
    may_edit: bool


def _listed(request: HttpRequest) -> Any:
    """Those of today that fit the filters, by agency and name."""
    today = timezone.localdate()
    version = OrganisationVersion.objects.visible_to(user_of(request)).filter(
        organisation=OuterRef("organisation"), valid__contains=today
    )
    rows: Any = FocalPoint.objects.visible_to(user_of(request)).on(today)
    rows = rows.annotate(agency_sort=Subquery(version.values("name_sort")[:1]))
    for word in fold(typed(request, "q", 100)).split()[:6]:
        agencies = OrganisationVersion.objects.visible_to(user_of(request)).filter(
            Q(name_fold__contains=word) | Q(abbreviation__icontains=word), valid__contains=today
        )
        found = Q(name_fold__contains=word) | Q(matter_fold__contains=word)
        rows = rows.filter(found | Q(organisation__in=agencies.values("organisation")))
    agency = whole(request.GET.get("agency", ""))
    if agency is not None:
        rows = rows.filter(organisation=agency)
    return rows.order_by("agency_sort", "organisation", "name_sort", "pk")


def _shown(rows: list[FocalPoint], user: User, today: date) -> Iterator[Shown]:
    called = names({row.organisation_id for row in rows}, today)
    scope, before = scope_of(user), None
    for row in rows:
        keeps = keeps_focal_points(scope, row.organisation_id)
        yield Shown(row, called.get(row.organisation_id, ""), row.organisation_id != before, keeps)
        before = row.organisation_id


def _choices(request: HttpRequest) -> list[tuple[str, str]]:
    """The agencies whose focal points she keeps."""
    user = user_of(request)
    scope = scope_of(user)
    rows = (
        OrganisationVersion.objects.visible_to(user)
        .working()
        .filter(valid__contains=timezone.localdate())
        .values_list("organisation_id", "name")
    )
    return [(str(pk), name) for pk, name in rows if keeps_focal_points(scope, pk)]


@for_roles()
@require_GET
def focal_points(request: HttpRequest) -> HttpResponse:
    """The directory of today; `print` puts all on one page."""
    user, today = user_of(request), timezone.localdate()
    rows = _listed(request)
    paper = request.GET.get("print") == "1"
    page = Paginator(rows, MOST_PRINTED if paper else PER_PAGE).get_page(request.GET.get("page"))
    count = page.paginator.count
    heading = ngettext("%(n)s focal point", "%(n)s focal points", count) % {"n": format_number(count)}
    agency = whole(request.GET.get("agency", ""))
    context = {
        "heading": heading,
        "page_obj": page,
        "shown": list(_shown(list(page.object_list), user, today)),
        "words": typed(request, "q", 100),
        "agency": agency,
        "agency_name": names([agency], today).get(agency, "") if agency else "",
        "filtered": bool(typed(request, "q", 100) or agency),
        "may_create": can(user, "create", FocalPoint),
        "paper": paper,
        "today": today,
    }
    return render(request, "orgs/focal_points.html", context)


@for_roles()
@require_POST
def focal_points_export(request: HttpRequest) -> HttpResponse:
    """All of today as XLSX."""
    user, today = user_of(request), timezone.localdate()
    rows = list(_listed(request))
    heads = [
        _("Agency"),
        _("Full name"),
        _("Position"),
        _("Telephone"),
        _("Office mail"),
        _("For which matter"),
    ]
    table = (
        [each.agency, row.full_name, row.position, row.phone, row.email, row.matter]
        for each in _shown(rows, user, today)
        for row in [each.row]
    )
    return download("nhipcau-focal-points", heads, table, "xlsx")


@for_roles()
@require_http_methods(["GET", "POST"])
def focal_point_new(request: HttpRequest) -> HttpResponse:
    user = user_of(request)
    require(user, "create", FocalPoint)
    choices = _choices(request)
    start = {"first_day": timezone.localdate(), "organisation": request.GET.get("agency", "")}
    form = FocalPointForm(posted(request), organisations=choices, initial=start)
    if request.method == "POST" and form.is_valid():
        wanted = dict(form.cleaned_data)
        organisation = Organisation.objects.visible_to(user).get(pk=wanted.pop("organisation"))
        try:
            add_focal_point(organisation, **wanted, actor=user)
        except Refused as refusal:
            form.add_error(None, str(refusal.why))
        else:
            messages.success(request, _("The focal point is in the directory."))
            return redirect("orgs:focal_points")
    context = {"form": form, "heading": _("Who is the focal point?")}
    return render(request, "orgs/focal_point.html", context, status=422 if form.errors else 200)


@for_roles()
@require_http_methods(["GET", "POST"])
def focal_point(request: HttpRequest, pk: int) -> HttpResponse:
    """Corrects one, or ends it by its last day."""
    user = user_of(request)
    row = get_object_or_404(FocalPoint.objects.visible_to(user), pk=pk)
    require(user, "edit", row)
    called = names([row.organisation_id], timezone.localdate())
    own = [(str(row.organisation_id), called.get(row.organisation_id, ""))]
    last = row.valid.upper - timedelta(days=1) if row.valid.upper else None
    start = {name: getattr(row, name) for name in ("full_name", "position", "phone", "email", "matter")}
    start |= {"organisation": row.organisation_id, "first_day": row.valid.lower, "last_day": last}
    form = FocalPointForm(posted(request), organisations=own, initial=start)
    if request.method == "POST" and form.is_valid():
        wanted = dict(form.cleaned_data)
        wanted.pop("organisation")
        try:
            edit_focal_point(row, **wanted, actor=user)
        except Refused as refusal:
            form.add_error(None, str(refusal.why))
        else:
            messages.success(request, _("The directory is corrected."))
            return redirect("orgs:focal_points")
    context = {"form": form, "heading": _("Correct the focal point"), "row": row}
    return render(request, "orgs/focal_point.html", context, status=422 if form.errors else 200)
