"""The calendar of working days: a year, the versions with their sources, a decision that makes the next."""

from __future__ import annotations

from datetime import date

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from nhipcau.apps.access.pages import for_roles, posted, user_of
from nhipcau.apps.access.policies import can, require
from nhipcau.apps.access.refusals import Refused
from nhipcau.apps.reference.actions import decide_days
from nhipcau.apps.reference.calendars import days_by_version, marks_of
from nhipcau.apps.reference.forms.calendar import DecisionForm
from nhipcau.apps.reference.models import CalendarVersion
from nhipcau.apps.reference.year_grid import months_of, week_of_days
from nhipcau.apps.webkit.addresses import whole
from nhipcau.apps.webkit.days import YEARS
from nhipcau.apps.webkit.formats import format_number
from nhipcau.core.workdays import Calendar

PER_PAGE = 20
# More days than this are shown in the calendar, not in the list of versions.
MOST_DAYS = 12


@for_roles()
@require_GET
def calendar(request: HttpRequest) -> HttpResponse:
    """This year's."""
    return _year(request, timezone.localdate().year)


@for_roles()
@require_GET
def calendar_year(request: HttpRequest, year: int) -> HttpResponse:
    """`version` shows the year as it was known by an earlier version; the newest else."""
    return _year(request, year)


def _year(request: HttpRequest, year: int) -> HttpResponse:
    if year not in YEARS:
        raise Http404
    user = user_of(request)
    versions = CalendarVersion.objects.visible_to(user).order_by("-number")
    newest = versions.first()
    asked = whole(request.GET.get("version", ""))
    version = get_object_or_404(versions, number=asked) if asked else newest
    marks = marks_of(version) if version else []
    counting = Calendar.of(version.number, marks) if version else Calendar()
    context = {
        "year": year,
        "years": [each for each in (year - 1, year + 1) if each in YEARS],
        "heading": _heading(year, counting),
        "version": version,
        "newest": newest,
        "months": months_of(year, counting, marks),
        "weekdays": week_of_days(),
        "known": year in counting.years,
        "may_decide": can(user, "create", CalendarVersion),
    }
    return render(request, "reference/calendar.html", context)


@for_roles()
@require_GET
def calendar_versions(request: HttpRequest) -> HttpResponse:
    """Newest first, each with what it says and who said so."""
    user = user_of(request)
    rows = CalendarVersion.objects.visible_to(user).order_by("-number").select_related("created_by")
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    counts, days = days_by_version([row.pk for row in page.object_list], MOST_DAYS)
    count = page.paginator.count
    heading = ngettext("The calendar has %(n)s version", "The calendar has %(n)s versions", count) % {
        "n": format_number(count)
    }
    context = {
        "heading": heading,
        "lead": _("A due date keeps the version by which it was found; a new version moves none."),
        "page_obj": page,
        "rows": [(row, counts.get(row.pk, 0), days.get(row.pk, [])) for row in page.object_list],
        "this_year": timezone.localdate().year,
        "without_filters": True,
        "may_decide": can(user, "create", CalendarVersion),
    }
    return render(request, "reference/calendar_versions.html", context)


@for_roles()
@require_http_methods(["GET", "POST"])
def calendar_new(request: HttpRequest) -> HttpResponse:
    """A decision on holidays or swapped days; it makes the next version."""
    user = user_of(request)
    require(user, "create", CalendarVersion)
    form = DecisionForm(posted(request))
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        days = form.days()
        try:
            made = decide_days(
                data["title"],
                days,
                document=data["document"],
                issuer=data["issuer"],
                decided_on=data["decided_on"],
                actor=user,
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            words = _("Version %(number)s of the calendar holds from now on. No running due date has moved.")
            messages.success(request, words % {"number": made.number})
            first = min([*days.off, *days.working, *days.ordinary])
            return redirect("reference:calendar_year", first.year)
    return render(request, "reference/calendar_new.html", {"form": form}, status=422 if form.errors else 200)


def _heading(year: int, counting: Calendar) -> str:
    """How many days are worked."""
    worked = counting.between(date(year - 1, 12, 31), date(year, 12, 31))
    words = ngettext("%(year)s has %(n)s working day", "%(year)s has %(n)s working days", worked)
    return words % {"year": year, "n": format_number(worked)}
