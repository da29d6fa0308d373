"""Persons whose records may not all be hers: too many of them, or halves that one weak pair holds."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from nhipcau.apps.access.pages import for_roles, user_of
from nhipcau.apps.registry.linking.clusters import THIN, doubtful
from nhipcau.apps.registry.models import Person
from nhipcau.apps.registry.reviewing.evidence import chance
from nhipcau.apps.registry.views.person_rows import rows_of
from nhipcau.apps.registry.views.review import WORKING
from nhipcau.apps.webkit.formats import format_number

PER_PAGE = 25


@for_roles(*WORKING)
@require_GET
def clusters(request: HttpRequest) -> HttpResponse:
    """The largest first, then those that hold together least."""
    user = user_of(request)
    page = Paginator(doubtful(user), PER_PAGE).get_page(request.GET.get("page"))
    shown = list(page)
    people = Person.objects.visible_to(user).filter(pk__in={each.person for each in shown})
    rows = {row.pk: row for row in rows_of(list(people), user)}
    count = page.paginator.count
    heading = ngettext("%(n)s person to look at", "%(n)s persons to look at", count)
    context = {
        "heading": heading % {"n": format_number(count)} if count else _("No person to look at"),
        "page_obj": page,
        "without_filters": True,
        "rows": [
            {
                "row": rows[each.person],
                "found": each,
                "thin": each.kind == THIN,
                "chance": chance(each.weight) if each.weight is not None else "",
            }
            for each in shown
            if each.person in rows
        ],
    }
    return render(request, "registry/review/clusters.html", context)
