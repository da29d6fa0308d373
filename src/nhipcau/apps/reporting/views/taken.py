"""Reports of other instances, taken in from their files."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from nhipcau.apps.access.pages import for_roles, posted, user_of
from nhipcau.apps.access.policies import can, require
from nhipcau.apps.reporting.actions.take_report import take_report
from nhipcau.apps.reporting.forms.signing import TakeForm
from nhipcau.apps.reporting.models import OVERSEEING, TakenReport
from nhipcau.apps.reporting.refusals import Refused
from nhipcau.apps.webkit.formats import format_number
from nhipcau.core.reportfile import MOST_BYTES, changes

PER_PAGE = 25


@for_roles(*OVERSEEING)
@require_GET
def taken_list(request: HttpRequest) -> HttpResponse:
    user = user_of(request)
    rows = TakenReport.objects.visible_to(user).defer("content")
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    n = page.paginator.count
    heading = ngettext("%(n)s report of other provinces", "%(n)s reports of other provinces", n)
    context = {
        "heading": heading % {"n": format_number(n)},
        "page_obj": page,
        "without_filters": True,
        "tab": "taken",
        "oversees": True,
        "may_take": can(user, "create", TakenReport),
    }
    return render(request, "reporting/taken_list.html", context)


@for_roles(*OVERSEEING)
@require_http_methods(["GET", "POST"])
def taken_new(request: HttpRequest) -> HttpResponse:
    user = user_of(request)
    require(user, "create", TakenReport)
    form = TakeForm(posted(request), request.FILES if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            made = take_report(form.cleaned_data["file"].read(MOST_BYTES + 1), actor=user)
        except Refused as refusal:
            form.add_error("file", refusal.message())
        else:
            messages.success(request, _("The report is taken in as it was frozen."))
            return redirect("reporting:taken", made.pk)
    return render(request, "reporting/taken_new.html", {"form": form}, status=422 if form.errors else 200)


@for_roles(*OVERSEEING)
@require_GET
def taken(request: HttpRequest, pk: int) -> HttpResponse:
    rows = TakenReport.objects.visible_to(user_of(request)).select_related("previous", "taken_by")
    found = get_object_or_404(rows, pk=pk)
    previous = found.previous.content if found.previous else None
    context = {
        "report": found,
        "content": found.content,
        "digest": [found.digest[at : at + 8] for at in range(0, 64, 8)],
        "changes": changes(previous, found.content) if previous else [],
    }
    return render(request, "reporting/taken.html", context)
