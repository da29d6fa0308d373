"""The board of a period: who has sent, who is late, who is missing, and what to do about it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET

from nhipcau.apps.access.pages import for_roles, user_of
from nhipcau.apps.access.policies import can
from nhipcau.apps.access.scope import scope_of
from nhipcau.apps.accounts.models import User
from nhipcau.apps.reporting.board import (
    TABS,
    Board,
    Group,
    Unit,
    board_of,
    by_kind,
    by_set,
    day_of,
    in_tab,
    matching,
    named_groups,
)
from nhipcau.apps.reporting.chasing import owing
from nhipcau.apps.reporting.models import OVERSEEING, Period, Standing
from nhipcau.apps.reporting.views.board_picture import pictures
from nhipcau.apps.reporting.views.board_rows import rows_of
from nhipcau.apps.reporting.views.board_words import due_words, heading
from nhipcau.apps.webkit.addresses import clean

PER_PAGE = 25
KEPT = ("group", "by", "q")


@dataclass(frozen=True, slots=True)
class Listed:
    """The board, its groups, the units that the address picks: of a group, of words, of a tab."""

    board: Board
    groups: Sequence[Group]
    group: Group | None
    narrowed: Sequence[Unit]
    tab: str
    picked: Sequence[Unit]
    by: str
    sets: bool


def period_of(request: HttpRequest, pk: int) -> Period:
    """The period in the user's sight, else 404."""
    rows = Period.objects.visible_to(user_of(request)).select_related("form_version__form", "document")
    return get_object_or_404(rows.defer("document__reading"), pk=pk)


def listed(user: User, period: Period, data: QueryDict) -> Listed:
    """Three queries."""
    board = board_of(period, user)
    sets = named_groups(user, board.units, day_of(period, board.now))
    by = "set" if data.get("by") == "set" and sets else "kind"
    groups = by_set(board.units, sets) if by == "set" else by_kind(board.units)
    group = next((each for each in groups if each.key == data.get("group")), None)
    narrowed = matching(board.units, clean(data.get("q", "")))
    if group is not None:
        inside = sets.get(group.key, ("", frozenset()))[1]
        named = frozenset().union(*(members for _name, members in sets.values()))
        narrowed = [
            unit
            for unit in narrowed
            if (unit.group == group.key if by == "kind" else _in(unit.organisation, group.key, inside, named))
        ]
    wanted = data.get("tab", "")
    tab = wanted if wanted in TABS else next(each for each in TABS if each == "all" or _any(narrowed, each))
    picked = [unit for unit in narrowed if in_tab(unit, tab)]
    return Listed(board, groups, group, narrowed, tab, picked, by, bool(sets))


def _in(organisation: int, key: str, inside: frozenset[int], named: frozenset[int]) -> bool:
    return organisation not in named if key == "none" else organisation in inside


def _any(units: Sequence[Unit], tab: str) -> bool:
    return any(in_tab(unit, tab) for unit in units)


@for_roles()
@require_GET
def board(request: HttpRequest, pk: int) -> HttpResponse:
    """Who oversees sees all units, others their own and those that report through them."""
    user = user_of(request)
    period = period_of(request, pk)
    found = listed(user, period, request.GET)
    shown = Paginator(found.picked, PER_PAGE).get_page(request.GET.get("page"))
    overseeing = scope_of(user).has(*OVERSEEING)
    chases = can(user, "chase", period) and period.state == Period.State.OPEN
    context = {
        "period": period,
        "heading": heading(found.board),
        "lede": due_words(period, found.board.now),
        "board": found.board,
        "listed": found,
        "overseeing": overseeing,
        "page_obj": shown,
        "rows": rows_of(list(shown.object_list), user, found.board.now, chases=chases),
        "tabs": _tabs(request.GET, found),
        "ways": _ways(found),
        "q": clean(request.GET.get("q", "")),
        "export_url": reverse("reporting:period_export", args=[pk]),
        "can_chase": chases,
        "overdue": bool(found.board.counts[Standing.MISSING]),
        "consolidates": bool(found.board.here)
        and scope_of(user).has("coordinator", "leader")
        and period.state != Period.State.PLANNED,
        "owing": len(owing(found.board.units)),
        "to_approve": sum(unit.to_approve for unit in found.board.units)
        if scope_of(user).has("coordinator")
        else 0,
        **pictures(found.board, found.groups, found.by),
    }
    return render(request, "reporting/board.html", context)


def _tabs(data: QueryDict, found: Listed) -> list[dict[str, Any]]:
    labels = {
        "hand": pgettext("units", "To deal with"),
        "not_sent": pgettext("units", "Not sent"),
        "returned": pgettext("units", "Returned"),
        "late": pgettext("units", "Late"),
        "to_approve": pgettext("units", "To approve"),
        "all": pgettext("units", "All"),
    }
    kept = {name: clean(data.get(name, "")) for name in KEPT if data.get(name)}
    return [
        {
            "label": labels[tab],
            "href": f"?{urlencode({**kept, 'tab': tab})}#units",
            "count": sum(in_tab(unit, tab) for unit in found.narrowed),
            "current": tab == found.tab,
        }
        for tab in TABS
    ]


def _ways(found: Listed) -> list[dict[str, Any]]:
    """By kind of unit or by named group; nothing to choose where no group has a unit here."""
    if not found.sets:
        return []
    labels = (("kind", _("By kind of unit")), ("set", _("By named group")))
    return [{"label": label, "href": f"?by={by}", "current": by == found.by} for by, label in labels]
