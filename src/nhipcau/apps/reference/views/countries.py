"""Countries and territories, as this instance writes them."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from nhipcau.apps.access.pages import for_roles, user_of
from nhipcau.apps.reference.models import Country
from nhipcau.apps.webkit.addresses import typed
from nhipcau.apps.webkit.formats import format_number

PER_PAGE = 50


@for_roles()
@require_GET
def countries(request: HttpRequest) -> HttpResponse:
    """In the order of the Vietnamese alphabet; `q` searches all names and the code."""
    rows = Country.objects.visible_to(user_of(request)).current()
    words = typed(request, "q", 100)
    if words:
        rows = rows.matching(words)
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    count = page.paginator.count
    heading = ngettext("%(n)s country or territory", "%(n)s countries and territories", count)
    context = {
        "heading": heading % {"n": format_number(count)},
        "page_obj": page,
        "words": words,
        "filtered": bool(words),
    }
    return render(request, "reference/countries.html", context)
