"""The list of plans: what waits for the coordinator comes first in its heading."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from nhipcau.apps.access.pages import for_roles, user_of
from nhipcau.apps.access.policies import can
from nhipcau.apps.access.scope import scope_of
from nhipcau.apps.accounts.models import User
from nhipcau.apps.audit.editions import Editions, editions
from nhipcau.apps.plans.filters.plans import PlanFilter
from nhipcau.apps.plans.kept import PLAN_COUNTS, PLAN_STATES
from nhipcau.apps.plans.models import Document, DraftTask, Task
from nhipcau.apps.plans.models.document import DocumentQuerySet
from nhipcau.apps.plans.uploads import message_of
from nhipcau.apps.webkit.formats import format_number
from nhipcau.apps.webkit.markup import bilingual

PER_PAGE = 25
# What a row shows: a plan's reading is as large as the plan.
SHOWN = (
    *("kind", "state", "number", "issued_on", "type_name", "title", "issuer_name", "refusal", "created_at"),
    "upload__name",
)
SIGNS = {
    Document.State.DRAFT: ("open", "edit"),
    Document.State.APPROVED: ("done", "done"),
    Document.State.READING: ("open", "wait"),
    Document.State.REFUSED: ("over", "warn"),
}


def listed(user: User, data: Any) -> tuple[PlanFilter, DocumentQuerySet]:
    """The filter and the documents it leaves, newest first, without their readings."""
    oversees = can(user, "create", Document)
    filtered = PlanFilter(data, states=oversees)
    rows = Document.objects.visible_to(user).exclude(state=Document.State.REMOVED).defer("reading")
    return filtered, filtered.apply(rows)


@for_roles()
@require_GET
def plan_list(request: HttpRequest) -> HttpResponse:
    """Documents that give work, with their state and number of tasks."""
    user = user_of(request)
    seen = editions(PLAN_STATES, PLAN_COUNTS)
    plan_filter, found = listed(user, request.GET)
    states = _states(user, seen)
    pages = Paginator(found.select_related("upload").only(*SHOWN), PER_PAGE)
    if not plan_filter.chosen:
        pages.count = states["all"]
    page = pages.get_page(request.GET.get("page"))
    documents = list(page)
    drafts, given = _counts(documents, user, seen)
    context = {
        "heading": _heading(states, page.paginator.count, bool(plan_filter.chosen)),
        "lead": "" if not plan_filter.errors else _("A filter could not be understood and was left out."),
        "filter": plan_filter,
        "filtered": bool(plan_filter.chosen),
        "page_obj": page,
        "rows": [_row(each, drafts.get(each.pk, (0, 0)), given.get(each.pk, 0)) for each in documents],
        "has_any": states["all"] > 0,
        "without_filters": not states["all"],
        "can_upload": can(user, "create", Document),
        "export_url": reverse("plans:list_export"),
    }
    return render(request, "plans/list.html", context)


def _heading(states: dict[str, int], shown: int, filtered: bool) -> str:
    if filtered:
        return ngettext("%(n)s document found", "%(n)s documents found", shown) % {"n": format_number(shown)}
    if states["drafts"]:
        words = ngettext("%(n)s draft waits for approval", "%(n)s drafts wait for approval", states["drafts"])
        return words % {"n": format_number(states["drafts"])}
    if states["all"]:
        words = ngettext(
            "%(n)s document, no draft waiting", "%(n)s documents, no draft waiting", states["all"]
        )
        return words % {"n": format_number(states["all"])}
    return _("No plan yet")


def _states(user: User, seen: Editions) -> dict[str, int]:
    """How many documents she sees, and how many of them are drafts."""

    def made() -> dict[str, int]:
        every = Document.objects.visible_to(user).exclude(state=Document.State.REMOVED).order_by()
        return every.aggregate(all=Count("pk"), drafts=Count("pk", filter=Q(state=Document.State.DRAFT)))

    return PLAN_STATES.get(scope_of(user).key, made, seen)


def _counts(
    documents: list[Document], user: User, seen: Editions
) -> tuple[dict[int, tuple[int, int]], dict[int, int]]:
    """Drafts (all, accepted) and tasks in force of each document."""
    pks = tuple(document.pk for document in documents)

    def made() -> tuple[dict[int, tuple[int, int]], dict[int, int]]:
        live = DraftTask.objects.visible_to(user).filter(document__in=pks).order_by()
        live = live.exclude(state=DraftTask.State.DROPPED)
        accepted = Count("pk", filter=Q(state=DraftTask.State.ACCEPTED))
        counted = live.values("document").annotate(every=Count("pk"), accepted=accepted)
        drafts = {each["document"]: (each["every"], each["accepted"]) for each in counted}
        tasks = Task.objects.visible_to(user, in_force=True).filter(document__in=pks).order_by()
        return drafts, dict(tasks.values("document").annotate(n=Count("pk")).values_list("document", "n"))

    return PLAN_COUNTS.get((scope_of(user).key, pks), made, seen)


def _row(document: Document, drafts: tuple[int, int], given: int) -> dict[str, Any]:
    draft = document.state == Document.State.DRAFT
    waiting = document.state in {Document.State.READING, Document.State.REFUSED}
    name = "plans:progress" if waiting else "plans:desk" if draft else "plans:document"
    note = ""
    if draft:
        note = _("%(seen)s of %(all)s accepted") % {"seen": drafts[1], "all": drafts[0]}
    elif document.state == Document.State.REFUSED:
        note = bilingual(message_of(document))
    sign, icon = SIGNS.get(Document.State(document.state), ("open", "wait"))
    return {
        "document": document,
        "href": reverse(name, args=[document.pk]),
        "sign": sign,
        "icon": icon,
        "state": str(Document.State(document.state).label),
        "note": note,
        "tasks": format_number(drafts[0] if draft else given) if not waiting else "",
        "action": _("Check") if draft else _("Open"),
    }
