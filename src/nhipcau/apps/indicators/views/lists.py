"""The list of indicators by topic, as a page and as a file; the library."""

from __future__ import annotations

from collections.abc import Iterator

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from django.views.decorators.http import require_GET, require_POST

from nhipcau.apps.access.pages import for_roles, user_of
from nhipcau.apps.access.policies import can, require
from nhipcau.apps.files.tables import Cell, Format, download
from nhipcau.apps.indicators.actions import load_library
from nhipcau.apps.indicators.listing import Listed, listed
from nhipcau.apps.indicators.models import Indicator, IndicatorVersion, Topic
from nhipcau.apps.indicators.splits import dimension
from nhipcau.apps.webkit.addresses import clean, sent, typed
from nhipcau.apps.webkit.formats import format_number

PER_PAGE = 100


@for_roles()
@require_GET
def indicators(request: HttpRequest) -> HttpResponse:
    user = user_of(request)
    chosen = {
        "words": typed(request, "q", 100),
        "topic": _one_of(typed(request, "topic"), Topic.values),
        "state": _one_of(typed(request, "state"), IndicatorVersion.State.values),
    }
    found = listed(user, **chosen)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    heading = ngettext(
        "%(n)s indicator with its definition", "%(n)s indicators with their definitions", len(found)
    )
    context = {
        **chosen,
        "heading": heading % {"n": format_number(len(found))},
        "page_obj": page,
        "filtered": any(chosen.values()),
        "topics": Topic.choices,
        "states": IndicatorVersion.State.choices,
        "may_create": can(user, "create", Indicator),
        "filters": request.GET.urlencode(),
    }
    return render(request, "indicators/list.html", context)


def _one_of(value: str, known: list[str]) -> str:
    return value if value in known else ""


@for_roles()
@require_POST
def export(request: HttpRequest) -> HttpResponse:
    """The definitions that the filters leave, a line each, in both languages."""
    filters = QueryDict(sent(request, "filters", 2000))
    found = listed(
        user_of(request),
        words=clean(filters.get("q", ""), 100),
        topic=_one_of(filters.get("topic", ""), Topic.values),
        state=_one_of(filters.get("state", ""), IndicatorVersion.State.values),
    )
    heads = [
        _("Code"),
        pgettext("indicator", "Topic"),
        _("Name"),
        _("Name in English"),
        pgettext("measure", "Unit"),
        _("What is counted, and what is not"),
        _("The same in English"),
        _("Kind"),
        _("Over units"),
        _("Over time"),
        pgettext("indicator", "Split"),
        _("Version"),
        _("State"),
        _("Where the definition comes from"),
    ]
    form: Format = "csv" if sent(request, "format") == "csv" else "xlsx"
    return download("nhipcau-indicators", heads, _cells(found), form)


def _cells(found: list[Listed]) -> Iterator[list[Cell]]:
    for row in found:
        version = row.version
        splits = [dimension(code) for code in version.splits]
        yield [
            row.indicator.code,
            row.topic_label,
            version.name,
            version.name_en,
            version.unit,
            version.definition,
            version.definition_en,
            str(version.get_kind_display()),
            str(version.get_over_units_display()),
            str(version.get_over_time_display()),
            "; ".join(each.label for each in splits if each),
            version.number,
            str(version.get_state_display()),
            version.source,
        ]


@for_roles()
@require_POST
def library(request: HttpRequest) -> HttpResponse:
    """Take in the definitions that come with the product."""
    user = user_of(request)
    require(user, "create", Indicator)
    loaded = load_library(actor=user)
    if loaded.new or loaded.changed:
        words = _("%(new)s indicators added; %(changed)s new definitions wait as drafts.")
        messages.success(request, words % {"new": len(loaded.new), "changed": len(loaded.changed)})
    else:
        messages.success(request, _("The library is loaded already: nothing is new."))
    return redirect("indicators:list")
