"""Reports that fall due on one day and ask the same units: each unit could write once for them."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from nhipcau.apps.access.pages import for_roles, user_of
from nhipcau.apps.access.policies import can
from nhipcau.apps.access.scope import scope_of
from nhipcau.apps.reporting.models import OVERSEEING, Period
from nhipcau.apps.reporting.sharing import shared_days
from nhipcau.apps.webkit.formats import format_number

PER_PAGE = 20


@for_roles(*OVERSEEING)
@require_GET
def together(request: HttpRequest) -> HttpResponse:
    """Day by day, the nearest first."""
    user = user_of(request)
    days = shared_days(Period.objects.visible_to(user))
    heading = ngettext(
        "On %(n)s day units could report once for several",
        "On %(n)s days units could report once for several",
        len(days),
    )
    page = Paginator(days, PER_PAGE).get_page(request.GET.get("page"))
    context: dict[str, Any] = {
        "heading": heading % {"n": format_number(len(days))}
        if days
        else _("No two reports ask the same units for the same day"),
        "page_obj": page,
        "may_join": can(user, "create", Period),
        "oversees": scope_of(user).has(*OVERSEEING),
        "tab": "duties",
    }
    return render(request, "reporting/together.html", context)
