"""The first page: what must I do now? An officer sees her agency's tasks, the coordinator what waits for
her.
"""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from nhipcau.apps.access.pages import user_of
from nhipcau.apps.access.scope import scope_of
from nhipcau.apps.access.waiting import waiting_for
from nhipcau.apps.accounts.models import User
from nhipcau.apps.audit.editions import editions
from nhipcau.apps.desk.views.overview import overview_context
from nhipcau.apps.orgs.kept import NAMES
from nhipcau.apps.orgs.models import OrganisationSet
from nhipcau.apps.plans.kept import HEADLINES, ON_PAGE
from nhipcau.apps.plans.models import Document
from nhipcau.apps.plans.views.outcomes import outcome_context
from nhipcau.apps.plans.views.task_list import listed, over_list, some_of
from nhipcau.apps.plans.views.task_rows import own_organisations
from nhipcau.apps.webkit.formats import format_number

URGENT = 20


@login_required
@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """For everyone who signed in; without an appointment it says whom to ask."""
    user = user_of(request)
    scope = scope_of(user)
    if scope.has("leader") and not scope.has("coordinator", "officer", "commune_officer"):
        return render(request, "desk/overview.html", overview_context(user))
    context: dict[str, Any] = {"appointed": bool(scope.roles), "waiting": waiting_for(user)}
    if scope.has("coordinator", "leader", "reader", "officer", "commune_officer"):
        context |= _tasks(user)
    if scope.has("coordinator"):
        context |= _waiting(user)
    context["heading"] = _heading(context)
    return render(request, "desk/home.html", context)


def _tasks(user: User) -> dict[str, Any]:
    """Open tasks, the most urgent on top, and the four outcomes."""
    seen = editions(HEADLINES, ON_PAGE, NAMES)
    found = listed(user, QueryDict("status=open"), seen)
    counts = over_list(found, seen)[0].counts
    own = own_organisations(user)
    return {
        **outcome_context(counts),
        "own": bool(own),
        "total": counts.total,
        "overdue": counts.open_overdue,
        "open": counts.open_in_time + counts.open_overdue,
        "rows": some_of(found, seen, 0, URGENT),
        "heading_tasks": True,
    }


def _waiting(user: User) -> dict[str, Any]:
    """What only the coordinator can do: drafts to check, groups to confirm."""
    drafts = Document.objects.visible_to(user).filter(state=Document.State.DRAFT).defer("reading")
    groups = OrganisationSet.objects.visible_to(user).filter(confirmed_at=None)
    return {
        "drafts": list(drafts.select_related("upload")[:10]),
        "groups": list(groups[:10]),
        "oversees": True,
    }


def _heading(context: dict[str, Any]) -> str:
    if not context["appointed"]:
        return _("You hold no appointment at present")
    drafts, overdue = len(context.get("drafts", ())), context.get("overdue", 0)
    if drafts:
        words = ngettext("%(n)s plan waits to be checked", "%(n)s plans wait to be checked", drafts)
        return words % {"n": format_number(drafts)}
    if overdue:
        words = ngettext("%(n)s task is overdue", "%(n)s tasks are overdue", overdue)
        return words % {"n": format_number(overdue)}
    if context.get("open"):
        words = ngettext(
            "%(n)s task is open, none overdue", "%(n)s tasks are open, none overdue", context["open"]
        )
        return words % {"n": format_number(context["open"])}
    return _("Nothing waits for you")
